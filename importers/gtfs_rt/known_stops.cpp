#include "importers/gtfs_rt/known_stops.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "importers/points/border_margin.hpp"

namespace riskbild::importers {
namespace {

constexpr std::string_view kRoute = "route:";  // before the ids of lines, as the import of GTFS names them
constexpr std::size_t kMostNames = 10;

std::string joined(std::vector<std::string> const& names)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), kMostNames); ++i)
        text += fmt::format("{}{}", text.empty() ? "" : ", ", names[i]);
    return names.size() > kMostNames ? text + " …" : text;
}

void add_once(std::vector<std::string>& names, std::string const& name)
{
    if (std::ranges::find(names, name) == names.end())
        names.push_back(name);
}

}  // namespace

Result<KnownStops> KnownStops::of(Store& store)
{
    KnownStops known;
    auto const county = store.county();
    BorderMargin const margin{*county};
    auto const is_elsewhere = [&](NamedPlace const& place) {
        return place.area == kNoArea && place.doubt.empty() && place.point &&
               !margin.may_lie_in_any(*place.point);
    };
    auto const read = store.each_named_place([&](NamedPlace const& place) {
        if (place.sort == PlaceSort::stop || place.sort == PlaceSort::stop_area)
            known.stops_[place.source_key] = {.name = place.name,
                                              .parent = place.parent_key,
                                              .area = place.area,
                                              .point = place.doubt.empty() ? place.point : std::nullopt,
                                              .is_elsewhere = is_elsewhere(place)};
        else if (place.sort == PlaceSort::transit_line && place.source_key.starts_with(kRoute))
            known.lines_[place.source_key.substr(kRoute.size())] = place.name;
    });
    if (!read)
        return Failure{read.error()};
    return known;
}

KnownStops::Where KnownStops::where(std::vector<AlertEntity> const& concerns) const
{
    Where where;
    std::vector<std::string> lines, names;
    std::set<std::string> stops;  // stop areas, where platforms have one
    std::set<AreaId> areas;
    bool all_known = true, is_county = concerns.empty();
    Stop const* last = nullptr;
    for (auto const& entity : concerns) {
        if (!entity.route.empty()) {
            auto const line = lines_.find(entity.route);
            where.unknown += line == lines_.end() ? 1 : 0;
            add_once(lines, line == lines_.end() ? entity.route : line->second);
        }
        if (entity.stop.empty()) {
            is_county = true;
            continue;
        }
        auto const found = stops_.find(entity.stop);
        if (found == stops_.end()) {
            ++where.unknown;
            all_known = false;
            continue;
        }
        last = &found->second;
        is_county = is_county || !last->is_elsewhere;
        add_once(names, last->name);
        areas.insert(last->area);
        stops.insert(last->parent.empty() ? entity.stop : last->parent);
    }
    if (!is_county)
        where.reach = all_known ? Where::Reach::elsewhere : Where::Reach::untold;
    if (stops.size() == 1 && all_known && last->point)
        where.place = PointPlace{.point = *last->point, .precision = Precision::address, .area = last->area};
    else if (areas.size() == 1 && all_known && *areas.begin() != kNoArea)
        where.place = AreaPlace{.precision = Precision::kommun, .area = *areas.begin()};
    if (!lines.empty())
        where.words = "Linje " + joined(lines);
    if (!names.empty())
        where.words += (where.words.empty() ? "" : ", ") + joined(names);
    return where;
}

}  // namespace riskbild::importers
