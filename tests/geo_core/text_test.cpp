#include "geo_core/text.hpp"

#include <cmath>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "geo_core/read_file.hpp"

namespace riskbild {
namespace {

TEST(Text, IsTrimmedOfAllWhiteSpaceAtItsEndsAndOfNothingElse)
{
    EXPECT_EQ(trimmed(" \t\r\n\xc2\xa0 a  b\xc2\xa0\n "), "a  b");
    EXPECT_EQ(trimmed(" \xc2\xa0"), "");
    EXPECT_EQ(trimmed(""), "");
    EXPECT_EQ(trimmed("à"), "à");  // C3 A0: its last byte is that of a no-break space
}

TEST(Text, GivesUpItsFirstDigits)
{
    std::string_view text = "12345-";
    EXPECT_EQ(take_number(text, 1, 2), 12);
    EXPECT_EQ(take_number(text, 3, 9), 345);
    EXPECT_EQ(take_number(text, 1, 2), std::nullopt);
    EXPECT_FALSE(take(text, "+:"));
    EXPECT_TRUE(take(text, "+-"));
    EXPECT_FALSE(take(text, "+-"));
}

TEST(Text, IsANumberOnlyAsAWhole)
{
    EXPECT_EQ(parse_number("-12.5"), -12.5);
    EXPECT_TRUE(std::isnan(*parse_number("nan")));
    for (auto const* none : {"", " 1", "1 ", "1,5", "+1", "1e999", "one"})
        EXPECT_EQ(parse_number(none), std::nullopt) << none;
}

TEST(Text, IsShortenedBetweenCharacters)
{
    EXPECT_EQ(shortened(std::string(60, 'x')), std::string(60, 'x'));
    EXPECT_EQ(shortened(std::string(59, 'x') + "åå"), std::string(59, 'x') + "…");
}

TEST(Text, NamesASourceInSmallLetters)
{
    EXPECT_TRUE(is_source_name("polis_uttag-2"));
    for (auto const* no : {"", "Polis", "år", "a b"})
        EXPECT_FALSE(is_source_name(no)) << no;
}

TEST(ReadFile, GivesNothingForAFolderOrAMissingFile)
{
    std::filesystem::path const here{RISKBILD_TESTS_DIR};
    EXPECT_TRUE(read_file(here / "CMakeLists.txt")->starts_with("riskbild_test(geo_core"));
    EXPECT_EQ(read_file(here), std::nullopt);
    EXPECT_EQ(read_file(here / "none"), std::nullopt);
}

}  // namespace
}  // namespace riskbild
