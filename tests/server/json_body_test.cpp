#include "server/json_body.hpp"

#include <gtest/gtest.h>

namespace riskbild::server {
namespace {

TEST(JsonBody, GivesWhatWasAskedForAndFindsTheRest)
{
    auto body = JsonBody::parse(R"({"by":"Eva Ek","rows":[1,2],"set":{"tid":"12:30"},"dry":true,"more":1})");
    ASSERT_TRUE(body);
    EXPECT_EQ(body->by().value_or(""), "Eva Ek");
    EXPECT_EQ(body->numbers("rows", 10).value(), (std::vector<std::int64_t>{1, 2}));
    EXPECT_EQ(body->table("set", 10).value(),
              (std::vector<std::pair<std::string, std::string>>{{"tid", "12:30"}}));
    EXPECT_TRUE(body->flag("dry", false).value());
    EXPECT_EQ(body->text_or_empty("absent", 10).value(), "");
    auto const left = body->nothing_left();
    ASSERT_FALSE(left);
    EXPECT_EQ(left.error().field, "more");
}

TEST(JsonBody, RefusesWhatIsNotOneObject)
{
    for (auto const* text : {"", "[]", "1", "{", "{} {}", "{\"a\":1,}", "{\"a\":\"\xff\"}",
                             "{\"a\":1,\"a\":2}", "{\"a\":[[[[[[[[[[[]]]]]]]]]]]}"})
        EXPECT_EQ(JsonBody::parse(text).error().code, ErrorCode::wrong_use) << text;
}

TEST(JsonBody, WantsANameFromWhoeverWrites)
{
    for (auto const* text : {"{}", R"({"by":""})", R"({"by":"  "})", R"({"by":"a\nb"})", R"({"by":1})"}) {
        auto body = JsonBody::parse(text);
        ASSERT_TRUE(body) << text;
        EXPECT_EQ(body->by().error().field, "by") << text;
    }
}

TEST(JsonBody, NamesTheFieldOfAnotherType)
{
    auto body = JsonBody::parse(R"({"rows":[1,"2"],"set":{"a":1},"dry":"no","text":[]})");
    ASSERT_TRUE(body);
    EXPECT_EQ(body->numbers("rows", 10).error().field, "rows");
    EXPECT_EQ(body->table("set", 10).error().field, "set");
    EXPECT_EQ(body->flag("dry", false).error().field, "dry");
    EXPECT_EQ(body->text("text", 10).error().field, "text");
}

}  // namespace
}  // namespace riskbild::server
