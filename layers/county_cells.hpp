#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "geo_core/geometry.hpp"
#include "geo_core/lattice.hpp"
#include "geo_core/result.hpp"
#include "geo_core/view.hpp"

namespace riskbild::layers {

inline constexpr std::size_t kMostCountyCells = 16'777'216;

/// The cells of the county, with how many incidents lie in each.
struct CountyCells {
    Lattice lattice;
    std::vector<double> count;            ///< row-major, row 0 southernmost
    std::vector<std::uint8_t> of_county;  ///< whether a cell is part of the county
};

/// Counts rows of `view.points()` in square cells. A cell is part of the county when its centre lies in one
/// of its areas, or an incident lies in it: an island or a quay may have cells whose centre is water. Without
/// areas every cell of the incidents' box is. \return ErrorCode::too_large naming `cell` and the cells that
/// would fit
Result<CountyCells> count_in_cells(View const& view, std::span<std::uint32_t const> rows, Metres cell);

/// Index of the cell that a place lies in; nothing outside the lattice.
[[nodiscard]] std::optional<std::size_t> cell_of(Lattice const& lattice, MapPoint place);

/// The square of a cell, as a shape.
[[nodiscard]] MultiPolygon square_of(Lattice const& lattice, std::size_t cell);

}  // namespace riskbild::layers
