#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <date/date.h>

#include "geo_core/result.hpp"

namespace date {
class time_zone;
}

namespace riskbild {

/// A moment in UTC, whole seconds.
using Instant = date::sys_seconds;
/// A day of the civil calendar, in the store's time zone where it belongs to an incident.
using LocalDate = date::local_days;
/// A civil date and time, in the store's time zone, not yet an instant.
using LocalTime = date::local_seconds;

/// When something happened, as far as known: `[from, to)`, never empty.
/// A time known to the minute is one minute long; a date without time is a whole civil day.
struct TimeInterval {
    Instant from;
    Instant to;
    bool operator==(TimeInterval const&) const = default;
    [[nodiscard]] std::chrono::seconds length() const { return to - from; }
};

/// From this length on, an hour of the day cannot be told: a civil day, also the short one in March.
inline constexpr std::chrono::hours kHourUnknownFrom{23};

/// Civil time of one place, with its summer time, e.g. `Europe/Stockholm`.
class TimeZone {
public:
    /// \return ErrorCode::wrong_use for a name that the system's time zone database lacks.
    static Result<TimeZone> named(std::string const& name);

    [[nodiscard]] std::string name() const;
    [[nodiscard]] LocalTime local(Instant instant) const;
    /// How far civil time is ahead of UTC, and how long that lasts: for columns of many instants.
    struct Offset {
        Instant from;
        Instant to;
        std::chrono::seconds ahead;
    };
    [[nodiscard]] Offset offset_at(Instant instant) const;
    /// The instant of a civil time. In the autumn's repeated hour the first is meant; a civil
    /// time in the spring's missing hour is moved to the instant of the change.
    [[nodiscard]] Instant instant(LocalTime local) const;
    /// The civil day as an interval of 23, 24 or 25 hours.
    [[nodiscard]] TimeInterval day(LocalDate day) const;

private:
    explicit TimeZone(date::time_zone const* zone) : zone_(zone) {}
    date::time_zone const* zone_;
};

/// `2025-01-31`. \return nothing for anything else, also for 30 February.
[[nodiscard]] std::optional<LocalDate> parse_date(std::string_view text);
/// RFC 3339 and its looser relatives: `2022-10-08T07:03:04Z`, `2022-10-08 7:03:04 +02:00`. A zone is
/// required.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);
/// `2025-01-31T23:59:00Z`
[[nodiscard]] std::string to_text(Instant instant);
/// `2025-01-31`
[[nodiscard]] std::string to_text(LocalDate day);

}  // namespace riskbild
