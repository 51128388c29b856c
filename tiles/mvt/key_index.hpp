#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "geo_core/geometry.hpp"

namespace riskbild::tiles {

/// Finds the rows of a tile among keys sorted along the quadtree's curve.
///
/// Two-step search: a sample of every 64th key stays in the processor's cache, then one short run of
/// the keys themselves. Borrows the keys; 1/64 of their memory on top.
class KeyIndex {
public:
    /// \pre ascending; the span outlives this object
    explicit KeyIndex(std::span<std::uint64_t const> keys);

    [[nodiscard]] std::span<std::uint64_t const> keys() const { return keys_; }
    /// First row whose key is not below.
    [[nodiscard]] std::size_t lower(std::uint64_t key) const;
    /// Rows `[first, last)` of a tile. \pre tile.valid()
    [[nodiscard]] std::pair<std::size_t, std::size_t> rows_of(TileId tile) const;

private:
    std::span<std::uint64_t const> keys_;
    std::vector<std::uint64_t> sample_;
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
