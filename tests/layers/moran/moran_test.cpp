#include "layers/moran/moran.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "layers/significance.hpp"
#include "tests/layers/numbers.hpp"
#include "tests/layers/spatial_weights/reference_maps.hpp"

namespace riskbild::layers {
namespace {

/// A row of units, each with those beside it.
SpatialWeights in_a_row(std::size_t units)
{
    std::vector<std::vector<std::size_t>> neighbours(units);
    for (std::size_t i = 0; i + 1 < units; ++i) {
        neighbours[i].push_back(i + 1);
        neighbours[i + 1].push_back(i);
    }
    return contiguity(neighbours);
}

/// methods.md §2: desmith, row-standardised.
TEST(Moran, GivesTheNumberOfTheTenAreas)
{
    auto const map = testing::desmith();
    if (!map) {
        GTEST_SKIP() << "desmith.txt is absent";
    }
    ASSERT_EQ(map->values.size(), 10U);
    EXPECT_NEAR(morans_i(map->values, row_standardised(map->binary))->value, 0.0736124311106, 1e-13);
}

/// methods.md §2: sids2 SIDR74, row-standardised; I, its one-sided p under normality, and Geary's c.
TEST(Moran, GivesTheNumbersOfTheSuddenDeathsInNorthCarolina)
{
    auto const map = testing::sids2();
    if (!map) {
        GTEST_SKIP() << "sids2.gal is absent";
    }
    auto const weights = row_standardised(map->binary);
    auto const moran = morans_i(map->values, weights).value();
    EXPECT_NEAR(moran.value, 0.24772519320480135, 1e-14);
    EXPECT_NEAR(upper_tail_p(moran.z_normal()), 5.79165e-05, 5e-11);
    EXPECT_NEAR(gearys_c(map->values, weights)->value, 0.72527843685, 5e-12);
}

/// methods.md §2: stl HR8893 and columbus CRIME, row-standardised.
TEST(Moran, GivesTheNumbersOfTwoOtherMaps)
{
    auto const stl = testing::stl();
    auto const columbus = testing::columbus();
    if (!stl || !columbus) {
        GTEST_SKIP() << "the maps of St Louis or Columbus are absent";
    }
    auto const moran = morans_i(stl->values, row_standardised(stl->binary)).value();
    EXPECT_NEAR(moran.value, 0.24365582621771659, 1e-14);
    EXPECT_NEAR(upper_tail_p(moran.z_normal()), 0.000135739, 5e-10);
    EXPECT_NEAR(morans_i(columbus->values, row_standardised(columbus->binary))->value, 0.500188557, 5e-10);
}

/// Every order of six values on a row of six: the moments are those of the definition, not of a formula.
TEST(Moran, MomentsUnderRandomOrderAreThoseOfAllOrders)
{
    SpatialWeights const weights{
        {{{1, 1.0}, {2, 0.5}}, {{0, 1.0}}, {{1, 2.0}, {3, 1.0}}, {{4, 1.0}}, {{3, 1.0}, {5, 0.3}}, {}}};
    std::vector<double> values = {1.0, 2.0, 2.5, 4.0, 7.0, 11.0};
    auto const moran = morans_i(values, weights).value();
    auto const geary = gearys_c(values, weights).value();
    double orders = 0.0, i = 0.0, ii = 0.0, c = 0.0, cc = 0.0;
    do {
        double const one = morans_i(values, weights)->value;
        double const other = gearys_c(values, weights)->value;
        orders += 1.0;
        i += one;
        ii += one * one;
        c += other;
        cc += other * other;
    } while (std::ranges::next_permutation(values).found);
    EXPECT_EQ(orders, 720.0);
    EXPECT_NEAR(moran.expected, i / orders, 1e-12);
    EXPECT_NEAR(moran.variance_random, ii / orders - i * i / orders / orders, 1e-12);
    EXPECT_NEAR(geary.expected, c / orders, 1e-12);
    EXPECT_NEAR(geary.variance_random, cc / orders - c * c / orders / orders, 1e-12);
}

TEST(Moran, PermutationsCountTiesAndDoNotDependOnThreads)
{
    // Of 24 orders of 1 1 2 2 in a row, a third lie side by side as 1122 or 2211: those have the largest I.
    std::vector<double> const values = {1, 1, 2, 2};
    auto const test = permute_morans_i(values, in_a_row(4), 6000, 1).value();
    EXPECT_EQ(test.at_most, 6000U);
    EXPECT_NEAR(static_cast<double>(test.at_least), 2000.0, 5 * std::sqrt(6000 * 2.0 / 9.0));
    EXPECT_EQ(test.p_lower(), 1.0);
    EXPECT_NEAR(test.p_upper(), 1.0 / 3.0, 0.04);
    auto const threads = permute_morans_i(values, in_a_row(4), 6000, 1, {}, 3).value();
    EXPECT_EQ(threads.at_least, test.at_least);
    EXPECT_NE(permute_morans_i(values, in_a_row(4), 6000, 2)->at_least, test.at_least) << "another seed";
    EXPECT_FALSE(permute_morans_i(values, in_a_row(4), 6000, 1, [](double) { return false; }));
}

TEST(Moran, PermutationsAgreeWithTheMoments)
{
    testing::Chance chance{5};
    std::vector<double> values(100);
    for (auto& value : values) {
        value = chance.next();
    }
    for (std::size_t i = 1; i < values.size(); ++i) {
        values[i] = 0.75 * values[i] + 0.25 * values[i - 1];
    }
    auto const weights = row_standardised(in_a_row(100));
    auto const moran = morans_i(values, weights).value();
    auto const test = permute_morans_i(values, weights, 9999, 7).value();
    EXPECT_GT(moran.z_random(), 1.0);
    EXPECT_NEAR(test.p_upper(), upper_tail_p(moran.z_random()), 0.01);
}

TEST(Moran, TellsNothingWhereNothingCanBeTold)
{
    EXPECT_FALSE(morans_i(std::vector<double>(5, 2.0), in_a_row(5)));
    EXPECT_FALSE(morans_i(std::vector{1.0, 2.0, 3.0}, in_a_row(3)));
    EXPECT_FALSE(
        morans_i(std::vector{1.0, 2.0, 3.0, 4.0}, contiguity(std::vector<std::vector<std::size_t>>(4))));
    EXPECT_FALSE(gearys_c({}, SpatialWeights{}));
    EXPECT_FALSE(permute_morans_i(std::vector<double>(5, 2.0), in_a_row(5), 99, 1));
}

TEST(Moran, KnowsThatLikeGoesWithLike)
{
    std::vector<double> const slope = {1, 2, 3, 4, 5, 6, 7, 8};
    std::vector<double> const teeth = {1, 8, 1, 8, 1, 8, 1, 8};
    EXPECT_GT(morans_i(slope, in_a_row(8))->z_random(), 2.0);
    EXPECT_LT(gearys_c(slope, in_a_row(8))->z_random(), -2.0);
    EXPECT_NEAR(morans_i(teeth, in_a_row(8))->value, -1.0, 1e-14);
    EXPECT_GT(gearys_c(teeth, in_a_row(8))->value, 1.0);
}

}  // namespace
}  // namespace riskbild::layers
