#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "data/example/made_up_places.hpp"
#include "geo_core/precision.hpp"

namespace riskbild::data {

/// When in the day things begin: weights of 24 hours, the first at 06:00, so that a night is one piece.
enum class Hours : std::uint8_t {
    any,
    opening_hours,
    closing_time,
    working_day,
    commuting,
    evening,
    night,
    pub_night
};
/// Which evenings of the week; the small hours belong to the evening before.
enum class Week : std::uint8_t { even, working_days, weekend, pub_nights };
enum class Season : std::uint8_t { even, summer, winter, mild };  ///< mild: spring and autumn
/// How well its time is known.
enum class Span : std::uint8_t {
    minute,       ///< to the minute
    about,        ///< 10 to 60 minutes
    working_day,  ///< found on coming home from work
    overnight,    ///< found in the morning
    days_away,    ///< found on coming home after days
    civil_day,    ///< a date without time
    weekend,      ///< Friday evening to Monday morning
};

/// One sort of made-up incident as one source tells of it. Invented to look plausible, not measured.
struct Pattern {
    std::string_view source;  ///< `ul`, `butiker`, `klotter`, `polis_uttag` or `police`
    std::string_view kind;    ///< our code
    double weight = 1.0;      ///< share within its source
    SiteUse site = SiteUse::street;
    Hours hours = Hours::any;
    Week week = Week::even;
    Season season = Season::even;
    Span span = Span::minute;
    double repeats = 0.0;                 ///< chance that one more follows there or near within 14 days
    double also_case = 0.0;               ///< chance that the police case extract tells of it too
    Precision best = Precision::address;  ///< no report of it is placed better
    std::string_view feed_type;           ///< the police feed's word where it may tell of it; empty = never
    std::string_view title;
    std::string_view detail;  ///< a sentence
};

[[nodiscard]] std::span<Pattern const> patterns();

[[nodiscard]] std::array<double, 24> const& weights_of(Hours hours);
/// Monday first.
[[nodiscard]] std::array<double, 7> const& weights_of(Week week);
/// January first; the largest is 1.
[[nodiscard]] std::array<double, 12> const& weights_of(Season season);

}  // namespace riskbild::data
