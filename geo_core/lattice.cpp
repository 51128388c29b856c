#include "geo_core/lattice.hpp"

#include <cmath>

namespace riskbild {

Lattice lattice_over(MapBox box, Metres cell)
{
    auto const first = [&](double v) { return static_cast<std::int64_t>(std::floor(v / cell.value())); };
    auto const last = [&](double v) { return static_cast<std::int64_t>(std::ceil(v / cell.value())); };
    Lattice lattice{.cell = cell, .first_col = first(box.min.east), .first_row = first(box.min.north)};
    lattice.cols =
        static_cast<std::int32_t>(std::max<std::int64_t>(1, last(box.max.east) - lattice.first_col));
    lattice.rows =
        static_cast<std::int32_t>(std::max<std::int64_t>(1, last(box.max.north) - lattice.first_row));
    return lattice;
}

}  // namespace riskbild
