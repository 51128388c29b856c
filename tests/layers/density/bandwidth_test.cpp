#include "layers/density/bandwidth.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/layers/numbers.hpp"

namespace riskbild::layers {
namespace {

using testing::Points;
using testing::scattered;

// East 0, 1, 2, 3, 4 and north ten times that: sd √2.5, quartiles 1 and 3, IQR/1.34 = 1.49254 < √2.5
// = 1.58114.
Points five()
{
    Points points;
    for (int i = 0; i < 5; ++i) {
        points.add(i, 10.0 * i);
    }
    return points;
}

TEST(Bandwidth, RulesGiveWhatFivePointsGiveByHand)
{
    auto const points = five();
    auto const scott = scott_deviation(points.set()).value();
    EXPECT_NEAR(scott.east, std::sqrt(2.5) * std::pow(5.0, -1.0 / 6.0), 1e-12);
    EXPECT_NEAR(scott.north, 10.0 * scott.east, 1e-12);
    auto const nrd = nrd_width(points.set()).value();
    EXPECT_NEAR(nrd.east, 4.0 * 1.06 * (2.0 / 1.34) * std::pow(5.0, -0.2), 1e-12);
    EXPECT_NEAR(nrd.north, 10.0 * nrd.east, 1e-12);
    // r = √101 · (2, 1, 0, 1, 2): SD = √101·√2, Dm = √101; √(1/ln 2) = 1.2011 < √2.
    EXPECT_NEAR(gis_search_radius(points.set()).value(),
                0.9 * std::sqrt(101.0 / std::log(2.0)) * std::pow(5.0, -0.2), 1e-12);
}

TEST(Bandwidth, RulesDoNotMindMillionsOfMetres)
{
    auto const points = scattered(500, 31);
    auto moved = points;
    for (std::size_t i = 0; i < moved.east.size(); ++i) {
        moved.east[i] -= 640'000.0;
        moved.north[i] -= 6'630'000.0;
    }
    EXPECT_NEAR(scott_deviation(points.set())->north, scott_deviation(moved.set())->north, 1e-8);
    EXPECT_NEAR(gis_search_radius(points.set()).value(), gis_search_radius(moved.set()).value(), 1e-7);
    EXPECT_NEAR(likelihood_deviation(points.set())->best, likelihood_deviation(moved.set())->best, 1e-4);
}

TEST(Bandwidth, LikelihoodFindsTheTopOfItsScore)
{
    auto const points = scattered(300, 32);
    auto const found = likelihood_deviation(points.set()).value();
    ASSERT_FALSE(found.no_optimum);
    auto const score = [&](double sigma) {
        double sum = 0.0;
        for (std::size_t i = 0; i < 300; ++i) {
            double others = 0.0;
            for (std::size_t j = 0; j < 300; ++j) {
                double const dx = points.east[i] - points.east[j];
                double const dy = points.north[i] - points.north[j];
                others +=
                    i == j ? 0.0 : std::exp(-(dx * dx + dy * dy) / (2 * sigma * sigma)) / (sigma * sigma);
            }
            sum += std::log(others);
        }
        return sum;
    };
    double const best = score(found.best);
    for (double const factor : {0.9, 0.99, 1.01, 1.1}) {
        EXPECT_GT(best, score(found.best * factor)) << factor;
    }
}

TEST(Bandwidth, CoincidingPointsLeaveLikelihoodWithoutOptimum)
{
    auto points = scattered(100, 33);
    points.east.insert(points.east.end(), points.east.begin(), points.east.end());
    points.north.insert(points.north.end(), points.north.begin(), points.north.end());
    auto const found = likelihood_deviation(points.set()).value();
    EXPECT_TRUE(found.no_optimum);
    EXPECT_EQ(found.best, found.lowest);
}

TEST(Bandwidth, NothingToChooseFromIsSaid)
{
    Points const one{{1.0}, {1.0}, {}};
    Points const same{{1.0, 1.0, 1.0}, {2.0, 2.0, 2.0}, {}};
    for (auto const& points : {Points{}, one, same}) {
        EXPECT_EQ(scott_deviation(points.set()).error().field, "radius");
        EXPECT_EQ(nrd_width(points.set()).error().field, "radius");
        EXPECT_EQ(gis_search_radius(points.set()).error().field, "radius");
        EXPECT_EQ(likelihood_deviation(points.set()).error().field, "radius");
    }
    EXPECT_EQ(likelihood_deviation(scattered(5'001, 34).set()).error().code, ErrorCode::too_large);
}

}  // namespace
}  // namespace riskbild::layers
