#include "layers/clusters/clusters.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "layers/clusters/hull.hpp"
#include "layers/clusters/st_dbscan.hpp"
#include "layers/layer_info.hpp"

namespace riskbild::layers {
namespace {

/// A cluster at one address is drawn this wide.
constexpr Metres kLeastWidth{20.0};

struct Columns {
    std::vector<double> east, north;
    std::vector<std::int32_t> day;
};

Columns columns_of(std::vector<std::uint32_t> const& rows, PointColumns const& points)
{
    Columns columns;
    for (auto const row : rows) {
        columns.east.push_back(points.east[row]);
        columns.north.push_back(points.north[row]);
        columns.day.push_back(points.local_day[row]);
    }
    return columns;
}

Result<Clustering> find(Columns const& columns, ClusterOptions const& options, Progress const& progress)
{
    if (options.method == ClusterMethod::st_dbscan) {
        return st_dbscan({columns.east, columns.north, columns.day},
                         {options.eps.value(), options.days, options.min_points, options.threads}, progress);
    }
    return dbscan(columns.east, columns.north, {options.eps.value(), options.min_points, options.threads},
                  progress);
}

void describe(Cluster& cluster, PointColumns const& points)
{
    std::ranges::sort(cluster.rows, [&](std::uint32_t a, std::uint32_t b) {
        return std::tie(points.local_day[a], points.from[a], points.id[a]) <
               std::tie(points.local_day[b], points.from[b], points.id[b]);
    });
    std::vector<MapPoint> places;
    MapPoint const origin{points.east[cluster.rows.front()], points.north[cluster.rows.front()]};
    MapPoint sum{};
    for (auto const row : cluster.rows) {
        places.push_back({points.east[row], points.north[row]});
        sum.east += points.east[row] - origin.east;
        sum.north += points.north[row] - origin.north;
    }
    auto const n = static_cast<double>(cluster.rows.size());
    cluster.middle = {origin.east + sum.east / n, origin.north + sum.north / n};
    cluster.first = LocalDate{date::days{points.local_day[cluster.rows.front()]}};
    cluster.last = LocalDate{date::days{points.local_day[cluster.rows.back()]}};
    if (auto const hull = convex_hull(places); hull.size() > 2) {
        cluster.hull_km2 = square_metres({Polygon{hull, {}}}) / 1e6;
    }
    cluster.hull = drawn_hull(std::move(places), kLeastWidth);
}

std::vector<Cluster> collect(Clustering const& found, std::vector<std::uint32_t> const& rows,
                             PointColumns const& points)
{
    std::vector<Cluster> made(static_cast<std::size_t>(found.clusters));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (found.cluster[i] != kNoise) {
            auto& cluster = made[static_cast<std::size_t>(found.cluster[i])];
            cluster.rows.push_back(rows[i]);
            cluster.cores += found.core[i];
        }
    }
    for (auto& cluster : made) {
        describe(cluster, points);
    }
    std::ranges::sort(made, [](Cluster const& a, Cluster const& b) {
        auto const key = [](Cluster const& c) { return std::tuple{c.middle.north, c.middle.east}; };
        return std::tuple{b.rows.size(), b.last, key(a)} < std::tuple{a.rows.size(), a.last, key(b)};
    });
    return made;
}

void state_parameters(LayerInfo& info, ClusterOptions const& options)
{
    info.unit = "incidents per cluster";
    info.unit_sv = "händelser per kluster";
    info.parameters = {{"eps", number_text(options.eps.value())},
                       {"method", std::string{name_of(options.method)}},
                       {"min_points", std::to_string(options.min_points)}};
    if (options.method == ClusterMethod::st_dbscan) {
        info.parameters.insert(info.parameters.begin(), {"days", std::to_string(options.days)});
    }
}

}  // namespace

std::string_view name_of(ClusterMethod method)
{
    switch (method) {
        case ClusterMethod::dbscan:
            return "dbscan";
        case ClusterMethod::st_dbscan:
            return "st_dbscan";
    }
    return "";
}

Result<Clusters> clusters(View const& view, Filter const& filter, ClusterOptions const& options,
                          Progress const& progress)
{
    if (!view.policy().single_incidents) {
        return fail(ErrorCode::forbidden,
                    fmt::format("clusters are made of single incidents and are not shown in the {} view",
                                view.policy().name()),
                    "layer");
    }
    auto selection = view.select_points(filter);
    if (!selection) {
        return Failure{selection.error()};
    }
    Clusters result;
    result.info = begin_info("clusters", view, filter);
    result.info.n = selection->rows.size();
    result.info.left_out = selection->left_out;
    state_parameters(result.info, options);
    auto const points = view.points();
    auto const found = find(columns_of(selection->rows, points), options, progress);
    if (!found) {
        return Failure{found.error()};
    }
    result.noise = found->noise();
    result.cores = found->cores();
    result.clusters = collect(*found, selection->rows, points);
    result.info.notes.push_back(
        {"Ett kluster är där det ligger tätt, inte där det är ovanligt: större orter har fler. Ytan runt om "
         "är "
         "den minsta konvexa form som rymmer händelserna.",
         "A cluster is where incidents lie dense, not where that is unusual: larger towns have more. The "
         "shape is "
         "the smallest convex one that holds the incidents."});
    return result;
}

}  // namespace riskbild::layers
