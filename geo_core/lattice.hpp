#pragma once

#include <cstdint>

#include "geo_core/geometry.hpp"
#include "geo_core/units.hpp"

namespace riskbild {

/// A rectangle of square cells on the one lattice of its cell size, anchored at (0,0) of the
/// store's coordinate system: two windows of one cell size share their cell centres exactly.
/// Row 0 is the southernmost.
struct Lattice {
    Metres cell{250.0};
    std::int64_t first_col = 0;  ///< east of cell 0 is first_col · cell
    std::int64_t first_row = 0;
    std::int32_t cols = 0;
    std::int32_t rows = 0;

    [[nodiscard]] MapPoint centre(std::int32_t col, std::int32_t row) const
    {
        return {(static_cast<double>(first_col + col) + 0.5) * cell.value(),
                (static_cast<double>(first_row + row) + 0.5) * cell.value()};
    }
    [[nodiscard]] MapBox bounds() const
    {
        return {
            {static_cast<double>(first_col) * cell.value(), static_cast<double>(first_row) * cell.value()},
            {static_cast<double>(first_col + cols) * cell.value(),
             static_cast<double>(first_row + rows) * cell.value()}};
    }
    [[nodiscard]] std::size_t size() const
    {
        return static_cast<std::size_t>(cols) * static_cast<std::size_t>(rows);
    }
    bool operator==(Lattice const&) const = default;
};

/// The smallest window of cells that covers a box. \pre cell > 0, box not empty
[[nodiscard]] Lattice lattice_over(MapBox box, Metres cell);

}  // namespace riskbild
