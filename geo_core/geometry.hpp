#pragma once

#include <compare>
#include <cstdint>
#include <vector>

namespace riskbild {

/// A place in degrees, WGS 84, east before north.
struct LngLat {
    double lng = 0.0;
    double lat = 0.0;
    bool operator==(LngLat const&) const = default;
};

/// A place in metres in the store's coordinate system (EPSG:3006 for Uppsala), east before north.
struct MapPoint {
    double east = 0.0;
    double north = 0.0;
    bool operator==(MapPoint const&) const = default;
};

/// A box in degrees; both edges belong to it.
struct LngLatBox {
    double west = 0.0;
    double south = 0.0;
    double east = 0.0;
    double north = 0.0;
    [[nodiscard]] constexpr bool contains(LngLat p) const
    {
        return p.lng >= west && p.lng <= east && p.lat >= south && p.lat <= north;
    }
    bool operator==(LngLatBox const&) const = default;
};

/// A box in the store's metres, `min` inclusive. Empty when `min` exceeds `max`.
struct MapBox {
    MapPoint min;
    MapPoint max;
    [[nodiscard]] constexpr bool contains(MapPoint p) const
    {
        return p.east >= min.east && p.east <= max.east && p.north >= min.north && p.north <= max.north;
    }
    bool operator==(MapBox const&) const = default;
};

/// A ring without repetition of its first vertex; at least three vertices.
using Ring = std::vector<MapPoint>;

/// An area with holes, in the store's metres.
struct Polygon {
    Ring outer;
    std::vector<Ring> inners;
    bool operator==(Polygon const&) const = default;
};

using MultiPolygon = std::vector<Polygon>;

/// Two vertices or more.
using Line = std::vector<MapPoint>;
using MultiLine = std::vector<Line>;

/// Together, in metres.
[[nodiscard]] double length_of(MultiLine const& lines);

[[nodiscard]] MapBox bounds_of(MultiPolygon const& shape);

/// Planar area in square metres, holes subtracted.
[[nodiscard]] double square_metres(MultiPolygon const& shape);

/// A place in the Web Mercator world as 32-bit fixed point: (0,0) is north-west, 2^32 wraps to it.
/// One step is 9 mm at the equator. `x >> (32 - z)` is the tile column at zoom z.
struct WorldPoint {
    std::uint32_t x = 0;
    std::uint32_t y = 0;
    bool operator==(WorldPoint const&) const = default;
};

/// Web Mercator (EPSG:3857) position; latitudes beyond ±85.0511° are clamped.
[[nodiscard]] WorldPoint world_point(LngLat place);
[[nodiscard]] LngLat lng_lat(WorldPoint place);

/// Position along the Mercator quadtree's curve (bits of y and x interleaved, y first): every tile
/// of every zoom is one contiguous range of keys.
[[nodiscard]] constexpr std::uint64_t quadtree_key(WorldPoint p)
{
    constexpr auto spread = [](std::uint64_t v) {
        v = (v | (v << 16)) & 0x0000ffff0000ffffULL;
        v = (v | (v << 8)) & 0x00ff00ff00ff00ffULL;
        v = (v | (v << 4)) & 0x0f0f0f0f0f0f0f0fULL;
        v = (v | (v << 2)) & 0x3333333333333333ULL;
        v = (v | (v << 1)) & 0x5555555555555555ULL;
        return v;
    };
    return (spread(p.y) << 1) | spread(p.x);
}

inline constexpr int kMaxZoom = 22;

/// A tile of the XYZ scheme, y counted from the north.
struct TileId {
    std::uint8_t z = 0;
    std::uint32_t x = 0;
    std::uint32_t y = 0;
    auto operator<=>(TileId const&) const = default;
    /// z within 0..kMaxZoom and x, y within 2^z.
    [[nodiscard]] constexpr bool valid() const { return z <= kMaxZoom && x < (1U << z) && y < (1U << z); }
};

/// Range of quadtree keys of a tile. \pre tile.valid()
struct KeyRange {
    std::uint64_t first = 0;
    std::uint64_t last = 0;  ///< inclusive, so that the whole world fits
};
[[nodiscard]] KeyRange key_range(TileId tile);

}  // namespace riskbild
