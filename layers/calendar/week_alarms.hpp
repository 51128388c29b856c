#pragma once

#include <optional>
#include <vector>

#include "layers/calendar/day_series.hpp"
#include "layers/calendar/ears.hpp"
#include "layers/calendar/farrington.hpp"

namespace riskbild::layers {

struct WeekAlarmOptions {
    unsigned baseline_weeks = 12;  ///< before the week judged
    unsigned years = 3;            ///< earlier years
    unsigned same_weeks = 2;       ///< to each side of the same week of an earlier year
    double z = 2.0;                ///< an alarm from here on
    double alpha = 0.05;           ///< \see farrington_bound
    bool operator==(WeekAlarmOptions const&) const = default;
};

/// One week against what was to be expected.
struct JudgedWeek {
    LocalDate monday;
    std::uint32_t count = 0;
    std::uint32_t baseline = 0;      ///< weeks that `expected` is the mean of
    std::optional<double> expected;  ///< nothing where the weeks before are not all there
    std::optional<double> z;  ///< 2(√count − √expected): about standard normal for Poisson counts
    Ears ears;
    std::optional<FarringtonBound> farrington;  ///< nothing where two earlier years are not there
    unsigned farrington_years = 0;              ///< earlier years that it is from
    bool enough = false;                        ///< five or more in four weeks, this one included

    // An alarm is a rise above the threshold with `enough` incidents.
    bool z_alarm = false;
    bool c1_alarm = false;
    bool c2_alarm = false;
    bool c3_alarm = false;
    bool farrington_alarm = false;
    [[nodiscard]] unsigned alarms() const;
};

/// No alarm with fewer in four weeks, whatever the method says (Farrington et al. 1996).
inline constexpr std::uint32_t kLeastForAlarm = 5;
/// To each side of the same week, for Farrington's bound.
inline constexpr unsigned kFarringtonWeeks = 3;
inline constexpr unsigned kFarringtonLeastYears = 2;

/// Every week against those before it and the same weeks of earlier years. What comes after a week plays no
/// part in how it is judged.
[[nodiscard]] std::vector<JudgedWeek> judge_weeks(WeekSeries const& weeks, WeekAlarmOptions const& options);

/// How many weeks back the same week `years` earlier lies: the Monday nearest to the same date (29 February:
/// 1 March).
[[nodiscard]] std::int64_t weeks_back(LocalDate monday, unsigned years);

}  // namespace riskbild::layers
