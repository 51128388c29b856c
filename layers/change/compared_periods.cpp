#include "layers/change/compared_periods.hpp"

#include <fmt/format.h>

namespace riskbild::layers {
namespace {

Result<void> check_order(Period const& period, char const* name)
{
    if (period.from < period.to) {
        return {};
    }
    return fail(ErrorCode::wrong_use,
                fmt::format("{0}_to is {1}, it must be after {0}_from, {2}", name,
                            riskbild::to_text(period.to), riskbild::to_text(period.from)),
                fmt::format("{}_to", name));
}

/// Fewest years that a period must go back to end before it begins.
int years_apart(Period const& period)
{
    int years = 1;
    while (years_before(period.to, years) > period.from) {
        ++years;
    }
    return years;
}

}  // namespace

Result<ComparedPeriods> compared_periods(PeriodWish const& wish, LocalDate end_of_data)
{
    ComparedPeriods periods;
    periods.after.to = wish.after_to.value_or(end_of_data);
    periods.after.from = wish.after_from.value_or(years_before(periods.after.to, 1));
    if (auto const fine = check_order(periods.after, "after"); !fine) {
        return Failure{fine.error()};
    }
    auto const years = years_apart(periods.after);
    periods.before.to = wish.before_to.value_or(years_before(periods.after.to, years));
    periods.before.from = wish.before_from.value_or(years_before(periods.after.from, years));
    if (auto const fine = check_order(periods.before, "before"); !fine) {
        return Failure{fine.error()};
    }
    if (periods.before.to > periods.after.from) {
        return fail(ErrorCode::wrong_use,
                    fmt::format("before_to is {}, it must not be after after_from, {}: the periods overlap",
                                riskbild::to_text(periods.before.to), riskbild::to_text(periods.after.from)),
                    "before_to");
    }
    return periods;
}

LocalDate years_before(LocalDate day, int years)
{
    auto const then = date::year_month_day{day} - date::years{years};
    return then.ok() ? LocalDate{then} : LocalDate{then.year() / then.month() / date::last};
}

}  // namespace riskbild::layers
