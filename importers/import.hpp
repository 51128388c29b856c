#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geo_core/result.hpp"
#include "geo_core/store/store.hpp"
#include "geo_core/time.hpp"
#include "importers/place_options.hpp"
#include "importers/reading_recipe.hpp"

namespace riskbild::importers {

/// How far an import has come.
struct ImportProgress {
    std::string file;             ///< name without folders
    std::size_t file_number = 1;  ///< 1 = the first of `files`
    std::size_t files = 1;
    std::uint64_t bytes = 0;  ///< read of the file as stored (compressed where it is)
    std::uint64_t total_bytes = 0;
    std::uint64_t rows = 0;  ///< read of this file
    bool is_in = false;      ///< the file is in the store: too late to give it up
};

struct ImportRequest {
    std::string source;  ///< `police`, `points`, or one that tells of places: `gtfs` …
    /// files, folders (their files by name, not those below; of a shapefile the .shp alone), `-`, a file in a
    /// ZIP archive (`archive.zip/member.csv`); for `points` also a database (`PG:dbname=…`)
    std::vector<std::string> files;
    std::string
        column_profile{};  ///< for `points`: a name in data/profiles/columns, or a path ending in .toml
    std::string layer{};   ///< sheet or layer, for sources of tables and maps; empty: the only one with rows
    bool swap_positions = false;  ///< for `points`: the two numbers of every position change places
    std::optional<Instant>
        observed{};        ///< when the source said so, where the caller knows better than the data
    bool made_up = false;  ///< for `police`: the events are invented; for `points` the column profile says so
    /// Nothing can have happened more than a day later. Tests fix it.
    Instant now = date::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    std::map<std::string, std::string> service_names{};  ///< for `open311`: the city's services by code
    PlaceOptions places{};  ///< for sources that tell of places, areas or figures
    /// Called now and then; may be empty. What it throws ends the import, and nothing of the file stays, but
    /// where `is_in`.
    std::function<void(ImportProgress const&)> progress{};
    BeginImport begin{};  ///< for `points` and `police`, in place of the store's own; \see dry_run
};

/// The sources that `import_files` knows: `gtfs-rt`, `open311`, `points`, `police`, and those of places,
/// areas and figures.
[[nodiscard]] std::vector<std::string> source_names();

/// The one way of files into a store. Each file is one transaction: taken in as a whole or not at all. Of
/// several, one that cannot be read does not keep the others out (of places, areas and figures it does);
/// \see ImportReport::not_imported.
///
/// `read = kept + unchanged + outside + set aside` holds for the answer. Rows that cannot be used are set
/// aside and make no error. Order of versions comes from `observed_at`, which is, best first:
/// `request.observed`, what the record says itself, the stamp in the file's name (\see file_stamp), for
/// police the event's own publication time, for points the newest plausible occurrence of the file.
/// It is never the time of the file or of the import.
///
/// \return ErrorCode::wrong_use for an unknown source or column profile, or a time of observation before 1990
/// or more than a day after now (`field` names the option);
/// ErrorCode::not_found, unreadable, too_large for a file; the store's own errors. Files of the same
/// request before the one at fault stay imported, and the message says so.
Result<ImportReport> import_files(Store& store, ImportRequest const& request);

/// `read 12403, kept 12377 (12370 new, 7 revised), …, set aside 26 (21 outside_box, 5 bad_time)`
[[nodiscard]] std::string summary(ImportReport const& report);

}  // namespace riskbild::importers
