#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace riskbild::layers {

/// Points in small square cells of which any two points in one are near each other: the side is eps/√2.
/// Points lie by row of cells, then cell, then in the order given.
struct DbscanCells {
    /// \pre eps > 0 and finite, coordinates finite
    DbscanCells(std::span<double const> points_east, std::span<double const> points_north, double eps);

    std::vector<std::uint32_t> order;  ///< of the points given, for each place here
    std::vector<double> east, north;   ///< from the south-west corner of all
    std::vector<std::uint32_t> first;  ///< point of each cell; one more than cells
    std::vector<std::uint32_t> row, col;

    [[nodiscard]] std::size_t size() const { return row.size(); }
    [[nodiscard]] std::uint32_t count(std::size_t cell) const { return first[cell + 1] - first[cell]; }

    /// Calls `visit(neighbour)` for every other cell that may hold points within eps of those of `cell`:
    /// those at most two away, without the corners. \param after only those behind it in the order
    template <class Visit>
    void visit_neighbours(std::size_t cell, bool after, Visit const& visit) const;

private:
    struct Row {
        std::uint32_t row = 0;
        std::uint32_t first = 0;  ///< cell
    };
    std::vector<Row> rows_;              // those that hold any, and one behind the last
    std::vector<std::uint32_t> at_row_;  // of each cell, index into rows_

    /// First cell of a row (an index into rows_) that is at `col` or east of it.
    [[nodiscard]] std::size_t cell_from(std::size_t in_row, std::uint32_t from_col) const;
};

template <class Visit>
void DbscanCells::visit_neighbours(std::size_t cell, bool after, Visit const& visit) const
{
    auto const own = at_row_[cell];
    std::size_t const lowest = own < 2 ? 0 : own - 2;
    auto const from_row = after ? own : lowest;
    for (std::size_t r = from_row; r + 1 < rows_.size() && rows_[r].row <= row[cell] + 2; ++r) {
        auto const up = rows_[r].row > row[cell] ? rows_[r].row - row[cell] : row[cell] - rows_[r].row;
        if (up > 2) {
            continue;
        }
        std::uint32_t const reach = up == 2 ? 1 : 2;
        auto const from_col = col[cell] > reach ? col[cell] - reach : 0;
        auto other = after && r == own ? cell + 1 : cell_from(r, from_col);
        for (; other < rows_[r + 1].first && col[other] <= col[cell] + reach; ++other) {
            if (other != cell) {
                visit(other);
            }
        }
    }
}

}  // namespace riskbild::layers
