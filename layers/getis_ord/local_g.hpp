#pragma once

#include <optional>
#include <span>
#include <vector>

#include "layers/spatial_weights/global_statistic.hpp"
#include "layers/spatial_weights/spatial_weights.hpp"

namespace riskbild::layers {

/// Getis and Ord's Gi* as a z-value, for any weights (Ord and Getis 1995): whether a unit and its neighbours
/// together hold more than their share. Each unit is its own neighbour, with weight 1. Mean and deviation are
/// those of all values, n in the divisor. NaN where the neighbourhood is everything there is. Nothing where
/// all values are equal or there are fewer than three units. \pre values.size() == weights.size()
[[nodiscard]] std::optional<std::vector<double>> local_g_star(std::span<double const> values,
                                                              SpatialWeights const& weights);

/// Gi, without the unit itself: mean and deviation are those of the other units, n − 1 in the divisor. NaN
/// without neighbours, where all others are neighbours, or where the others are all equal.
[[nodiscard]] std::optional<std::vector<double>> local_g(std::span<double const> values,
                                                         SpatialWeights const& weights);

/// Global G (Getis and Ord 1992): the share of Σ yᵢyⱼ that lies between neighbours; above its expectation
/// high values go together. Nothing for a negative value, where all are equal, with fewer than four units, or
/// without neighbours.
[[nodiscard]] std::optional<GlobalStatistic> general_g(std::span<double const> values,
                                                       SpatialWeights const& weights);

}  // namespace riskbild::layers
