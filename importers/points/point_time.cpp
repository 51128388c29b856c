#include "importers/points/point_time.hpp"

#include <algorithm>
#include <optional>

#include "geo_core/text.hpp"
#include "importers/swedish_months.hpp"

namespace riskbild::importers {
namespace {

// A moment as written: of a day, with or without a time of day.
struct Moment {
    Instant instant;
    bool has_time = false;
};

std::optional<LocalDate> valid_date(int year, int month, int day)
{
    auto const civil =
        date::year{year} / date::month{static_cast<unsigned>(month)} / date::day{static_cast<unsigned>(day)};
    return civil.ok() ? std::optional{LocalDate{civil}} : std::nullopt;
}

// ` april`, ` apr.` of `3 april 2025`, which has but one order.
std::optional<int> take_month_name(std::string_view& text)
{
    auto rest = text;
    if (!take(rest, " "))
        return std::nullopt;
    constexpr std::size_t kShortest = 3;
    auto const word = lower_case(rest.substr(0, rest.find_first_of(". ")));
    auto const* const month = std::ranges::find_if(
        kSwedishMonths, [&](auto name) { return word.size() >= kShortest && name.starts_with(word); });
    if (month == kSwedishMonths.end())
        return std::nullopt;
    rest.remove_prefix(word.size());
    take(rest, ".");
    text = rest;
    return static_cast<int>(month - kSwedishMonths.begin()) + 1;
}

// `31/01/2025`, `31.1.2025`, `31/1 2025`, `1/31/2025`: two numbers and a year of four digits; `31 jan 2025`.
std::optional<LocalDate> take_written_date(std::string_view& text, TimeStyle style)
{
    auto const first = take_number(text, 1, 2);
    if (!first)
        return std::nullopt;
    auto const name = style == TimeStyle::day_first ? take_month_name(text) : std::nullopt;
    auto const second = name || !take(text, "/.-") ? name : take_number(text, 1, 2);
    // A blank before the year is Swedish, where the day stands first.
    auto const has_blank = style == TimeStyle::day_first && take(text, " ");
    if (!second || !(has_blank || (!name && take(text, "/.-"))))
        return std::nullopt;
    auto const year = take_number(text, 4, 4);
    if (!year)
        return std::nullopt;
    return style == TimeStyle::month_first ? valid_date(*year, *first, *second)
                                           : valid_date(*year, *second, *first);
}

// `22:15`, `22:15:30.5`, with ` AM` or ` PM` where the clock has twelve hours; `kl. 22.15`.
std::optional<std::chrono::seconds> read_time_of_day(std::string_view text)
{
    text = without_clock_word(text);
    auto hour = take_number(text, 1, 2);
    if (!hour || !take(text, ":."))
        return std::nullopt;
    auto const minute = take_number(text, 1, 2);
    int second = 0;
    if (take(text, ":.")) {
        auto const read = take_number(text, 1, 2);
        if (!read)
            return std::nullopt;
        second = *read;
        if (take(text, ".,") && !take_number(text, 1, 9))
            return std::nullopt;
    }
    take(text, " ");
    auto const is = [&](std::string_view upper, std::string_view lower) {
        return text == upper || text == lower;
    };
    if (is("AM", "am") || is("PM", "pm")) {
        if (*hour < 1 || *hour > 12)
            return std::nullopt;
        hour = *hour % 12 + (is("PM", "pm") ? 12 : 0);
        text = {};
    }
    if (!minute || *hour > 23 || *minute > 59 || second > 59 || !text.empty())
        return std::nullopt;
    return std::chrono::hours{*hour} + std::chrono::minutes{*minute} + std::chrono::seconds{second};
}

std::optional<Moment> read_moment(std::string_view text, TimeStyle style, TimeZone const& zone)
{
    std::optional<LocalDate> day;
    if (style == TimeStyle::iso) {
        if (auto const instant = parse_instant(text))
            return Moment{.instant = *instant, .has_time = true};
        day = parse_date(text.substr(0, 10));
        text.remove_prefix(std::min<std::size_t>(10, text.size()));
    } else {
        day = take_written_date(text, style);
    }
    if (!day)
        return std::nullopt;
    if (text.empty())
        return Moment{.instant = zone.instant(*day), .has_time = false};
    auto const has_comma = take(text, ",");
    if (!take(text, has_comma ? " " : "T "))
        return std::nullopt;
    auto const time_of_day = read_time_of_day(text);
    if (!time_of_day)
        return std::nullopt;
    return Moment{.instant = zone.instant(*day + *time_of_day), .has_time = true};
}

LocalDate day_of(Moment const& moment, TimeZone const& zone)
{
    return date::floor<date::days>(zone.local(moment.instant));
}

// The day of a moment written at midnight, in whatever zone: so databases write a date that is no more.
std::optional<LocalDate> day_written_at_midnight(std::string_view text, TimeStyle style)
{
    auto const day =
        style == TimeStyle::iso ? parse_date(text.substr(0, 10)) : take_written_date(text, style);
    if (style == TimeStyle::iso)
        text.remove_prefix(std::min<std::size_t>(10, text.size()));
    take(text, ",");
    take(text, "Tt ");
    auto const time_of_day = read_time_of_day(trimmed(text.substr(0, text.find_first_of("Zz+-"))));
    return time_of_day == std::chrono::seconds{0} ? day : std::nullopt;
}

// The date of one column with the time of day of another, which may name its zone.
tl::expected<Moment, TimeFault> with_clock(Moment const& start, std::string_view from, std::string_view clock,
                                           TimeStyle style, TimeZone const& zone)
{
    auto const midnight = start.has_time ? day_written_at_midnight(from, style) : std::nullopt;
    auto const day = midnight ? *midnight : day_of(start, zone);
    if (clock.empty())
        return midnight ? Moment{.instant = zone.instant(day), .has_time = false} : start;
    auto const time_of_day = read_time_of_day(clock);
    auto const zoned = !time_of_day && style == TimeStyle::iso
                           ? parse_instant(to_text(day).append(" ").append(clock))
                           : std::nullopt;
    if (!time_of_day && !zoned)
        return tl::unexpected{TimeFault::clock};
    if (start.has_time && !midnight)
        return tl::unexpected{TimeFault::two_times};
    return Moment{.instant = zoned ? *zoned : zone.instant(day + *time_of_day), .has_time = true};
}

TimeInterval interval_of(Moment const& moment, TimeResolution resolution, TimeZone const& zone)
{
    if (!moment.has_time || resolution == TimeResolution::day)
        return zone.day(day_of(moment, zone));
    auto const length =
        resolution == TimeResolution::hour ? std::chrono::minutes{60} : std::chrono::minutes{1};
    return {moment.instant, moment.instant + length};
}

}  // namespace

std::string_view without_clock_word(std::string_view time_of_day)
{
    auto const lower = lower_case(time_of_day.substr(0, time_of_day.find_first_of(" 0123456789")));
    if (lower == "kl" || lower == "kl." || lower == "klockan")
        time_of_day.remove_prefix(lower.size());
    return trimmed(time_of_day);
}

std::string_view example_of(TimeStyle style)
{
    switch (style) {
        case TimeStyle::month_first:
            return "01/31/2025 14:05";
        case TimeStyle::day_first:
            return "31/01/2025 14:05";
        case TimeStyle::iso:
            break;
    }
    return "2025-01-31 14:05";
}

tl::expected<TimeInterval, TimeFault> read_interval(std::string_view from, std::string_view to,
                                                    std::string_view hour, TimeStyle style,
                                                    TimeResolution resolution, TimeZone const& zone,
                                                    std::optional<std::string_view> clock)
{
    auto start = read_moment(from, style, zone);
    if (!start)
        return tl::unexpected{TimeFault::from};
    if (clock) {
        auto const clocked = with_clock(*start, from, *clock, style, zone);
        if (!clocked)
            return tl::unexpected{clocked.error()};
        start = *clocked;
    }
    auto interval = interval_of(*start, resolution, zone);
    if (!hour.empty()) {
        auto digits = hour;
        auto const value = take_number(digits, 1, 2);
        if (!value || !digits.empty() || *value > 23)
            return tl::unexpected{TimeFault::hour};
        interval.from = zone.instant(day_of(*start, zone) + std::chrono::hours{*value});
        interval.to = interval.from + std::chrono::hours{1};
    }
    if (to.empty())
        return interval;
    auto const end = read_moment(to, style, zone);
    if (!end)
        return tl::unexpected{TimeFault::to};
    auto const last = end->has_time ? end->instant : zone.day(day_of(*end, zone)).to;
    if (last < interval.from)
        return tl::unexpected{TimeFault::order};
    if (last > interval.from)
        interval.to = last;
    return interval;
}

}  // namespace riskbild::importers
