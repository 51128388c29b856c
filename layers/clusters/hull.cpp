#include "layers/clusters/hull.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>

namespace riskbild::layers {
namespace {

/// Twice the area of the triangle, above 0 where a → b → c turns left.
double turn(MapPoint a, MapPoint b, MapPoint c)
{
    return (b.east - a.east) * (c.north - a.north) - (b.north - a.north) * (c.east - a.east);
}

/// Goes along one side of the hull, leaving out whatever lies inside.
void add_side(Ring& side, MapPoint place, std::size_t least)
{
    while (side.size() >= least + 2 && turn(side[side.size() - 2], side.back(), place) <= 0.0) {
        side.pop_back();
    }
    side.push_back(place);
}

constexpr int kCorners = 8;

}  // namespace

Ring convex_hull(std::vector<MapPoint> places)
{
    auto const along = [](MapPoint p) { return std::tuple{p.east, p.north}; };
    std::ranges::sort(places, {}, along);
    auto const same = std::ranges::unique(places, {}, along);
    places.erase(same.begin(), same.end());
    if (places.size() < 3) {
        return {places.begin(), places.end()};
    }
    Ring hull;
    for (auto const place : places) {
        add_side(hull, place, 0);
    }
    auto const below = hull.size() - 1;
    for (std::size_t i = places.size() - 1; i-- > 0;) {
        add_side(hull, places[i], below);
    }
    hull.pop_back();  // the first again
    return hull;
}

MultiPolygon drawn_hull(std::vector<MapPoint> places, Metres least)
{
    auto hull = convex_hull(places);
    if (hull.empty()) {
        return {};
    }
    if (hull.size() < 3) {
        std::vector<MapPoint> around;
        for (auto const& end : hull) {
            for (int k = 0; k < kCorners; ++k) {
                double const angle = 2.0 * std::numbers::pi * k / kCorners;
                around.push_back({end.east + least.value() / 2.0 * std::cos(angle),
                                  end.north + least.value() / 2.0 * std::sin(angle)});
            }
        }
        hull = convex_hull(std::move(around));
    }
    return {Polygon{std::move(hull), {}}};
}

}  // namespace riskbild::layers
