// The benchmark grid of methods.md 2, an independent implementation, and laws.

#include "layers/getis_ord/grid_g.hpp"

#include <cmath>
#include <limits>
#include <sstream>

#include <gtest/gtest.h>

#include "layers/significance.hpp"
#include "tests/layers/numbers.hpp"

namespace riskbild::layers {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

CellValues made_up(std::int32_t cols, std::int32_t rows, std::uint64_t seed, double missing = 0.0)
{
    testing::Chance chance{seed};
    CellValues cells{cols, rows, {}};
    for (std::int32_t i = 0; i < cols * rows; ++i) {
        double const value = std::floor(5.0 * chance.next() * chance.next());
        cells.values.push_back(chance.next() < missing ? kNone : value);
    }
    return cells;
}

TEST(BenchmarkGrid, HasThePublishedHotCells)
{
    auto const points = testing::peer_points(100'000);
    if (!points) {
        GTEST_SKIP() << "the script of the peers' points or numpy is not here";
    }
    CellValues cells{480, 600, std::vector<double>(288'000, 0.0)};
    for (std::size_t i = 0; i < points->east.size(); ++i) {
        auto const col = static_cast<std::size_t>((points->east[i] - 590'000.0) / 250.0);
        auto const row = static_cast<std::size_t>((points->north[i] - 6'590'000.0) / 250.0);
        cells.values[row * 480 + col] += 1.0;
    }
    auto const g = grid_g(cells, {.permutations = 0}).value();
    double highest = 0.0;
    int above = 0;
    std::vector<double> upper, both;
    for (double const z : g.z) {
        highest = std::max(highest, z);
        above += z > 1.96 ? 1 : 0;
        upper.push_back(upper_tail_p(z));
        both.push_back(two_sided_p(z));
    }
    auto const significant = [](std::vector<double> const& p) {
        return std::ranges::count_if(benjamini_hochberg(p), [](double one) { return one <= 0.05; });
    };
    EXPECT_NEAR(highest, 119.108810, 5e-7);
    EXPECT_EQ(above, 4155);
    EXPECT_EQ(significant(both), 3062);
    EXPECT_EQ(significant(upper), 3160);
}

std::string asked(CellValues const& cells, OwnCell own, bool exact)
{
    std::ostringstream text;
    text << cells.cols << ' ' << cells.rows << (own == OwnCell::counts ? " star " : " gi ")
         << (exact ? "exact" : "z");
    for (double const value : cells.values) {
        if (std::isnan(value)) {
            text << " x";
        } else {
            text << ' ' << value;
        }
    }
    return text.str();
}

TEST(GridG, AgreesWithAnIndependentImplementation)
{
    auto const cells = made_up(23, 17, 3, 0.2);
    for (auto const own : {OwnCell::counts, OwnCell::does_not}) {
        auto const theirs = testing::ask_python("grid_g.py", asked(cells, own, false));
        if (!theirs) {
            GTEST_SKIP() << "python3 is not here";
        }
        auto const ours = grid_g(cells, {.own = own, .permutations = 0}).value();
        std::size_t at = 0;
        for (std::size_t i = 0; i < cells.values.size(); ++i) {
            if (std::isnan(cells.values[i])) {
                EXPECT_TRUE(std::isnan(ours.z[i]));
                continue;
            }
            ASSERT_LT(at + 1, theirs->size());
            EXPECT_EQ(ours.sum[i], (*theirs)[at]);
            if (std::isnan((*theirs)[at + 1])) {
                EXPECT_TRUE(std::isnan(ours.z[i])) << "a cell without neighbours has no Gi";
            } else {
                EXPECT_NEAR(ours.z[i], (*theirs)[at + 1], 1e-10) << i;
            }
            at += 2;
        }
        EXPECT_EQ(at, theirs->size());
        EXPECT_EQ(at, 2 * ours.cells);
    }
}

TEST(GridG, PermutationsComeCloseToAllWaysOfDrawingNeighbours)
{
    auto const cells = made_up(4, 4, 5);
    auto const theirs = testing::ask_python("grid_g.py", asked(cells, OwnCell::counts, true));
    if (!theirs) {
        GTEST_SKIP() << "python3 is not here";
    }
    ASSERT_EQ(theirs->size(), 6U * 16U);
    auto const ours = grid_g(cells, {.permutations = 99'999}).value();
    for (std::size_t i = 0; i < 16; ++i) {
        // Five standard errors of 99 999 draws, at most.
        EXPECT_NEAR(ours.p_high[i], (*theirs)[6 * i + 2], 5.0 * 0.5 / std::sqrt(99'999.0)) << i;
        EXPECT_NEAR(ours.p_low[i], (*theirs)[6 * i + 3], 5.0 * 0.5 / std::sqrt(99'999.0)) << i;
        EXPECT_NEAR(ours.p_drawn_high[i], (*theirs)[6 * i + 4], 5.0 * 0.5 / std::sqrt(99'999.0)) << i;
        EXPECT_NEAR(ours.p_drawn_low[i], (*theirs)[6 * i + 5], 5.0 * 0.5 / std::sqrt(99'999.0)) << i;
    }
}

TEST(GridG, TiesCountSoThatEmptyNeighbourhoodsAreNeverHot)
{
    CellValues cells{30, 30, std::vector<double>(900, 0.0)};
    cells.values[455] = 40.0;
    auto const g = grid_g(cells, {}).value();
    EXPECT_EQ(g.p_high[0], 1.0) << "every draw of an empty corner has as many or more";
    EXPECT_LE(g.p_high[454], 0.05);
    EXPECT_GT(g.p_high[455], 0.5) << "the full cell itself has empty neighbours";
    EXPECT_LE(g.p_drawn_high[455], 0.05) << "but to draw so full a cell is rare";
    EXPECT_EQ(g.p_drawn_high[0], 1.0);
    EXPECT_EQ(g.nulls, 4U) << "empty cells with 8, 5 and 3 neighbours, and the full one";
}

void expect_same(GridG const& a, GridG const& b)
{
    for (std::size_t i = 0; i < a.z.size(); ++i) {
        ASSERT_EQ(a.z[i], b.z[i]) << i;
        ASSERT_EQ(a.p_high[i], b.p_high[i]) << i;
        ASSERT_EQ(a.p_low[i], b.p_low[i]) << i;
        ASSERT_EQ(a.p_drawn_high[i], b.p_drawn_high[i]) << i;
    }
}

TEST(GridG, ThreadsChangeNothing)
{
    auto const cells = made_up(60, 50, 8);
    expect_same(grid_g(cells, {.threads = 1}).value(), grid_g(cells, {.threads = 3}).value());
}

TEST(GridG, TurningTheMapTurnsTheAnswer)
{
    auto const cells = made_up(20, 20, 9);
    CellValues turned{20, 20, std::vector<double>(400)};
    for (std::size_t row = 0; row < 20; ++row) {
        for (std::size_t col = 0; col < 20; ++col) {
            turned.values[col * 20 + (19 - row)] = cells.values[row * 20 + col];
        }
    }
    auto const a = grid_g(cells, {.permutations = 0}).value();
    auto const b = grid_g(turned, {.permutations = 0}).value();
    for (std::size_t row = 0; row < 20; ++row) {
        for (std::size_t col = 0; col < 20; ++col) {
            EXPECT_NEAR(a.z[row * 20 + col], b.z[col * 20 + (19 - row)], 1e-12);
        }
    }
}

TEST(GridG, TwiceOfEverythingStandsOutAsMuch)
{
    auto const cells = made_up(20, 20, 10);
    auto twice = cells;
    for (auto& value : twice.values) {
        value *= 2.0;
    }
    auto const a = grid_g(cells, {.permutations = 0}).value();
    auto const b = grid_g(twice, {.permutations = 0}).value();
    for (std::size_t i = 0; i < a.z.size(); ++i) {
        EXPECT_NEAR(a.z[i], b.z[i], 1e-12);
    }
}

TEST(GridG, NothingStandsOutWhereAllIsEqual)
{
    auto const g = grid_g({10, 10, std::vector<double>(100, 3.0)}, {.permutations = 99}).value();
    for (std::size_t i = 0; i < 100; ++i) {
        EXPECT_TRUE(std::isnan(g.z[i])) << "without deviation there is no score";
        EXPECT_EQ(g.p_high[i], 1.0);
        EXPECT_EQ(g.p_low[i], 1.0);
    }
    EXPECT_EQ(grid_g({0, 0, {}}, {}).value().cells, 0U);
    EXPECT_TRUE(std::isnan(grid_g({2, 1, {1.0, 2.0}}, {}).value().z[0]));
}

TEST(GridG, RefusesWhatMakesNoSense)
{
    auto const cells = made_up(5, 5, 1);
    EXPECT_EQ(grid_g({5, 4, cells.values}, {}).error().field, "cells");
    EXPECT_EQ(grid_g(cells, {.permutations = -1}).error().field, "permutations");
    auto bad = cells;
    bad.values[3] = std::numeric_limits<double>::infinity();
    EXPECT_EQ(grid_g(bad, {}).error().field, "cells");
    EXPECT_EQ(grid_g(cells, {}, [](double) { return false; }).error().code, ErrorCode::busy);
}

}  // namespace
}  // namespace riskbild::layers
