#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "geo_core/filter.hpp"
#include "layers/rates/rate_statistics.hpp"

namespace riskbild::layers {

/// Counts of local days in a row.
struct DaySeries {
    LocalDate first;
    std::vector<std::uint32_t> count;
    std::uint8_t weekdays = 0;  ///< those that were counted at all, as Filter::weekdays; 0: all

    [[nodiscard]] LocalDate day(std::size_t i) const
    {
        return first + date::days{static_cast<std::int64_t>(i)};
    }
    [[nodiscard]] bool is_counted(LocalDate day) const;
    /// Index of a day; nothing for one before or after.
    [[nodiscard]] std::optional<std::size_t> index_of(LocalDate day) const;
};

/// 0 is Monday.
[[nodiscard]] unsigned weekday_of(LocalDate day);

/// Counts of whole weeks in a row, Monday to Sunday.
struct WeekSeries {
    LocalDate first;  ///< a Monday
    std::vector<std::uint32_t> count;
    [[nodiscard]] LocalDate monday(std::size_t i) const
    {
        return first + date::weeks{static_cast<std::int64_t>(i)};
    }
};

/// The weeks of which every day is in the series.
[[nodiscard]] WeekSeries whole_weeks(DaySeries const& days);

/// `2025-W11`: the year is that of the week's Thursday (ISO 8601).
[[nodiscard]] std::string iso_week(LocalDate monday);

/// One calendar month, as far as it is in the series.
struct MonthCount {
    date::year_month month;
    std::uint64_t count = 0;
    std::uint32_t days = 0;  ///< that were counted
    bool whole = false;      ///< every day of the month is in the series
};
[[nodiscard]] std::vector<MonthCount> months_of(DaySeries const& days);

/// One month of the year against the mean of all.
struct SeasonMonth {
    std::uint64_t count = 0;
    std::uint32_t days = 0;
    std::optional<double>
        index;          ///< daily rate / mean daily rate · 100: 100 is as any month; nothing of no incidents
    Interval interval;  ///< exact at 95 %, for chance in this month's count
};

/// Season by month, January first, from the last whole months that make whole years, so that every month of
/// the year enters as often as any other. Months are compared by their days: February is not low because it
/// is short. Nothing for fewer than twelve whole months.
struct Season {
    date::year_month first;
    unsigned years = 0;
    std::array<SeasonMonth, 12> months;
};
[[nodiscard]] std::optional<Season> season_of(std::vector<MonthCount> const& months);

}  // namespace riskbild::layers
