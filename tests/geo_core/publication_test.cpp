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
    std::vector<std::uint32_t> const counts{3, 20, 30, 40, 50, 60, 70, 80, 90};
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

TEST(Suppress, GivesASmallCountAZeroForCompanyWhereNothingElseIsLeft)
{
    EXPECT_EQ(shown(suppress(std::vector<std::uint32_t>{3, 0, 0, 0}, 1, 4, 5)), "· · 0 0");
    EXPECT_EQ(shown(suppress(std::vector<std::uint32_t>{0, 3, 0, 0}, 1, 4, 5)), "· · 0 0")
        << "as for the other one";
    EXPECT_EQ(shown(suppress(std::vector<std::uint32_t>{0, 0, 3}, 1, 3, 5)), "0 · ·");
    EXPECT_EQ(shown(suppress(std::vector<std::uint32_t>{1, 1, 0, 0}, 1, 4, 5)), "· · · 0")
        << "else 2 = 1 + 1";
}

// What the totals of a row or column, known from elsewhere, tell of its withheld counts.
void expect_line_tells_nothing(std::vector<std::uint32_t> const& line, std::vector<bool> const& hidden)
{
    auto const withheld = static_cast<std::size_t>(std::ranges::count(hidden, true));
    std::uint32_t sum = 0;
    bool hides_zero = false;
    for (std::size_t i = 0; i < line.size(); ++i)
        if (hidden[i]) {
            sum += line[i];
            hides_zero = hides_zero || line[i] == 0;
        }
    EXPECT_NE(withheld, 1U);
    EXPECT_TRUE(withheld == 0 || withheld == line.size() || sum >= 10 || hides_zero);
}

TEST(Suppress, NoWithheldCountFollowsFromTheTotals)
{
    std::mt19937 random{7};
    for (int round = 0; round < 400; ++round) {
        // Dense tables, and sparse ones as a county of eight kommuner has them.
        std::size_t const groups = round % 2 == 0 ? 6 : 24;
        std::size_t const areas = round % 3 == 0 ? 7 : 8;
        std::vector<std::uint32_t> counts(groups * areas);
        for (auto& count : counts)
            count = static_cast<std::uint32_t>(round % 2 == 0
                                                   ? (random() % 4 == 0 ? random() % 7 : 5 + random() % 100)
                                                   : (random() % 6 == 0 ? 1 + random() % 9 : 0));
        auto const published = suppress(counts, groups, areas, 5);
        SCOPED_TRACE("round " + std::to_string(round));
        auto const check_line = [&](std::size_t length, auto at) {
            std::vector<std::uint32_t> line;
            std::vector<bool> hidden;
            for (std::size_t k = 0; k < length; ++k) {
                line.push_back(counts[at(k)]);
                hidden.push_back(!published[at(k)]);
            }
            expect_line_tells_nothing(line, hidden);
        };
        for (std::size_t group = 0; group < groups; ++group)
            check_line(areas, [&](std::size_t area) { return group * areas + area; });
        for (std::size_t area = 0; area < areas; ++area)
            check_line(groups, [&](std::size_t group) { return group * areas + area; });
        for (std::size_t i = 0; i < counts.size(); ++i)
            EXPECT_TRUE(!published[i] || counts[i] == 0 || counts[i] >= 5);
    }
}

TEST(SuppressCells, LeavesNoSmallRemainderOfAnArea)
{
    std::vector<PublishedCount> const by_area{20U};
    // 12 + 6 shown would leave 2 somewhere else in the area: the smaller cell goes.
    auto const cells = suppress_cells(
        {{.index = 4, .parts = {{0, 12}}}, {.index = 9, .parts = {{0, 6}}}, {.index = 11, .parts = {{0, 2}}}},
        by_area, 5);
    ASSERT_EQ(cells.size(), 1U);
    EXPECT_EQ(cells[0].index, 4U);
    EXPECT_EQ(cells[0].count, 12U);
}

TEST(SuppressCells, ShowsNothingOfAWithheldArea)
{
    std::vector<PublishedCount> const by_area{std::nullopt, 40U};
    auto const cells = suppress_cells({{.index = 1, .parts = {{0, 30}}},
                                       {.index = 2, .parts = {{0, 5}, {1, 9}}},
                                       {.index = 3, .parts = {{1, 20}}}},
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
        std::ranges::find(publication->groups, view.county().kinds.by_code("theft").value()) -
        publication->groups.begin());
    EXPECT_EQ(publication->by_area[group * publication->areas], 12U);
}

}  // namespace
}  // namespace riskbild
