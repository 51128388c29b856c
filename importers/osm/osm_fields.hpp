#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo_core/named_place.hpp"
#include "importers/osm/osm_extract.hpp"

namespace riskbild::importers {

/// What an object of OpenStreetMap is to us besides an address and a street, by its tags.
struct OsmKind {
    PlaceSort sort;
    std::string kind;  ///< the tag that says so, `shop=supermarket`
    bool operator==(OsmKind const&) const = default;
};
[[nodiscard]] std::optional<OsmKind> osm_kind(OsmObject const& object);

/// Whether a way is a street: it has a name and people move along it.
[[nodiscard]] bool is_street(OsmObject const& way);

/// The house numbers of an object; `12;14` are two.
[[nodiscard]] std::vector<std::string> house_numbers(OsmObject const& object);

/// What the address is on: a street, or where there are none the place. Empty where it is not told.
[[nodiscard]] std::string street_of(OsmObject const& object);

/// Whether anything of the object is wanted.
[[nodiscard]] bool is_of_interest(OsmObject const& object);

}  // namespace riskbild::importers
