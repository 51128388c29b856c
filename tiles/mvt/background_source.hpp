#pragma once

#include <filesystem>

#include "tiles/tile_source.hpp"

namespace riskbild::tiles {

/// `background`: a quiet map to see the layers on, from tables of figures and the county's areas; no network,
/// no incidents, the same in every revision. MVT layers: `water` (polygons; `class` = sea or lake), `borders`
/// (lines; `kind` = county or kommun), `urban_areas` (points; `name`, `population`). Water and urban areas
/// exist for the profile `uppsala`; other profiles have borders only. Generalised to about 100 m: good to
/// zoom 11. \return ErrorCode::unreadable naming file, row and expectation
Result<std::unique_ptr<TileSource>> make_background_source(View const& view,
                                                           std::filesystem::path const& figures);

}  // namespace riskbild::tiles
