// Promise: a vector tile of points from a million incidents costs a twentieth of what PostGIS asks, or less
// (measured side by side by peers/tiles_postgis).
//
// usage: tile_1m_points [uniform | clustered | POINTS.csv] [--write-points FILE] [--write-tiles FILE]
//   uniform, clustered  a million points with a fixed seed; uniform is what is taken without a word
//   POINTS.csv          lines id,lng,lat,source,category,severity,seconds without a header
//   --write-points, --write-tiles
//                       write the points in that form, and the tiles as lines z,x,y, for a peer; nothing is
//                       measured then
//
// Prints the CPU time of a tile with every point at full detail (id and five attributes), without
// compression, and of the tile as served (cells where points are many). The number of features and, as
// served, the sum of their counts are checked against counts that do not use the index.

#include <ctime>

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "benchmarks/tile_points.hpp"
#include "tests/tiles/mvt_decoder.hpp"
#include "tiles/mvt/incident_encoder.hpp"

namespace {

using namespace riskbild;
using namespace riskbild::benchmarks;

double cpu_ms()
{
    auto now = timespec{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

struct Counts {
    std::size_t within = 0;
    std::size_t with_buffer = 0;
};

Counts count_without_index(View const& view, TileId tile)
{
    auto const frame = tiles::TileFrame{tile};
    auto counts = Counts{};
    for (auto const key : view.points().quadtree) {
        auto const place = tiles::world_point_of_key(key);
        counts.within += frame.contains(place) ? 1 : 0;
        counts.with_buffer += frame.buffer_contains(place) ? 1 : 0;
    }
    return counts;
}

std::size_t sum_of_counts(std::string const& tile)
{
    auto sum = std::size_t{0};
    for (auto const& feature : testing::layer_of(tile, "incidents").features) {
        if (!feature.has("edge")) {
            sum += feature.has("n") ? static_cast<std::size_t>(feature.whole("n")) : 1;
        }
    }
    return sum;
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

bool write_tiles(std::string const& file)
{
    auto out = std::ofstream{file};
    for (int const z : kTileZooms) {
        for (auto const tile : measured_tiles(z)) {
            out << fmt::format("{},{},{}\n", z, tile.x, tile.y);
        }
    }
    return static_cast<bool>(out.flush());
}

int measure_all(std::vector<TileRow> const& rows, std::string const& what)
{
    auto const view = view_of(rows);
    auto const points = tiles::PointSet::select(view, {});
    if (!points) {
        fmt::print(stderr, "{}\n", points.error().message);
        return 1;
    }
    auto wrong = 0;
    fmt::print("{} points, {}\n", points->size(), what);
    for (int const z : kTileZooms) {
        auto const list = measured_tiles(z);
        auto encoder = tiles::IncidentEncoder{};
        for (std::size_t i = 0; i < list.size(); i += std::max<std::size_t>(1, list.size() / 20)) {
            auto tile = std::string{};
            encoder.encode(*points, list[i], tiles::IncidentDetail::every_point, tile);
            auto const right = count_without_index(view, list[i]);
            if (encoder.features() != right.with_buffer) {
                fmt::print("z{} {}/{}: {} features, {} expected\n", z, list[i].x, list[i].y,
                           encoder.features(), right.with_buffer);
                ++wrong;
            }
            tile.clear();
            encoder.encode(*points, list[i], tiles::IncidentDetail::automatic, tile);
            if (auto const sum = sum_of_counts(tile); sum != right.within) {
                fmt::print("z{} {}/{} as served: {} incidents, {} expected\n", z, list[i].x, list[i].y, sum,
                           right.within);
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

}  // namespace

int main(int argc, char** argv)
{
    auto what = std::string{"uniform"};
    auto points_file = std::string{};
    auto tiles_file = std::string{};
    for (int i = 1; i < argc; ++i) {
        auto const argument = std::string{argv[i]};
        if ((argument == "--write-points" || argument == "--write-tiles") && i + 1 < argc) {
            (argument == "--write-points" ? points_file : tiles_file) = argv[++i];
        } else {
            what = argument;
        }
    }
    auto const made_up = what == "uniform" || what == "clustered";
    auto const rows = made_up ? made_up_tile_rows(what == "clustered") : read_tile_rows(what);
    if (points_file.empty() && tiles_file.empty()) {
        return measure_all(rows, what);
    }
    if (!points_file.empty()) {
        write_tile_rows(rows, points_file);
    }
    if (!tiles_file.empty() && !write_tiles(tiles_file)) {
        fmt::print(stderr, "{} cannot be written\n", tiles_file);
        return 1;
    }
    return 0;
}
