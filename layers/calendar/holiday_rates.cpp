#include "layers/calendar/holiday_rates.hpp"

#include <algorithm>

#include "layers/significance.hpp"

namespace riskbild::layers {
namespace {

/// Adds one holiday and the ordinary days around it.
void add_day(HolidayRate& rate, DaySeries const& days, std::vector<SpecialDay> const& special, LocalDate day,
             unsigned weeks_around)
{
    std::uint64_t ordinary_count = 0;
    std::uint32_t ordinary_days = 0;
    for (auto away = 1; away <= static_cast<int>(weeks_around); ++away) {
        for (auto const other : {day - date::weeks{away}, day + date::weeks{away}}) {
            auto const index = days.index_of(other);
            if (index && std::ranges::find(special, other, &SpecialDay::day) == special.end()) {
                ordinary_count += days.count[*index];
                ++ordinary_days;
            }
        }
    }
    if (ordinary_days == 0) {
        return;
    }
    rate.count += days.count[*days.index_of(day)];
    ++rate.days;
    rate.ordinary_count += ordinary_count;
    rate.ordinary_days += ordinary_days;
}

}  // namespace

std::vector<HolidayRate> holiday_rates(DaySeries const& days, unsigned weeks_around)
{
    auto const special = swedish_special_days({days.first, days.day(days.count.size())});
    std::vector<HolidayRate> rates;
    for (std::size_t kind = 0; kind < swedish_holiday_kinds().size(); ++kind) {
        for (bool const eve : {true, false}) {
            HolidayRate rate{.kind = kind, .eve = eve};
            for (auto const& one : special) {
                if (one.kind == kind && one.eve == eve && days.is_counted(one.day)) {
                    add_day(rate, days, special, one.day, weeks_around);
                }
            }
            if (rate.days > 0) {
                rate.against = rate_ratio(rate.ordinary_count, rate.ordinary_days, rate.count, rate.days);
                rates.push_back(rate);
            }
        }
    }
    std::vector<double> p;
    for (auto const& rate : rates) {
        p.push_back(rate.against.p);
    }
    auto const adjusted = benjamini_hochberg(p);
    for (std::size_t i = 0; i < rates.size(); ++i) {
        rates[i].p_adjusted = adjusted[i];
    }
    return rates;
}

}  // namespace riskbild::layers
