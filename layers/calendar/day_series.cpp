#include "layers/calendar/day_series.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace riskbild::layers {
namespace {

constexpr std::ptrdiff_t kMonthsOfYear = 12;

date::year_month month_of(LocalDate day)
{
    date::year_month_day const civil{day};
    return {civil.year(), civil.month()};
}

LocalDate first_of(date::year_month month)
{
    return LocalDate{month / 1};
}

}  // namespace

bool DaySeries::is_counted(LocalDate day) const
{
    return weekdays == 0 || ((weekdays >> weekday_of(day)) & 1U) != 0;
}

std::optional<std::size_t> DaySeries::index_of(LocalDate day) const
{
    auto const from_first = (day - first).count();
    if (from_first < 0 || from_first >= static_cast<std::int64_t>(count.size())) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(from_first);
}

unsigned weekday_of(LocalDate day)
{
    return date::weekday{day}.iso_encoding() - 1U;
}

WeekSeries whole_weeks(DaySeries const& days)
{
    auto const begins_with = weekday_of(days.first);
    std::size_t i = begins_with == 0 ? 0 : 7 - begins_with;
    WeekSeries weeks{days.day(i), {}};
    for (; i + 7 <= days.count.size(); i += 7) {
        std::uint32_t sum = 0;
        for (std::size_t day = i; day < i + 7; ++day) {
            sum += days.count[day];
        }
        weeks.count.push_back(sum);
    }
    return weeks;
}

std::string iso_week(LocalDate monday)
{
    auto const thursday = monday + date::days{3};
    auto const year = date::year_month_day{thursday}.year();
    auto const week = (thursday - LocalDate{year / 1 / 1}).count() / 7 + 1;
    return fmt::format("{:04}-W{:02}", static_cast<int>(year), week);
}

std::vector<MonthCount> months_of(DaySeries const& days)
{
    std::vector<MonthCount> months;
    for (std::size_t i = 0; i < days.count.size(); ++i) {
        auto const day = days.day(i);
        if (months.empty() || months.back().month != month_of(day)) {
            months.push_back({.month = month_of(day)});
        }
        auto& month = months.back();
        month.count += days.count[i];
        month.days += days.is_counted(day) ? 1U : 0U;
        month.whole = days.index_of(first_of(month.month)) &&
                      day + date::days{1} == first_of(month.month + date::months{1});
    }
    return months;
}

std::optional<Season> season_of(std::vector<MonthCount> const& months)
{
    auto const first = std::ranges::find(months, true, &MonthCount::whole);
    auto last = months.end();
    while (last != first && !(last - 1)->whole) {
        --last;
    }
    auto const years = (last - first) / kMonthsOfYear;
    if (years == 0) {
        return std::nullopt;
    }
    auto const begin = last - years * kMonthsOfYear;
    Season season{begin->month, static_cast<unsigned>(years), {}};
    double all = 0.0;
    double all_days = 0.0;
    for (auto month = begin; month != last; ++month) {
        auto& of_year = season.months[static_cast<unsigned>(month->month.month()) - 1U];
        of_year.count += month->count;
        of_year.days += month->days;
        all += static_cast<double>(month->count);
        all_days += month->days;
    }
    for (auto& month : season.months) {
        if (all > 0.0 && month.days > 0) {
            auto const expected = all / all_days * month.days / 100.0;
            auto const interval = garwood_interval(month.count);
            month.index = static_cast<double>(month.count) / expected;
            month.interval = {interval.low / expected, interval.high / expected};
        }
    }
    return season;
}

}  // namespace riskbild::layers
