#pragma once

#include <string>

#include "tiles/tile_service.hpp"

namespace riskbild::tiles {

/// Gives bytes their type and strong ETag, and compresses vector tiles (gzip, once for all who ask). Of an
/// empty picture it makes a transparent one.
[[nodiscard]] FinishedTile finish(std::string bytes, TileFormat format);

}  // namespace riskbild::tiles
