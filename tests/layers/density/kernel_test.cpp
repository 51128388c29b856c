#include "layers/density/kernel.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace riskbild::layers {
namespace {

/// ∫ k over the plane and ∫ x² k, by rings.
struct Integrals {
    double mass = 0.0;
    double variance = 0.0;
};
Integrals integrate(Kernel kernel, double reach)
{
    constexpr int kRings = 200'000;
    Integrals sum;
    double const width = cut_of(kernel, reach) / kRings;
    for (int i = 0; i < kRings; ++i) {
        double const r = (i + 0.5) * width;
        double const ring = kernel_value(kernel, reach, r * r) * 2.0 * std::numbers::pi * r * width;
        sum.mass += ring;
        sum.variance += ring * r * r / 2.0;
    }
    return sum;
}

// methods.md 1: "each integrating to 1", "spatstat's sigma is the axis standard deviation: R = σ√6
// Epanechnikov, σ√8 quartic".
TEST(Kernel, IntegratesToOneAndSpreadsAsStated)
{
    for (auto const kernel : kKernels) {
        auto const [mass, variance] = integrate(kernel, 250.0);
        EXPECT_NEAR(mass, 1.0, 1e-8) << name_of(kernel);
        EXPECT_NEAR(std::sqrt(variance), 250.0 * deviation_per_reach(kernel), 1e-5 * 250.0)
            << name_of(kernel);
    }
    EXPECT_DOUBLE_EQ(1.0 / deviation_per_reach(Kernel::quartic), std::sqrt(8.0));
    EXPECT_DOUBLE_EQ(1.0 / deviation_per_reach(Kernel::epanechnikov), std::sqrt(6.0));
}

TEST(Kernel, IsItsPeakAtZeroAndNothingBeyondTheCut)
{
    for (auto const kernel : kKernels) {
        EXPECT_DOUBLE_EQ(kernel_value(kernel, 100.0, 0.0), peak_of(kernel, 100.0));
        double const beyond = cut_of(kernel, 100.0) * 1.000001;
        EXPECT_EQ(kernel_value(kernel, 100.0, beyond * beyond), 0.0);
    }
    EXPECT_EQ(kernel_value(Kernel::uniform, 1000.0, 600.0 * 600.0 + 800.0 * 800.0),
              peak_of(Kernel::uniform, 1000.0))
        << "the rim belongs to the disc";
}

TEST(Kernel, NamesAreReadBack)
{
    for (auto const kernel : kKernels) {
        EXPECT_EQ(parse_kernel(name_of(kernel)), kernel);
    }
    EXPECT_FALSE(parse_kernel("Quartic"));
}

TEST(Kernel, OwnExponentialAgreesWithTheLibrarysToTwoUnits)
{
    for (double x = 0.0; x > -700.0; x -= 0.00713) {
        double const exact = static_cast<double>(std::exp(static_cast<long double>(x)));
        ASSERT_NEAR(exp_of_negative(x), exact, 2.0 * 0x1p-52 * exact) << x;
    }
    EXPECT_EQ(exp_of_negative(0.0), 1.0);
}

}  // namespace
}  // namespace riskbild::layers
