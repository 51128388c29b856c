#pragma once

#include <optional>
#include <span>
#include <vector>

#include "layers/moran/moran.hpp"

namespace riskbild::layers {

/// One unit against its neighbours (Anselin 1995).
struct LocalMoran {
    double z = 0.0;          ///< own value about the mean, in standard deviations (n in the divisor)
    double lag = 0.0;        ///< Σ w·z of the neighbours; their mean where the weights are row-standardised
    double value = 0.0;      ///< Iᵢ = z · lag: above 0 like goes with like
    double expected = 0.0;   ///< given the own value, with the others in random order (Sokal et al. 1998)
    double variance = 0.0;   ///< likewise
    bool neighbours = true;  ///< nothing is told of a unit that has none
};

/// Which way a unit and its neighbours differ from the mean.
enum class Quadrant : std::uint8_t { none, high_high, low_low, high_low, low_high };
/// `none` without neighbours, or where either is at the mean.
[[nodiscard]] Quadrant quadrant_of(LocalMoran const& local);

/// In order of unit. Nothing where all values are equal, nobody has a neighbour, or there are fewer than four
/// units. \pre values.size() == weights.size()
[[nodiscard]] std::optional<std::vector<LocalMoran>> local_morans_i(std::span<double const> values,
                                                                    SpatialWeights const& weights);

/// How often as large or as small a lag comes by chance: the own value stays, its neighbours are drawn from
/// all other units, `replicates` times. Units with the same value and the same weights have the same chances,
/// so they share one set of draws: counts in many cells need a few hundred of them. The answer depends
/// neither on the number of threads nor on the order of the units. Units without neighbours have 0
/// replicates. Nothing when `progress` said stop.
[[nodiscard]] std::optional<std::vector<PermutationTest>> permute_local_morans_i(
    std::span<LocalMoran const> locals, SpatialWeights const& weights, std::uint32_t replicates,
    std::uint64_t seed, Progress const& progress = {}, unsigned threads = 0);

/// How many neighbours that draws for one replicate, to tell beforehand how long it takes.
[[nodiscard]] std::size_t draws_of_local_permutation(std::span<LocalMoran const> locals,
                                                     SpatialWeights const& weights);

/// Local Geary's cᵢ = Σ w (yᵢ − yⱼ)² / s², s² with n − 1 (Anselin 1995). Nothing as for local Moran.
[[nodiscard]] std::optional<std::vector<double>> local_gearys_c(std::span<double const> values,
                                                                SpatialWeights const& weights);

}  // namespace riskbild::layers
