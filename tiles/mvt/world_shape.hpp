#pragma once

#include <span>
#include <vector>

#include "geo_core/crs.hpp"
#include "geo_core/geometry.hpp"
#include "tiles/mvt/tile_frame.hpp"

namespace riskbild::tiles {

using WorldRing = std::vector<WorldPoint>;

/// Extent in world units, both edges included. Empty when `west` exceeds `east`.
struct WorldBox {
    std::uint32_t west = 0xffffffff;
    std::uint32_t north = 0xffffffff;
    std::uint32_t east = 0;
    std::uint32_t south = 0;
    void include(WorldPoint p);
    /// Whether the box meets a tile and its buffer.
    [[nodiscard]] bool meets(TileFrame const& frame) const;
};

/// A polygon in the world of 32-bit fixed point: an outer ring and its holes, no vertex repeated.
struct WorldPolygon {
    WorldRing outer;
    std::vector<WorldRing> inners;
    WorldBox box;
};

[[nodiscard]] std::vector<WorldPoint> to_world(Crs const& crs, std::span<MapPoint const> places);
[[nodiscard]] std::vector<WorldPolygon> to_world(Crs const& crs, MultiPolygon const& shape);

}  // namespace riskbild::tiles
