#include "layers/clusters/dbscan_cells.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace riskbild::layers {
namespace {

constexpr std::uint32_t kBits = 16;

/// Orders places by a number, those of equal numbers as they stood: two counting passes of 16 bits.
void sort_by(std::vector<std::uint32_t>& order, std::vector<std::uint32_t> const& key)
{
    auto const largest = *std::ranges::max_element(key);
    std::vector<std::uint32_t> sorted(order.size());
    for (std::uint32_t shift = 0; shift == 0 || (shift < 32 && (largest >> shift) != 0); shift += kBits) {
        auto const digit = [&](std::uint32_t i) { return key[i] >> shift & ((1U << kBits) - 1U); };
        std::vector<std::uint32_t> start(std::size_t{std::min(largest >> shift, (1U << kBits) - 1U)} + 2, 0);
        for (auto const i : order) {
            ++start[digit(i) + 1];
        }
        std::partial_sum(start.begin(), start.end(), start.begin());
        for (auto const i : order) {
            sorted[start[digit(i)]++] = i;
        }
        order.swap(sorted);
    }
}

std::vector<std::uint32_t> cells_along(std::span<double const> at, double from, double side)
{
    std::vector<std::uint32_t> cells(at.size());
    for (std::size_t i = 0; i < at.size(); ++i) {
        cells[i] = static_cast<std::uint32_t>((at[i] - from) / side);
    }
    return cells;
}

}  // namespace

DbscanCells::DbscanCells(std::span<double const> points_east, std::span<double const> points_north,
                         double eps)
{
    auto const n = points_east.size();
    first.push_back(0);
    rows_.push_back({});
    if (n == 0) {
        return;
    }
    double const west = *std::ranges::min_element(points_east);
    double const south = *std::ranges::min_element(points_north);
    // A little less than eps/√2, so that rounding cannot put two into one cell that are further apart.
    double const side = eps / std::numbers::sqrt2 * (1.0 - 1e-9);
    auto const cols = cells_along(points_east, west, side);
    auto const rows = cells_along(points_north, south, side);
    order.resize(n);
    std::iota(order.begin(), order.end(), 0U);
    sort_by(order, cols);
    sort_by(order, rows);

    rows_.clear();
    east.reserve(n);
    north.reserve(n);
    first.clear();
    for (std::uint32_t place = 0; place < n; ++place) {
        auto const i = order[place];
        east.push_back(points_east[i] - west);
        north.push_back(points_north[i] - south);
        if (row.empty() || row.back() != rows[i] || col.back() != cols[i]) {
            if (row.empty() || row.back() != rows[i]) {
                rows_.push_back({rows[i], static_cast<std::uint32_t>(row.size())});
            }
            first.push_back(place);
            row.push_back(rows[i]);
            col.push_back(cols[i]);
            at_row_.push_back(static_cast<std::uint32_t>(rows_.size() - 1));
        }
    }
    first.push_back(static_cast<std::uint32_t>(n));
    rows_.push_back({0xffffffffU, static_cast<std::uint32_t>(row.size())});
}

std::size_t DbscanCells::cell_from(std::size_t in_row, std::uint32_t from_col) const
{
    auto const begin = col.begin() + rows_[in_row].first;
    auto const end = col.begin() + rows_[in_row + 1].first;
    return static_cast<std::size_t>(std::lower_bound(begin, end, from_col) - col.begin());
}

}  // namespace riskbild::layers
