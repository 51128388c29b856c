#pragma once

#include <vector>

#include "geo_core/area.hpp"
#include "geo_core/snapshot.hpp"

namespace riskbild::importers {

/// Where a place may lie, its county's borders being drawn no better than they are.
///
///     BorderMargin const margin{county};
///     margin.may_lie_in(place, uppsala);   // in it, or no farther from it than its border may be wrong
///
/// Where a county has no borders but only a box, a place may lie in every area.
class BorderMargin {
public:
    /// \param county must outlive the margin
    explicit BorderMargin(County const& county);

    [[nodiscard]] bool may_lie_in(MapPoint place, AreaId area) const;
    [[nodiscard]] bool may_lie_in_any(MapPoint place) const;

private:
    AreaSet const* areas_;
    Metres margin_;
    std::vector<MapBox> reach_;  // of each area, with the margin
};

}  // namespace riskbild::importers
