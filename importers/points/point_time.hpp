#pragma once

#include <optional>
#include <string_view>

#include "geo_core/result.hpp"
#include "geo_core/time.hpp"
#include "importers/points/column_profile.hpp"

namespace riskbild::importers {

/// Which of a row's texts cannot be understood; `order`: `to` lies before `from`; `two_times`: both `from`
/// and `clock` tell a time of day.
enum class TimeFault { from, hour, clock, two_times, to, order };

/// A time in that style, for messages: `2025-01-31 14:05`.
[[nodiscard]] std::string_view example_of(TimeStyle style);

/// `22.15` of `kl. 22.15` and `klockan 22.15`.
[[nodiscard]] std::string_view without_clock_word(std::string_view time_of_day);

/// When something happened, from the texts of a row. Civil times are of `zone`.
///
/// A date alone is its civil day; with a time of day it is as long as `resolution`; with an `hour` column
/// (`0` … `23`) it is that hour. `to` ends the interval (exclusive); the same as the start, or empty, it
/// says nothing. A `to` that is a date alone includes that day.
/// \param hour, to empty where there are none
/// \param clock the time of day, where it has a column of its own; empty in a row that knows only the day.
/// Then a `from` at midnight, as databases write a date (`2025-03-12 00:00:00`), is that date alone.
[[nodiscard]] tl::expected<TimeInterval, TimeFault> read_interval(std::string_view from, std::string_view to,
                                                                  std::string_view hour, TimeStyle style,
                                                                  TimeResolution resolution,
                                                                  TimeZone const& zone,
                                                                  std::optional<std::string_view> clock = {});

}  // namespace riskbild::importers
