#pragma once

#include <span>
#include <vector>

#include "geo_core/parallel.hpp"
#include "geo_core/result.hpp"
#include "layers/density/density_kernel.hpp"

namespace riskbild::layers {

/// Radii that follow the density (Abramson 1982): narrow where much happens, wide where little does.
///
/// hᵢ = h₀ · min(f̃(xᵢ)^(−1/2)/γ, trim), γ the geometric mean of f̃(xᵢ)^(−1/2) (Hall and Marron 1988): their
/// geometric mean stays h₀ before trimming. \param pilot density at each point, above 0, in any unit \param
/// reach h₀
[[nodiscard]] std::vector<double> abramson_reaches(std::span<double const> pilot, double reach,
                                                   double trim = 5.0);

/// Σ wᵢ k(d(x, i); hᵢ) at the centre of every cell, row-major, each point with a reach of its own: incidents
/// per square unit of length.
///
/// Exact, point by point in the order of their places: the order given and the number of threads change no
/// bit. Time grows with points × cells within reach. \return as density_at(), and ErrorCode::wrong_use for
/// reaches that are not as many as points or not above 0
Result<std::vector<double>> adaptive_density_at(PointSet const& points, std::span<double const> reaches,
                                                CellGrid const& grid, Kernel kernel, unsigned threads = 0,
                                                Progress const& progress = {});

}  // namespace riskbild::layers
