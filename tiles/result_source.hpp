#pragma once

#include <memory>

#include "layers/layer.hpp"
#include "tiles/layer_results.hpp"
#include "tiles/raster/colour_classes.hpp"
#include "tiles/tile_source.hpp"

namespace riskbild::tiles {

/// Whether there is anything of a layer to draw on a map.
[[nodiscard]] bool is_drawn(layers::LayerDescription const& layer);

/// Tiles of any layer of the registry, drawn as its description says.
///
/// A grid becomes pictures: each pixel the colour of the cell it lies in. The first table with places becomes
/// vector tiles: one MVT layer of the layer's name, a feature per row with the row's columns, `row` (its
/// place in the table, from 0) and `class`, the number of its class in the legend, where it has one. Of a
/// tile with more than `kMostRowsInTile` rows the first ones in the table are there. \param style colours of
/// amounts
std::unique_ptr<TileSource> make_result_source(std::shared_ptr<LayerResults const> results,
                                               layers::Layer const& layer, Style style);

inline constexpr std::size_t kMostRowsInTile = 4000;

}  // namespace riskbild::tiles
