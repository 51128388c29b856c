#include "layers/calendar/week_alarms.hpp"

#include <algorithm>
#include <cmath>

namespace riskbild::layers {
namespace {

constexpr std::size_t kWeeksForEnough = 4;

/// Weeks around the same week of each earlier year, earliest first; nothing where one is before the series.
std::optional<std::vector<std::size_t>> same_weeks(WeekSeries const& weeks, std::size_t at, unsigned years,
                                                   unsigned around)
{
    std::vector<std::size_t> found;
    for (auto year = years; year > 0; --year) {
        auto const centre = static_cast<std::int64_t>(at) - weeks_back(weeks.monday(at), year);
        for (auto week = centre - around; week <= centre + around; ++week) {
            if (week < 0) {
                return std::nullopt;
            }
            found.push_back(static_cast<std::size_t>(week));
        }
    }
    return found;
}

/// The weeks before, and the same weeks of as many earlier years as there are, each once.
std::vector<std::size_t> baseline_of(WeekSeries const& weeks, std::size_t at, WeekAlarmOptions const& options)
{
    if (at < options.baseline_weeks) {
        return {};
    }
    std::vector<std::size_t> baseline;
    for (auto years = options.years; years > 0 && baseline.empty(); --years) {
        baseline = same_weeks(weeks, at, years, options.same_weeks).value_or(baseline);
    }
    for (auto week = at - options.baseline_weeks; week < at; ++week) {
        baseline.push_back(week);
    }
    std::ranges::sort(baseline);
    baseline.erase(std::unique(baseline.begin(), baseline.end()), baseline.end());
    return baseline;
}

void compare_with_mean(JudgedWeek& judged, WeekSeries const& weeks, std::vector<std::size_t> const& baseline)
{
    if (baseline.empty()) {
        return;
    }
    double sum = 0.0;
    for (auto const week : baseline) {
        sum += weeks.count[week];
    }
    judged.baseline = static_cast<std::uint32_t>(baseline.size());
    judged.expected = sum / static_cast<double>(baseline.size());
    judged.z = 2.0 * (std::sqrt(static_cast<double>(judged.count)) - std::sqrt(*judged.expected));
}

/// By as many earlier years as there are.
void compare_with_years(JudgedWeek& judged, WeekSeries const& weeks, std::size_t at,
                        WeekAlarmOptions const& options)
{
    for (auto years = options.years; years >= kFarringtonLeastYears; --years) {
        auto const baseline = same_weeks(weeks, at, years, kFarringtonWeeks);
        if (!baseline) {
            continue;
        }
        std::vector<double> numbers;
        std::vector<std::uint32_t> counts;
        for (auto const week : *baseline) {
            numbers.push_back(static_cast<double>(week));
            counts.push_back(weeks.count[week]);
        }
        judged.farrington = farrington_bound(numbers, counts, static_cast<double>(at), years, options.alpha);
        judged.farrington_years = judged.farrington ? years : 0;
        return;
    }
}

void raise_alarms(JudgedWeek& judged, WeekAlarmOptions const& options)
{
    if (!judged.enough) {
        return;
    }
    judged.z_alarm = judged.z && *judged.z >= options.z;
    judged.c1_alarm = judged.ears.c1 && *judged.ears.c1 > kEarsAlarm;
    judged.c2_alarm = judged.ears.c2 && *judged.ears.c2 > kEarsAlarm;
    judged.c3_alarm = judged.ears.c3 && *judged.ears.c3 > kEarsCumulatedAlarm;
    judged.farrington_alarm = judged.farrington && judged.count > judged.farrington->upper;
}

}  // namespace

unsigned JudgedWeek::alarms() const
{
    return static_cast<unsigned>(z_alarm) + static_cast<unsigned>(c1_alarm) +
           static_cast<unsigned>(c2_alarm) + static_cast<unsigned>(c3_alarm) +
           static_cast<unsigned>(farrington_alarm);
}

std::int64_t weeks_back(LocalDate monday, unsigned years)
{
    date::year_month_day then{monday};
    then -= date::years{static_cast<int>(years)};
    auto const day = then.ok() ? LocalDate{then} : LocalDate{then.year() / 3 / 1};
    return ((monday - day).count() + 3) / 7;
}

std::vector<JudgedWeek> judge_weeks(WeekSeries const& weeks, WeekAlarmOptions const& options)
{
    std::vector<JudgedWeek> judged;
    std::uint64_t lately = 0;
    for (std::size_t at = 0; at < weeks.count.size(); ++at) {
        lately += weeks.count[at];
        lately -= at >= kWeeksForEnough ? weeks.count[at - kWeeksForEnough] : 0;
        JudgedWeek week{.monday = weeks.monday(at), .count = weeks.count[at]};
        week.enough = lately >= kLeastForAlarm;
        compare_with_mean(week, weeks, baseline_of(weeks, at, options));
        week.ears = ears_at(weeks.count, at);
        compare_with_years(week, weeks, at, options);
        raise_alarms(week, options);
        judged.push_back(week);
    }
    return judged;
}

}  // namespace riskbild::layers
