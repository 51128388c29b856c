#include "server/respond.hpp"

#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "server/json_text.hpp"

namespace riskbild::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Respond, GivesEveryErrorItsStatusAndItsSentence)
{
    auto const answer = error_answer(Error{ErrorCode::wrong_use, "kinds has \"x\"", "kinds"});
    EXPECT_EQ(answer.status, 400);
    auto const json = nlohmann::json::parse(answer.body);
    EXPECT_EQ(json["code"], "wrong_use");
    EXPECT_EQ(json["message"], "kinds has \"x\"");
    EXPECT_EQ(json["field"], "kinds");
    EXPECT_EQ(status_of(ErrorCode::gone), 410);
    EXPECT_EQ(status_of(ErrorCode::full), 507);
    EXPECT_EQ(status_of(ErrorCode::busy), 503);
    EXPECT_EQ(status_of(ErrorCode::too_slow), 503);
    EXPECT_EQ(status_of(ErrorCode::forbidden), 403);
}

TEST(Respond, DoesNotTellClientsWhatWentWrongInside)
{
    auto const answer = error_answer(Error{ErrorCode::internal, "row 7 of /home/anna/county.gpkg"});
    EXPECT_EQ(answer.status, 500);
    EXPECT_THAT(answer.body, Not(HasSubstr("anna")));
}

TEST(Respond, SaysThatErrorsAreNotKept)
{
    EXPECT_THAT(head_text(error_answer(Error{ErrorCode::gone, "old"}), true, "now"),
                HasSubstr("Cache-Control: no-store\r\n"));
}

TEST(Respond, SendsTheSecurityHeadersAsWritten)
{
    auto const head = head_text(json_answer("{}"), true, "now");
    EXPECT_THAT(head, HasSubstr("Content-Security-Policy: default-src 'none'; script-src 'self'; worker-src "
                                "'self'; style-src 'self'; "
                                "img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; "
                                "manifest-src 'self'; base-uri 'none'; "
                                "form-action 'self'; frame-ancestors 'none'; object-src 'none'\r\n"));
    for (auto const* field :
         {"Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Embedder-Policy: require-corp",
          "Cross-Origin-Resource-Policy: same-origin", "X-Content-Type-Options: nosniff",
          "Referrer-Policy: strict-origin-when-cross-origin",
          "Permissions-Policy: geolocation=(self), camera=(self)"})
        EXPECT_THAT(head, HasSubstr(std::string(field) + "\r\n"));
    EXPECT_THAT(head, Not(HasSubstr("Access-Control")));
}

TEST(Respond, AnswersNotModifiedWithTagAndWithoutBody)
{
    auto answer = json_answer("{}");
    answer.etag = "\"1\"";
    EXPECT_EQ(unless_known(answer, "").status, 200);
    EXPECT_EQ(unless_known(answer, "\"2\"").status, 200);
    auto const known = unless_known(answer, "\"1\"");
    EXPECT_EQ(known.status, 304);
    auto const head = head_text(known, true, "now");
    EXPECT_THAT(head, HasSubstr("ETag: \"1\"\r\n"));
    EXPECT_THAT(head, Not(HasSubstr("Content-Length")));
    EXPECT_TRUE(known.bytes().empty());
}

TEST(JsonText, WritesWhatAnotherReaderReads)
{
    JsonText json;
    json.object([&] {
        json.field("text", "a\"b\\c\n\t\x01 åäö </script>");
        json.field("broken", "x\xff\xc3y");
        json.field("whole", std::int64_t{-9007199254740991});
        json.field("big", std::numeric_limits<std::uint64_t>::max());
        json.field("fraction", 0.1);
        json.field("nan", std::nan(""));
        json.field("truth", true);
        json.array("empty", [] {});
        json.array("rows", [&] {
            json.object([&] { json.field("n", 1); });
            json.object([] {});
            json.value(2.5);
        });
        json.raw("raw", "[1]");
        json.object("last", [] {});
    });
    auto const read = nlohmann::json::parse(json.text());
    EXPECT_EQ(read["text"], "a\"b\\c\n\t\x01 åäö </script>");
    EXPECT_EQ(read["broken"], "x\xEF\xBF\xBD\xEF\xBF\xBDy");
    EXPECT_EQ(read["whole"], -9007199254740991);
    EXPECT_EQ(read["big"], std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(read["fraction"], 0.1);
    EXPECT_TRUE(read["nan"].is_null());
    EXPECT_EQ(read["truth"], true);
    EXPECT_EQ(read["rows"].size(), 3U);
    EXPECT_EQ(read["raw"][0], 1);
    EXPECT_THAT(json.text(), Not(HasSubstr("</script")));
}

}  // namespace
}  // namespace riskbild::server
