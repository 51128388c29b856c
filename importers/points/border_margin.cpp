#include "importers/points/border_margin.hpp"

#include <algorithm>
#include <limits>

namespace riskbild::importers {
namespace {

double square_distance(MapPoint place, MapPoint a, MapPoint b)
{
    auto const along_east = b.east - a.east;
    auto const along_north = b.north - a.north;
    auto const length = along_east * along_east + along_north * along_north;
    auto const projected = (place.east - a.east) * along_east + (place.north - a.north) * along_north;
    auto const share = length > 0 ? std::clamp(projected / length, 0.0, 1.0) : 0.0;
    auto const east = a.east + share * along_east - place.east;
    auto const north = a.north + share * along_north - place.north;
    return east * east + north * north;
}

bool is_near(MapPoint place, Ring const& ring, Metres margin)
{
    auto const most = margin.value() * margin.value();
    for (std::size_t i = 0; i < ring.size(); ++i)
        if (square_distance(place, ring[i], ring[(i + 1) % ring.size()]) <= most)
            return true;
    return false;
}

bool is_near(MapPoint place, MultiPolygon const& shape, Metres margin)
{
    auto const near = [&](Ring const& ring) { return is_near(place, ring, margin); };
    return std::any_of(shape.begin(), shape.end(), [&](Polygon const& polygon) {
        return near(polygon.outer) || std::any_of(polygon.inners.begin(), polygon.inners.end(), near);
    });
}

MapBox widened(MapBox const& box, Metres by)
{
    auto const metres = by.value();
    return {{box.min.east - metres, box.min.north - metres}, {box.max.east + metres, box.max.north + metres}};
}

// A profile without borders has its box for its only area, unless the store was made with others.
bool is_only_a_box(County const& county)
{
    auto const areas = county.areas.areas();
    return county.profile.areas_file.empty() && areas.size() == 1 &&
           areas.front().code == county.profile.name;
}

}  // namespace

BorderMargin::BorderMargin(County const& county)
    : areas_(&county.areas),
      margin_(is_only_a_box(county) ? Metres{std::numeric_limits<double>::infinity()}
                                    : county.areas.generalised())
{
    for (auto const& area : areas_->areas())
        reach_.push_back(widened(bounds_of(area.shape), margin_));
}

bool BorderMargin::may_lie_in(MapPoint place, AreaId area) const
{
    return reach_[area.value()].contains(place) &&
           (areas_->at(place) == area || is_near(place, (*areas_)[area].shape, margin_));
}

bool BorderMargin::may_lie_in_any(MapPoint place) const
{
    for (std::size_t i = 0; i < reach_.size(); ++i)
        if (may_lie_in(place, AreaId{static_cast<std::uint16_t>(i)}))
            return true;
    return false;
}

}  // namespace riskbild::importers
