#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace riskbild::layers {

/// p-values adjusted for how many tests were made: the share of false ones among all that are called
/// significant stays below the level that the adjusted values are compared with (false discovery rate,
/// Benjamini and Hochberg 1995). The value of rank i of m is min over j ≥ i of p₍ⱼ₎·m/j, at most 1.
///
/// In the order of `p`. NaN is no test: it stays NaN and does not count in m. \pre others within [0, 1]
[[nodiscard]] std::vector<double> benjamini_hochberg(std::span<double const> p);

/// p of a permutation test: (as_extreme + 1)/(replicates + 1), where `as_extreme` of the replicates are at
/// least as extreme as what was observed, ties included. Never 0: what was observed is one of the orders.
[[nodiscard]] constexpr double permutation_p(std::uint64_t as_extreme, std::uint64_t replicates)
{
    return (static_cast<double>(as_extreme) + 1.0) / (static_cast<double>(replicates) + 1.0);
}

/// Chance that a standard normal variable is `z` or more. NaN of NaN.
[[nodiscard]] double upper_tail_p(double z);
/// Chance that it is as far from 0 as `z` or further, to either side. NaN of NaN.
[[nodiscard]] double two_sided_p(double z);

}  // namespace riskbild::layers
