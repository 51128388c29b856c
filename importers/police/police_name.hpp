#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "geo_core/time.hpp"

namespace riskbild::importers {

/// The front of a police title: day and month without a year, and perhaps the time of day.
struct PoliceDate {
    unsigned month = 1;
    unsigned day = 1;
    std::optional<std::chrono::minutes> time_of_day;
    bool operator==(PoliceDate const&) const = default;
};

/// A police title taken apart: "29 september 19:48, Mord/dråp, försök, Enköping".
struct PoliceName {
    std::optional<PoliceDate> date;  ///< nothing where the front is no date
    std::string type;                ///< `Mord/dråp, försök`; may hold commas
    std::string place;               ///< `Enköping`; empty where the title has fewer than three parts
    bool operator==(PoliceName const&) const = default;
};

/// Takes any text apart: the date up to the first comma, the place behind the last one. The time is
/// written with `.` or `:`, the day and the hour with one digit or two, the month in any case.
[[nodiscard]] PoliceName parse_police_name(std::string_view name);

/// When it happened: in the year that puts it within 180 days before its publication, or at most a day after
/// (a title of 31 December published on 1 January is of the year before; authors also write ahead by some
/// hours). One minute long, or the civil day where no time is given. Civil time of `zone`.
/// \return nothing where no year does.
[[nodiscard]] std::optional<TimeInterval> occurrence_of(PoliceDate const& date, Instant published,
                                                        TimeZone const& zone);

}  // namespace riskbild::importers
