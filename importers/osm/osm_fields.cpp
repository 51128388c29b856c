#include "importers/osm/osm_fields.hpp"

#include <algorithm>
#include <array>

#include "geo_core/text.hpp"

namespace riskbild::importers {
namespace {

struct Meaning {
    std::string_view key, value;  ///< value empty: any but those that say there is none
    PlaceSort sort;
};

constexpr std::array kMeanings{
    Meaning{"place", "city", PlaceSort::urban_area},
    Meaning{"place", "town", PlaceSort::urban_area},
    Meaning{"place", "village", PlaceSort::urban_area},
    Meaning{"place", "hamlet", PlaceSort::urban_area},
    Meaning{"place", "suburb", PlaceSort::neighbourhood},
    Meaning{"place", "quarter", PlaceSort::neighbourhood},
    Meaning{"place", "neighbourhood", PlaceSort::neighbourhood},
    Meaning{"railway", "station", PlaceSort::stop_area},
    Meaning{"railway", "halt", PlaceSort::stop_area},
    Meaning{"amenity", "bus_station", PlaceSort::stop_area},
    Meaning{"public_transport", "station", PlaceSort::stop_area},
    Meaning{"highway", "bus_stop", PlaceSort::stop},
    Meaning{"railway", "tram_stop", PlaceSort::stop},
    Meaning{"public_transport", "platform", PlaceSort::stop},
    Meaning{"amenity", "school", PlaceSort::school},
    Meaning{"amenity", "kindergarten", PlaceSort::school},
    Meaning{"amenity", "college", PlaceSort::school},
    Meaning{"amenity", "university", PlaceSort::school},
    Meaning{"amenity", "fuel", PlaceSort::shop},
    Meaning{"amenity", "bar", PlaceSort::shop},
    Meaning{"amenity", "pub", PlaceSort::shop},
    Meaning{"amenity", "restaurant", PlaceSort::shop},
    Meaning{"amenity", "cafe", PlaceSort::shop},
    Meaning{"amenity", "fast_food", PlaceSort::shop},
    Meaning{"amenity", "nightclub", PlaceSort::shop},
    Meaning{"amenity", "bank", PlaceSort::shop},
    Meaning{"amenity", "pharmacy", PlaceSort::shop},
    Meaning{"amenity", "post_office", PlaceSort::shop},
    Meaning{"amenity", "cinema", PlaceSort::shop},
    Meaning{"amenity", "library", PlaceSort::shop},
    Meaning{"tourism", "hotel", PlaceSort::shop},
    Meaning{"shop", "", PlaceSort::shop},
};

/// Ways with a `highway` tag that nobody moves along, or not yet.
constexpr std::array<std::string_view, 9> kNoStreets{"proposed",  "construction", "platform",
                                                     "rest_area", "services",     "bus_stop",
                                                     "elevator",  "raceway",      "corridor"};

/// Sorts that are nothing without their name: a stop nobody can name is not in a gazetteer. A shop without
/// one still counts among the shops.
bool needs_name(PlaceSort sort)
{
    return sort != PlaceSort::shop && sort != PlaceSort::school;
}

}  // namespace

std::optional<OsmKind> osm_kind(OsmObject const& object)
{
    for (auto const& [key, value, sort] : kMeanings) {
        auto const said = object.tag(key);
        auto const is_meant =
            value.empty() ? !said.empty() && said != "no" && said != "vacant" : said == value;
        if (is_meant && (!needs_name(sort) || !object.tag("name").empty()))
            return OsmKind{sort, std::string{key} + "=" + std::string{said}};
    }
    return std::nullopt;
}

bool is_street(OsmObject const& way)
{
    auto const highway = way.tag("highway");
    return !highway.empty() && !way.tag("name").empty() &&
           std::ranges::find(kNoStreets, highway) == kNoStreets.end();
}

std::vector<std::string> house_numbers(OsmObject const& object)
{
    std::vector<std::string> numbers;
    auto rest = object.tag("addr:housenumber");
    while (!rest.empty()) {
        auto const end = std::min(rest.find_first_of(";,"), rest.size());
        if (auto const number = trimmed(rest.substr(0, end)); !number.empty())
            numbers.emplace_back(number);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return numbers;
}

std::string street_of(OsmObject const& object)
{
    for (auto const* const key : {"addr:street", "addr:place", "addr:city"})
        if (auto const name = trimmed(object.tag(key)); !name.empty())
            return std::string{name};
    return {};
}

bool is_of_interest(OsmObject const& object)
{
    return !object.tag("addr:housenumber").empty() || osm_kind(object) ||
           (object.is_way && is_street(object));
}

}  // namespace riskbild::importers
