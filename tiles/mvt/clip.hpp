#pragma once

#include <span>
#include <vector>

#include "tiles/mvt/tile_frame.hpp"
#include "tiles/mvt/world_shape.hpp"

namespace riskbild::tiles {

using TilePath = std::vector<TilePoint>;

/// Tile units onto which outlines are snapped at a zoom: 1 where detail matters, else 4, which is half a
/// pixel where a tile is drawn 512 pixels wide. Neighbouring areas stay neighbours, because their shared
/// vertices snap alike.
[[nodiscard]] int outline_step(int zoom);

/// The part of a polygon within a tile and its buffer, as rings ready for `MvtLayer::polygons`: valid
/// (simple, holes inside their outer ring, nothing touching along a line), vertices whole multiples of
/// `step` (but on the buffer's edge), winding as MVT 2.1 asks. Empty where nothing is left.
/// The only file of ours that talks to GEOS: its overlay with a fixed precision clips, snaps and keeps
/// validity in one go, which clipping by hand and rounding afterwards does not.
[[nodiscard]] std::vector<TilePath> clip_polygon(WorldPolygon const& polygon, TileFrame const& frame,
                                                 int step);

/// The parts of a line within a tile and its buffer, snapped to `step`, without repeated vertices.
[[nodiscard]] std::vector<TilePath> clip_line(std::span<WorldPoint const> line, TileFrame const& frame,
                                              int step);

}  // namespace riskbild::tiles
