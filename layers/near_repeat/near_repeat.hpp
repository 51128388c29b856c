#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "geo_core/lattice.hpp"
#include "geo_core/units.hpp"
#include "layers/layer_result.hpp"
#include "layers/near_repeat/chains.hpp"
#include "layers/near_repeat/knox.hpp"

namespace riskbild::layers {

struct NearRepeatOptions {
    Metres same_place{1.0};  ///< nearer than this is the same place: a band of its own
    std::vector<double> distance{100.0, 200.0, 300.0, 400.0};  ///< metres: ends of the bands beyond
    std::vector<std::int32_t> days{7, 14, 21, 28};             ///< ends of the bands of time
    Metric metric = Metric::euclidean;
    Closed closed = Closed::left;
    int permutations = 999;
    std::uint64_t seed = 1;
    Metres chain_distance{200.0};
    std::int32_t chain_days = 14;
    std::optional<LocalDate> as_of;  ///< for the map of raised risk; absent: the day after the last incident
    Metres cell{100.0};              ///< of that map
    double least_ratio = 1.2;  ///< bands count as raised from this ratio on, with p ≤ 0.05 (Ratcliffe)
    unsigned threads = 0;
};

/// A recent incident that raises the risk around it.
struct RaisedRisk {
    std::uint32_t point = 0;     ///< index into NearRepeat::rows
    Metres radius{0.0};          ///< how far
    double ratio = 1.0;          ///< the highest around it today
    std::int32_t days_left = 0;  ///< until no band of it is raised
};

struct NearRepeat {
    LayerInfo info;
    KnoxBands bands;  ///< the first is the same place
    KnoxTable table;
    std::vector<std::uint8_t> raised;  ///< of each cell of the table: whether it counts as raised
    std::vector<std::uint32_t> rows;   ///< of View::points(), in order of time
    Chains chains;                     ///< of `rows`
    LocalDate as_of;
    std::vector<RaisedRisk> now;  ///< the highest ratio first, then the newest
    Lattice lattice;              ///< around those; empty without
    std::vector<double> ratio;    ///< highest in each cell; 0 where nothing raises it
    std::vector<double> days_left;
};

/// Whether an incident makes the next one nearby and soon more likely, how far and how long; which incidents
/// follow which; and where the risk is raised today.
///
/// Only incidents with a point enter. Time is the day an incident's interval starts, in the county's civil
/// time. \return ErrorCode::forbidden for a view without single incidents; ErrorCode::wrong_use naming the
/// option; ErrorCode::too_large; ErrorCode::busy when stopped. Method: docs/methods/near_repeat.md
Result<NearRepeat> near_repeat(View const& view, Filter const& filter, NearRepeatOptions const& options,
                               Progress const& progress = {});

}  // namespace riskbild::layers
