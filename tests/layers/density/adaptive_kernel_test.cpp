#include "layers/density/adaptive_kernel.hpp"

#include <cmath>
#include <numeric>
#include <sstream>

#include <gtest/gtest.h>

#include "layers/density/density.hpp"
#include "layers/registry.hpp"
#include "tests/layers/numbers.hpp"
#include "tests/support/made_up_county.hpp"

namespace riskbild::layers {
namespace {

using riskbild::testing::kCorner;
using riskbild::testing::made_up_view;
using riskbild::testing::MadeUp;

testing::Points made_up(std::size_t n)
{
    testing::Chance chance{4};
    testing::Points points;
    for (std::size_t i = 0; i < n; ++i) {
        double const side = i % 3 == 0 ? 40.0 : 8.0;
        points.add(std::floor(chance.next() * side * 8.0) / 8.0,
                   std::floor(chance.next() * side * 8.0) / 8.0);
        points.weight.push_back(1.0 + std::floor(chance.next() * 3.0));
    }
    return points;
}

TEST(AdaptiveKernel, AgreesWithAnIndependentImplementation)
{
    auto const points = made_up(150);
    constexpr double kReach = 6.0;
    std::ostringstream text;
    text << kReach << " 5 30 30\n";
    std::vector<MapPoint> places;
    for (std::size_t i = 0; i < points.east.size(); ++i) {
        text << points.east[i] << ' ' << points.north[i] << ' ' << points.weight[i] << '\n';
        places.push_back({points.east[i], points.north[i]});
    }
    auto const theirs = testing::ask_python("adaptive_density.py", text.str());
    if (!theirs) {
        GTEST_SKIP() << "python3 is not here";
    }
    ASSERT_EQ(theirs->size(), 150U + 900U);
    auto const pilot = density_at_points(points.set(), places, {Kernel::quartic, kReach}).value();
    auto const reaches = abramson_reaches(pilot, kReach);
    for (std::size_t i = 0; i < reaches.size(); ++i) {
        EXPECT_NEAR(reaches[i], (*theirs)[i], 1e-11 * reaches[i]);
    }
    CellGrid const grid{.cols = 30, .rows = 30};
    auto const ours = adaptive_density_at(points.set(), reaches, grid, Kernel::quartic).value();
    for (std::size_t i = 0; i < ours.size(); ++i) {
        EXPECT_NEAR(ours[i], (*theirs)[150 + i], 1e-11 * ours[i] + 1e-14) << i;
    }
}

TEST(AdaptiveKernel, WithOneReachForAllIsTheFixedKernel)
{
    auto const points = made_up(400);
    // No centre lies on the rim of a kernel, where rounding decides.
    CellGrid const grid{
        .west = -10.0137, .south = -10.0291, .width = 0.7003, .height = 0.9007, .cols = 80, .rows = 60};
    std::vector<double> const reaches(400, 5.0);
    for (auto const kernel : kKernels) {
        auto const fixed = density_at(points.set(), grid, {kernel, 5.0}).value();
        auto const adaptive = adaptive_density_at(points.set(), reaches, grid, kernel).value();
        for (std::size_t i = 0; i < fixed.size(); ++i) {
            ASSERT_NEAR(adaptive[i], fixed[i], 1e-9 * fixed[i] + 1e-12) << name_of(kernel) << ' ' << i;
        }
    }
}

TEST(AdaptiveKernel, TheOrderOfRowsAndThreadsChangeNoBit)
{
    auto const points = made_up(300);
    testing::Points reversed;
    for (std::size_t i = 300; i-- > 0;) {
        reversed.add(points.east[i], points.north[i]);
        reversed.weight.push_back(points.weight[i]);
    }
    std::vector<double> reaches(300), turned(300);
    for (std::size_t i = 0; i < 300; ++i) {
        reaches[i] = 1.0 + static_cast<double>(i % 7);
        turned[299 - i] = reaches[i];
    }
    CellGrid const grid{.cols = 40, .rows = 40};
    auto const one = adaptive_density_at(points.set(), reaches, grid, Kernel::quartic, 1).value();
    EXPECT_EQ(one, adaptive_density_at(reversed.set(), turned, grid, Kernel::quartic, 3).value());
}

TEST(AdaptiveKernel, RefusesReachesThatAreNone)
{
    auto const points = made_up(3);
    CellGrid const grid{.cols = 4, .rows = 4};
    for (double const bad : {0.0, -1.0, std::nan("")}) {
        std::vector<double> const reaches = {1.0, bad, 1.0};
        EXPECT_EQ(adaptive_density_at(points.set(), reaches, grid, Kernel::quartic).error().field, "reach");
    }
    EXPECT_FALSE(adaptive_density_at(points.set(), std::vector<double>{1.0}, grid, Kernel::quartic));
}

TEST(AbramsonReaches, HaveTheGeometricMeanOfTheRadiusUnlessTrimmed)
{
    std::vector<double> const pilot = {1.0, 4.0, 9.0, 16.0};
    auto const reaches = abramson_reaches(pilot, 100.0);
    double product = 1.0;
    for (double const reach : reaches) {
        product *= reach;
    }
    EXPECT_NEAR(product, 1e8, 1e-4);
    EXPECT_NEAR(reaches[0] / reaches[3], 4.0, 1e-12);
    EXPECT_EQ(abramson_reaches(std::vector<double>{1e-9, 1.0, 1.0, 1.0}, 100.0)[0], 500.0)
        << "at most five times";
}

std::vector<MadeUp> town_and_land()
{
    std::vector<MadeUp> incidents;
    for (int i = 0; i < 200; ++i) {
        incidents.push_back({.east = 5000.0 + 13.0 * (i % 15), .north = 5000.0 + 17.0 * (i / 15)});
    }
    for (int i = 0; i < 20; ++i) {
        incidents.push_back({.east = 1000.0 + 900.0 * i, .north = 19'000.0 - 850.0 * i});
    }
    return incidents;
}

TEST(Density, AdaptiveIsSharperInTownAndSmootherOnTheLand)
{
    auto const view = made_up_view(town_and_land());
    auto const fixed = DensityEstimate::make(view, {}, {}).value();
    auto const adaptive = DensityEstimate::make(view, {}, {.adaptive = true}).value();
    MapPoint const town{kCorner.east + 5100.0, kCorner.north + 5100.0};
    EXPECT_GT(adaptive.at(town).value(), 1.5 * fixed.at(town).value());
    MapPoint const beside{kCorner.east + 1000.0 + 1300.0, kCorner.north + 19'000.0 - 100.0};
    EXPECT_GT(adaptive.at(beside).value(), fixed.at(beside).value()) << "a lone incident reaches further";
    // What one place says is what a window says.
    auto const cell =
        lattice_over({{town.east - 1.0, town.north - 1.0}, {town.east + 1.0, town.north + 1.0}}, 50_m);
    auto const values = adaptive.over(cell).value();
    EXPECT_NEAR(values[0], adaptive.at(cell.centre(0, 0)).value(), 1e-9 * values[0]);
}

TEST(Density, AdaptiveKeepsTheNumberOfIncidents)
{
    auto const result = run_layer("density", made_up_view(town_and_land()), {},
                                  {{"adaptive", "yes"}, {"cell", "50"}, {"radius", "500"}})
                            .value();
    auto const& values = result.grid->bands.front().values;
    double const n = std::accumulate(values.begin(), values.end(), 0.0) * 50.0 * 50.0 / 1e6;
    EXPECT_NEAR(n, 220.0, 8.0) << "but for what reaches beyond the county";
    EXPECT_EQ(
        run_layer("density", made_up_view({}), {}, {{"adaptive", "yes"}, {"edge", "uniform"}}).error().field,
        "edge");
    EXPECT_TRUE(run_layer("density", made_up_view({}), {}, {{"adaptive", "yes"}}));
}

}  // namespace
}  // namespace riskbild::layers
