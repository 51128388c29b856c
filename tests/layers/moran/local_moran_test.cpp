#include "layers/moran/local_moran.hpp"

#include <bit>
#include <cmath>
#include <numeric>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/layers/numbers.hpp"
#include "tests/layers/spatial_weights/reference_maps.hpp"

namespace riskbild::layers {
namespace {

std::string_view name_of(Quadrant quadrant)
{
    switch (quadrant) {
        case Quadrant::high_high:
            return "High-High";
        case Quadrant::low_low:
            return "Low-Low";
        case Quadrant::high_low:
            return "High-Low";
        case Quadrant::low_high:
            return "Low-High";
        case Quadrant::none:
            return "none";
    }
    return "";
}

/// methods.md §2: per-area values of a file made with spdep. Ii row-standardised over Σz²/n with its
/// conditional moments and quadrant; Geary c over Σz²/(n − 1).
void expect_file(testing::ReferenceMap const& map)
{
    auto const weights = row_standardised(map.binary);
    auto const locals = local_morans_i(map.values, weights).value();
    auto const geary = local_gearys_c(map.values, weights).value();
    // The file parts high from low neighbourhoods at the mean of all lags, we at the mean of the values.
    double mean_lag = 0.0;
    for (auto const& local : locals) {
        mean_lag += local.lag / static_cast<double>(locals.size());
    }
    std::size_t same_quadrant = 0;
    for (std::size_t i = 0; i < locals.size(); ++i) {
        auto const& row = map.expected[i];
        auto const& local = locals[i];
        EXPECT_EQ(weights.row(i).size(), std::stoul(row.at(2))) << i;
        EXPECT_NEAR(local.value, std::stod(row.at(3)), 1e-12) << i;
        EXPECT_NEAR(local.expected, std::stod(row.at(4)), 1e-12) << i;
        EXPECT_NEAR(local.variance, std::stod(row.at(5)), 1e-12) << i;
        EXPECT_NEAR((local.value - local.expected) / std::sqrt(local.variance), std::stod(row.at(6)), 1e-10)
            << i;
        if ((local.lag > 0.0) == (local.lag > mean_lag)) {
            EXPECT_EQ(name_of(quadrant_of(local)), row.at(9)) << i;
            ++same_quadrant;
        }
        EXPECT_NEAR(geary[i], std::stod(row.at(12)), 1e-12) << i;
    }
    EXPECT_GE(same_quadrant, locals.size() - 2);
}

TEST(LocalMoran, GivesTheNumbersOfTheSuddenDeathsInNorthCarolina)
{
    auto const map = testing::sids2();
    if (!map) {
        GTEST_SKIP() << "expected_sids2_SIDR74.csv is absent";
    }
    expect_file(*map);
}

TEST(LocalMoran, GivesTheNumbersOfTheMurdersAroundStLouis)
{
    auto const map = testing::stl();
    if (!map) {
        GTEST_SKIP() << "expected_stl_HR8893.csv is absent";
    }
    expect_file(*map);
}

/// ref_spdep_columbus_CRIME.csv
TEST(LocalMoran, GivesTheNumbersOfColumbus)
{
    auto const map = testing::columbus();
    if (!map) {
        GTEST_SKIP() << "ref_spdep_columbus_CRIME.csv is absent";
    }
    auto const locals = local_morans_i(map->values, row_standardised(map->binary)).value();
    for (std::size_t i = 0; i < locals.size(); ++i) {
        EXPECT_NEAR(locals[i].value, std::stod(map->expected[i].at(4)), 1e-12) << i;
        EXPECT_NEAR((locals[i].value - locals[i].expected) / std::sqrt(locals[i].variance),
                    std::stod(map->expected[i].at(5)), 1e-10)
            << i;
    }
}

TEST(LocalMoran, AddsUpToTheGlobalOne)
{
    auto const map = testing::sids2();
    if (!map) {
        GTEST_SKIP() << "sids2.gal is absent";
    }
    auto const weights = row_standardised(map->binary);
    auto const locals = local_morans_i(map->values, weights).value();
    double const sum = std::accumulate(locals.begin(), locals.end(), 0.0,
                                       [](double a, auto const& one) { return a + one.value; });
    EXPECT_NEAR(sum / sums_of(weights).s0, morans_i(map->values, weights)->value, 1e-13);
}

/// Two lines of four cells: 9 8 | 1 0 above 7 9 | 0 1.
struct Field {
    std::vector<double> values = {9, 8, 1, 0, 7, 9, 0, 1};
    SpatialWeights weights = queen_contiguity(std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6, 7}, 4);
};

/// With few units every draw of neighbours can be listed: 2 of 7 or 3 … of the others, each as likely.
TEST(LocalMoran, PermutationsAgreeWithListingEveryNeighbourhood)
{
    Field const field;
    auto const weights = row_standardised(field.weights);
    auto const locals = local_morans_i(field.values, weights).value();
    constexpr std::uint32_t kReplicates = 20'000;
    auto const tests = permute_local_morans_i(locals, weights, kReplicates, 3).value();
    for (std::size_t unit = 0; unit < 8; ++unit) {
        auto const k = static_cast<int>(weights.row(unit).size());
        double all = 0.0, at_least = 0.0, at_most = 0.0;
        for (unsigned set = 0; set < 256; ++set) {
            if (std::popcount(set) != k || ((set >> unit) & 1U) != 0) {
                continue;
            }
            double lag = 0.0;
            for (std::size_t other = 0; other < 8; ++other) {
                lag += ((set >> other) & 1U) != 0 ? locals[other].z / k : 0.0;
            }
            all += 1.0;
            at_least += lag >= locals[unit].lag - 1e-9 ? 1.0 : 0.0;
            at_most += lag <= locals[unit].lag + 1e-9 ? 1.0 : 0.0;
        }
        double const five_deviations = 5.0 * std::sqrt(0.25 * kReplicates);
        EXPECT_NEAR(static_cast<double>(tests[unit].at_least), at_least / all * kReplicates, five_deviations);
        EXPECT_NEAR(static_cast<double>(tests[unit].at_most), at_most / all * kReplicates, five_deviations);
        EXPECT_GE(tests[unit].at_least + tests[unit].at_most, kReplicates) << "ties count on both sides";
    }
}

TEST(LocalMoran, PermutationsHaveTheConditionalMoments)
{
    Field const field;
    auto const locals = local_morans_i(field.values, field.weights).value();
    // Σ over all sets of three of the seven others of the first unit.
    double all = 0.0, sum = 0.0, squares = 0.0;
    for (unsigned set = 0; set < 256; ++set) {
        if (std::popcount(set) == 3 && (set & 1U) == 0) {
            double lag = 0.0;
            for (std::size_t other = 0; other < 8; ++other) {
                lag += ((set >> other) & 1U) != 0 ? locals[other].z : 0.0;
            }
            all += 1.0;
            sum += locals[0].z * lag;
            squares += locals[0].z * lag * locals[0].z * lag;
        }
    }
    EXPECT_EQ(field.weights.row(0).size(), 3U);
    EXPECT_NEAR(locals[0].expected, sum / all, 1e-12);
    EXPECT_NEAR(locals[0].variance, squares / all - sum * sum / all / all, 1e-12);
}

TEST(LocalMoran, DoesNotDependOnThreads)
{
    auto const points = testing::scattered(300, 9);
    auto const weights = row_standardised(k_nearest(points.east, points.north, 6));
    auto const locals = local_morans_i(points.north, weights).value();
    auto const one = permute_local_morans_i(locals, weights, 199, 5, {}, 1).value();
    auto const three = permute_local_morans_i(locals, weights, 199, 5, {}, 3).value();
    bool another_seed_differs = false;
    auto const other_seed = permute_local_morans_i(locals, weights, 199, 6, {}, 1).value();
    for (std::size_t i = 0; i < locals.size(); ++i) {
        EXPECT_EQ(one[i].at_least, three[i].at_least);
        EXPECT_EQ(one[i].at_most, three[i].at_most);
        another_seed_differs = another_seed_differs || one[i].at_least != other_seed[i].at_least;
    }
    EXPECT_TRUE(another_seed_differs);
    EXPECT_FALSE(permute_local_morans_i(locals, weights, 199, 5, [](double) { return false; }));
}

TEST(LocalMoran, UnitsWithTheSameValueAndWeightsShareTheirDraws)
{
    std::vector<double> values(400, 1.0);
    for (std::size_t i = 0; i < values.size(); i += 7) {
        values[i] = 2.0;
    }
    std::vector<std::size_t> cells(400);
    std::iota(cells.begin(), cells.end(), 0U);
    auto const weights = row_standardised(queen_contiguity(cells, 20));
    auto const locals = local_morans_i(values, weights).value();
    // Two values, and three, five or eight neighbours; two corners have one value and two the other.
    EXPECT_EQ(draws_of_local_permutation(locals, weights), 2U * (3U + 5U + 8U));
    auto const tests = permute_local_morans_i(locals, weights, 999, 1).value();
    for (std::size_t i = 0; i < 400; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (values[i] == values[j] && weights.row(i).size() == weights.row(j).size() &&
                locals[i].lag == locals[j].lag) {
                EXPECT_EQ(tests[i].at_least, tests[j].at_least);
            }
        }
    }
}

