#include "data/example/geography.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>

#include <fmt/format.h>

#include "geo_core/figure_table.hpp"

namespace riskbild::data {
namespace {

// The centres of towns whose official midpoint lies kilometres away from it.
Result<std::map<std::string, MapPoint>> read_centres(std::filesystem::path const& file)
{
    std::map<std::string, MapPoint> centres;
    auto const take = [&](FigureRow const& fields) {
        auto const east = figure_number(fields[1]);
        auto const north = figure_number(fields[2]);
        if (!east || !north)
            return false;
        centres[fields[0]] = {*east, *north};
        return true;
    };
    return for_each_figure(file, {"tatort", "east_m", "north_m"}, take).map([&] {
        return std::move(centres);
    });
}

Result<std::vector<Town>> read_towns(std::filesystem::path const& figures)
{
    auto const centres = read_centres(figures / "uppsala_lan_label_points.csv");
    if (!centres)
        return Failure{centres.error()};
    std::vector<Town> towns;
    auto const take = [&](FigureRow const& fields) {
        auto const hectares = figure_number(fields[1]);
        auto const population = figure_number(fields[2]);
        auto const east = figure_number(fields[3]);
        auto const north = figure_number(fields[4]);
        if (!hectares || !population || !east || !north)
            return false;
        auto const radius = std::sqrt(*hectares * 10'000.0 / std::numbers::pi);
        auto const better = centres->find(fields[0]);
        auto const centre = better == centres->end() ? MapPoint{*east, *north} : better->second;
        towns.push_back({fields[0], centre, Metres{radius}, *population});
        return true;
    };
    return for_each_figure(figures / "uppsala_lan_tatorter.csv",
                           {"tatort", "area_ha", "population_2020", "east_m", "north_m"}, take)
        .map([&] { return std::move(towns); });
}

constexpr double kBand = 500.0;  // metres of northing per band

}  // namespace

Result<Water> Water::read(std::filesystem::path const& file)
{
    struct Vertex {
        int body;
        int ring;
        MapPoint place;
    };
    std::vector<Vertex> vertices;
    auto const take = [&](FigureRow const& fields) {
        auto const body = figure_number(fields[0]);
        auto const ring = figure_number(fields[1]);
        auto const east = figure_number(fields[2]);
        auto const north = figure_number(fields[3]);
        if (!body || !ring || !east || !north || *body < 0 || *body > 63)
            return false;
        vertices.push_back({static_cast<int>(*body), static_cast<int>(*ring), {*east, *north}});
        return true;
    };
    if (auto const read = for_each_figure(file, {"water_id", "ring", "east_m", "north_m"}, take); !read)
        return tl::make_unexpected(read.error());
    if (vertices.empty())
        return fail(ErrorCode::unreadable, fmt::format("{} has no rows", file.string()));

    Water water;
    water.bounds_ = {vertices.front().place, vertices.front().place};
    for (auto const& vertex : vertices) {
        auto& [low, high] = water.bounds_;
        low = {std::min(low.east, vertex.place.east), std::min(low.north, vertex.place.north)};
        high = {std::max(high.east, vertex.place.east), std::max(high.north, vertex.place.north)};
    }
    auto const band_of = [&](double north) {
        return static_cast<std::size_t>((north - water.bounds_.min.north) / kBand);
    };
    water.bands_.resize(band_of(water.bounds_.max.north) + 1);
    auto const add = [&](MapPoint a, MapPoint b, int body) {
        auto const [low, high] = std::minmax(a.north, b.north);
        for (auto band = band_of(low); band <= band_of(high); ++band)
            water.bands_[band].push_back({a, b, body});
    };
    for (std::size_t first = 0; first < vertices.size();) {
        auto end = first;
        while (end < vertices.size() && vertices[end].body == vertices[first].body &&
               vertices[end].ring == vertices[first].ring)
            ++end;
        for (auto i = first; i < end; ++i)
            add(vertices[i].place, vertices[i + 1 < end ? i + 1 : first].place, vertices[first].body);
        first = end;
    }
    return water;
}

bool Water::covers(MapPoint place) const
{
    if (!bounds_.contains(place))
        return false;
    auto const band = static_cast<std::size_t>((place.north - bounds_.min.north) / kBand);
    // Even-odd rule per body of water: an island is an inner ring, a lake on it a body of its own.
    std::uint64_t inside = 0;
    for (auto const& edge : bands_[band]) {
        if ((edge.a.north > place.north) == (edge.b.north > place.north))
            continue;
        auto const share = (place.north - edge.a.north) / (edge.b.north - edge.a.north);
        if (place.east < edge.a.east + share * (edge.b.east - edge.a.east))
            inside ^= std::uint64_t{1} << edge.body;
    }
    return inside != 0;
}

Geography::Geography(Profile profile, AreaSet areas, Water water, std::vector<Town> towns)
    : profile_(std::move(profile)),
      areas_(std::move(areas)),
      water_(std::move(water)),
      towns_(std::move(towns))
{
}

Result<Geography> Geography::load()
{
    auto const figures = data_directory() / "figures";
    auto profile = load_profile("uppsala");
    if (!profile)
        return tl::make_unexpected(profile.error());
    auto areas = load_areas(*profile);
    if (!areas)
        return tl::make_unexpected(areas.error());
    auto water = Water::read(figures / "uppsala_lan_water.csv");
    if (!water)
        return tl::make_unexpected(water.error());
    auto towns = read_towns(figures);
    if (!towns)
        return tl::make_unexpected(towns.error());
    return Geography{std::move(*profile), std::move(*areas), std::move(*water), std::move(*towns)};
}

bool Geography::is_dry(MapPoint place) const
{
    return areas_.at(place) != kNoArea && water_.bounds().contains(place) && !water_.covers(place);
}

}  // namespace riskbild::data
