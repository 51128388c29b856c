#pragma once

#include "geo_core/snapshot.hpp"
#include "geo_core/store/registration.hpp"
#include "geo_core/store/sqlite_handle.hpp"
#include "geo_core/store/store.hpp"

namespace riskbild::store {

/// Verifies the file, its indexes, and that the incidents are those that follow from the reports.
/// Reads only. \pre within a transaction
[[nodiscard]] Store::CheckReport check_store(Connection& connection, County const& county,
                                             Registration const& registration, int public_id_length);

/// Rebuilds what can be derived: indexes and triggers, what the file tells of itself, current versions,
/// incidents with their links. \pre within a write transaction
void repair_store(Connection& connection, County const& county, Registration const& registration,
                  int public_id_length);

}  // namespace riskbild::store
