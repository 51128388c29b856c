#pragma once

#include <memory>
#include <string>
#include <vector>

#include "geo_core/snapshot.hpp"
#include "geo_core/store/sqlite_handle.hpp"

namespace riskbild::store {

/// Writes what a new store knows of its county: profile, coordinate system, areas, an epoch.
void write_county(Connection& connection, Profile const& profile, AreaSet const& areas);

/// Reads it back, with the tree of kinds from `data/kinds/kinds.toml`.
[[nodiscard]] std::shared_ptr<County const> read_county(Connection& connection);

/// The sources by SourceId.
[[nodiscard]] std::vector<Source> read_sources(Connection& connection);

}  // namespace riskbild::store
