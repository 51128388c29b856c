#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "geo_core/geometry.hpp"
#include "geo_core/ids.hpp"

namespace riskbild {

/// What sort of thing a named place is.
enum class PlaceSort : std::uint8_t {
    address,        ///< a house number
    street,         ///< with its line
    shop,           ///< shops, and what else has customers: bars, banks, pharmacies, petrol stations
    school,         ///< schools and kindergartens
    stop,           ///< a platform or a stop post
    stop_area,      ///< the stop as people name it, made of its platforms
    transit_line,   ///< without a point
    urban_area,     ///< tätort, town, village
    neighbourhood,  ///< a part of an urban area
};

inline constexpr PlaceSort kAllPlaceSorts[] = {
    PlaceSort::address,      PlaceSort::street,     PlaceSort::shop,
    PlaceSort::school,       PlaceSort::stop,       PlaceSort::stop_area,
    PlaceSort::transit_line, PlaceSort::urban_area, PlaceSort::neighbourhood};

/// `address`, `street`, `shop` …
[[nodiscard]] std::string_view name_of(PlaceSort sort);
[[nodiscard]] std::optional<PlaceSort> parse_place_sort(std::string_view text);

/// An entry of the gazetteer: a place with a name, as one source knows it (named place, namngiven plats).
/// Reports happen *at* places; a named place is where its name says, whether something happened or not.
struct NamedPlace {
    std::string source;      ///< `osm`, `gtfs`: a PlaceSource
    std::string source_key;  ///< the source's own id
    PlaceSort sort = PlaceSort::address;
    std::string kind;  ///< the source's own word for what it is, e.g. `shop=supermarket`
    std::string name;
    std::string street, house_number, postcode, locality;
    AreaId area = kNoArea;          ///< of the county's own areas
    std::optional<MapPoint> point;  ///< of a street its midpoint, for display only
    MultiLine lines;                ///< of a street
    std::string parent_key;         ///< the source's id of what it is a part of, such as a stop's stop area
    std::string attributes;         ///< JSON object, or empty
    std::string doubt;              ///< a contradiction in what the source says, in a sentence, or empty
    bool operator==(NamedPlace const&) const = default;
};

/// Who tells of named places, area sets or figures.
struct PlaceSource {
    std::string name;         ///< a–z 0–9 - _, e.g. `osm`
    std::string title;        ///< `OpenStreetMap`
    std::string attribution;  ///< named wherever something of it is shown
    std::string as_of;        ///< the extract's own date, as it says, or empty
    /// Whether what is put replaces everything that the source said before, as a new extract does; else
    /// only what has the same key, as the next year's table.
    bool whole = true;
    /// Whether it does so also where most of what the source said before would go: a wrong file looks like
    /// that.
    bool replaces_most = false;
};

}  // namespace riskbild
