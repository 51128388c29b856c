#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "geo_core/ids.hpp"
#include "geo_core/report.hpp"
#include "geo_core/time.hpp"

namespace riskbild::store {

/// What the current version of one report says of an incident.
struct ReportVoice {
    ReportId report;
    SourceId source;
    int source_rank = 0;    ///< lower is believed first
    std::int64_t kind = 0;  ///< number in the store's dictionary of kinds
    TimeInterval occurred;
    Place place;
    bool patrol_discovered = false;
};

/// Which voice gives which field of an incident, as indexes into the voices.
struct MergedVoices {
    std::size_t kind_from = 0;
    std::size_t time_from = 0;
    std::size_t place_from = 0;
    std::uint64_t sources = 0;       ///< bit set over SourceId
    bool patrol_discovered = false;  ///< every voice says so: had anybody else told, it was known anyway
};

/// Best precision gives the place, narrowest interval the time, lowest source rank the kind; of equals
/// the first voice. \pre `voices` is not empty and in order of report key
[[nodiscard]] MergedVoices merge_voices(std::span<ReportVoice const> voices);

}  // namespace riskbild::store
