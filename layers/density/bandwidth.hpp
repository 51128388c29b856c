#pragma once

#include <optional>
#include <utility>

#include "geo_core/geometry.hpp"
#include "geo_core/result.hpp"
#include "layers/density/density_kernel.hpp"

namespace riskbild::layers {

/// Rules that choose how far a density smooths. All are suggestions: the map shows the value used, and half
/// and twice of it belong beside it. Lengths are in the unit of the coordinates. Method:
/// docs/methods/density.md

/// One length for each axis.
struct AxisLengths {
    double east = 0.0;
    double north = 0.0;
};

/// Scott: sd · n^(−1/6) for each axis (sd with n − 1): standard deviations of a Gaussian.
/// \return ErrorCode::wrong_use below two points or without spread; so also the others.
Result<AxisLengths> scott_deviation(PointSet const& points);

/// Normal reference distribution: 4 · 1.06 · min(sd, IQR/1.34) · n^(−1/5) for each axis, quartiles
/// interpolated linearly. This is the full width that R's kde2d expects: four times the standard deviation.
Result<AxisLengths> nrd_width(PointSet const& points);

/// The default search radius used in GIS, for the quartic kernel:
/// 0.9 · min(SD, √(1/ln 2) · Dm) · n^(−0.2); SD = √(Σr²/n), Dm the median of r, both from the mean centre.
Result<double> gis_search_radius(PointSet const& points);

/// The outcome of a search: the best value, unless it lies at an end of the range.
struct SearchResult {
    double best = 0.0;
    double lowest = 0.0;  ///< range searched
    double highest = 0.0;
    bool no_optimum = false;  ///< the score still rises at an end of the range: `best` is that end
};

/// Most points that likelihood_deviation() takes: every pair is weighed about fifty times.
inline constexpr std::size_t kMostForLikelihood = 5'000;

/// Likelihood cross-validation for a Gaussian: the σ that maximises Σ log λ₋ᵢ(xᵢ) − ∫λ̂, each point judged by
/// the others. Continuous search: 32 values in geometric steps, then golden section to a
/// hundred-thousandth of a step.
/// With a `window` the density has uniform edge correction in that rectangle. The default range goes from the
/// smallest distance between two different places to half the diagonal of the window (or of the points).
/// Points that coincide make ever smaller σ ever better: then there is no optimum in range, and it says so.
/// \return also ErrorCode::too_large above kMostForLikelihood points.
Result<SearchResult> likelihood_deviation(PointSet const& points, std::optional<MapBox> window = std::nullopt,
                                          std::optional<std::pair<double, double>> range = std::nullopt);

}  // namespace riskbild::layers
