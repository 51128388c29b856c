#pragma once

#include <string>

#include "geo_core/store/store.hpp"
#include "importers/place_options.hpp"

namespace riskbild::importers {

/// Takes an extract of OpenStreetMap, `.osm.pbf`, into the store: addresses, streets with their lines, shops,
/// schools, stops, urban areas and neighbourhoods as named places; administrative boundaries as area sets
/// `osm_level_4`, `osm_level_7` … Only what lies in the county's accepted box.
/// \return ErrorCode::not_found, unreadable; the store's own errors
Result<ImportReport> import_osm(Store& store, std::string const& path, PlaceOptions const& options);

}  // namespace riskbild::importers
