#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "geo_core/filter.hpp"

namespace riskbild::layers {

/// A public holiday of Sweden (allmän helgdag, law 1989:253) other than an ordinary Sunday, with what the day
/// before it is called.
struct HolidayKind {
    std::string_view key;
    std::string_view sv;
    std::string_view en;
    std::string_view eve_sv;
    std::string_view eve_en;
};

/// In the order of a year in which Easter is in April.
[[nodiscard]] std::span<HolidayKind const> swedish_holiday_kinds();

/// A holiday, or the day before one.
struct SpecialDay {
    LocalDate day;
    std::size_t kind = 0;  ///< index in swedish_holiday_kinds()
    bool eve = false;
    bool operator==(SpecialDay const&) const = default;
};

/// The holidays of a period and the days before holidays, in order of day. A day before that is itself a
/// holiday counts as the holiday only. A day with two names is there twice (Ascension Day on 1 May 2008).
/// The rules are those since 1953; the National Day counts from 2005, Whit Monday to 2004.
[[nodiscard]] std::vector<SpecialDay> swedish_special_days(Period const& period);

/// Easter Sunday of the Gregorian calendar (Meeus, *Astronomical Algorithms*, 1991, chapter 8).
[[nodiscard]] LocalDate easter_sunday(int year);

}  // namespace riskbild::layers
