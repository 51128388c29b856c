#pragma once

#include "tiles/tile_source.hpp"

namespace riskbild::tiles {

/// `incidents`: \see IncidentEncoder for what a tile holds. Only for views with single incidents.
std::unique_ptr<TileSource> make_incident_source(View const& view);

}  // namespace riskbild::tiles