/// Sparse counts: an empty cell among empty ones is as chance has it, not "significant".
TEST(LocalMoran, EmptyNeighbourhoodsOfSparseCountsAreNothingUnusual)
{
    std::vector<double> values(400, 0.0);
    for (std::size_t i = 0; i < values.size(); i += 37) {
        values[i] = 1.0;
    }
    std::vector<std::size_t> cells(400);
    std::iota(cells.begin(), cells.end(), 0U);
    auto const weights = row_standardised(queen_contiguity(cells, 20));
    auto const locals = local_morans_i(values, weights).value();
    auto const tests = permute_local_morans_i(locals, weights, 999, 1).value();
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] == 0.0 && locals[i].lag < 0.0 && weights.row(i).size() == 8) {
            EXPECT_GT(tests[i].p_two_sided(), 0.5) << i;
        }
    }
}

TEST(LocalMoran, KnowsItsQuadrantsAndWhoHasNoNeighbours)
{
    EXPECT_EQ(quadrant_of({.z = 1, .lag = 1}), Quadrant::high_high);
    EXPECT_EQ(quadrant_of({.z = -1, .lag = -1}), Quadrant::low_low);
    EXPECT_EQ(quadrant_of({.z = 1, .lag = -1}), Quadrant::high_low);
    EXPECT_EQ(quadrant_of({.z = -1, .lag = 1}), Quadrant::low_high);
    EXPECT_EQ(quadrant_of({.z = 1, .lag = 0}), Quadrant::none);
    SpatialWeights const weights = contiguity(std::vector<std::vector<std::size_t>>{{1}, {0}, {1}, {}});
    auto const locals = local_morans_i(std::vector{1.0, 2.0, 3.0, 9.0}, weights).value();
    EXPECT_FALSE(locals[3].neighbours);
    EXPECT_EQ(quadrant_of(locals[3]), Quadrant::none);
    EXPECT_EQ(permute_local_morans_i(locals, weights, 99, 1)->at(3).replicates, 0U);
    EXPECT_FALSE(local_morans_i(std::vector<double>(4, 1.0), weights));
}

}  // namespace
}  // namespace riskbild::layers
