#pragma once

#include <cstdint>

#include "geo_core/geometry.hpp"

namespace riskbild::tiles {

/// Units along a side of a vector tile (MVT 2.1, section 4.1, `extent`).
inline constexpr std::int32_t kExtent = 4096;
/// How far geometry reaches beyond a tile's sides, in the same units, so that lines and rings cross
/// tile borders without a visible end. PostGIS uses 64 when asked for it, as here.
inline constexpr std::int32_t kBuffer = 64;

/// A place in tile units, (0,0) north-west.
struct TilePoint {
    std::int32_t x = 0;
    std::int32_t y = 0;
    bool operator==(TilePoint const&) const = default;
};

/// Where one tile lies in the world of 32-bit fixed point.
class TileFrame {
public:
    /// \pre tile.valid()
    constexpr explicit TileFrame(TileId tile)
        : shift_(20 - static_cast<int>(tile.z)),
          side_(std::int64_t{1} << (32 - tile.z)),
          x_(static_cast<std::int64_t>(tile.x) * side_),
          y_(static_cast<std::int64_t>(tile.y) * side_)
    {
    }

    /// World units along a side of the tile.
    [[nodiscard]] constexpr std::int64_t side() const { return side_; }
    [[nodiscard]] constexpr std::int64_t x() const { return x_; }
    [[nodiscard]] constexpr std::int64_t y() const { return y_; }
    [[nodiscard]] constexpr std::int64_t buffer() const { return side_ * kBuffer / kExtent; }

    [[nodiscard]] constexpr bool contains(WorldPoint p) const
    {
        return p.x >= x_ && p.x < x_ + side_ && p.y >= y_ && p.y < y_ + side_;
    }
    [[nodiscard]] constexpr bool buffer_contains(WorldPoint p) const
    {
        auto const b = buffer();
        return p.x >= x_ - b && p.x < x_ + side_ + b && p.y >= y_ - b && p.y < y_ + side_ + b;
    }

    /// In tile units, halves away from zero as `lround`. PostGIS rounds halves to even.
    [[nodiscard]] constexpr TilePoint local(WorldPoint p) const
    {
        return {rounded(static_cast<std::int64_t>(p.x) - x_), rounded(static_cast<std::int64_t>(p.y) - y_)};
    }

private:
    [[nodiscard]] constexpr std::int32_t rounded(std::int64_t distance) const
    {
        if (shift_ <= 0) {
            return static_cast<std::int32_t>(distance * (std::int64_t{1} << -shift_));
        }
        auto const half = std::int64_t{1} << (shift_ - 1);
        return static_cast<std::int32_t>(distance >= 0 ? (distance + half) >> shift_
                                                       : -((half - distance) >> shift_));
    }

    int shift_;  // world units per tile unit, as a power of two
    std::int64_t side_;
    std::int64_t x_;
    std::int64_t y_;
};

}  // namespace riskbild::tiles
