#include "layers/near_repeat/chains.hpp"

#include <gtest/gtest.h>

namespace riskbild::layers {
namespace {

using enum RepeatClass;

struct Columns {
    std::vector<double> east, north;
    std::vector<std::int32_t> day;
};

Chains chains_of(std::vector<std::array<int, 3>> const& points, ChainLimits const& limits)
{
    Columns columns;
    for (auto const& [east, north, day] : points) {
        columns.east.push_back(east);
        columns.north.push_back(north);
        columns.day.push_back(day);
    }
    return find_chains({columns.east, columns.north, columns.day}, limits).value();
}

constexpr ChainLimits kLimits{.same_place = 1.0, .distance = 100.0, .days = 7};

TEST(Chains, TellOriginatorsRepeatsAndNearRepeatsApart)
{
    auto const found = chains_of({{0, 0, 0},     // others follow
                                  {50, 0, 2},    // nearby, soon after
                                  {0, 0, 3},     // the first place again
                                  {500, 0, 3},   // too far
                                  {0, 0, 30},    // too late
                                  {60, 0, 30}},  // of the same day, later in the list
                                 kLimits);
    EXPECT_EQ(found.of_point, (std::vector{originator, near_repeat, repeat, alone, originator, near_repeat}));
    ASSERT_EQ(found.chains.size(), 2U);
    EXPECT_EQ(found.chains[0], (std::vector<std::uint32_t>{0, 1, 2})) << "the longest first";
    EXPECT_EQ(found.chains[1], (std::vector<std::uint32_t>{4, 5}));
}

TEST(Chains, GoOnAsLongAsEachIsSoonAndNearOneBefore)
{
    std::vector<std::array<int, 3>> walk;
    for (int i = 0; i < 20; ++i) {
        walk.push_back({i * 90, 0, i * 6});
    }
    auto const found = chains_of(walk, kLimits);
    ASSERT_EQ(found.chains.size(), 1U);
    EXPECT_EQ(found.chains.front().size(), 20U);
    walk[10][0] += 1'000'000;
    EXPECT_EQ(chains_of(walk, kLimits).chains.size(), 2U);
}

TEST(Chains, LimitsAreHalfOpenUnlessClosedOnTheRight)
{
    std::vector<std::array<int, 3>> const on_the_edge = {{0, 0, 0}, {100, 0, 7}};
    EXPECT_TRUE(chains_of(on_the_edge, kLimits).chains.empty());
    auto closed = kLimits;
    closed.closed = Closed::right;
    EXPECT_EQ(chains_of(on_the_edge, closed).chains.size(), 1U);
}

TEST(Chains, MeasureAlongStreetsWhenAsked)
{
    std::vector<std::array<int, 3>> const corner = {{0, 0, 0}, {60, 60, 1}};
    EXPECT_EQ(chains_of(corner, kLimits).chains.size(), 1U);
    auto streets = kLimits;
    streets.metric = Metric::manhattan;
    EXPECT_TRUE(chains_of(corner, streets).chains.empty());
}

TEST(Chains, AreRefusedForLimitsOfNothing)
{
    Columns none;
    SpaceTimePoints const points{none.east, none.north, none.day};
    EXPECT_TRUE(find_chains(points, kLimits)->chains.empty());
    EXPECT_FALSE(find_chains(points, {.distance = 0.0}));
    EXPECT_FALSE(find_chains(points, {.days = 0}));
}

}  // namespace
}  // namespace riskbild::layers
