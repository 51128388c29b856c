#include "layers/nearest_incidents.hpp"

#include <algorithm>
#include <tuple>

#include "layers/layer.hpp"

namespace riskbild::layers {

NearIncidents incidents_within(View const& view, std::span<std::uint32_t const> rows, MapPoint place,
                               Metres reach)
{
    auto const points = view.points();
    double const most = reach.value() * reach.value();
    std::vector<std::uint32_t> near;
    for (auto const row : rows) {
        double const east = points.east[row] - place.east;
        double const north = points.north[row] - place.north;
        if (east * east + north * north <= most) {
            near.push_back(row);
        }
    }
    auto const all = near.size();
    return {all, newest_of(view, std::move(near))};
}

std::vector<IncidentId> newest_of(View const& view, std::vector<std::uint32_t> rows)
{
    auto const points = view.points();
    auto const newer = [&](std::uint32_t a, std::uint32_t b) {
        return std::tie(points.from[a], points.id[a]) > std::tie(points.from[b], points.id[b]);
    };
    auto const shown = std::min(rows.size(), kMostExplaining);
    std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(shown), rows.end(), newer);
    std::vector<IncidentId> newest;
    for (std::size_t i = 0; i < shown; ++i) {
        newest.emplace_back(points.id[rows[i]]);
    }
    return newest;
}

}  // namespace riskbild::layers
