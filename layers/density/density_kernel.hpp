#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo_core/geometry.hpp"
#include "geo_core/lattice.hpp"
#include "geo_core/result.hpp"
#include "layers/density/kernel.hpp"
#include "layers/layer_result.hpp"
#include "layers/simd.hpp"

namespace riskbild::layers {

/// Places with or without weights, in any metric unit of length. Borrowed for the call.
struct PointSet {
    std::span<double const> east;
    std::span<double const> north;
    std::span<double const> weight = {};  ///< empty: 1 each
    [[nodiscard]] std::size_t size() const { return east.size(); }
};

/// A window of cells that need not be square nor on the store's lattice. Row 0 is the southernmost.
struct CellGrid {
    double west = 0.0;  ///< lower left corner of the window
    double south = 0.0;
    double width = 1.0;  ///< of one cell
    double height = 1.0;
    std::int32_t cols = 0;
    std::int32_t rows = 0;

    [[nodiscard]] double centre_east(std::int32_t col) const { return west + (col + 0.5) * width; }
    [[nodiscard]] double centre_north(std::int32_t row) const { return south + (row + 0.5) * height; }
    [[nodiscard]] std::size_t size() const
    {
        return static_cast<std::size_t>(cols) * static_cast<std::size_t>(rows);
    }
};
[[nodiscard]] CellGrid grid_of(Lattice const& lattice);

struct DensityCore {
    Kernel kernel = Kernel::quartic;
    double reach = 1.0;    ///< R, or σ for the Gaussian; in the unit of the coordinates
    unsigned threads = 0;  ///< 0 = as many as the machine has
    Simd simd = Simd::best_here;
};

/// Σ wᵢ k(d(x, i)) at the centre of every cell, row-major: incidents per square unit of length.
///
/// Exact: nothing is binned and there is no Fourier transform. Every sum only adds (nothing is ever taken
/// away again) and starts at a nearby origin, so that nothing cancels: a cell without a point in reach is
/// exactly 0 and no value is negative. Against adding point by point the difference stays below 1e-9 · value
/// + 1e-12 · largest value. The order of the points and the number of threads change not one bit. Time grows
/// with points × rows within reach (quartic, Epanechnikov, uniform) or points × cells within reach. Memory:
/// 24 bytes a point (32 with weights) besides the answer. Method: docs/methods/density.md \return
/// ErrorCode::wrong_use for a reach or grid that is not positive and finite, or a coordinate or weight that
/// is not finite; ErrorCode::busy when `progress` said stop.
Result<std::vector<double>> density_at(PointSet const& points, CellGrid const& grid, DensityCore const& core,
                                       Progress const& progress = {});

/// The same sum at chosen places, point by point. A place that coincides with a point counts it.
/// \return as density_at().
Result<std::vector<double>> density_at_points(PointSet const& points, std::span<MapPoint const> places,
                                              DensityCore const& core);

}  // namespace riskbild::layers
