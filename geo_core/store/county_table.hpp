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

/// Announces a source, or gives one that is known another title, rank or mark.
/// \return whether a known one changed. Throws ErrorCode::wrong_use for a name that is none, or one too many.
bool write_source(Connection& connection, Source const& source);

/// Random text that names one committed state of one store for ever, in addresses that may be cached for a
/// year. After a restore other content may get a revision's number, but not its epoch.
[[nodiscard]] std::string read_epoch(Connection& connection);

}  // namespace riskbild::store
