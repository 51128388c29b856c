#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "geo_core/geometry.hpp"

namespace riskbild::tiles {

/// Finds the rows of a tile among keys sorted along the quadtree's curve.
///
/// The rows of each tile of one zoom, chosen so that there are eight keys a tile or more, stand in a grid
/// over the keys' extent: those tiles are found at once and smaller ones within them. Larger ones take a
/// two-step search: a sample of every 64th key stays in the processor's cache, then one short run of the keys
/// themselves. Borrows the keys; at most a seventh of their memory on top.
class KeyIndex {
public:
    /// Rows `[first, last)`.
    using Rows = std::pair<std::size_t, std::size_t>;

    /// \pre ascending; the span outlives this object
    explicit KeyIndex(std::span<std::uint64_t const> keys);

    [[nodiscard]] std::span<std::uint64_t const> keys() const { return keys_; }
    /// First row whose key is not below.
    [[nodiscard]] std::size_t lower(std::uint64_t key) const;
    /// Where a tile without rows would have them, both are equal. \pre tile.valid()
    [[nodiscard]] Rows rows_of(TileId tile) const;

    /// The zoom of the grid's tiles.
    [[nodiscard]] int grid_zoom() const { return grid_zoom_; }
    /// Rows of a tile of the grid's zoom, also for numbers that no tile has; `{0, 0}` where there are none.
    [[nodiscard]] Rows rows_in_grid(std::uint32_t x, std::uint32_t y) const
    {
        auto const col = x - west_;  // beyond the west or north: a large number
        auto const line = y - north_;
        if (col >= cols_ || line >= lines_) {
            return {0, 0};
        }
        auto const& rows = grid_[std::size_t{line} * cols_ + col];
        return {rows.first, rows.last};
    }

private:
    struct CellRows {
        std::uint32_t first = 0;
        std::uint32_t last = 0;
    };
    void make_grid();
    void choose_grid(WorldPoint north_west, WorldPoint south_east);
    [[nodiscard]] Rows search(TileId tile) const;
    [[nodiscard]] Rows rows_over(TileId tile, int levels) const;

    std::span<std::uint64_t const> keys_;
    std::vector<std::uint64_t> sample_;
    std::vector<CellRows> grid_;
    int grid_zoom_ = 0;
    std::uint32_t west_ = 0;  // of the grid, in its tiles
    std::uint32_t north_ = 0;
    std::uint32_t cols_ = 0;
    std::uint32_t lines_ = 0;
};

/// The place that a quadtree key stands for.
[[nodiscard]] constexpr WorldPoint world_point_of_key(std::uint64_t key)
{
    constexpr auto gather = [](std::uint64_t v) {
        v &= 0x5555555555555555ULL;
        v = (v | (v >> 1)) & 0x3333333333333333ULL;
        v = (v | (v >> 2)) & 0x0f0f0f0f0f0f0f0fULL;
        v = (v | (v >> 4)) & 0x00ff00ff00ff00ffULL;
        v = (v | (v >> 8)) & 0x0000ffff0000ffffULL;
        v = (v | (v >> 16)) & 0x00000000ffffffffULL;
        return static_cast<std::uint32_t>(v);
    };
    return {gather(key), gather(key >> 1)};
}

}  // namespace riskbild::tiles
