#pragma once

#include <iosfwd>

#include "geo_core/snapshot.hpp"
#include "geo_core/store/sqlite_handle.hpp"

namespace riskbild::store {

/// Writes everything that was said, in order of key, without numbers that depend on the order of import.
/// \pre within a read transaction; `county` has the sources of that moment
void write_dump(Connection& connection, County const& county, std::ostream& out);

}  // namespace riskbild::store
