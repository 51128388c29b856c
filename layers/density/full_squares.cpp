#include "layers/density/full_squares.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace riskbild::layers {

FullSquares::FullSquares(PointSet const& points, double side)
{
    entries_.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        entries_.push_back({static_cast<std::int64_t>(std::floor(points.north[i] / side)),
                            static_cast<std::int64_t>(std::floor(points.east[i] / side)),
                            static_cast<std::uint32_t>(i)});
    }
    std::ranges::sort(entries_);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        auto const [row, col, point] = entries_[i];
        if (i > 0 && entries_[i - 1].row == row && entries_[i - 1].col == col) {
            continue;
        }
        auto const west = static_cast<double>(col) * side;
        auto const south = static_cast<double>(row) * side;
        Square square{{{west, south}, {west + side, south + side}}, 0.0, col, row};
        each_around(col, row, [&](std::uint32_t p) {
            square.weight_around += points.weight.empty() ? 1.0 : points.weight[p];
        });
        squares_.push_back(square);
    }
    std::ranges::sort(squares_, [](Square const& a, Square const& b) {
        return std::tie(b.weight_around, a.row, a.col) < std::tie(a.weight_around, b.row, b.col);
    });
}

template <class Visit>
void FullSquares::each_around(std::int64_t col, std::int64_t row, Visit visit) const
{
    for (auto r = row - 1; r <= row + 1; ++r) {
        auto entry = std::ranges::lower_bound(entries_, Entry{r, col - 1, 0});
        for (; entry != entries_.end() && entry->row == r && entry->col <= col + 1; ++entry) {
            visit(entry->point);
        }
    }
}

std::vector<std::uint32_t> FullSquares::rows_around(Square const& square) const
{
    std::vector<std::uint32_t> rows;
    each_around(square.col, square.row, [&](std::uint32_t p) { rows.push_back(p); });
    std::ranges::sort(rows);
    return rows;
}

}  // namespace riskbild::layers
