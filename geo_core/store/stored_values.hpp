#pragma once

#include <cstdint>

#include "geo_core/ids.hpp"
#include "geo_core/precision.hpp"
#include "geo_core/snapshot.hpp"
#include "geo_core/store/sqlite_handle.hpp"

namespace riskbild::store {

/// Numbers of the file as what they stand for. A number that stands for nothing, as a damaged file may have,
/// throws ErrorCode::damaged instead of reaching beyond a list.
[[nodiscard]] Source const& source_at(Statement const& row, int column, County const& county);
[[nodiscard]] SourceId source_id_at(Statement const& row, int column, County const& county);
[[nodiscard]] Precision precision_at(Statement const& row, int column);
/// NULL is `kNoArea`.
[[nodiscard]] AreaId area_at(Statement const& row, int column, County const& county);
[[nodiscard]] Instant instant_at(Statement const& row, int column);

}  // namespace riskbild::store
