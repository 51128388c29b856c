#pragma once

#include <vector>

#include "geo_core/geometry.hpp"
#include "geo_core/units.hpp"

namespace riskbild::layers {

/// The smallest convex shape that holds all places, counter-clockwise and without a repeated corner (Andrew
/// 1979). Of places on one line, or all the same: their ends, one or two corners.
[[nodiscard]] Ring convex_hull(std::vector<MapPoint> places);

/// A hull to draw: where it has no area a narrow shape around it, at least `least` wide.
[[nodiscard]] MultiPolygon drawn_hull(std::vector<MapPoint> places, Metres least);

}  // namespace riskbild::layers
