#pragma once

#include "layers/calendar/week_alarms.hpp"
#include "layers/layer.hpp"

namespace riskbild::layers {

struct CalendarOptions {
    WeekAlarmOptions alarms;
    unsigned holiday_weeks = 8;  ///< \see holiday_rates
    bool operator==(CalendarOptions const&) const = default;
};

/// Counts by day, week and month, with season, holidays and weekly alarms, as the registry holds it. All
/// incidents that match enter, with a point or without. Method: docs/methods/calendar.md
[[nodiscard]] Layer calendar_layer();

/// \return ErrorCode::wrong_use naming the option
Result<CalendarOptions> calendar_options(Options const& given);

}  // namespace riskbild::layers
