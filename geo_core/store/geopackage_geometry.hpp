#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "geo_core/geometry.hpp"
#include "geo_core/store/sqlite_handle.hpp"

namespace riskbild::store {

/// A point as a GeoPackage writes it (OGC 12-128r17, section 2.1.3): header of 8 bytes without
/// envelope, then well-known binary, all little-endian.
using PointBlob = std::array<std::byte, 29>;
[[nodiscard]] PointBlob point_blob(MapPoint point, int srs);

/// A point of either byte order, with or without an envelope. Nothing for anything else, also for
/// an empty point.
[[nodiscard]] std::optional<MapPoint> decode_point(Blob blob);

[[nodiscard]] std::vector<std::byte> multi_polygon_blob(MultiPolygon const& shape, int srs);
/// Nothing for anything but a little-endian multipolygon in two dimensions.
[[nodiscard]] std::optional<MultiPolygon> decode_multi_polygon(Blob blob);

[[nodiscard]] std::vector<std::byte> multi_line_blob(MultiLine const& lines, int srs);
/// Nothing for anything but a little-endian multilinestring in two dimensions.
[[nodiscard]] std::optional<MultiLine> decode_multi_line(Blob blob);

/// ST_MinX, ST_MaxX, ST_MinY, ST_MaxY, ST_IsEmpty for points: what the triggers of the GeoPackage
/// extension `gpkg_rtree_index` call.
void register_geometry_functions(sqlite3* connection);

}  // namespace riskbild::store
