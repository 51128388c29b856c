#pragma once

#include <functional>
#include <optional>

#include "geo_core/result.hpp"
#include "geo_core/store/store.hpp"
#include "geo_core/time.hpp"
#include "importers/police/police_types.hpp"
#include "importers/readers/byte_source.hpp"
#include "importers/reading_recipe.hpp"

namespace riskbild::importers {

struct PoliceOptions {
    bool made_up = false;                                ///< invented events, for trying out
    std::optional<Instant> observed{};                   ///< overrides what record and file name say
    Instant now;                                         ///< nothing can have happened more than a day later
    std::function<void(std::uint64_t rows)> progress{};  ///< called every few thousand rows; may be empty
    BeginImport begin{};                                 ///< in place of the store's own
};

/// The police as the store lists them: source `police`. \param made_up its events are invented
[[nodiscard]] Source police_source(bool made_up = false);

/// Takes in one answer of the police feed, an archive of it or a file of its revisions, in one
/// transaction. What the fields mean: police_fields.hpp; oddities: README.md beside this file.
///
/// Place is a kommun or the län, never a point: `gps` is a midpoint. Of another county: counted as
/// `outside`. An answer of no bytes at all happens, and means nothing: 0 rows read, and a note.
/// \return ErrorCode::unreadable for what is not, or not wholly, a file of police events; nothing is stored
/// then.
Result<ImportReport> import_police(Store& store, ByteSource& source, PoliceTypes const& types,
                                   PoliceOptions const& options);

}  // namespace riskbild::importers
