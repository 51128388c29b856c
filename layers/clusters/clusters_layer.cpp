#include "layers/clusters/clusters_layer.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

namespace riskbild::layers {
namespace {

constexpr std::size_t kMostKinds = 6;

LayerDescription describe()
{
    return {.name = "clusters",
            .title_sv = "Kluster",
            .title_en = "Clusters",
            .about_sv = "Var händelser ligger tätt tillsammans, som ytor av vilken form som helst.",
            .about_en = "Where incidents lie dense together, as areas of whatever shape.",
            .unit = "incidents per cluster",
            .options = {{.key = "days",
                         .default_value = "14",
                         .number = true,
                         .whole = true,
                         .low = 0,
                         .high = 3650,
                         .unit = "days",
                         .sv = "Bara för method=st_dbscan: högst så många dagar emellan är nära i tid.",
                         .en = "Only with method=st_dbscan: at most so many days apart is near in time."},
                        {.key = "eps",
                         .default_value = "200",
                         .number = true,
                         .low = 1,
                         .high = 10'000,
                         .unit = "m",
                         .sv = "Högst så långt ifrån varandra är nära.",
                         .en = "At most this far apart is near."},
                        {.key = "method",
                         .default_value = "dbscan",
                         .words = {"dbscan", "st_dbscan"},
                         .sv = "Tätt i rummet, eller tätt i rum och tid (st_dbscan).",
                         .en = "Dense in space, or in space and time (st_dbscan)."},
                        {.key = "min_points",
                         .default_value = "10",
                         .number = true,
                         .whole = true,
                         .low = 2,
                         .high = 100'000,
                         .sv = "Så många nära varandra, den egna räknad, är tätt.",
                         .en = "So many near each other, itself counted, are dense."}},
            .tables = {{"clusters", "Kluster", "Clusters", true}},
            .drawing = Drawing::amount,
            .of_points = true};
}

ClusterOptions options_of(Options const& complete)
{
    OptionValues const values{complete};
    ClusterOptions options;
    options.eps = Metres{*values.number("eps")};
    options.min_points = static_cast<std::uint32_t>(*values.number("min_points"));
    if (values.is("method", name_of(ClusterMethod::st_dbscan))) {
        options.method = ClusterMethod::st_dbscan;
        options.days = static_cast<std::int32_t>(*values.number("days"));
    }
    return options;
}

Result<void> settle(Options const& given, Options& complete)
{
    bool const in_time = complete.find("method")->second == name_of(ClusterMethod::st_dbscan);
    if (!in_time && given.contains("days")) {
        return fail(ErrorCode::wrong_use, "only method=st_dbscan has days", "days");
    }
    if (!in_time) {
        complete.erase("days");
    }
    return {};
}

/// `theft.bicycle 7, theft 2`: the most frequent kinds, most first.
std::string kinds_of(Cluster const& cluster, PointColumns const& points, KindTree const& kinds)
{
    std::vector<std::uint32_t> count(kinds.kinds().size(), 0);
    for (auto const row : cluster.rows) {
        ++count[points.kind[row]];
    }
    std::vector<std::uint16_t> met;
    for (std::size_t kind = 0; kind < count.size(); ++kind) {
        if (count[kind] > 0) {
            met.push_back(static_cast<std::uint16_t>(kind));
        }
    }
    std::ranges::stable_sort(met, [&](auto a, auto b) { return count[a] > count[b]; });
    std::string text;
    for (std::size_t i = 0; i < std::min(met.size(), kMostKinds); ++i) {
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", kinds[KindId{met[i]}].code, count[met[i]]);
    }
    return met.size() > kMostKinds ? text + " …" : text;
}

Table table_of(Clusters const& found, View const& view)
{
    using enum CellType;
    Table table{.key = "clusters",
                .columns = {{{"rank", "", "Rang", "Rank"}, whole},
                            {{"n", "", "Händelser", "Incidents"}, whole},
                            {{"share", "", "Andel", "Share"}, real},
                            {{"cores", "", "I tätt läge", "In a dense place"}, whole},
                            {{"area", "km²", "Yta", "Area"}, real},
                            {{"density", "per km²", "Täthet", "Density"}, real},
                            {{"first", "", "Första", "First"}, text},
                            {{"last", "", "Senaste", "Last"}, text},
                            {{"kinds", "", "Brottstyper", "Kinds"}, text}},
                .rows = {},
                .shapes = {},
                .incidents = {}};
    auto const points = view.points();
    for (auto const& cluster : found.clusters) {
        auto const n = cluster.rows.size();
        bool const has_area = cluster.hull_km2 > 0.0;
        table.rows.push_back({static_cast<std::int64_t>(table.rows.size() + 1), static_cast<std::int64_t>(n),
                              static_cast<double>(n) / static_cast<double>(found.info.n),
                              static_cast<std::int64_t>(cluster.cores), cluster.hull_km2,
                              has_area ? TableCell{static_cast<double>(n) / cluster.hull_km2} : TableCell{},
                              riskbild::to_text(cluster.first), riskbild::to_text(cluster.last),
                              kinds_of(cluster, points, view.county().kinds)});
        table.shapes.emplace_back(cluster.hull);
        auto& incidents = table.incidents.emplace_back();
        for (auto const row : cluster.rows) {
            incidents.emplace_back(points.id[row]);
        }
    }
    return table;
}

Result<LayerResult> run(LayerQuestion const& question)
{
    auto found = clusters(question.view, question.filter, options_of(question.options), question.progress);
    if (!found) {
        return Failure{found.error()};
    }
    LayerResult result;
    auto const inside = found->info.n - found->noise;
    result.facts = {
        {{"clusters", "", "Kluster", "Clusters"}, static_cast<std::int64_t>(found->clusters.size())},
        {{"inside", "", "Händelser i kluster", "Incidents in clusters"}, static_cast<std::int64_t>(inside)},
        {{"noise", "", "Händelser utanför", "Incidents in none"}, static_cast<std::int64_t>(found->noise)},
        {{"cores", "", "Händelser i tätt läge", "Incidents in a dense place"},
         static_cast<std::int64_t>(found->cores)}};
    result.tables.push_back(table_of(*found, question.view));
    result.info = std::move(found->info);
    return result;
}

}  // namespace

Layer clusters_layer()
{
    return {.description = describe(), .run = run, .settle = settle};
}

}  // namespace riskbild::layers
