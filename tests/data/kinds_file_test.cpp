#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "geo_core/kinds.hpp"
#include "geo_core/profile.hpp"

namespace riskbild::data {
namespace {

std::string text_of(std::filesystem::path const& file)
{
    std::ostringstream text;
    text << std::ifstream{file}.rdbuf();
    return text.str();
}

KindTree kinds()
{
    auto const file = data_directory() / "kinds/kinds.toml";
    auto tree = KindTree::from_toml(text_of(file), file.string());
    EXPECT_TRUE(tree.has_value()) << tree.error().message;
    return tree.value_or(KindTree{});
}

TEST(KindsFile, BeginsWithUnknownWhichIsNoCrime)
{
    auto const tree = kinds();
    ASSERT_FALSE(tree.kinds().empty());
    EXPECT_EQ(tree[kUnknownKind].code, "unknown");
    EXPECT_FALSE(tree[kUnknownKind].is_crime);
}

TEST(KindsFile, HasTheGroupsThatTheCountyWorksWith)
{
    auto const tree = kinds();
    std::vector<std::string> groups;
    for (auto const id : tree.groups())
        groups.push_back(tree[id].code);
    EXPECT_THAT(groups,
                testing::IsSupersetOf({"accident", "assault", "burglary",        "damage",  "disorder",
                                       "drugs",    "fire",    "fraud",           "hate",    "missing",
                                       "other",    "rescue",  "robbery",         "sexual",  "theft",
                                       "threat",   "traffic", "violence_lethal", "weapons", "vehicle"}));
}

TEST(KindsFile, TellsShopsAndGraffitiApartAsTheButiksgruppAndTheGraffitiEffortNeed)
{
    auto const tree = kinds();
    for (auto const* const code :
         {"robbery.shop", "robbery.shop.firearm", "burglary.shop", "burglary.kiosk",
          "burglary.petrol_station", "theft.shop", "theft.bicycle", "vehicle.car", "damage.graffiti.transit",
          "damage.graffiti.other", "damage.vandalism", "fire.arson"})
        EXPECT_TRUE(tree.by_code(code)) << code;
}

TEST(KindsFile, ProtectsWhatTellsOfSomebodysIntimateLife)
{
    auto const tree = kinds();
    for (auto const* const code : {"sexual", "sexual.rape", "sexual.molestation", "assault.close_relation",
                                   "assault.close_relation.gross_violation", "threat.close_relation",
                                   "threat.stalking", "violence_lethal.close_relation", "rescue.suicide"}) {
        auto const id = tree.by_code(code);
        ASSERT_TRUE(id) << code;
        EXPECT_TRUE(tree[*id].is_protected) << code;
    }
    EXPECT_FALSE(tree[*tree.by_code("damage.graffiti")].is_protected);
    EXPECT_FALSE(tree[*tree.by_code("robbery.shop")].is_protected);
}

TEST(KindsFile, NamesEveryKindOnceInEachLanguage)
{
    auto const tree = kinds();
    std::set<std::string> swedish;
    std::set<std::string> english;
    for (auto const& kind : tree.kinds()) {
        EXPECT_TRUE(swedish.insert(kind.sv).second) << kind.code << ": " << kind.sv;
        EXPECT_TRUE(english.insert(kind.en).second) << kind.code << ": " << kind.en;
    }
}

// The lines of a page's table, without its heading.
std::vector<std::string> table_rows(std::string const& page)
{
    std::istringstream lines{text_of(std::filesystem::path{RISKBILD_SOURCE_DIR} / "docs" / page)};
    std::vector<std::string> rows;
    auto is_below_heading = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("|---")) {
            rows.clear();
            is_below_heading = true;
        } else if (is_below_heading && line.starts_with('|')) {
            rows.push_back(line);
        }
    }
    return rows;
}

TEST(KindsFile, IsTheTableOfTheManual)
{
    auto const tree = kinds();
    std::vector<std::string> expected;
    for (auto const& kind : tree.kinds())
        expected.push_back("| `" + kind.code + "` | " + kind.sv + " | " + kind.en + " | " +
                           (kind.is_protected ? "protected" : "") + " |");
    std::ranges::sort(expected);
    auto rows = table_rows("kinds.md");
    std::ranges::sort(rows);
    EXPECT_EQ(rows, expected) << "docs/kinds.md and data/kinds/kinds.toml differ";
}

TEST(KindsFile, TheManualsAreasAreThoseOfUppsala)
{
    auto const areas = load_areas(*load_profile("uppsala"));
    ASSERT_TRUE(areas) << areas.error().message;
    std::vector<std::string> expected;
    for (auto const& area : areas->areas())
        expected.push_back("| " + area.code + " | " + area.name + " |");
    EXPECT_EQ(table_rows("filter.md"), expected);
}

TEST(KindsFile, EveryProfileIsReadable)
{
    EXPECT_THAT(profile_names(),
                testing::ElementsAre("chicago", "cincinnati", "helsinki", "houston", "liechtenstein",
                                     "memphis", "uppsala", "washington_dc"));
    for (auto const& name : profile_names()) {
        auto const profile = load_profile(name);
        ASSERT_TRUE(profile) << profile.error().message;
        EXPECT_TRUE(load_areas(*profile)) << name;
    }
}

}  // namespace
}  // namespace riskbild::data
