#pragma once

#include "benchmarks/made_up_points.hpp"
#include "geo_core/view.hpp"

namespace riskbild::benchmarks {

/// The points as thefts in Uppsala län, seen by an analyst.
View view_of(TimedPoints const& points);

}  // namespace riskbild::benchmarks
