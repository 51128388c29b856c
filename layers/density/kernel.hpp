#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace riskbild::layers {

/// The bump that stands in for one incident. All but the Gaussian end at the radius R; each integrates to 1
/// over the plane. u = d/R:
///   quartic 3/(πR²)(1−u²)², epanechnikov 2/(πR²)(1−u²), triangular 3/(πR²)(1−u), uniform 1/(πR²) with its
///   rim, gaussian exp(−d²/2σ²)/(2πσ²).
/// Wherever a function takes a `reach`, it is R for the first four and σ for the Gaussian.
enum class Kernel : std::uint8_t { quartic, epanechnikov, triangular, uniform, gaussian };

inline constexpr Kernel kKernels[] = {Kernel::quartic, Kernel::epanechnikov, Kernel::triangular,
                                      Kernel::uniform, Kernel::gaussian};

[[nodiscard]] std::string_view name_of(Kernel kernel);
[[nodiscard]] std::optional<Kernel> parse_kernel(std::string_view text);

/// The Gaussian is cut at this many σ, where it is 1.1e-15 of its peak: below the rounding of a sum that
/// holds the peak itself.
inline constexpr double kGaussianCut = 8.3;

/// Distance from which a kernel is zero: R, or kGaussianCut · σ.
[[nodiscard]] double cut_of(Kernel kernel, double reach);

/// Value at distance 0, in one over the square of the unit of `reach`.
[[nodiscard]] double peak_of(Kernel kernel, double reach);

/// Value at a squared distance.
[[nodiscard]] double kernel_value(Kernel kernel, double reach, double squared_distance);

/// The kernel's standard deviation along one axis as a part of its reach: R/√8 quartic, R/√6 Epanechnikov,
/// R·√0.15 triangular, R/2 uniform, σ Gaussian. Kernels with equal deviation smooth about equally.
[[nodiscard]] double deviation_per_reach(Kernel kernel);

/// e^x for −700 ≤ x ≤ 0, within 2 units in the last place. The same bits on every processor, which the
/// system's own does not promise, and plain enough for a compiler to compute four at once.
[[nodiscard]] double exp_of_negative(double x);

}  // namespace riskbild::layers
