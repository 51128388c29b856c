#pragma once

#include <string>

#include "geo_core/store/store.hpp"
#include "importers/place_options.hpp"

namespace riskbild::importers {

/// Takes a table of figures by area, CSV or any other that is read, into the store: reported offences (BRÅ),
/// inhabitants (SCB), shares of a survey. Figures of another year or measure stay; those of the same are
/// replaced. \return ErrorCode::unreadable for a table without area or number, ErrorCode::wrong_use without a
/// year
Result<ImportReport> import_figures(Store& store, std::string const& path, PlaceOptions const& options);

}  // namespace riskbild::importers
