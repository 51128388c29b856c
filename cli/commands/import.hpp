#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/output.hpp"
#include "geo_core/store/store.hpp"
#include "importers/import.hpp"

namespace riskbild::cli {

/// `riskbild import`: files of one source into a store, which is made if there is none.
struct Import {
    std::string source;
    std::vector<std::string> files;
    std::filesystem::path store;
    std::string profile;  ///< of a new store; empty: `uppsala`, or whatever the store has
    std::string column_profile;
    std::string layer;  ///< sheet or layer; empty: the only one that has rows
    bool swap_positions = false;
    importers::PlaceOptions places{};
    std::string observed;  ///< an instant, or a date; empty: as the data say
    Result<void> operator()(Output& output) const;
};

/// The profile that the command line names. \return ErrorCode::wrong_use listing those there are
Result<Profile> named_profile(std::string const& name);

/// Opens a store for writing, or makes one. \param profile empty: any; for a new one `uppsala`
/// \return ErrorCode::wrong_use when the store is of another profile
Result<std::unique_ptr<Store>> open_or_create(std::filesystem::path const& file, std::string const& profile);

/// Imports with progress on standard error.
Result<ImportReport> import_with_progress(Store& store, importers::ImportRequest request, Output& output);

/// The same into the store of a file, which is made if there is none, and left only if the import succeeds.
Result<ImportReport> import_into(std::filesystem::path const& file, std::string const& profile,
                                 importers::ImportRequest request, Output& output);

void write_report(server::JsonText& json, ImportReport const& report);

}  // namespace riskbild::cli
