#include "importers/geocode/gazetteer_index.hpp"

#include <cmath>
#include <numbers>

#include "geo_core/text.hpp"
#include "importers/geocode/street_name.hpp"
#include "importers/gtfs/stop_name.hpp"

namespace riskbild::importers {
namespace {

double extent_of(MultiLine const& lines)
{
    MapBox box{{1e18, 1e18}, {-1e18, -1e18}};
    for (auto const& line : lines)
        for (auto const& p : line) {
            box.min = {std::min(box.min.east, p.east), std::min(box.min.north, p.north)};
            box.max = {std::max(box.max.east, p.east), std::max(box.max.north, p.north)};
        }
    return lines.empty() ? 0.0 : distance(box.min, box.max);
}

/// How far an urban area reaches from its point, by the source's word for how large it is.
double radius_of(NamedPlace const& place)
{
    if (place.kind == "place=city")
        return 5000;
    if (place.kind == "place=town")
        return 2500;
    return place.sort == PlaceSort::neighbourhood || place.kind == "place=village" ? 1000 : 500;
}

}  // namespace

double distance(MapPoint a, MapPoint b)
{
    return std::hypot(a.east - b.east, a.north - b.north);
}

Key key_of(char sort, std::string_view words, std::string_view more)
{
    std::string text;
    text.reserve(words.size() + more.size() + 2);
    text += sort;
    text += words;
    text += '\x1f';
    text += more;
    return std::hash<std::string>{}(text);
}

std::uint8_t Gazetteer::Index::source_number(std::string const& source)
{
    auto const number = static_cast<std::size_t>(std::ranges::find(sources, source) - sources.begin());
    if (number == sources.size())
        sources.push_back(source);
    return static_cast<std::uint8_t>(number);
}

void Gazetteer::Index::add(NamedPlace const& place)
{
    if (place.sort == PlaceSort::transit_line)
        return;
    auto const is_address = place.sort == PlaceSort::address;
    Entry entry{.point = place.point.value_or(MapPoint{}),
                .name = texts.number_of(is_address ? place.street : place.name),
                .house = texts.number_of(place.house_number),
                .locality = texts.number_of(normal_street(place.locality)),
                .area = place.area,
                .sort = place.sort,
                .source = source_number(place.source),
                .has_point = place.point.has_value(),
                .is_doubtful = !place.doubt.empty()};
    if (place.sort == PlaceSort::street)
        entry.reach = static_cast<float>(extent_of(place.lines));
    if (place.sort == PlaceSort::urban_area || place.sort == PlaceSort::neighbourhood)
        entry.reach = static_cast<float>(radius_of(place));
    entries.push_back(entry);
    switch (place.sort) {
        case PlaceSort::address:
            index(key_of(kAddress, normal_street(place.street), normal_house_number(place.house_number)));
            break;
        case PlaceSort::street:
            index(key_of(kStreet, normal_street(place.name)));
            break;
        case PlaceSort::stop:
        case PlaceSort::stop_area: {
            auto const stop = parse_stop_name(place.name, county->areas);
            index(key_of(kStop, normal_street(stop.name)));
            if (stop.name != place.name)
                index(key_of(kStop, normal_street(place.name)));
            index(key_of(kStopId, place.source_key));
            break;
        }
        default:
            index(key_of(kName, normal_street(place.name)));
    }
}

void Gazetteer::Index::add_urban_area(FigureRow const& row)
{
    auto const area = county->areas.by_code(row[1]);
    auto const hectares = figure_number(row[2]), east = figure_number(row[3]), north = figure_number(row[4]);
    if (area == kNoArea || !hectares || !east || !north)
        return;
    add({.source = "scb",
         .sort = PlaceSort::urban_area,
         .name = row[0],
         .area = area,
         .point = MapPoint{*east, *north}});
    entries.back().reach = static_cast<float>(std::sqrt(*hectares * 1e4 / std::numbers::pi));
}

void Gazetteer::Index::close()
{
    std::ranges::sort(keys);
    keys.shrink_to_fit();
    entries.shrink_to_fit();
    texts.close();
}

}  // namespace riskbild::importers
