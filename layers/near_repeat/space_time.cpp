#include "layers/near_repeat/space_time.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace riskbild::layers {
namespace {

// A cell as (row, column) in one number that sorts by row, then column.
using CellKey = std::uint64_t;

CellKey key_of(std::uint64_t row, std::uint64_t col)
{
    return row << 32U | col;
}

}  // namespace

ReachGrid::ReachGrid(std::span<double const> east, std::span<double const> north, double reach)
{
    auto const n = east.size();
    if (n == 0) {
        return;
    }
    // A little more than the reach, so that rounding cannot put a neighbour two cells away. Reaches that are
    // tiny beside the extent get larger cells: a cell's number must fit in 31 bits.
    double const west = *std::ranges::min_element(east);
    double const south = *std::ranges::min_element(north);
    double const extent =
        std::max(*std::ranges::max_element(east) - west, *std::ranges::max_element(north) - south);
    double const side = std::max(reach * (1.0 + 1e-9), extent / 1e9);
    std::vector<std::pair<CellKey, std::uint32_t>> keyed(n);
    for (std::size_t i = 0; i < n; ++i) {
        auto const row = static_cast<std::uint64_t>((north[i] - south) / side) + 1;
        auto const col = static_cast<std::uint64_t>((east[i] - west) / side) + 1;
        keyed[i] = {key_of(row, col), static_cast<std::uint32_t>(i)};
    }
    std::ranges::sort(keyed);
    std::vector<CellKey> cells;
    std::vector<std::uint32_t> first;
    order_.reserve(n);
    for (auto const& [key, i] : keyed) {
        if (cells.empty() || cells.back() != key) {
            cells.push_back(key);
            first.push_back(static_cast<std::uint32_t>(order_.size()));
        }
        cell_of_.push_back(static_cast<std::uint32_t>(cells.size() - 1));
        order_.push_back(i);
        east_.push_back(east[i]);
        north_.push_back(north[i]);
    }
    first.push_back(static_cast<std::uint32_t>(n));
    auto const begin_of = [&](CellKey key) {
        return first[static_cast<std::size_t>(std::ranges::lower_bound(cells, key) - cells.begin())];
    };
    for (std::size_t c = 0; c < cells.size(); ++c) {
        bool const has_right = c + 1 < cells.size() && cells[c + 1] == cells[c] + 1;
        end_of_own_.push_back(first[c + (has_right ? 2 : 1)]);
        auto const above = cells[c] + key_of(1, 0);
        next_row_.push_back({begin_of(above - 1), begin_of(above + 2)});
    }
}

Result<void> check_points(SpaceTimePoints const& points)
{
    if (points.east.size() != points.size() || points.north.size() != points.size()) {
        return fail(ErrorCode::wrong_use, "places and days are not as many", "points");
    }
    auto const finite = [](double value) { return std::isfinite(value); };
    if (!std::ranges::all_of(points.east, finite) || !std::ranges::all_of(points.north, finite)) {
        return fail(ErrorCode::wrong_use, "a coordinate is not a finite number", "points");
    }
    return {};
}

}  // namespace riskbild::layers
