#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "geo_core/report.hpp"
#include "geo_core/result.hpp"
#include "geo_core/snapshot.hpp"

namespace riskbild::data {

/// How far the tellers of one event differ.
struct Noise {
    std::string_view name;
    double minutes = 0.0;      ///< standard deviation of a told time
    double metres = 0.0;       ///< of a told place, in each direction
    double other_kind = 0.0;   ///< share of reports under another word for the kind
    double only_kommun = 0.0;  ///< share of reports without a point, beside the feed's, which never have one
    double own_words = 0.0;    ///< share of an event's details that a teller leaves out
};
inline constexpr Noise kLittleNoise{"little", 3, 15, 0.05, 0.05, 0.3};
inline constexpr Noise kMediumNoise{"medium", 10, 40, 0.10, 0.10, 0.4};
inline constexpr Noise kMuchNoise{"much", 30, 120, 0.25, 0.25, 0.6};

struct ToldEventsOptions {
    std::uint64_t seed = 2026;
    std::size_t events = 20'000;
    int days = 120;
    Noise noise = kMediumNoise;
    double missing = 0.05;  ///< share of each field that a teller leaves out: text, clock, position, kind
    double twins = 0.15;  ///< share of events with another of their kind near by the same night, told as well
};

struct ToldReport {
    Report report;
    std::size_t event = 0;  ///< which event it tells of: the label
};

/// Made-up events as several sources tell of them, with the truth of who tells of what: to measure linkage.
/// Case numbers are left out, so that only what is told can join reports. Twins are the hard cases: two
/// burglaries on one street the same night. Nothing in them has happened.
/// \return reports in no particular order; ErrorCode::not_found or unreadable where the figures cannot be
/// read
Result<std::vector<ToldReport>> make_up_told_events(ToldEventsOptions const& options);

/// The sources that tell of them.
[[nodiscard]] std::vector<Source> told_events_sources();

}  // namespace riskbild::data
