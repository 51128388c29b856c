#include "layers/density/edge_mass.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "tests/layers/numbers.hpp"

namespace riskbild::layers {
namespace {

constexpr MapPoint kAt{640'000.0, 6'630'000.0};

Ring ring(std::initializer_list<MapPoint> corners)
{
    Ring moved;
    for (auto const& corner : corners) {
        moved.push_back({kAt.east + corner.east, kAt.north + corner.north});
    }
    return moved;
}

MapPoint at(double east, double north)
{
    return {kAt.east + east, kAt.north + north};
}

/// A kite-like area with a hole.
MultiPolygon crooked()
{
    return {{ring({{0, 0}, {9000, 1000}, {7000, 4000}, {9500, 8000}, {2000, 9000}, {-1500, 4200}}),
             {ring({{3000, 3000}, {4500, 3200}, {4000, 5000}})}}};
}

/// The definition: the kernel summed over small cells.
double by_cells(EdgeWindow const& window, MapPoint place, Kernel kernel, double reach)
{
    double const cut = cut_of(kernel, reach);
    constexpr int kHalf = 400;
    double const size = cut / kHalf;
    double sum = 0.0;
    for (int i = -kHalf; i < kHalf; ++i) {
        for (int j = -kHalf; j < kHalf; ++j) {
            double const dx = (i + 0.5) * size;
            double const dy = (j + 0.5) * size;
            if (window.contains({place.east + dx, place.north + dy})) {
                sum += kernel_value(kernel, reach, dx * dx + dy * dy);
            }
        }
    }
    return sum * size * size;
}

TEST(EdgeMass, IsOneWellInsideAndZeroFarOutside)
{
    EdgeWindow const window{crooked()};
    for (auto const kernel : kKernels) {
        EXPECT_EQ(window.mass(at(2000, 6500), kernel, 100.0), 1.0) << name_of(kernel);
        EXPECT_EQ(window.mass(at(-20'000, 500), kernel, 100.0), 0.0) << name_of(kernel);
    }
}

TEST(EdgeMass, IsHalfOnAStraightBorderAndAQuarterAtACorner)
{
    EdgeWindow const square{{{ring({{0, 0}, {10'000, 0}, {10'000, 10'000}, {0, 10'000}}), {}}}};
    for (auto const kernel : kKernels) {
        double const reach = kernel == Kernel::gaussian ? 300.0 : 1000.0;
        EXPECT_NEAR(square.mass(at(0, 5000), kernel, reach), 0.5, 1e-8) << name_of(kernel);
        EXPECT_NEAR(square.mass(at(4321, 10'000), kernel, reach), 0.5, 1e-8) << name_of(kernel);
        EXPECT_NEAR(square.mass(at(0, 0), kernel, reach), 0.25, 1e-8) << name_of(kernel);
        EXPECT_NEAR(square.mass(at(10'000, 10'000), kernel, reach), 0.25, 1e-8) << name_of(kernel);
    }
}

// The uniform kernel's part beyond a straight line at distance p is the circle's segment:
// (acos(p/R) − (p/R)√(1 − p²/R²))/π.
TEST(EdgeMass, CutsTheUniformKernelAsACircleSegment)
{
    EdgeWindow const square{{{ring({{0, 0}, {10'000, 0}, {10'000, 10'000}, {0, 10'000}}), {}}}};
    for (double const p : {1.0, 250.0, 500.0, 999.0}) {
        double const u = p / 1000.0;
        double const beyond = (std::acos(u) - u * std::sqrt(1.0 - u * u)) / std::numbers::pi;
        EXPECT_NEAR(square.mass(at(p, 5000), Kernel::uniform, 1000.0), 1.0 - beyond, 1e-13);
        EXPECT_NEAR(square.mass(at(-p, 5000), Kernel::uniform, 1000.0), beyond, 1e-13);
    }
}

TEST(EdgeMass, IsThePartOfAGaussianInARectangle)
{
    EdgeWindow const square{{{ring({{0, 0}, {3000, 0}, {3000, 2000}, {0, 2000}}), {}}}};
    auto const part = [](double x, double length, double sigma) {
        double const scale = sigma * std::numbers::sqrt2;
        return 0.5 * (std::erf((length - x) / scale) - std::erf(-x / scale));
    };
    for (double const sigma : {90.0, 350.0, 2500.0}) {
        for (auto const& place :
             {MapPoint{10, 10}, MapPoint{1500, 3}, MapPoint{2999, 1700}, MapPoint{1500, 1000}}) {
            EXPECT_NEAR(square.mass(at(place.east, place.north), Kernel::gaussian, sigma),
                        part(place.east, 3000, sigma) * part(place.north, 2000, sigma), 1e-12);
        }
    }
}

// Summing over cells is coarse where a border crosses them: 1e-3.
TEST(EdgeMass, IsTheIntegralOverAnyAreaWithHoles)
{
    EdgeWindow const window{crooked()};
    testing::Chance chance{21};
    for (int i = 0; i < 12; ++i) {
        auto const place = at(-1000 + 10'000 * chance.next(), 9000 * chance.next());
        for (auto const kernel : kKernels) {
            double const reach = kernel == Kernel::gaussian ? 700.0 : 2500.0;
            EXPECT_NEAR(window.mass(place, kernel, reach), by_cells(window, place, kernel, reach), 1e-3)
                << name_of(kernel);
        }
    }
}

TEST(EdgeMass, BordersThatAreasShareAreNoBorder)
{
    EdgeWindow const parts{{{ring({{0, 0}, {5000, 0}, {5000, 10'000}, {0, 10'000}}), {}},
                            {ring({{10'000, 0}, {5000, 0}, {5000, 10'000}, {10'000, 10'000}}), {}}}};
    for (auto const kernel : kKernels) {
        EXPECT_EQ(parts.mass(at(5000, 5000), kernel, 100.0), 1.0) << name_of(kernel);
    }
    EXPECT_TRUE(parts.contains(at(5000, 5000)));
}

TEST(EdgeMass, DoesNotDependOnTheDirectionOfRings)
{
    auto turned = crooked();
    std::reverse(turned[0].outer.begin(), turned[0].outer.end());
    std::reverse(turned[0].inners[0].begin(), turned[0].inners[0].end());
    EdgeWindow const a{crooked()};
    EdgeWindow const b{turned};
    for (auto const& place : {at(100, 100), at(3500, 3100), at(3800, 3900), at(8000, 7000)}) {
        EXPECT_NEAR(a.mass(place, Kernel::quartic, 1500.0), b.mass(place, Kernel::quartic, 1500.0), 1e-15);
        EXPECT_EQ(a.contains(place), b.contains(place));
    }
    EXPECT_FALSE(a.contains(at(3800, 3900))) << "in the hole";
}

}  // namespace
}  // namespace riskbild::layers
