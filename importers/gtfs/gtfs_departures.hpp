#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "importers/gtfs/gtfs_calendar.hpp"
#include "importers/gtfs/gtfs_files.hpp"

namespace riskbild::importers {

/// Departures of an average week by hour: Monday 0–1 first, Sunday 23–24 last.
using WeekOfHours = std::array<double, std::size_t{7} * 24>;

/// How often something leaves each stop in an average week of the feed's period.
///
/// A departure at 25:10 is one at 1:10 on the next weekday. A stop where nobody may get on
/// (`pickup_type` 1) or where a trip ends has no departure. Trips by headway (`frequencies.txt`) leave at
/// each multiple. The hours are civil; the nights when clocks change are as any other.
struct GtfsDepartures {
    std::unordered_map<std::string, WeekOfHours> by_stop;  ///< by stop_id, stops with departures only

    std::uint64_t rows = 0;          ///< of stop_times.txt
    std::uint64_t counted = 0;       ///< rows that give departures
    std::uint64_t no_boarding = 0;   ///< rows where nobody may get on, and ends of trips
    std::uint64_t without_time = 0;  ///< rows between timed stops and of trips by unusable headways
    std::uint64_t unusable = 0;      ///< rows with a time that is none, of unknown trips, or not readable
    std::uint64_t first_unusable = 0;
    std::uint64_t unusable_headways = 0;  ///< rows of frequencies.txt of unknown trips, or that tell no times
    std::uint64_t first_unusable_headway = 0;
    std::uint64_t trips = 0;             ///< of trips.txt
    std::uint64_t trips_used = 0;        ///< that stop_times.txt tells of
    std::uint64_t unknown_services = 0;  ///< trips of a service that no calendar tells of: never run
};

/// Reads `trips.txt`, `frequencies.txt` and twice `stop_times.txt`, as streams.
/// \param progress told the rows of the second reading, and 0 during the first; what it throws ends the work
Result<GtfsDepartures> read_departures(GtfsFiles& files, GtfsCalendar const& calendar,
                                       std::function<void(std::uint64_t rows)> const& progress);

}  // namespace riskbild::importers
