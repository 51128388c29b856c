#pragma once

#include <string>

#include "geo_core/store/store.hpp"
#include "importers/place_options.hpp"

namespace riskbild::importers {

/// Takes a register of shops, any table that is read, into the store: named places of sort `shop` with their
/// certification, and of each inspection the thirteen points as figures. A shop without a position is looked
/// up by its address. Shops of an earlier register stay. Oddities: README.md beside this file.
/// \return ErrorCode::unreadable for a table without names
Result<ImportReport> import_shops(Store& store, std::string const& path, PlaceOptions const& options);

}  // namespace riskbild::importers
