#pragma once

#include <vector>

#include "geo_core/snapshot.hpp"
#include "tiles/mvt/world_shape.hpp"

namespace riskbild::tiles {

/// The county's areas in the world of tiles, in order of AreaId.
[[nodiscard]] std::vector<std::vector<WorldPolygon>> area_shapes(County const& county);

/// The borders of the areas as lines: a border that two areas share comes once, the county's own apart.
struct Borders {
    std::vector<WorldRing> between;  ///< of two areas
    std::vector<WorldRing> outer;
};
[[nodiscard]] Borders area_borders(County const& county);

/// What lies around the county, to 200 km beyond its box: a frame with the county's outline as holes.
[[nodiscard]] WorldPolygon outside_of(County const& county);

}  // namespace riskbild::tiles
