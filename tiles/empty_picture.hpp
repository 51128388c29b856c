#pragma once

#include <string_view>

#include "tiles/tile_service.hpp"

namespace riskbild::tiles {

/// A wholly transparent picture of a tile's size: what a picture layer answers where it shows nothing.
/// \pre png or webp
[[nodiscard]] std::string_view empty_picture(TileFormat format);

}  // namespace riskbild::tiles
