#pragma once

#include <cstdint>

#include "geo_core/parallel.hpp"
#include "geo_core/result.hpp"
#include "layers/clusters/dbscan.hpp"
#include "layers/near_repeat/space_time.hpp"

namespace riskbild::layers {

struct StDbscanOptions {
    double eps = 400.0;            ///< at most this far apart is near, in the unit of the coordinates
    std::int32_t days = 7;         ///< at most so many days apart is soon
    std::uint32_t min_points = 4;  ///< so many near and soon, the point itself counted, make it a core
    unsigned threads = 0;          ///< 0 = as many as the machine has; never changes the result
};

/// Dense places that are dense for a time (Birant and Kut 2007, without their third distance of attributes).
///
/// As dbscan(), of points that are both near and soon. A border point belongs to its nearest core in space;
/// of two as near to the one nearer in time, then the earlier, then further south, then west. Time grows with
/// pairs near and soon. \return as dbscan(), and `days`
Result<Clustering> st_dbscan(SpaceTimePoints const& points, StDbscanOptions const& options,
                             Progress const& progress = {});

}  // namespace riskbild::layers
