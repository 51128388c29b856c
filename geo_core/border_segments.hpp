#pragma once

#include <map>
#include <span>
#include <utility>
#include <vector>

#include "geo_core/area.hpp"

namespace riskbild {

/// The straight pieces that the areas' borders are made of, each with the areas that have it: two where
/// neighbours meet, one on the outer border. Areas that touch share the ends of their pieces exactly.
class BorderSegments {
public:
    explicit BorderSegments(AreaSet const& areas);

    /// The areas that a piece belongs to, whichever way it is given; none for what is no piece.
    [[nodiscard]] std::span<AreaId const> areas_at(MapPoint from, MapPoint to) const;
    /// For each area (by AreaId) the numbers of those that share a piece with it, ascending.
    [[nodiscard]] std::vector<std::vector<std::size_t>> neighbours() const;

private:
    using End = std::pair<double, double>;
    using Segment = std::pair<End, End>;  // the lesser end first
    [[nodiscard]] static Segment segment_of(MapPoint from, MapPoint to);

    std::map<Segment, std::vector<AreaId>> areas_;
    std::size_t count_;
};

}  // namespace riskbild
