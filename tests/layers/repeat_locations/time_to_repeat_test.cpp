#include "layers/repeat_locations/time_to_repeat.hpp"

#include <gtest/gtest.h>

namespace riskbild::layers {
namespace {

using Counts = std::array<std::uint64_t, 6>;

TEST(GapTable, HalfOpenBandsPutSevenDaysInTheSecond)
{
    auto const table = gap_table({0, 6, 7, 13, 14, 20, 21, 27, 28, 89, 90, 400});
    EXPECT_EQ(table.count, (Counts{2, 2, 2, 2, 2, 2}));
    EXPECT_EQ(table.same_day, 1U);
    EXPECT_EQ(table.total, 12U);
    EXPECT_EQ(table.median_days, 20.5);
}

TEST(GapTable, NoGapsHaveNoMedian)
{
    EXPECT_FALSE(gap_table({}).median_days);
    EXPECT_EQ(gap_table({}).count, Counts{});
    EXPECT_EQ(gap_table({5}).median_days, 5.0);
}

// The textbook case: times 6, 6, 6, 6+, 7, 9+, 10, 10+, 11+, 13, 16, 17+, 19+, 20+, 22, 23, 25+, 32+, 32+,
// 34+, 35+ (6-MP arm of Freireich et al. 1963, as in Kaplan–Meier introductions; + = still followed): S(6)
// .8571, S(7) .8067, S(10) .7529, S(13) .6902, S(16) .6275, S(22) .5378, S(23) .4482.
TEST(RepeatCurve, GivesTheTextbookCurve)
{
    auto const curve = repeat_curve(
        {{6, true},   {6, true},   {6, true},   {6, false},  {7, true},   {9, false},  {10, true},
         {10, false}, {11, false}, {13, true},  {16, true},  {17, false}, {19, false}, {20, false},
         {22, true},  {23, true},  {25, false}, {32, false}, {32, false}, {34, false}, {35, false}});
    std::vector<std::pair<int, double>> const expected = {{6, .8571},  {7, .8067},  {10, .7529}, {13, .6902},
                                                          {16, .6275}, {22, .5378}, {23, .4482}};
    ASSERT_EQ(curve.steps.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(curve.steps[i].day, expected[i].first);
        EXPECT_NEAR(curve.steps[i].not_repeated, expected[i].second, 5e-5);
    }
    EXPECT_EQ(curve.steps[0].followed, 21U);
    EXPECT_EQ(curve.steps[1].followed, 17U) << "the one followed for six days counts until then";
    EXPECT_EQ(curve.median_days(), 23);
    EXPECT_EQ(curve.repeated_before(6), 0.0);
    EXPECT_NEAR(curve.repeated_before(7), 1.0 - .8571, 5e-5);
    EXPECT_NEAR(curve.repeated_before(1000), 1.0 - .4482, 5e-5);
}

TEST(RepeatCurve, WithoutRepeatsNothingIsEverRepeated)
{
    auto const curve = repeat_curve({{10, false}, {20, false}});
    EXPECT_TRUE(curve.steps.empty());
    EXPECT_EQ(curve.repeated_before(90), 0.0);
    EXPECT_FALSE(curve.median_days());
    EXPECT_EQ(repeat_curve({}).incidents, 0U);
}

TEST(RepeatCurve, ARepeatOnTheLastDayStillCounts)
{
    auto const curve = repeat_curve({{0, true}, {0, false}});
    EXPECT_EQ(curve.repeated_before(1), 0.5);
}

}  // namespace
}  // namespace riskbild::layers
