#pragma once

#include "tiles/tile_source.hpp"

namespace riskbild::tiles {

/// `repeat_locations`: places with two incidents or more. MVT layer `repeat_locations`: feature id = `rank`
/// (1 = most incidents), `n`, `first`, `last` (local dates, `2025-01-31`). In a tile with very many places
/// the best ranked stand alone and the others are gathered in cells with `places` and `n`, so that the sum of
/// `n` over one zoom is the number of incidents at all places listed. Options are those of the layer. Only
/// for views with single incidents.
std::unique_ptr<TileSource> make_repeat_location_source(View const& view);

}  // namespace riskbild::tiles
