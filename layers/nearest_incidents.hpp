#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo_core/geometry.hpp"
#include "geo_core/units.hpp"
#include "geo_core/view.hpp"

namespace riskbild::layers {

/// Incidents around a place: how many, and the newest of them.
struct NearIncidents {
    std::uint64_t all = 0;
    std::vector<IncidentId> newest;  ///< newest first, at most kMostExplaining
};

/// Of the given rows of `view.points()` those at most `reach` from a place, in the store's metres.
[[nodiscard]] NearIncidents incidents_within(View const& view, std::span<std::uint32_t const> rows,
                                             MapPoint place, Metres reach);

/// Of those that match a filter the ones in an area, with a point or without. \return as View::select_points
Result<NearIncidents> incidents_of_area(View const& view, Filter const& filter, AreaId area);

/// The newest of some rows of `view.points()`, newest first; of equal times the higher number first.
[[nodiscard]] std::vector<IncidentId> newest_of(View const& view, std::vector<std::uint32_t> rows);

}  // namespace riskbild::layers
