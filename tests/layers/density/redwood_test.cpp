// The numbers of methods.md 1: spatstat's redwood data, 62 points in [0,1] × [−1,0], each reproduced by two
// tools.

#include <array>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "layers/density/bandwidth.hpp"
#include "layers/density/density_kernel.hpp"
#include "layers/density/edge_mass.hpp"
#include "tests/layers/numbers.hpp"

namespace riskbild::layers {
namespace {

using testing::Points;

class Redwood : public ::testing::Test {
protected:
    void SetUp() override
    {
        auto const file = testing::shared_file("data/reference/redwood.csv");
        if (!file) {
            GTEST_SKIP() << "the reference data are not here";
        }
        points_ = testing::read_points(*file);
        ASSERT_EQ(points_.east.size(), 62U);
        for (std::size_t i = 0; i < 62; ++i) {
            places_.push_back({points_.east[i], points_.north[i]});
        }
    }

    void weigh_by_diggle(Kernel kernel, double reach)
    {
        points_.weight.clear();
        for (auto const& place : places_) {
            points_.weight.push_back(1.0 / window_.mass(place, kernel, reach));
        }
    }

    /// Eleven significant digits, as published.
    void expect(std::vector<double> const& values, std::array<double, 4> const& published) const
    {
        for (std::size_t i = 0; i < 3; ++i) {
            EXPECT_NEAR(values[i], published[i], 1e-10 * published[i] / 2.0) << "point " << i + 1;
        }
        EXPECT_NEAR(std::accumulate(values.begin(), values.end(), 0.0) / 62.0, published[3],
                    1e-11 * published[3]);
    }

    std::vector<double> at_points(Kernel kernel, double reach) const
    {
        return density_at_points(points_.set(), places_, {kernel, reach}).value();
    }

    Points points_;
    std::vector<MapPoint> places_;
    EdgeWindow window_{{{{{0, -1}, {1, -1}, {1, 0}, {0, 0}}, {}}}};
};

TEST_F(Redwood, HasThePublishedDensitiesWithoutEdgeCorrection)
{
    expect(at_points(Kernel::gaussian, 0.1), {47.5415397519, 70.2471634231, 69.4896602193, 100.554186452});
    expect(at_points(Kernel::epanechnikov, 0.1 * std::sqrt(6.0)),
           {42.5827892184, 50.2929620170, 49.3734001236, 85.9342911074});
    expect(at_points(Kernel::quartic, 0.1 * std::sqrt(8.0)),
           {43.8402237931, 55.2871446594, 54.6691261210, 89.7966319608});
}

TEST_F(Redwood, HasThePublishedDensitiesWithUniformEdgeCorrection)
{
    auto values = at_points(Kernel::gaussian, 0.1);
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] /= window_.mass(places_[i], Kernel::gaussian, 0.1);
    }
    expect(values, {60.3304331987, 83.4943639004, 88.1687473934, 110.553016877});
}

TEST_F(Redwood, HasThePublishedDensitiesWithDigglesEdgeCorrection)
{
    weigh_by_diggle(Kernel::gaussian, 0.1);
    expect(at_points(Kernel::gaussian, 0.1), {57.7179333963, 83.8925675213, 82.6993095555, 110.553016877});
}

TEST_F(Redwood, HasThePublishedSurfaceToElevenDigits)
{
    auto const file = testing::shared_file("data/reference/expected_kde_redwood_16x16.csv");
    ASSERT_TRUE(file);
    struct Column {
        std::size_t number;
        Kernel kernel;
        double reach;
        enum { none, uniform, diggle } edge;
    };
    CellGrid const grid{
        .west = 0, .south = -1, .width = 1.0 / 16, .height = 1.0 / 16, .cols = 16, .rows = 16};
    auto const rows = testing::read_rows(*file);
    ASSERT_EQ(rows.size(), 256U);
    for (auto const& column : {Column{2, Kernel::gaussian, 0.1, Column::none},
                               {3, Kernel::gaussian, 0.1, Column::uniform},
                               {4, Kernel::gaussian, 0.1, Column::diggle},
                               {5, Kernel::epanechnikov, 0.25, Column::none},
                               {6, Kernel::quartic, 0.25, Column::none},
                               {7, Kernel::triangular, 0.25, Column::none},
                               {8, Kernel::uniform, 0.25, Column::none}}) {
        points_.weight.clear();
        if (column.edge == Column::diggle) {
            weigh_by_diggle(column.kernel, column.reach);
        }
        auto const values = density_at(points_.set(), grid, {column.kernel, column.reach}).value();
        for (auto const& row : rows) {
            double const x = std::stod(row[0]);
            double const y = std::stod(row[1]);
            double value =
                values[static_cast<std::size_t>((y + 1.0) * 16.0) * 16 + static_cast<std::size_t>(x * 16.0)];
            if (column.edge == Column::uniform) {
                value /= window_.mass({x, y}, column.kernel, column.reach);
            }
            double const published = std::stod(row[column.number]);
            // Twelve digits are published; a value that is exactly zero must be so here too.
            ASSERT_NEAR(value, published, 1e-11 * published)
                << "column " << column.number << " at " << x << ", " << y;
        }
    }
}

TEST_F(Redwood, HasThePublishedBandwidths)
{
    auto const scott = scott_deviation(points_.set()).value();
    EXPECT_NEAR(scott.east, 0.13620214, 5e-9);
    EXPECT_NEAR(scott.north, 0.13786264, 5e-9);
    EXPECT_NEAR(gis_search_radius(points_.set()).value(), 0.15076876968, 5e-12);
    auto const likelihood = likelihood_deviation(points_.set(), MapBox{{0, -1}, {1, 0}}).value();
    EXPECT_NEAR(likelihood.best, 0.044826, 5e-7);
    EXPECT_FALSE(likelihood.no_optimum);
}

TEST(Japanesepines, LikelihoodRunsToTheEndOfItsRangeAndSaysSo)
{
    auto const file = testing::shared_file("data/reference/japanesepines.csv");
    if (!file) {
        GTEST_SKIP() << "the reference data are not here";
    }
    auto const found =
        likelihood_deviation(testing::read_points(*file).set(), MapBox{{0, 0}, {1, 1}}).value();
    EXPECT_TRUE(found.no_optimum);
    EXPECT_NEAR(found.best, 0.70710678, 5e-9);
    EXPECT_EQ(found.best, found.highest);
}

}  // namespace
}  // namespace riskbild::layers
