#include "benchmarks/tile_points.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <numbers>
#include <random>

#include <fmt/format.h>

#include "geo_core/profile.hpp"
#include "geo_core/snapshot.hpp"

namespace riskbild::benchmarks {

namespace {

constexpr auto kBox = LngLatBox{16.6, 59.4, 18.7, 60.7};
constexpr std::size_t kPoints = 1'000'000;
constexpr int kCategories = 24;

[[noreturn]] void stop(std::string const& why)
{
    fmt::print(stderr, "{}\n", why);
    std::exit(1);
}

template <class T>
T must(Result<T> result)
{
    if (!result) {
        stop(result.error().message);
    }
    return *std::move(result);
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

double column(double lng, int z)
{
    return (lng + 180.0) / 360.0 * std::exp2(z);
}

double line(double lat, int z)
{
    return (1.0 - std::asinh(std::tan(lat * std::numbers::pi / 180.0)) / std::numbers::pi) / 2.0 *
           std::exp2(z);
}

}  // namespace

std::vector<TileRow> made_up_tile_rows(bool clustered)
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
    auto rows = std::vector<TileRow>{};
    for (std::size_t i = 1; i <= kPoints; ++i) {
        auto place = LngLat{within(kBox.west, kBox.east), within(kBox.south, kBox.north)};
        if (clustered && share(random) < .7) {
            auto const& town = towns[std::min(static_cast<std::size_t>(-2.0 * std::log(1.0 - share(random))),
                                              towns.size() - 1)];
            place = {std::clamp(town.lng + 2.0 * town.size * bell(random), kBox.west, kBox.east),
                     std::clamp(town.lat + town.size * bell(random), kBox.south, kBox.north)};
        }
        rows.push_back({static_cast<std::int64_t>(i), place, random() % kTileSources.size(),
                        random() % kCategories, static_cast<std::uint8_t>(1 + random() % 5),
                        1'600'000'000 + static_cast<std::int64_t>(random() % 150'000'000)});
    }
    return rows;
}

std::vector<TileRow> read_tile_rows(std::string const& csv)
{
    auto in = std::ifstream{csv};
    if (!in) {
        stop(fmt::format("{} cannot be read", csv));
    }
    auto rows = std::vector<TileRow>{};
    for (auto text = std::string{}; std::getline(in, text);) {
        auto row = TileRow{};
        char source[32] = {};
        unsigned category = 0, severity = 0;
        auto const fields =
            std::sscanf(text.c_str(), "%ld,%lf,%lf,%31[^,],cat%u,%u,%ld", &row.id, &row.place.lng,
                        &row.place.lat, source, &category, &severity, &row.seconds);
        auto const known = std::find(kTileSources.begin(), kTileSources.end(), std::string{source});
        if (fields != 7 || known == kTileSources.end() || category >= kCategories || severity > 255) {
            stop(fmt::format("{} row {}: \"{}\", expected id,lng,lat,source,category,severity,seconds", csv,
                             rows.size() + 1, text));
        }
        row.source = static_cast<std::size_t>(known - kTileSources.begin());
        row.category = category;
        row.severity = static_cast<std::uint8_t>(severity);
        rows.push_back(row);
    }
    return rows;
}

void write_tile_rows(std::vector<TileRow> const& rows, std::string const& csv)
{
    auto out = std::ofstream{csv};
    for (auto const& row : rows) {
        out << fmt::format("{},{},{},{},cat{:02},{},{}\n", row.id, row.place.lng, row.place.lat,
                           kTileSources[row.source], row.category, row.severity, row.seconds);
    }
    if (!out.flush()) {
        stop(fmt::format("{} cannot be written", csv));
    }
}

View view_of(std::vector<TileRow> const& rows)
{
    auto profile = must(load_profile("uppsala"));
    auto kinds = std::string{"kind = [\n{ code = \"unknown\", sv = \"Okänt\", en = \"Unknown\" },\n"};
    for (int i = 0; i < kCategories; ++i) {
        kinds += fmt::format("{{ code = \"cat{:02}\", sv = \"Sort {}\", en = \"Sort {}\" }},\n", i, i, i);
    }
    auto const crs = profile.crs;
    auto sources = std::vector<Source>{};
    for (auto const* const name : kTileSources) {
        sources.push_back({name, name});
    }
    auto const county = std::make_shared<County const>(
        County{std::move(profile), AreaSet{}, must(KindTree::from_toml(kinds + "]\n", "benchmark")),
               std::move(sources), "benchmark"});
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

std::vector<TileId> measured_tiles(int z)
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

}  // namespace riskbild::benchmarks
