#pragma once

#include <string>

#include "geo_core/store/store.hpp"
#include "importers/place_options.hpp"

namespace riskbild::importers {

/// Takes a GTFS feed, a folder or a zip, into the store: stop areas, stops and lines as named places, and the
/// departures from each stop in an average week as figures (measure `departures`).
///
/// Rows of `stops.txt` and `routes.txt` are what the report counts. A stop whose name ends with a kommun of
/// the county in which it does not lie is kept with that `doubt`.
/// \return ErrorCode::not_found, unreadable for what is no feed; the store's own errors
Result<ImportReport> import_gtfs(Store& store, std::string const& path, PlaceOptions const& options);

}  // namespace riskbild::importers
