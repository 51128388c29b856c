#include "importers/points/profile_changes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace riskbild::importers {
namespace {

constexpr char const* kSuggested = R"(
source = "lista"
title = "Lista"
[time]
fixed = "2025-01-01..2026-01-01"
[position]
lng = "x"
lat = "y"
[kind]
column = "handelse"
[kind.values]
"klotter" = "damage.graffiti"
"Snatteri" = "theft"
)";

TEST(ProfileChanges, GiveColumnsAndKindsAnotherMeaning)
{
    auto const profile =
        with_changes(kSuggested, "lista",
                     {.keys = {{"time.from", "datum"}, {"id", "nr"}, {"title", "Min lista"}},
                      .kinds = {{"Klotter", "damage"}, {"Snatteri", ""}, {"Rån", "robbery"}}});
    ASSERT_TRUE(profile) << profile.error().message;
    EXPECT_EQ(profile->from, "datum");
    EXPECT_FALSE(profile->fixed) << "the column takes the place of the period";
    EXPECT_THAT(profile->id, ::testing::ElementsAre("nr"));
    EXPECT_EQ(profile->source.title, "Min lista");
    EXPECT_EQ(profile->kind_of_value.size(), 3U);
    EXPECT_EQ(profile->kind_of_value.at("klotter"), "damage");
    EXPECT_EQ(profile->toml.find("Klotter"), std::string::npos) << "a word stands there once";
    EXPECT_TRUE(parse_column_profile(profile->toml, "lista")) << "it is written as it can be read";
}

TEST(ProfileChanges, LeaveAWordUnknownHoweverItIsWritten)
{
    auto const profile = with_changes(kSuggested, "lista", {.kinds = {{"KLOTTER", ""}, {"snatteri", ""}}});
    ASSERT_TRUE(profile) << profile.error().message;
    EXPECT_THAT(profile->kind_of_value, ::testing::UnorderedElementsAre(std::pair{"klotter", "unknown"},
                                                                        std::pair{"snatteri", "unknown"}));
}

TEST(ProfileChanges, KeepTheTypesOfKeys)
{
    auto const profile = with_changes(kSuggested, "lista",
                                      {.keys = {{"position.lng", ""},
                                                {"position.lat", ""},
                                                {"position.x", "e"},
                                                {"position.y", "n"},
                                                {"position.epsg", "3006"}}});
    ASSERT_TRUE(profile) << profile.error().message;
    EXPECT_EQ(profile->epsg, 3006);
    EXPECT_EQ(profile->x, "e");
}

TEST(ProfileChanges, RefuseWhatNoProfileCanBe)
{
    for (auto const& [key, value] :
         std::vector<std::pair<std::string, std::string>>{{"position.epsg", "many"},
                                                          {"position.swap", "perhaps"},
                                                          {"kind.values", "x"},
                                                          {"", "x"},
                                                          {"title.x", "y"},
                                                          {"nonsense", "1"},
                                                          {"time.style", "backwards"},
                                                          {"source", "Å"}})
        EXPECT_EQ(with_changes(kSuggested, "lista", {.keys = {{key, value}}}).error().code,
                  ErrorCode::wrong_use)
            << key;
    EXPECT_EQ(with_changes("a = [", "lista", {}).error().code, ErrorCode::wrong_use);
}

}  // namespace
}  // namespace riskbild::importers
