#include "layers/spatial_weights/spatial_weights.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/layers/numbers.hpp"

namespace riskbild::layers {
namespace {

std::vector<std::size_t> neighbours_of(SpatialWeights const& weights, std::size_t unit)
{
    std::vector<std::size_t> units;
    for (auto const& entry : weights.row(unit)) {
        units.push_back(entry.unit);
    }
    return units;
}

using Units = std::vector<std::size_t>;

TEST(SpatialWeights, HoldRowsInOrderAndNothingElse)
{
    auto const weights = contiguity(std::vector<Units>{{2, 1}, {0}, {0}, {}});
    EXPECT_EQ(weights.size(), 4U);
    EXPECT_EQ(neighbours_of(weights, 0), (Units{1, 2}));
    EXPECT_TRUE(weights.row(3).empty());
    EXPECT_EQ(weights.without_neighbours(), 1U);
    EXPECT_EQ(weights.weight(0, 2), 1.0);
    EXPECT_EQ(weights.weight(1, 2), 0.0);
    EXPECT_EQ(SpatialWeights{}.size(), 0U);
}

TEST(SpatialWeights, RowsAddUpToOneWhenStandardised)
{
    auto const weights = row_standardised(contiguity(std::vector<Units>{{1, 2}, {0}, {0, 1}, {}}));
    EXPECT_EQ(weights.weight(0, 1), 0.5);
    EXPECT_EQ(weights.weight(1, 0), 1.0);
    EXPECT_TRUE(weights.row(3).empty());
}

TEST(SpatialWeights, CellsTouchBySidesAndCorners)
{
    // Of a field of three columns the cells marked: X . X / X X . / . . X
    std::vector<std::size_t> const cells = {0, 2, 3, 4, 8};
    auto const weights = queen_contiguity(cells, 3);
    EXPECT_EQ(neighbours_of(weights, 0), (Units{2, 3}));
    EXPECT_EQ(neighbours_of(weights, 1), (Units{3})) << "the cell across the field's edge is none";
    EXPECT_EQ(neighbours_of(weights, 3), (Units{0, 1, 2, 4}));
    EXPECT_EQ(neighbours_of(weights, 4), (Units{3}));
    std::vector<std::size_t> field(12);
    for (std::size_t i = 0; i < field.size(); ++i) {
        field[i] = i;
    }
    EXPECT_EQ(neighbours_of(queen_contiguity(field, 4), 5).size(), 8U);
    EXPECT_EQ(neighbours_of(queen_contiguity(field, 4), 0).size(), 3U);
}

TEST(SpatialWeights, ADistanceIncludesItsEnd)
{
    std::vector<double> const east = {0, 100, 200.001, 0};
    std::vector<double> const north = {0, 0, 0, 0};
    auto const weights = within_distance(east, north, Metres{100});
    EXPECT_EQ(neighbours_of(weights, 0), (Units{1, 3})) << "also one at the same place";
    EXPECT_EQ(neighbours_of(weights, 1), (Units{0, 3}));
    EXPECT_TRUE(weights.row(2).empty());
    EXPECT_EQ(neighbours_of(within_distance(east, north, Metres{0}), 0), (Units{3}));
}

TEST(SpatialWeights, FindTheSameNearAsLookingAtEveryPair)
{
    auto const points = testing::scattered(400, 3);
    auto const weights = within_distance(points.east, points.north, Metres{700});
    auto const nearest = k_nearest(points.east, points.north, 5);
    for (std::size_t i = 0; i < 400; ++i) {
        Units near;
        std::size_t nearer_than_fifth = 0;
        auto const squared = [&](std::size_t j) {
            return std::pow(points.east[j] - points.east[i], 2) +
                   std::pow(points.north[j] - points.north[i], 2);
        };
        double fifth = 0.0;
        for (auto const& entry : nearest.row(i)) {
            fifth = std::max(fifth, squared(entry.unit));
        }
        for (std::size_t j = 0; j < 400; ++j) {
            if (j != i && squared(j) <= 700.0 * 700.0) {
                near.push_back(j);
            }
            nearer_than_fifth += j != i && squared(j) < fifth ? 1U : 0U;
        }
        EXPECT_EQ(neighbours_of(weights, i), near);
        EXPECT_EQ(nearest.row(i).size(), 5U);
        EXPECT_LE(nearer_than_fifth, 4U);
    }
}

TEST(SpatialWeights, TheNearestAreThoseFurtherSouthAndWestWhereAsNear)
{
    std::vector<double> const east = {0, 10, -10, 0, 0};
    std::vector<double> const north = {0, 0, 0, 10, -10};
    EXPECT_EQ(neighbours_of(k_nearest(east, north, 1), 0), (Units{4}));
    EXPECT_EQ(neighbours_of(k_nearest(east, north, 2), 0), (Units{2, 4}));
    EXPECT_EQ(neighbours_of(k_nearest(east, north, 9), 0), (Units{1, 2, 3, 4})) << "fewer than asked for";
}

TEST(SpatialWeights, SumsAreThoseOfTheirDefinition)
{
    SpatialWeights const weights{{{{1, 0.5}, {2, 2.0}}, {{0, 3.0}}, {}}};
    auto const sums = sums_of(weights);
    EXPECT_DOUBLE_EQ(sums.s0, 5.5);
    // w01 + w10 = 3.5, w02 + w20 = 2: twice half of the squares
    EXPECT_DOUBLE_EQ(sums.s1, 3.5 * 3.5 + 2.0 * 2.0);
    EXPECT_DOUBLE_EQ(sums.s2, std::pow(2.5 + 3.0, 2) + std::pow(3.0 + 0.5, 2) + std::pow(2.0, 2));
}

}  // namespace
}  // namespace riskbild::layers
