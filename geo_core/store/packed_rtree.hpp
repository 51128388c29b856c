#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo_core/geometry.hpp"
#include "geo_core/store/sqlite_handle.hpp"

namespace riskbild::store {

/// Fills the spatial index `rtree_incidents_geom` anew from all points of `incidents`: sorted into
/// tiles (Leutenegger et al., STR, 1997) and written straight into SQLite's node tables, some thirty
/// times faster than inserting one by one. \pre within a write transaction
void rebuild_rtree(Connection& connection);

/// Takes the triggers that keep the index out of the way while very many incidents are written.
/// Call `finish` before the transaction ends; it puts them back and rebuilds the index.
class RtreePause {
public:
    explicit RtreePause(Connection& connection);
    void finish();

private:
    Connection& connection_;
    std::vector<std::string> triggers_;  // their SQL, as the schema has it
};

/// Sentences about what is wrong with the index; empty = it is sound and has every point once.
[[nodiscard]] std::vector<std::string> check_rtree(Connection& connection);

/// The box around all points, from the index's root, rounded outwards to 32-bit floats; nothing when
/// there is none.
[[nodiscard]] std::optional<MapBox> rtree_bounds(Connection& connection);

}  // namespace riskbild::store
