#pragma once

#include <bit>
#include <cstdint>

namespace riskbild::layers::detail {

/// \see exp_of_negative(). Cody–Waite reduction by ln 2 in two parts, then a Taylor polynomial of degree 13
/// on |r| ≤ ln 2 / 2, whose remainder is below 5e-18.
[[gnu::always_inline]] inline double exp_negative(double x)
{
    // Adding 1.5·2^52 leaves the nearest whole number in the lowest bits, without an instruction for
    // rounding.
    constexpr double kShift = 6755399441055744.0;
    double const shifted = x * 1.4426950408889634074 + kShift;
    double const whole = shifted - kShift;
    double const r = (x - whole * 6.93147180369123816490e-01) - whole * 1.90821492927058770002e-10;
    double p = 1.0 / 6227020800.0;
    p = p * r + 1.0 / 479001600.0;
    p = p * r + 1.0 / 39916800.0;
    p = p * r + 1.0 / 3628800.0;
    p = p * r + 1.0 / 362880.0;
    p = p * r + 1.0 / 40320.0;
    p = p * r + 1.0 / 5040.0;
    p = p * r + 1.0 / 720.0;
    p = p * r + 1.0 / 120.0;
    p = p * r + 1.0 / 24.0;
    p = p * r + 1.0 / 6.0;
    p = p * r + 0.5;
    p = p * r + 1.0;
    p = p * r + 1.0;
    std::uint64_t const bits = (std::bit_cast<std::uint64_t>(shifted) + 1023U) << 52U;
    return p * std::bit_cast<double>(bits);
}

}  // namespace riskbild::layers::detail
