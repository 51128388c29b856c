#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "layers/county_cells.hpp"

namespace riskbild::layers {

/// Whether a filter by areas means this one; without such a filter it means all.
[[nodiscard]] bool means_area(Filter const& filter, Area const& area);

/// The cells that a filter means: those of the county whose centre lies in an area that it means, and those
/// with an incident. What lies in other areas is no zero, it was not asked for.
struct MeantCells {
    Lattice lattice;
    std::vector<std::size_t> cells;  ///< indexes in the lattice, ascending
};

/// \param rows of `view.points()` that match the filter
/// \return ErrorCode::too_large naming `cell` and what fits, for a lattice of more than `most` cells
Result<MeantCells> meant_cells(View const& view, Filter const& filter, std::span<std::uint32_t const> rows,
                               Metres cell, std::size_t most);

/// How many of the rows lie in each cell of `cells`.
[[nodiscard]] std::vector<std::uint64_t> count_in(MeantCells const& cells, View const& view,
                                                  std::span<std::uint32_t const> rows);

/// Those of the rows that lie in one cell.
[[nodiscard]] std::vector<std::uint32_t> rows_in_cell(Lattice const& lattice, std::size_t cell,
                                                      View const& view, std::span<std::uint32_t const> rows);

/// A cell's corner in the south-west in whole metres: `640000_6630000`, the same in every window.
[[nodiscard]] std::string cell_code(Lattice const& lattice, std::size_t cell);

[[nodiscard]] MultiPolygon cell_shape(Lattice const& lattice, std::size_t cell);

}  // namespace riskbild::layers
