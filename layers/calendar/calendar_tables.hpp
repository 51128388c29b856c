#pragma once

#include <span>

#include "layers/calendar/day_series.hpp"
#include "layers/calendar/holiday_rates.hpp"
#include "layers/calendar/week_alarms.hpp"
#include "layers/layer_result.hpp"

namespace riskbild::layers {

/// The tables of the layer `calendar`. Percentages stand only where both counts are ten or more.
[[nodiscard]] Table weeks_table(std::span<JudgedWeek const> weeks, std::span<SpecialDay const> special);
[[nodiscard]] Table days_table(DaySeries const& days, std::span<SpecialDay const> special);
/// With the change since the same month a year before, of counts a day.
[[nodiscard]] Table months_table(std::span<MonthCount const> months);
[[nodiscard]] Table season_table(std::optional<Season> const& season);
[[nodiscard]] Table holidays_table(std::span<HolidayRate const> rates);

}  // namespace riskbild::layers
