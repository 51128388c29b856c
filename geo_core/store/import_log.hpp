#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo_core/store/sqlite_handle.hpp"
#include "geo_core/store/store.hpp"

namespace riskbild::store {

/// Within the caller's write transaction.
void write_import(Connection& connection, std::string const& source, std::string const& file,
                  ImportReport const& report, std::uint64_t rows_hash);
[[nodiscard]] std::optional<SameRows> read_same_rows(Connection& connection, std::uint64_t rows_hash);
[[nodiscard]] std::vector<ImportSums> read_import_sums(Connection& connection);

}  // namespace riskbild::store
