#include "layers/repeat_locations/place_groups.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "tests/layers/numbers.hpp"

namespace riskbild::layers {
namespace {

using testing::Chance;
using testing::Points;

PlaceGroups group(Points const& points, double tolerance)
{
    return group_places(points.east, points.north, Metres{tolerance});
}

/// Points on whole eighths of a metre, dense enough that many lie within 25 m of several others.
Points dense(std::size_t count, std::uint64_t seed)
{
    Chance chance{seed};
    Points points;
    for (std::size_t i = 0; i < count; ++i) {
        points.add(640'000.0 + std::round(8.0 * 600.0 * chance.next()) / 8.0,
                   6'630'000.0 + std::round(8.0 * 600.0 * chance.next()) / 8.0);
        if (i % 5 == 0) {
            points.add(points.east[points.east.size() / 2], points.north[points.north.size() / 2]);
        }
    }
    return points;
}

/// The rule as the header states it, looking at every pair.
PlaceGroups by_definition(Points const& points, double tolerance)
{
    std::map<std::pair<double, double>, std::uint32_t> counts;  // north, east
    for (std::size_t i = 0; i < points.east.size(); ++i) {
        ++counts[{points.north[i], points.east[i]}];
    }
    std::vector<std::pair<std::pair<double, double>, std::uint32_t>> order{counts.begin(), counts.end()};
    std::stable_sort(order.begin(), order.end(),
                     [](auto const& a, auto const& b) { return a.second > b.second; });
    std::map<std::pair<double, double>, std::uint32_t> place;
    PlaceGroups groups;
    for (auto const& [leader, count] : order) {
        if (place.contains(leader)) {
            continue;
        }
        auto const number = static_cast<std::uint32_t>(groups.position.size());
        groups.position.push_back({leader.second, leader.first});
        for (auto const& [spot, n] : order) {
            double const dx = spot.second - leader.second;
            double const dy = spot.first - leader.first;
            if (!place.contains(spot) && dx * dx + dy * dy <= tolerance * tolerance) {
                place[spot] = number;
            }
        }
    }
    for (std::size_t i = 0; i < points.east.size(); ++i) {
        groups.place.push_back(place[{points.north[i], points.east[i]}]);
    }
    return groups;
}

TEST(PlaceGroups, FollowTheStatedRule)
{
    for (double const tolerance : {0.0, 1.0, 25.0, 120.0, 500.0}) {
        auto const points = dense(900, 41);
        auto const groups = group(points, tolerance);
        auto const expected = by_definition(points, tolerance);
        EXPECT_EQ(groups.place, expected.place) << tolerance;
        EXPECT_EQ(groups.position, expected.position) << tolerance;
    }
}

TEST(PlaceGroups, WithoutToleranceOnlyIdenticalCoordinatesAreOnePlace)
{
    Points points;
    points.add(10.0, 10.0);
    points.add(10.0, 10.0);
    points.add(10.0, 10.000001);
    auto const groups = group(points, 0.0);
    EXPECT_EQ(groups.place[0], groups.place[1]);
    EXPECT_NE(groups.place[0], groups.place[2]);
}

TEST(PlaceGroups, NeverReachFurtherThanTheToleranceFromTheirPosition)
{
    auto const points = dense(3000, 42);
    auto const groups = group(points, 25.0);
    for (std::size_t i = 0; i < points.east.size(); ++i) {
        auto const& position = groups.position[groups.place[i]];
        ASSERT_LE(std::hypot(points.east[i] - position.east, points.north[i] - position.north), 25.0);
    }
}

TEST(PlaceGroups, DoNotChain)
{
    Points row;  // 101 points every 20 m: single linkage would make one place two kilometres long
    for (int i = 0; i <= 100; ++i) {
        row.add(20.0 * i, 0.0);
    }
    auto const groups = group(row, 25.0);
    EXPECT_EQ(groups.position.size(), 51U);
}

TEST(PlaceGroups, GatherAroundTheMostFrequentCoordinate)
{
    Points points;
    points.add(0.0, 0.0);
    for (int i = 0; i < 3; ++i) {
        points.add(20.0, 0.0);
    }
    points.add(40.0, 0.0);
    auto const groups = group(points, 25.0);
    ASSERT_EQ(groups.position.size(), 1U);
    EXPECT_EQ(groups.position[0], (MapPoint{20.0, 0.0}));
}

TEST(PlaceGroups, AToleranceReachedExactlyIsReached)
{
    Points points;
    points.add(0.0, 0.0);
    points.add(15.0, 20.0);
    EXPECT_EQ(group(points, 25.0).position.size(), 1U);
    EXPECT_EQ(group(points, 24.999).position.size(), 2U);
}

TEST(PlaceGroups, TheOrderOfThePointsDoesNotMatter)
{
    auto const points = dense(2000, 43);
    Points reversed{
        {points.east.rbegin(), points.east.rend()}, {points.north.rbegin(), points.north.rend()}, {}};
    auto forward = group(points, 25.0);
    auto const backward = group(reversed, 25.0);
    std::reverse(forward.place.begin(), forward.place.end());
    EXPECT_EQ(forward.place, backward.place);
    EXPECT_EQ(forward.position, backward.position);
}

TEST(PlaceGroups, MovingEverythingTenKilometresMovesThePlaces)
{
    auto const points = dense(2000, 44);
    auto moved = points;
    for (std::size_t i = 0; i < moved.east.size(); ++i) {
        moved.east[i] += 10'000.0;
        moved.north[i] -= 10'000.0;
    }
    EXPECT_EQ(group(points, 25.0).place, group(moved, 25.0).place);
}

TEST(PlaceGroups, AFarIncidentChangesNoOtherPlace)
{
    auto points = dense(1000, 45);
    auto const before = group(points, 25.0);
    points.add(500'000.0, 6'400'000.0);
    auto const after = group(points, 25.0);
    std::map<std::uint32_t, std::set<std::uint32_t>> meets;
    for (std::size_t i = 0; i < before.place.size(); ++i) {
        meets[before.place[i]].insert(after.place[i]);
    }
    for (auto const& [place, others] : meets) {
        ASSERT_EQ(others.size(), 1U);
    }
    EXPECT_EQ(after.position.size(), before.position.size() + 1);
}

TEST(PlaceGroups, NoPointsMakeNoPlaces)
{
    EXPECT_TRUE(group_places({}, {}, 25_m).position.empty());
}

}  // namespace
}  // namespace riskbild::layers
