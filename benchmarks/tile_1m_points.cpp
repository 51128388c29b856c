// Promise (design, section 9): a vector tile of points from a million incidents costs no more than the
// yardstick's, and a twentieth of what PostGIS asks.
//
//     tile_1m_points [clustered | FILE.csv]
//
// Without a file, a million points with a fixed seed, uniform over the county's box or clustered in towns. A
// file has no header and the columns id, lng, lat, source, category, severity, seconds: the points of the
// peers. Prints the CPU time of a tile with every point at full detail (id and five attributes), without
// compression, and of the tile as served (cells where points are many). The number of features is checked
// against a count that does not use the index.

#include <ctime>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <memory>
#include <numbers>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "geo_core/profile.hpp"
#include "geo_core/snapshot.hpp"
#include "geo_core/view.hpp"
#include "tiles/mvt/incident_encoder.hpp"

namespace {

using namespace riskbild;

constexpr auto kBox = LngLatBox{16.6, 59.4, 18.7, 60.7};
constexpr std::size_t kPoints = 1'000'000;

struct Row {
    std::int64_t id;
    LngLat place;
    std::size_t source;
    std::size_t category;
    std::uint8_t severity;
    std::int64_t seconds;
};

double cpu_ms()
{
    auto now = timespec{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

// Between 0 and 1, the same on every machine.
double share(std::mt19937_64& random)
{
    return static_cast<double>(random() >> 11) * 0x1p-53;
}

double bell(std::mt19937_64& random)
{
    return std::sqrt(-2.0 * std::log(1.0 - share(random))) * std::cos(2.0 * std::numbers::pi * share(random));
}

std::vector<Row> made_up(bool clustered)
{
    auto random = std::mt19937_64{42};
    auto const within = [&](double low, double high) { return low + share(random) * (high - low); };
    struct Town {
        double lng, lat, size;
    };
    auto towns = std::vector<Town>(12);
    for (auto& town : towns) {
        town = {within(kBox.west + .2, kBox.east - .2), within(kBox.south + .2, kBox.north - .2),
                within(.01, .05)};
    }
    auto rows = std::vector<Row>{};
    for (std::size_t i = 1; i <= kPoints; ++i) {
        auto place = LngLat{within(kBox.west, kBox.east), within(kBox.south, kBox.north)};
        if (clustered && share(random) < .7) {
            auto const& town = towns[std::min(static_cast<std::size_t>(-2.0 * std::log(1.0 - share(random))),
                                              towns.size() - 1)];
            place = {std::clamp(town.lng + 2.0 * town.size * bell(random), kBox.west, kBox.east),
                     std::clamp(town.lat + town.size * bell(random), kBox.south, kBox.north)};
        }
        rows.push_back({static_cast<std::int64_t>(i), place, random() % 4, random() % 24,
                        static_cast<std::uint8_t>(1 + random() % 5),
                        1'600'000'000 + static_cast<std::int64_t>(random() % 150'000'000)});
    }
    return rows;
}

std::vector<Row> read(char const* file)
{
    auto in = std::ifstream{file};
    auto rows = std::vector<Row>{};
    auto sources = std::vector<std::string>{};
    for (auto line = std::string{}; std::getline(in, line);) {
        auto row = Row{};
        char source[32] = {};
        unsigned category = 0, severity = 0;
        if (std::sscanf(line.c_str(), "%ld,%lf,%lf,%31[^,],cat%u,%u,%ld", &row.id, &row.place.lng,
                        &row.place.lat, source, &category, &severity, &row.seconds) != 7) {
            fmt::print(stderr, "a line of {} is not understood: {}\n", file, line);
            std::exit(1);
        }
        row.source =
            static_cast<std::size_t>(std::find(sources.begin(), sources.end(), source) - sources.begin());
        if (row.source == sources.size()) {
            sources.emplace_back(source);
        }
        row.category = category;
        row.severity = static_cast<std::uint8_t>(severity);
        rows.push_back(row);
    }
    return rows;
}

View view_of(std::vector<Row> const& rows)
{
    auto profile = load_profile("uppsala");
    if (!profile) {
        fmt::print(stderr, "{}\n", profile.error().message);
        std::exit(1);
    }
    auto kinds = std::string{"kind = [\n{ code = \"unknown\", sv = \"Okänt\", en = \"Unknown\" },\n"};
    for (int i = 0; i < 24; ++i) {
        kinds += fmt::format("{{ code = \"cat{:02}\", sv = \"Sort {}\", en = \"Sort {}\" }},\n", i, i, i);
    }
    auto tree = KindTree::from_toml(kinds + "]\n", "benchmark");
    if (!tree) {
        fmt::print(stderr, "{}\n", tree.error().message);
        std::exit(1);
    }
    auto const crs = profile->crs;
    auto sources =
        std::vector<Source>{{"police", "Polisen"}, {"ul", "UL"}, {"shop", "Butik"}, {"graffiti", "Klotter"}};
    auto const county = std::make_shared<County const>(
        County{std::move(*profile), AreaSet{}, std::move(*tree), std::move(sources), "benchmark"});
    auto degrees = std::vector<LngLat>{};
    for (auto const& row : rows) {
        degrees.push_back(row.place);
    }
    auto metres = std::vector<MapPoint>(rows.size());
    crs.metres(degrees, metres);
    auto incidents = std::vector<SnapshotRow>{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const from = Instant{std::chrono::seconds{rows[i].seconds}};
        incidents.push_back({.id = IncidentId{rows[i].id},
                             .from = from,
                             .to = from + std::chrono::minutes{1},
                             .point = metres[i],
                             .sources = std::uint64_t{1} << rows[i].source,
                             .kind = KindId{static_cast<std::uint16_t>(1 + rows[i].category)},
                             .precision = Precision::exact,
                             .reports = rows[i].severity});
    }
    return View{Snapshot::build(county, Revision{1}, std::move(incidents)), Role::analyst};
}

double column(double lng, int z)
{
    return (lng + 180.0) / 360.0 * std::exp2(z);
}
double line(double lat, int z)
{
    return (1.0 - std::asinh(std::tan(lat * std::numbers::pi / 180.0)) / std::numbers::pi) / 2.0 *
           std::exp2(z);
}

// The peers' tiles: at z8 all that meet the box, else those whose centre lies in it, thinned.
std::vector<TileId> tiles_of(int z)
{
    auto const west = column(kBox.west, z), east = column(kBox.east, z), north = line(kBox.north, z),
               south = line(kBox.south, z);
    auto const whole = z <= 8;
    auto const first = [&](double v) { return static_cast<std::uint32_t>(whole ? v : std::ceil(v - .5)); };
    auto const last = [&](double v) { return static_cast<std::uint32_t>(whole ? v : std::floor(v - .5)); };
    auto all = std::vector<TileId>{};
    for (auto x = first(west); x <= last(east); ++x) {
        for (auto y = first(north); y <= last(south); ++y) {
            all.push_back({static_cast<std::uint8_t>(z), x, y});
        }
    }
    auto const limit = std::min(z == 14   ? std::size_t{2000}
                                : z == 12 ? std::size_t{300}
                                          : all.size(),
                                all.size());
    auto thinned = std::vector<TileId>{};
    for (std::size_t i = 0; i < limit; ++i) {
        thinned.push_back(all[i * all.size() / limit]);
    }
    return thinned;
}

std::size_t count_without_index(View const& view, TileId tile)
{
    auto const frame = tiles::TileFrame{tile};
    auto const keys = view.points().quadtree;
    return static_cast<std::size_t>(std::count_if(keys.begin(), keys.end(), [&](std::uint64_t key) {
        return frame.buffer_contains(tiles::world_point_of_key(key));
    }));
}

struct Cost {
    double ms = std::numeric_limits<double>::max();
    std::size_t features = 0;
    std::size_t bytes = 0;
};

Cost measure(tiles::PointSet const& points, std::vector<TileId> const& list, tiles::IncidentDetail detail)
{
    auto encoder = tiles::IncidentEncoder{};
    auto cost = Cost{};
    auto tile = std::string{};
    for (int repeat = 0; repeat < 5; ++repeat) {
        cost.features = cost.bytes = 0;
        auto const begin = cpu_ms();
        for (auto const id : list) {
            tile.clear();
            encoder.encode(points, id, detail, tile);
            cost.features += encoder.features();
            cost.bytes += tile.size();
        }
        cost.ms = std::min(cost.ms, cpu_ms() - begin);
    }
    auto const count = static_cast<double>(list.size());
    cost.ms /= count;
    return cost;
}

}  // namespace

int main(int argc, char** argv)
{
    auto const what = std::string{argc > 1 ? argv[1] : "uniform"};
    auto const view =
        view_of(what == "uniform" || what == "clustered" ? made_up(what == "clustered") : read(argv[1]));
    auto const points = tiles::PointSet::select(view, {});
    if (!points) {
        fmt::print(stderr, "{}\n", points.error().message);
        return 1;
    }
    auto wrong = 0;
    fmt::print("{} points, {}\n", points->size(), what);
    for (int const z : {8, 10, 12, 14}) {
        auto const list = tiles_of(z);
        auto encoder = tiles::IncidentEncoder{};
        for (std::size_t i = 0; i < list.size(); i += std::max<std::size_t>(1, list.size() / 20)) {
            auto tile = std::string{};
            encoder.encode(*points, list[i], tiles::IncidentDetail::every_point, tile);
            if (auto const right = count_without_index(view, list[i]); encoder.features() != right) {
                fmt::print("z{} {}/{}: {} features, {} expected\n", z, list[i].x, list[i].y,
                           encoder.features(), right);
                ++wrong;
            }
        }
        auto const full = measure(*points, list, tiles::IncidentDetail::every_point);
        auto const served = measure(*points, list, tiles::IncidentDetail::automatic);
        fmt::print(
            "z{:<2} {:5} tiles  every point {:8.4f} ms/tile {:7} features {:8} bytes   as served {:8.4f} "
            "ms/tile "
            "{:6} features {:7} bytes\n",
            z, list.size(), full.ms, full.features / list.size(), full.bytes / list.size(), served.ms,
            served.features / list.size(), served.bytes / list.size());
    }
    return wrong == 0 ? 0 : 1;
}
