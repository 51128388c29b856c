#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "geo_core/geometry.hpp"
#include "geo_core/ids.hpp"
#include "geo_core/time.hpp"
#include "geo_core/units.hpp"
#include "layers/layer_result.hpp"
#include "layers/repeat_locations/concentration.hpp"
#include "layers/repeat_locations/time_to_repeat.hpp"

namespace riskbild::layers {

inline constexpr Metres kLargestTolerance{500.0};
inline constexpr std::uint64_t kMostPlaces = 1'000'000'000;

struct RepeatLocationOptions {
    /// Coordinates this near a place's most frequent one are that place; 0: identical coordinates only.
    Metres tolerance{25.0};
    std::uint32_t min_count = 2;  ///< places with fewer incidents are counted but not listed
    /// How many places there are where something could have happened (addresses of the county), for Gini.
    std::optional<std::uint64_t> places;
};

/// A place that incidents came back to.
struct RepeatPlace {
    MapPoint position;  ///< its most frequent coordinate, metres
    AreaId area;        ///< that of most of its incidents
    std::uint32_t count = 0;
    double share = 0.0;             ///< of all incidents that entered
    double cumulative_share = 0.0;  ///< of this and all places before it in the list
    LocalDate first;
    LocalDate last;
    std::optional<double> median_gap_days;

private:
    friend struct RepeatLocations;
    friend class RepeatLocationsBuilder;
    std::uint32_t first_incident_ = 0;  // in the shared columns of RepeatLocations
    std::uint32_t first_kind_ = 0;
    std::uint32_t kinds_ = 0;
};

struct KindCount {
    KindId kind;
    std::uint32_t count = 0;
    bool operator==(KindCount const&) const = default;
};

/// Where incidents come back: the places hit at least `min_count` times, most hit first (then the latest hit,
/// then from south to north), with how soon they are hit again and how concentrated everything is.
struct RepeatLocations {
    LayerInfo info;
    std::vector<RepeatPlace> places;     ///< listed ones
    std::uint64_t all_places = 0;        ///< with one incident or more
    std::uint64_t repeat_places = 0;     ///< with two or more, whatever `min_count`
    std::uint64_t repeat_incidents = 0;  ///< at those
    LocalDate followed_to;               ///< last day of the data: repeats later than this cannot be known
    GapTable gaps;                       ///< at all places
    RepeatCurve curve;
    Concentration spread;

    [[nodiscard]] std::span<KindCount const> kinds_of(RepeatPlace const& place) const;       ///< most first
    [[nodiscard]] std::span<IncidentId const> incidents_of(RepeatPlace const& place) const;  ///< oldest first
    /// Whole days between consecutive incidents, one fewer than there are incidents.
    [[nodiscard]] std::span<std::int32_t const> gaps_of(RepeatPlace const& place) const;

private:
    friend class RepeatLocationsBuilder;
    std::vector<KindCount> kind_counts_;
    std::vector<IncidentId> incidents_;
    std::vector<std::int32_t> gaps_;  // parallel to incidents_: to the next at the place; last unused
};

/// Only incidents with a point enter; the rest is counted in `left_out`. Time is the day an incident's
/// interval starts, in the county's civil time. Which coordinates are one place: \see group_places(). \return
/// ErrorCode::forbidden for a view without single incidents, ErrorCode::wrong_use naming the option,
/// ErrorCode::busy when stopped. Method: docs/methods/repeat_locations.md
Result<RepeatLocations> repeat_locations(View const& view, Filter const& filter,
                                         RepeatLocationOptions const& options, Progress const& progress = {});

}  // namespace riskbild::layers
