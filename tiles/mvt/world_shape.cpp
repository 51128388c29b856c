#include "tiles/mvt/world_shape.hpp"

#include <algorithm>

namespace riskbild::tiles {

void WorldBox::include(WorldPoint p)
{
    west = std::min(west, p.x);
    east = std::max(east, p.x);
    north = std::min(north, p.y);
    south = std::max(south, p.y);
}

bool WorldBox::meets(TileFrame const& frame) const
{
    auto const b = frame.buffer();
    return west <= east && east >= frame.x() - b && west < frame.x() + frame.side() + b &&
           south >= frame.y() - b && north < frame.y() + frame.side() + b;
}

std::vector<WorldPoint> to_world(Crs const& crs, std::span<MapPoint const> places)
{
    auto degrees = std::vector<LngLat>(places.size());
    crs.degrees(places, degrees);
    auto world = std::vector<WorldPoint>{};
    world.reserve(places.size());
    for (auto const place : degrees) {
        world.push_back(world_point(place));
    }
    return world;
}

std::vector<WorldPolygon> to_world(Crs const& crs, MultiPolygon const& shape)
{
    auto polygons = std::vector<WorldPolygon>{};
    polygons.reserve(shape.size());
    for (auto const& polygon : shape) {
        auto& made = polygons.emplace_back();
        made.outer = to_world(crs, polygon.outer);
        for (auto const& inner : polygon.inners) {
            made.inners.push_back(to_world(crs, inner));
        }
        for (auto const vertex : made.outer) {
            made.box.include(vertex);
        }
    }
    return polygons;
}

}  // namespace riskbild::tiles
