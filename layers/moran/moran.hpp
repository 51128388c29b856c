#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "geo_core/parallel.hpp"
#include "layers/spatial_weights/global_statistic.hpp"
#include "layers/spatial_weights/spatial_weights.hpp"

namespace riskbild::layers {

/// Moran's I (Cliff and Ord 1981): how alike neighbours are; above −1/(n − 1) like goes with like.
/// Nothing where all values are equal, nobody has a neighbour, or there are fewer than four units.
/// \pre values.size() == weights.size()
[[nodiscard]] std::optional<GlobalStatistic> morans_i(std::span<double const> values,
                                                      SpatialWeights const& weights);

/// Geary's c: the squared difference of neighbours against that of any two; below 1 like goes with like.
/// Nothing as for Moran's I.
[[nodiscard]] std::optional<GlobalStatistic> gearys_c(std::span<double const> values,
                                                      SpatialWeights const& weights);

/// How often chance gives as much.
struct PermutationTest {
    std::uint32_t replicates = 0;
    std::uint64_t at_least = 0;  ///< replicates with as large a value or larger
    std::uint64_t at_most = 0;
    [[nodiscard]] double p_upper() const;
    [[nodiscard]] double p_lower() const;
    /// Twice the smaller one, ties counted on both sides; at most 1.
    [[nodiscard]] double p_two_sided() const;
};

/// Moran's I of the values in `replicates` random orders. The same for any number of threads; nothing where
/// I is nothing, or `progress` said stop.
[[nodiscard]] std::optional<PermutationTest> permute_morans_i(std::span<double const> values,
                                                              SpatialWeights const& weights,
                                                              std::uint32_t replicates, std::uint64_t seed,
                                                              Progress const& progress = {},
                                                              unsigned threads = 0);

}  // namespace riskbild::layers
