#include "geo_core/border_segments.hpp"

#include <algorithm>
#include <set>

namespace riskbild {

BorderSegments::BorderSegments(AreaSet const& areas) : count_(areas.areas().size())
{
    auto const add = [&](Ring const& ring, AreaId area) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            areas_[segment_of(ring[i], ring[(i + 1) % ring.size()])].push_back(area);
        }
    };
    for (std::size_t i = 0; i < count_; ++i) {
        auto const id = AreaId{static_cast<std::uint16_t>(i)};
        for (auto const& polygon : areas[id].shape) {
            add(polygon.outer, id);
            for (auto const& inner : polygon.inners) {
                add(inner, id);
            }
        }
    }
}

BorderSegments::Segment BorderSegments::segment_of(MapPoint from, MapPoint to)
{
    End const a{from.east, from.north};
    End const b{to.east, to.north};
    return a < b ? Segment{a, b} : Segment{b, a};
}

std::span<AreaId const> BorderSegments::areas_at(MapPoint from, MapPoint to) const
{
    auto const found = areas_.find(segment_of(from, to));
    return found == areas_.end() ? std::span<AreaId const>{} : std::span<AreaId const>{found->second};
}

std::vector<std::vector<std::size_t>> BorderSegments::neighbours() const
{
    std::vector<std::set<std::size_t>> found(count_);
    for (auto const& [segment, sharing] : areas_) {
        for (auto const a : sharing) {
            for (auto const b : sharing) {
                if (a != b) {
                    found[a.value()].insert(b.value());
                }
            }
        }
    }
    std::vector<std::vector<std::size_t>> neighbours;
    for (auto const& set : found) {
        neighbours.emplace_back(set.begin(), set.end());
    }
    return neighbours;
}

}  // namespace riskbild
