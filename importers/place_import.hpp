#pragma once

#include <string>
#include <vector>

#include "importers/import.hpp"

namespace riskbild::importers {

/// The sorts of source that tell of named places, area sets or figures: `areas`, `figures`, `gtfs`, `osm`,
/// `shops`.
[[nodiscard]] std::vector<std::string> place_source_names();
[[nodiscard]] bool is_place_source(std::string const& source);

/// Takes each path of the request, a file or (gtfs) a folder, as a whole or not at all.
/// \pre is_place_source(request.source) \return as `import_files`
Result<ImportReport> import_place_files(Store& store, ImportRequest const& request);

}  // namespace riskbild::importers
