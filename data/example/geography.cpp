#include "data/example/geography.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <map>
#include <numbers>
#include <optional>
#include <sstream>
#include <string_view>

#include <fmt/format.h>

namespace riskbild::data {
namespace {

using Fields = std::vector<std::string>;

std::optional<double> number(std::string_view text)
{
    double value = 0.0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

// Our own figures: plain commas, no quotes.
Fields split(std::string const& line)
{
    Fields fields;
    std::istringstream parts{line};
    for (std::string field; std::getline(parts, field, ',');)
        fields.push_back(field);
    return fields;
}

// Calls `use` with every row after the header; `use` returns false for a row it does not understand.
template <class Use>
Result<void> for_each_row(std::filesystem::path const& file, std::string_view header, Use use)
{
    std::ifstream in{file};
    if (!in)
        return fail(ErrorCode::not_found,
                    fmt::format("{} cannot be read; is the data folder complete", file.string()));
    std::string line;
    std::getline(in, line);
    if (line != header)
        return fail(ErrorCode::unreadable, fmt::format("{}: the first line is \"{}\", expected \"{}\"",
                                                       file.string(), line, header));
    for (int row = 1; std::getline(in, line); ++row)
        if (!use(split(line)))
            return fail(ErrorCode::unreadable, fmt::format("{} row {}: \"{}\" is not a row of {}",
                                                           file.string(), row, line, header));
    return {};
}

// The centres of towns whose official midpoint lies kilometres away from it.
Result<std::map<std::string, MapPoint>> read_centres(std::filesystem::path const& file)
{
    std::map<std::string, MapPoint> centres;
    auto const take = [&](Fields const& fields) {
        auto const east = fields.size() == 3 ? number(fields[1]) : std::nullopt;
        auto const north = fields.size() == 3 ? number(fields[2]) : std::nullopt;
        if (!east || !north)
            return false;
        centres[fields[0]] = {*east, *north};
        return true;
    };
    return for_each_row(file, "tatort,east_m,north_m", take).map([&] { return std::move(centres); });
}

Result<std::vector<Town>> read_towns(std::filesystem::path const& figures)
{
    auto const centres = read_centres(figures / "uppsala_lan_label_points.csv");
    if (!centres)
        return Failure{centres.error()};
    std::vector<Town> towns;
    auto const take = [&](Fields const& fields) {
        if (fields.size() != 7)
            return false;
        auto const hectares = number(fields[3]);
        auto const population = number(fields[4]);
        auto const east = number(fields[5]);
        auto const north = number(fields[6]);
        if (!hectares || !population || !east || !north)
            return false;
        auto const radius = std::sqrt(*hectares * 10'000.0 / std::numbers::pi);
        auto const better = centres->find(fields[1]);
        auto const centre = better == centres->end() ? MapPoint{*east, *north} : better->second;
        towns.push_back({fields[1], centre, Metres{radius}, *population});
        return true;
    };
    return for_each_row(figures / "uppsala_lan_tatorter.csv", "tatort_code,tatort,kommun_code,area_ha,population_2020,east_m,north_m", take)
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
    auto const take = [&](Fields const& fields) {
        if (fields.size() != 6)
            return false;
        auto const body = number(fields[0]);
        auto const ring = number(fields[2]);
        auto const east = number(fields[4]);
        auto const north = number(fields[5]);
        if (!body || !ring || !east || !north || *body < 0 || *body > 63)
            return false;
        vertices.push_back({static_cast<int>(*body), static_cast<int>(*ring), {*east, *north}});
        return true;
    };
    if (auto const read = for_each_row(file, "water_id,class,ring,vertex,east_m,north_m", take); !read)
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
