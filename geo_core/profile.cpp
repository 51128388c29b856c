#include "geo_core/profile.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "geo_core/figure_table.hpp"
#include "geo_core/read_file.hpp"
#include "geo_core/toml_text.hpp"

namespace riskbild {
namespace {

Failure bad_profile(std::string_view name, std::string_view key, std::string_view expected)
{
    return fail(ErrorCode::unreadable, fmt::format("profile {}: {} must be {}", name, key, expected),
                std::string{key});
}

std::optional<LngLatBox> box_of(toml::table const& document)
{
    auto const* const numbers = document["accepted_box"].as_array();
    if (numbers == nullptr || numbers->size() != 4)
        return std::nullopt;
    double v[4];
    for (std::size_t i = 0; i < 4; ++i) {
        auto const number = numbers->get(i)->value<double>();
        if (!number)
            return std::nullopt;
        v[i] = *number;
    }
    if (!(v[0] < v[2] && v[1] < v[3] && v[0] >= -180 && v[2] <= 180 && v[1] >= -85 && v[3] <= 85))
        return std::nullopt;
    return LngLatBox{v[0], v[1], v[2], v[3]};
}

// Rows in order; ring 0 is an outer border, each further ring another outer border of the same area
// (an exclave).
Result<std::vector<Area>> areas_from(std::filesystem::path const& file)
{
    std::vector<Area> areas;
    std::string last_ring;
    auto const take = [&](FigureRow const& row) {
        auto const east = figure_number(row[3]);
        auto const north = figure_number(row[4]);
        if (!east || !north)
            return false;
        if (areas.empty() || areas.back().code != row[0]) {
            areas.push_back({.code = row[0], .name = row[1]});
            last_ring.clear();
        }
        if (areas.back().shape.empty() || last_ring != row[2])
            areas.back().shape.emplace_back();
        last_ring = row[2];
        areas.back().shape.back().outer.push_back({*east, *north});
        return true;
    };
    if (auto const read = for_each_figure(file, {"kommun_code", "kommun", "ring", "east_m", "north_m"}, take);
        !read)
        return Failure{read.error()};
    // The figures repeat a ring's first vertex at its end; a Ring does not.
    for (auto& area : areas)
        for (auto& polygon : area.shape)
            if (polygon.outer.size() > 3 && polygon.outer.front() == polygon.outer.back())
                polygon.outer.pop_back();
    return areas;
}

Result<void> add_population(std::vector<Area>& areas, std::filesystem::path const& file)
{
    return for_each_figure(file, {"kommun_code", "population_2023"}, [&](FigureRow const& row) {
        auto const inhabitants = figure_number(row[1]);
        for (auto& area : areas)
            if (inhabitants && area.code == row[0]) {
                area.population = static_cast<std::int64_t>(*inhabitants);
                area.population_year = 2023;
            }
        return inhabitants.has_value();
    });
}

Area area_from_box(Profile const& profile)
{
    auto const& box = profile.accepted_box;
    Ring ring;
    // Ten vertices a side: the box's edges are not straight in a projected coordinate system.
    auto const side = [&](LngLat from, LngLat to) {
        for (int i = 0; i < 10; ++i) {
            auto const t = i / 10.0;
            ring.push_back(
                profile.crs.metres({from.lng + t * (to.lng - from.lng), from.lat + t * (to.lat - from.lat)}));
        }
    };
    side({box.west, box.south}, {box.east, box.south});
    side({box.east, box.south}, {box.east, box.north});
    side({box.east, box.north}, {box.west, box.north});
    side({box.west, box.north}, {box.west, box.south});
    return {.code = profile.name, .name = profile.title_sv, .shape = {{std::move(ring), {}}}};
}

}  // namespace

std::filesystem::path data_directory()
{
    if (auto const* const chosen = std::getenv("RISKBILD_DATA"))
        return chosen;
    std::error_code error;
    auto const program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (!error)
        if (auto const installed = program.parent_path().parent_path() / "share" / "riskbild";
            std::filesystem::exists(installed / "profiles", error))
            return installed;
    return RISKBILD_SOURCE_DATA;
}

Result<std::string> read_data_file(std::filesystem::path const& below)
{
    auto const file = data_directory() / below;
    auto text = read_file(file);
    if (!text)
        return fail(ErrorCode::not_found,
                    fmt::format("there is no file \"{}\"; set RISKBILD_DATA to the folder data/ that has it",
                                file.string()));
    return *std::move(text);
}

Result<Profile> parse_profile(std::string_view text, std::string_view name)
{
    auto const parsed = parse_toml(text, fmt::format("profile {}", name));
    if (!parsed)
        return Failure{parsed.error()};
    auto const& document = *parsed;
    auto const epsg = document["epsg"].value<int>();
    if (!epsg)
        return bad_profile(name, "epsg", "the code of a projected coordinate system in metres, e.g. 3006");
    auto const crs = Crs::from_epsg(*epsg);
    if (!crs)
        return fail(ErrorCode::unreadable, fmt::format("profile {}: {}", name, crs.error().message), "epsg");
    auto const zone_name = document["time_zone"].value<std::string>();
    if (!zone_name)
        return bad_profile(name, "time_zone", "a name such as Europe/Stockholm");
    auto const zone = TimeZone::named(*zone_name);
    if (!zone)
        return fail(ErrorCode::unreadable, fmt::format("profile {}: {}", name, zone.error().message),
                    "time_zone");
    auto const box = box_of(document);
    if (!box)
        return bad_profile(name, "accepted_box",
                           "[west, south, east, north] in degrees, west < east, south < north");
    auto const title_sv = document["title"]["sv"].value<std::string>();
    auto const title_en = document["title"]["en"].value<std::string>();
    if (!title_sv || !title_en)
        return bad_profile(name, "title", "a table with sv and en");
    return Profile{.name = std::string{name},
                   .title_sv = *title_sv,
                   .title_en = *title_en,
                   .county_name = document["county_name"].value_or(*title_sv),
                   .crs = *crs,
                   .zone = *zone,
                   .accepted_box = *box,
                   .areas_file = document["areas"]["file"].value_or(std::string{}),
                   .population_file = document["areas"]["population_file"].value_or(std::string{}),
                   .areas_title = document["areas"]["title"].value_or(std::string{}),
                   .areas_source = document["areas"]["source"].value_or(std::string{}),
                   .areas_generalised = Metres{document["areas"]["generalised_m"].value_or(0.0)},
                   .toml = std::string{text}};
}

std::vector<std::string> profile_names()
{
    std::vector<std::string> names;
    std::error_code error;
    for (auto const& entry : std::filesystem::directory_iterator{data_directory() / "profiles", error})
        if (entry.path().extension() == ".toml")
            names.push_back(entry.path().stem().string());
    std::ranges::sort(names);
    return names;
}

Result<Profile> load_profile(std::string const& name)
{
    auto const names = profile_names();
    if (std::ranges::find(names, name) == names.end())
        return fail(ErrorCode::not_found,
                    fmt::format("profile \"{}\" is not in {}; there are: {}", name,
                                (data_directory() / "profiles").string(), fmt::join(names, ", ")),
                    "profile");
    auto const text = read_file(data_directory() / "profiles" / (name + ".toml"));
    if (!text)
        return fail(ErrorCode::unreadable, fmt::format("profile {} cannot be read", name), "profile");
    return parse_profile(*text, name);
}

Result<AreaSet> load_areas(Profile const& profile)
{
    if (profile.areas_file.empty())
        return AreaSet{
            profile.areas_title, profile.areas_source, profile.areas_generalised, {area_from_box(profile)}};
    auto areas = areas_from(data_directory() / profile.areas_file);
    if (!areas)
        return Failure{areas.error()};
    if (!profile.population_file.empty())
        if (auto const added = add_population(*areas, data_directory() / profile.population_file); !added)
            return Failure{added.error()};
    return AreaSet{profile.areas_title, profile.areas_source, profile.areas_generalised, std::move(*areas)};
}

}  // namespace riskbild
