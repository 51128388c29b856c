#pragma once

#include "tiles/tile_source.hpp"

namespace riskbild::tiles {

/// `kommuner`: the county's areas with counts and rates, as vector tiles and as pictures coloured by rate.
/// MVT layer `kommuner`: feature id = AreaId + 1, `id` (AreaId), `code`, `name`, `population`, `n`, `rate`,
/// `low`, `high`; what is suppressed or unknown is absent. Options are those of the layer `rates`.
std::unique_ptr<TileSource> make_kommun_source(View const& view, Style style);

}  // namespace riskbild::tiles
