#include "layers/getis_ord/local_g.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "layers/significance.hpp"
#include "tests/layers/numbers.hpp"
#include "tests/layers/spatial_weights/reference_maps.hpp"

namespace riskbild::layers {
namespace {

struct SixPoints {
    std::vector<double> east = {10, 20, 40, 15, 30, 30};
    std::vector<double> north = {10, 10, 10, 20, 20, 30};
    std::vector<double> values = {2, 3, 3.2, 5, 8, 7};
    SpatialWeights weights = within_distance(east, north, Metres{15});
};

/// methods.md §2, six points with distance ≤ 15, binary.
TEST(LocalG, GivesTheNumbersOfTheSixPoints)
{
    SixPoints const six;
    auto const gi = local_g(six.values, six.weights).value();
    auto const star = local_g_star(six.values, six.weights).value();
    std::vector<double> const expected = {-1.01367289855,  -0.0436158942017, 1.31558702896,
                                          -0.314126758205, 1.15373985811,    1.77833940862};
    std::vector<double> const expected_star = {-1.39727626201,  -0.289177615627, 0.650649635161,
                                               -0.289177615627, 1.23452088352,   2.02424330939};
    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_NEAR(gi[i], expected[i], 1e-11) << i;
        EXPECT_NEAR(star[i], expected_star[i], 1e-11) << i;
    }
}

/// methods.md §2: global G .557097791798, one-sided p .1729357.
TEST(GeneralG, GivesTheNumbersOfTheSixPoints)
{
    SixPoints const six;
    auto const g = general_g(six.values, six.weights).value();
    EXPECT_NEAR(g.value, 0.557097791798, 1e-12);
    EXPECT_NEAR(upper_tail_p(g.z_random()), 0.1729357, 1e-7);
}

void expect_column(std::vector<double> const& ours, testing::ReferenceMap const& map, std::size_t column,
                   char const* what)
{
    for (std::size_t i = 0; i < ours.size(); ++i) {
        EXPECT_NEAR(ours[i], std::stod(map.expected[i].at(column)), 1e-11) << what << ' ' << i;
    }
}

/// methods.md §2, expected_sids2_SIDR74.csv: Gi and Gi* binary, two-sided p of Gi* and its correction; |Gi*|
/// > 1.96: 9 hot, 3 cold; after FDR .05: 2.
TEST(LocalG, GivesTheNumbersOfTheSuddenDeathsInNorthCarolina)
{
    auto const map = testing::sids2();
    if (!map) {
        GTEST_SKIP() << "expected_sids2_SIDR74.csv or sids2.gal is absent";
    }
    ASSERT_EQ(map->values.size(), 100U);
    expect_column(local_g(map->values, map->binary).value(), *map, 10, "Gi");
    auto const star = local_g_star(map->values, map->binary).value();
    expect_column(star, *map, 11, "Gi*");
    std::vector<double> p;
    for (double const z : star) {
        p.push_back(two_sided_p(z));
    }
    expect_column(p, *map, 13, "p");
    auto const adjusted = benjamini_hochberg(p);
    expect_column(adjusted, *map, 14, "p after BH");
    EXPECT_EQ(std::ranges::count_if(star, [](double z) { return z > 1.96; }), 9);
    EXPECT_EQ(std::ranges::count_if(star, [](double z) { return z < -1.96; }), 3);
    EXPECT_EQ(std::ranges::count_if(adjusted, [](double q) { return q < 0.05; }), 2);
}

/// methods.md §2, expected_stl_HR8893.csv and the queen contiguity of Columbus.
TEST(LocalG, GivesTheNumbersOfTwoOtherMaps)
{
    auto const stl = testing::stl();
    auto const columbus = testing::columbus();
    if (!stl || !columbus) {
        GTEST_SKIP() << "the maps of St Louis or Columbus are absent";
    }
    ASSERT_EQ(stl->values.size(), 78U);
    expect_column(local_g(stl->values, stl->binary).value(), *stl, 10, "St Louis Gi");
    expect_column(local_g_star(stl->values, stl->binary).value(), *stl, 11, "St Louis Gi*");
    ASSERT_EQ(columbus->values.size(), 49U);
    expect_column(local_g_star(columbus->values, columbus->binary).value(), *columbus, 2, "Columbus Gi*");
    expect_column(local_g(columbus->values, columbus->binary).value(), *columbus, 3, "Columbus Gi");
}

TEST(LocalG, ScalesAndShiftsOfTheValuesChangeNothing)
{
    SixPoints const six;
    auto moved = six.values;
    for (auto& value : moved) {
        value = 1000.0 + 7.0 * value;
    }
    auto const star = local_g_star(six.values, six.weights).value();
    auto const gi = local_g(six.values, six.weights).value();
    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_NEAR(local_g_star(moved, six.weights).value()[i], star[i], 1e-11);
        EXPECT_NEAR(local_g(moved, six.weights).value()[i], gi[i], 1e-11);
    }
}

TEST(LocalG, TellsNothingWhereNothingCanBeTold)
{
    std::vector<double> const equal(6, 3.0);
    SixPoints const six;
    EXPECT_FALSE(local_g(equal, six.weights));
    EXPECT_FALSE(local_g_star(equal, six.weights));
    EXPECT_FALSE(general_g(equal, six.weights));
    EXPECT_FALSE(general_g(std::vector{-1.0, 2.0, 3.0, 4.0, 5.0, 6.0}, six.weights));
    EXPECT_FALSE(general_g(std::vector{0.0, 0.0, 3.0, 0.0, 0.0, 0.0}, six.weights));
    auto const alone = local_g(six.values, within_distance(six.east, six.north, Metres{1})).value();
    EXPECT_TRUE(std::isnan(alone[0])) << "no neighbours";
    auto const together =
        local_g_star(six.values, within_distance(six.east, six.north, Metres{1000})).value();
    EXPECT_TRUE(std::isnan(together[0])) << "everything is its neighbourhood";
    auto const others = local_g(six.values, within_distance(six.east, six.north, Metres{1000})).value();
    EXPECT_TRUE(std::isnan(others[0]));
    auto const same_others = local_g(std::vector{9.0, 1.0, 1.0, 1.0, 1.0, 1.0}, six.weights).value();
    EXPECT_TRUE(std::isnan(same_others[0]));
    EXPECT_FALSE(std::isnan(same_others[1]));
}

}  // namespace
}  // namespace riskbild::layers
