#include "layers/nearest_incidents.hpp"

#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>

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

Result<NearIncidents> incidents_of_area(View const& view, Filter const& filter, AreaId area)
{
    auto const with_point = view.select_points(filter);
    auto const without_point = view.select_without_point(filter);
    if (!with_point || !without_point) {
        return Failure{!with_point ? with_point.error() : without_point.error()};
    }
    std::vector<std::pair<std::int64_t, std::int64_t>> found;  // start, number
    auto const add = [&](IncidentColumns const& columns, std::span<std::uint32_t const> rows) {
        for (auto const row : rows) {
            if (columns.area[row] == area.value()) {
                found.emplace_back(columns.from[row], columns.id[row]);
            }
        }
    };
    add(view.points(), with_point->rows);
    add(view.without_point(), *without_point);
    NearIncidents near{found.size(), {}};
    auto const shown = found.begin() + static_cast<std::ptrdiff_t>(std::min(found.size(), kMostExplaining));
    std::partial_sort(found.begin(), shown, found.end(), std::greater<>{});
    for (auto one = found.begin(); one != shown; ++one) {
        near.newest.emplace_back(one->second);
    }
    return near;
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
