#pragma once

#include "tiles/tile_source.hpp"

namespace riskbild::tiles {

/// `density`: incidents per km², smoothed, as pictures.
///
/// For a tile the density is computed exactly at the centres of the zoom's cells (zoom_cells.hpp) in a window
/// around the tile, then carried over to the tile's pixels (warp.hpp) and coloured. Classes come once per
/// data, filter, options and view from the largest density of the whole county (doubling_classes()), so
/// neighbouring tiles agree. A view without single incidents gets the published grid, cell by cell. Options
/// are the layer's.
std::unique_ptr<TileSource> make_density_source(View const& view, Style style);

/// The values that a density tile shows, for tests and for wider pictures: `tiles_wide` neighbouring tiles.
/// Nothing where the tile shows none. \pre the options are complete
Result<std::optional<PixelValues>> density_pixels(TileSource const& density, Selection const& selection,
                                                  TileId id, int tiles_wide);

}  // namespace riskbild::tiles
