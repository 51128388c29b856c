#pragma once

#include <cstdint>
#include <vector>

#include "layers/calendar/day_series.hpp"
#include "layers/calendar/swedish_holidays.hpp"
#include "layers/rates/rate_ratio.hpp"

namespace riskbild::layers {

/// A holiday (or the day before it) of all years against ordinary days.
struct HolidayRate {
    std::size_t kind = 0;  ///< index in swedish_holiday_kinds()
    bool eve = false;
    std::uint64_t count = 0;
    std::uint32_t days = 0;
    std::uint64_t ordinary_count = 0;
    std::uint32_t ordinary_days = 0;
    RateRatio against;        ///< the holiday's daily rate to the ordinary days'
    double p_adjusted = 1.0;  ///< for how many holidays are looked at (Benjamini and Hochberg)
};

/// Each holiday is compared with the ordinary days (neither a holiday nor the day before one) of its own
/// weekday at most `weeks_around` weeks away, so that neither the weekday nor the season makes a difference.
/// In the order of swedish_holiday_kinds(), the day before first; those that did not come, or have no
/// ordinary day to be compared with, are not there.
[[nodiscard]] std::vector<HolidayRate> holiday_rates(DaySeries const& days, unsigned weeks_around);

}  // namespace riskbild::layers
