#pragma once

#include <cstdint>
#include <vector>

#include "geo_core/result.hpp"
#include "layers/near_repeat/knox.hpp"
#include "layers/near_repeat/space_time.hpp"

namespace riskbild::layers {

/// What an incident is to those before and after it.
enum class RepeatClass : std::uint8_t {
    alone,        ///< no other within reach in place and time
    originator,   ///< the first of those within reach of each other: others follow it, it follows none
    repeat,       ///< one came before it at the same place
    near_repeat,  ///< one came before it nearby, none at the same place
};

struct ChainLimits {
    double same_place = 1.0;       ///< the same place: nearer than this, in the unit of the coordinates
    double distance = 200.0;       ///< nearby: nearer than this
    std::int32_t days = 14;        ///< soon: fewer days between than this
    Closed closed = Closed::left;  ///< right: at most the distances and days
    Metric metric = Metric::euclidean;
};

/// Incidents that follow each other: every one is near and soon after one before it, or before one after it.
struct Chains {
    std::vector<RepeatClass> of_point;
    /// Points of each chain in order of time; the longest chain first, then the one that began first.
    std::vector<std::vector<std::uint32_t>> chains;
};

/// \pre points in order of time: of two on one day the one further to the front came first. Time grows with
/// pairs within reach, memory with points. \return ErrorCode::wrong_use for limits that are not above zero
Result<Chains> find_chains(SpaceTimePoints const& points, ChainLimits const& limits);

}  // namespace riskbild::layers
