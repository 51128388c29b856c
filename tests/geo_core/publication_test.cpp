#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "geo_core/publication.hpp"
#include "geo_core/view.hpp"
#include "tests/support/made_up_county.hpp"

namespace riskbild {
namespace {

using testing::made_up_view;
using testing::MadeUp;

std::string shown(std::vector<PublishedCount> const& counts)
{
    std::string text;
    for (auto const& count : counts)
        text += (text.empty() ? "" : " ") + (count ? std::to_string(*count) : "·");
    return text;
}

TEST(Suppress, WithholdsSmallCountsAndWhatWouldRevealThem)
{
    std::vector<std::uint32_t> const counts{3, 20, 30,
                                            40, 50, 60,
                                            70, 80, 90};
    EXPECT_EQ(shown(suppress(counts, 3, 3, 5)), "· · 30 · · 60 70 80 90");
}

TEST(Suppress, ShowsZerosAndLargeCounts)
{
    std::vector<std::uint32_t> const counts{0, 5, 9, 0};
    EXPECT_EQ(shown(suppress(counts, 2, 2, 5)), "0 5 9 0");
}

TEST(Suppress, DoesNotTrustTwoThatAddUpToLittle)
{
    // 1 + 1 = 2 from the row's total would give both away, so a third goes too.
    std::vector<std::uint32_t> const counts{1, 1, 20, 30};
    EXPECT_EQ(shown(suppress(counts, 1, 4, 5)), "· · · 30");
}

// An attacker who knows every row and column total, and that a withheld count is at least 1.
TEST(Suppress, NoWithheldCountFollowsFromTheTotals)
{
    std::mt19937 random{7};
    for (int round = 0; round < 200; ++round) {
        std::size_t const groups = 6;
        std::size_t const areas = 8;
        std::vector<std::uint32_t> counts(groups * areas);
        for (auto& count : counts)
            count = static_cast<std::uint32_t>(random() % 4 == 0 ? random() % 7 : 5 + random() % 100);
        auto const published = suppress(counts, groups, areas, 5);
        for (std::size_t group = 0; group < groups; ++group) {
            std::size_t hidden = 0;
            for (std::size_t area = 0; area < areas; ++area)
                hidden += !published[group * areas + area];
            EXPECT_NE(hidden, 1U) << "round " << round;
        }
        for (std::size_t area = 0; area < areas; ++area) {
            std::size_t hidden = 0;
            for (std::size_t group = 0; group < groups; ++group)
                hidden += !published[group * areas + area];
            EXPECT_NE(hidden, 1U) << "round " << round;
        }
        for (std::size_t i = 0; i < counts.size(); ++i)
            EXPECT_TRUE(!published[i] || counts[i] == 0 || counts[i] >= 5);
    }
}

TEST(SuppressCells, LeavesNoSmallRemainderOfAnArea)
{
    std::vector<PublishedCount> const by_area{20U};
    // 12 + 6 shown would leave 2 somewhere else in the area: the smaller cell goes.
    auto const cells = suppress_cells({{.index = 4, .parts = {{0, 12}}}, {.index = 9, .parts = {{0, 6}}}, {.index = 11, .parts = {{0, 2}}}},
                                      by_area, 5);
    ASSERT_EQ(cells.size(), 1U);
    EXPECT_EQ(cells[0].index, 4U);
    EXPECT_EQ(cells[0].count, 12U);
}

TEST(SuppressCells, ShowsNothingOfAWithheldArea)
{
    std::vector<PublishedCount> const by_area{std::nullopt, 40U};
    auto const cells = suppress_cells({{.index = 1, .parts = {{0, 30}}}, {.index = 2, .parts = {{0, 5}, {1, 9}}}, {.index = 3, .parts = {{1, 20}}}},
                                      by_area, 5);
    ASSERT_EQ(cells.size(), 1U);
    EXPECT_EQ(cells[0].index, 3U);
}

TEST(Publication, HoldsCompleteYearsOnly)
{
    std::vector<MadeUp> incidents;
    for (auto const* day : {"2023-05-01", "2024-06-01", "2025-02-01"})
        for (int i = 0; i < 6; ++i)
            incidents.push_back({.day = day});
    auto const publication = made_up_view(incidents, Role::public_).publication();
    EXPECT_EQ(publication->years, (std::vector<int>{2023, 2024}));
}

TEST(Publication, AProtectedKindIsInNoCell)
{
    std::vector<MadeUp> incidents(50, MadeUp{.day = "2024-05-01", .kind = "sexual"});
    incidents.push_back({.day = "2025-05-01"});
    auto const publication = made_up_view(incidents, Role::public_).publication();
    for (auto const& cells : publication->cells)
        EXPECT_TRUE(cells.empty());
}

TEST(Publication, CountsAGroupWithAllBelowIt)
{
    std::vector<MadeUp> incidents(7, MadeUp{.day = "2024-05-01", .kind = "theft"});
    incidents.resize(12, MadeUp{.day = "2024-05-01", .kind = "theft.bicycle"});
    incidents.push_back({.day = "2025-05-01"});
    auto const view = made_up_view(incidents, Role::public_);
    auto const publication = view.publication();
    auto const group = static_cast<std::size_t>(
        std::ranges::find(publication->groups, view.county().kinds.by_code("theft").value()) - publication->groups.begin());
    EXPECT_EQ(publication->by_area[group * publication->areas], 12U);
}

}  // namespace
}  // namespace riskbild
