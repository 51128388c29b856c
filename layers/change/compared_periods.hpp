#pragma once

#include <optional>

#include "geo_core/filter.hpp"

namespace riskbild::layers {

/// Days that somebody gave; those not given follow from the others. `to` is the day after the last.
struct PeriodWish {
    std::optional<LocalDate> before_from;
    std::optional<LocalDate> before_to;
    std::optional<LocalDate> after_from;
    std::optional<LocalDate> after_to;
    bool operator==(PeriodWish const&) const = default;
};

/// The two periods that are compared; the first ends before the second begins.
struct ComparedPeriods {
    Period before;
    Period after;
    bool operator==(ComparedPeriods const&) const = default;
};

/// What is not given: the later period ends with the data and is twelve months long; the earlier one is the
/// same dates, as few years before as keeps the two apart, so that both have the same seasons. \return
/// ErrorCode::wrong_use naming `before_to` or `after_to` for a period that is empty or overlaps
Result<ComparedPeriods> compared_periods(PeriodWish const& wish, LocalDate end_of_data);

/// The same date years before; the last day of February for the 29th where there is none.
[[nodiscard]] LocalDate years_before(LocalDate day, int years);

}  // namespace riskbild::layers
