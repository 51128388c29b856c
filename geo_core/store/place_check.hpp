#pragma once

#include <string>
#include <vector>

#include "geo_core/snapshot.hpp"
#include "geo_core/store/sqlite_handle.hpp"

namespace riskbild::store {

/// Sentences about what is wrong with named places, area sets and figures; empty = they are sound.
/// \pre within a transaction
[[nodiscard]] std::vector<std::string> check_places(Connection& connection, County const& county);

}  // namespace riskbild::store
