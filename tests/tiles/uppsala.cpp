#include "tests/tiles/uppsala.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <numbers>
#include <random>

#include <fmt/format.h>

#include "geo_core/profile.hpp"

namespace riskbild::testing {

std::shared_ptr<County const> uppsala_county(std::string const& epoch)
{
    auto profile = load_profile("uppsala").value();
    auto areas = load_areas(profile).value();
    auto in = std::ifstream{data_directory() / "kinds" / "kinds.toml"};
    auto const text = std::string{std::istreambuf_iterator<char>{in}, {}};
    return std::make_shared<County const>(
        County{std::move(profile),
               std::move(areas),
               KindTree::from_toml(text, "kinds.toml").value(),
               {{"police", "Polisen", 10}, {"shop", "Butiker", 20}, {"ul", "UL", 30}},
               epoch});
}

View uppsala_view(std::vector<Dot> const& dots, Revision revision, Role role, std::string const& epoch)
{
    auto const county = uppsala_county(epoch.empty() ? fmt::format("e{}", revision.value()) : epoch);
    auto rows = std::vector<SnapshotRow>{};
    for (auto const& dot : dots) {
        auto const from = Instant{std::chrono::seconds{dot.from}};
        auto const point = county->profile.crs.metres(dot.place);
        rows.push_back({.id = IncidentId{dot.id != 0 ? dot.id : static_cast<std::int64_t>(rows.size()) + 1},
                        .from = from,
                        .to = from + std::chrono::minutes{1},
                        .point = point,
                        .sources = dot.sources,
                        .kind = county->kinds.by_code(dot.kind).value(),
                        .area = county->areas.at(point),
                        .precision = dot.precision,
                        .reports = dot.reports});
    }
    return View{Snapshot::build(county, revision, std::move(rows)), role};
}

std::vector<Dot> scattered(std::size_t count, unsigned seed)
{
    auto random = std::mt19937{seed};
    auto const share = [&] { return static_cast<double>(random()) / 4294967296.0; };
    auto const bell = [&] { return (share() + share() + share() + share() - 2.0); };
    constexpr LngLat kTowns[] = {
        {17.64, 59.86}, {17.08, 59.636}, {17.54, 60.345}, {18.44, 60.257}, {17.79, 59.73}};
    auto dots = std::vector<Dot>{};
    for (std::size_t i = 0; i < count; ++i) {
        auto place = LngLat{16.7 + 1.9 * share(), 59.45 + 1.2 * share()};
        if (share() < 0.7) {
            auto const town = kTowns[random() % 5];
            place = {town.lng + 0.06 * bell(), town.lat + 0.03 * bell()};
        }
        constexpr char const* kKinds[] = {"theft", "damage.graffiti", "burglary"};
        dots.push_back({.place = place,
                        .kind = kKinds[random() % 3],
                        .sources = 1 + random() % 7,
                        .reports = static_cast<std::uint8_t>(1 + random() % 3),
                        .from = 1'735'732'800 + static_cast<std::int64_t>(random() % 30'000'000)});
    }
    return dots;
}

tiles::Selection complete(tiles::TileSource const& source, std::string const& filter,
                          std::string const& options)
{
    return {parse_filter(filter).value(), source.complete(layers::parse_options(options).value()).value()};
}

TileId tile_at(LngLat place, int zoom)
{
    auto const world = world_point(place);
    if (zoom == 0) {
        return {};
    }
    auto const shift = 32 - zoom;
    return {static_cast<std::uint8_t>(zoom), world.x >> shift, world.y >> shift};
}

std::vector<TileId> tiles_over(LngLatBox box, int zoom)
{
    auto const first = tile_at({box.west, box.north}, zoom);
    auto const last = tile_at({box.east, box.south}, zoom);
    auto tiles = std::vector<TileId>{};
    for (auto y = first.y; y <= last.y; ++y) {
        for (auto x = first.x; x <= last.x; ++x) {
            tiles.push_back({first.z, x, y});
        }
    }
    return tiles;
}

}  // namespace riskbild::testing
