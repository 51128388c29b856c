#include "geo_core/geometry.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace riskbild {
namespace {

constexpr double kWorld = 4294967296.0;  // 2^32
constexpr double kMaxLatitude = 85.051128779806592;

std::uint32_t to_fixed(double share)
{
    return static_cast<std::uint32_t>(std::clamp(std::floor(share * kWorld), 0.0, kWorld - 1.0));
}

double latitude_at(double share)
{
    return std::atan(std::sinh(std::numbers::pi * (1.0 - 2.0 * share))) * 180.0 / std::numbers::pi;
}

double ring_area(Ring const& ring)
{
    if (ring.size() < 3)
        return 0.0;
    auto const origin = ring.front();  // local origin: metres in the millions would cancel
    double twice = 0.0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        auto const& a = ring[i];
        auto const& b = ring[(i + 1) % ring.size()];
        twice += (a.east - origin.east) * (b.north - origin.north) -
                 (b.east - origin.east) * (a.north - origin.north);
    }
    return std::abs(twice) / 2.0;
}

}  // namespace

double length_of(MultiLine const& lines)
{
    double sum = 0.0;
    for (auto const& line : lines)
        for (std::size_t i = 1; i < line.size(); ++i)
            sum += std::hypot(line[i].east - line[i - 1].east, line[i].north - line[i - 1].north);
    return sum;
}

MapBox bounds_of(MultiPolygon const& shape)
{
    constexpr auto inf = std::numeric_limits<double>::infinity();
    MapBox box{{inf, inf}, {-inf, -inf}};
    for (auto const& polygon : shape)
        for (auto const& p : polygon.outer) {
            box.min.east = std::min(box.min.east, p.east);
            box.min.north = std::min(box.min.north, p.north);
            box.max.east = std::max(box.max.east, p.east);
            box.max.north = std::max(box.max.north, p.north);
        }
    return box;
}

double square_metres(MultiPolygon const& shape)
{
    double sum = 0.0;
    for (auto const& polygon : shape) {
        sum += ring_area(polygon.outer);
        for (auto const& inner : polygon.inners)
            sum -= ring_area(inner);
    }
    return sum;
}

WorldPoint world_point(LngLat place)
{
    auto const latitude = std::clamp(place.lat, -kMaxLatitude, kMaxLatitude) * std::numbers::pi / 180.0;
    return {to_fixed((place.lng + 180.0) / 360.0),
            to_fixed((1.0 - std::asinh(std::tan(latitude)) / std::numbers::pi) / 2.0)};
}

LngLat lng_lat(WorldPoint place)
{
    return {static_cast<double>(place.x) / kWorld * 360.0 - 180.0,
            latitude_at(static_cast<double>(place.y) / kWorld)};
}

KeyRange key_range(TileId tile)
{
    if (tile.z == 0)
        return {0, std::numeric_limits<std::uint64_t>::max()};
    auto const shift = 32U - tile.z;
    auto const first = quadtree_key({tile.x << shift, tile.y << shift});
    return {first, first | ((std::uint64_t{1} << (2 * shift)) - 1)};
}

}  // namespace riskbild
