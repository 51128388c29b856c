#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "geo_core/geometry.hpp"
#include "layers/density/density_kernel.hpp"

namespace riskbild::layers {

/// Points counted by squares of one side, anchored at (0, 0), to look first where most are.
class FullSquares {
public:
    struct Square {
        MapBox box;
        double weight_around = 0.0;  ///< of the points in it and its eight neighbours
        std::int64_t col = 0;
        std::int64_t row = 0;
    };

    /// \pre side > 0; the points outlive this object
    FullSquares(PointSet const& points, double side);

    /// Squares with a point, by `weight_around`, then from south to north and west to east.
    [[nodiscard]] std::vector<Square> const& fullest_first() const { return squares_; }
    /// Points in a square and its neighbours, as indexes, ascending.
    [[nodiscard]] std::vector<std::uint32_t> rows_around(Square const& square) const;

private:
    struct Entry {
        std::int64_t row;
        std::int64_t col;
        std::uint32_t point;
        auto operator<=>(Entry const&) const = default;
    };
    template <class Visit>
    void each_around(std::int64_t col, std::int64_t row, Visit visit) const;

    std::vector<Entry> entries_;  // by row, column, point
    std::vector<Square> squares_;
};

}  // namespace riskbild::layers
