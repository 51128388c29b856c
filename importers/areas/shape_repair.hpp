#pragma once

#include <optional>
#include <string>

#include "geo_core/geometry.hpp"

namespace riskbild::importers {

/// A border as it can be computed with: no ring crosses itself or another, holes lie inside.
struct RepairedShape {
    MultiPolygon shape;   ///< empty where nothing with an area was left
    std::string problem;  ///< what was wrong with the border, as GEOS says it; empty = nothing
};
[[nodiscard]] RepairedShape repaired(MultiPolygon const& shape);

/// A point inside, as far as possible from the border's bends. Nothing for an empty shape. \pre it is sound
[[nodiscard]] std::optional<MapPoint> inner_point(MultiPolygon const& shape);

/// What two shapes have in common, in square metres. \pre both are sound
[[nodiscard]] double common_square_metres(MultiPolygon const& a, MultiPolygon const& b);

}  // namespace riskbild::importers
