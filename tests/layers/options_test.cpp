#include "layers/options.hpp"

#include <gtest/gtest.h>

namespace riskbild::layers {
namespace {

TEST(Options, AreReadInAnyOrderAndWrittenInOne)
{
    auto const options = parse_options("radius=500;cell=100").value();
    EXPECT_EQ(options, (Options{{"cell", "100"}, {"radius", "500"}}));
    EXPECT_EQ(to_text(options), "cell=100;radius=500");
    EXPECT_EQ(parse_options(to_text(options)).value(), options);
    EXPECT_TRUE(parse_options("")->empty());
    EXPECT_EQ(to_text(Options{}), "");
}

TEST(Options, AreRefusedWhenTheyAreNotKeysAndValues)
{
    for (auto const* const text : {"radius", "radius=", "=5", "Radius=5", "radius=5 m", "radius=5;;cell=5",
                                   "radius=<b>", "radius=5;radius=6", "r\xc3\xa4=5"}) {
        auto const options = parse_options(text);
        ASSERT_FALSE(options) << text;
        EXPECT_EQ(options.error().code, ErrorCode::wrong_use);
        EXPECT_FALSE(options.error().field.empty());
    }
    EXPECT_EQ(parse_options("cell=5;radius=").error().field, "radius");
    EXPECT_EQ(parse_options(std::string(5000, 'a')).error().code, ErrorCode::wrong_use);
}

}  // namespace
}  // namespace riskbild::layers
