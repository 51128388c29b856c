#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace riskbild::layers {

struct Interval {
    double low = 0.0;
    double high = 0.0;
};

/// Exact interval for the mean of a Poisson count (Garwood 1936): from the gamma quantiles, at least `level`
/// sure. 0 → 0 to 3.68888, 4 → 1.08987 to 10.24159 at 95 %. \pre 0 < level < 1
[[nodiscard]] Interval garwood_interval(std::uint64_t count, double level = 0.95);

/// Wilson's interval (1927) for the share of `of` that `count` are, at 95 %. 0 to 1 of nothing.
/// \pre count <= of
[[nodiscard]] Interval wilson_interval(std::uint64_t count, std::uint64_t of);

/// Raw rates drawn towards the mean of all areas, the more so the smaller the population (Marshall 1991).
/// Areas without population get NaN and count for nothing. \pre both spans have one size
[[nodiscard]] std::vector<double> empirical_bayes(std::span<std::uint64_t const> counts,
                                                  std::span<std::int64_t const> populations);

/// The same, towards the mean of each area and its neighbours. \pre neighbours.size() == counts.size()
[[nodiscard]] std::vector<double> empirical_bayes(std::span<std::uint64_t const> counts,
                                                  std::span<std::int64_t const> populations,
                                                  std::span<std::vector<std::size_t> const> neighbours);

}  // namespace riskbild::layers
