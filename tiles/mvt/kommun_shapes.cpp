#include "tiles/mvt/kommun_shapes.hpp"

#include <map>
#include <utility>

#include "geo_core/border_segments.hpp"

namespace riskbild::tiles {

namespace {

template <class Visit>
void visit_rings(AreaSet const& areas, Visit const& visit)
{
    for (std::size_t i = 0; i < areas.areas().size(); ++i) {
        auto const id = AreaId{static_cast<std::uint16_t>(i)};
        for (auto const& polygon : areas[id].shape) {
            visit(polygon.outer, id);
            for (auto const& inner : polygon.inners) {
                visit(inner, id);
            }
        }
    }
}

// The rings around all areas together: the border segments that only one area has, joined end to end.
std::vector<Ring> outline_of(AreaSet const& areas)
{
    auto const segments = BorderSegments{areas};
    auto const each_segment = [&](auto const& visit) {
        visit_rings(areas, [&](Ring const& ring, AreaId) {
            for (std::size_t i = 0; i < ring.size(); ++i) {
                visit(ring[i], ring[i + 1 == ring.size() ? 0 : i + 1]);
            }
        });
    };
    auto next = std::multimap<std::pair<double, double>, MapPoint>{};
    each_segment([&](MapPoint from, MapPoint to) {
        if (segments.areas_at(from, to).size() == 1) {
            next.emplace(std::pair{from.east, from.north}, to);
        }
    });
    auto rings = std::vector<Ring>{};
    while (!next.empty()) {
        auto const start = next.begin()->first;
        auto ring = Ring{{start.first, start.second}};
        for (auto at = next.begin(); at != next.end();
             at = next.find({ring.back().east, ring.back().north})) {
            ring.push_back(at->second);
            next.erase(at);
        }
        ring.pop_back();  // the start again
        if (ring.size() >= 3) {
            rings.push_back(std::move(ring));
        }
    }
    return rings;
}

}  // namespace

std::vector<std::vector<WorldPolygon>> area_shapes(County const& county)
{
    auto shapes = std::vector<std::vector<WorldPolygon>>{};
    for (auto const& area : county.areas.areas()) {
        shapes.push_back(to_world(county.profile.crs, area.shape));
    }
    return shapes;
}

Borders area_borders(County const& county)
{
    auto const segments = BorderSegments{county.areas};
    auto borders = Borders{};
    visit_rings(county.areas, [&](Ring const& ring, AreaId area) {
        auto path = Ring{};
        auto path_is_outer = false;
        auto const finish = [&] {
            if (path.size() >= 2) {
                (path_is_outer ? borders.outer : borders.between)
                    .push_back(to_world(county.profile.crs, path));
            }
            path.clear();
        };
        for (std::size_t i = 0; i < ring.size(); ++i) {
            auto const from = ring[i];
            auto const to = ring[i + 1 == ring.size() ? 0 : i + 1];
            auto const owners = segments.areas_at(from, to);
            auto const is_outer = owners.size() == 1;
            if (owners.front() != area) {  // drawn with the other one
                finish();
                continue;
            }
            if (is_outer != path_is_outer) {
                finish();
            }
            if (path.empty()) {
                path_is_outer = is_outer;
                path.push_back(from);
            }
            path.push_back(to);
        }
        finish();
    });
    return borders;
}

WorldPolygon outside_of(County const& county)
{
    constexpr auto kBeyond = 200'000.0;
    auto const [min, max] = county.areas.bounds();
    auto const frame = Ring{{min.east - kBeyond, min.north - kBeyond},
                            {max.east + kBeyond, min.north - kBeyond},
                            {max.east + kBeyond, max.north + kBeyond},
                            {min.east - kBeyond, max.north + kBeyond}};
    return to_world(county.profile.crs, MultiPolygon{Polygon{frame, outline_of(county.areas)}}).front();
}

}  // namespace riskbild::tiles
