#pragma once

#include <span>
#include <string_view>

#include "geo_core/store/sqlite_handle.hpp"

namespace riskbild::store {

/// One step of the schema: `schema/<version>_<name>.sql`, embedded in the program.
struct Migration {
    int version;
    std::string_view sql;
};

/// All steps, in order of version, without gaps. The first makes an empty file a store.
[[nodiscard]] std::span<Migration const> migrations();

/// Runs the steps above the file's version (0 = an empty file) and notes the version reached, within
/// the caller's transaction.
void migrate(Connection& connection, int from_version, std::span<Migration const> steps);

/// The schema version of an existing store. Throws ErrorCode::damaged when the file is no store of
/// ours, ErrorCode::newer_version when a newer Riskbild wrote it than one that knows `steps`.
[[nodiscard]] int schema_version(Connection& connection, std::span<Migration const> steps);

}  // namespace riskbild::store
