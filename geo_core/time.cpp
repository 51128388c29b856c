#include "geo_core/time.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include "geo_core/text.hpp"

namespace riskbild {
namespace {

std::optional<LocalDate> take_date(std::string_view& text)
{
    auto const year = take_number(text, 4, 4);
    if (!year || !take(text, "-"))
        return std::nullopt;
    auto const month = take_number(text, 2, 2);
    if (!month || !take(text, "-"))
        return std::nullopt;
    auto const day = take_number(text, 2, 2);
    if (!day)
        return std::nullopt;
    auto const civil = date::year{*year} / *month / *day;
    if (!civil.ok())
        return std::nullopt;
    return LocalDate{civil};
}

// `Z`, `+02:00`, `-0600`, `+02`: how far local time is ahead of UTC.
std::optional<std::chrono::seconds> take_zone(std::string_view& text)
{
    if (take(text, "Zz"))
        return std::chrono::seconds{0};
    int sign = 1;
    if (take(text, "-"))
        sign = -1;
    else if (!take(text, "+"))
        return std::nullopt;
    auto const hours = take_number(text, 2, 2);
    if (!hours || *hours > 18)
        return std::nullopt;
    auto const colon = take(text, ":");
    auto const minutes = take_number(text, 2, 2);
    if ((colon && !minutes) || minutes.value_or(0) > 59)
        return std::nullopt;
    return sign * (std::chrono::hours{*hours} + std::chrono::minutes{minutes.value_or(0)});
}

}  // namespace

Result<TimeZone> TimeZone::named(std::string const& name)
{
    try {
        return TimeZone{date::locate_zone(name)};
    } catch (std::runtime_error const&) {
        return fail(ErrorCode::wrong_use,
                    fmt::format("time zone \"{}\" is not in the system's time zone database", name),
                    "time_zone");
    }
}

std::string TimeZone::name() const
{
    return zone_->name();
}

LocalTime TimeZone::local(Instant instant) const
{
    return zone_->to_local(instant);
}

TimeZone::Offset TimeZone::offset_at(Instant instant) const
{
    auto const info = zone_->get_info(instant);
    return {info.begin, info.end, info.offset};
}

Instant TimeZone::instant(LocalTime local) const
{
    // choose::earliest: the first of a repeated hour; the instant of the change for a missing one.
    return zone_->to_sys(local, date::choose::earliest);
}

TimeInterval TimeZone::day(LocalDate day) const
{
    return {instant(day), instant(day + date::days{1})};
}

std::optional<LocalDate> parse_date(std::string_view text)
{
    auto const day = take_date(text);
    return day && text.empty() ? day : std::nullopt;
}

std::optional<Instant> parse_instant(std::string_view text)
{
    auto const day = take_date(text);
    if (!day || !take(text, "Tt "))
        return std::nullopt;
    auto const hour = take_number(text, 1, 2);
    if (!hour || *hour > 24 || !take(text, ":"))
        return std::nullopt;
    auto const minute = take_number(text, 2, 2);
    if (!minute || *minute > 59)
        return std::nullopt;
    int second = 0;
    if (take(text, ":")) {
        auto const parsed = take_number(text, 2, 2);
        if (!parsed || *parsed > 60)
            return std::nullopt;
        second = *parsed == 60 ? 59 : *parsed;  // a leap second is the second before it
        if (take(text, ".") && !take_number(text, 1, 9))
            return std::nullopt;
    }
    if (*hour == 24 && (*minute != 0 || second != 0))
        return std::nullopt;
    take(text, " ");
    auto const ahead = take_zone(text);
    if (!ahead || !text.empty())
        return std::nullopt;
    auto const local =
        *day + std::chrono::hours{*hour} + std::chrono::minutes{*minute} + std::chrono::seconds{second};
    return Instant{local.time_since_epoch() - *ahead};
}

std::string to_text(Instant instant)
{
    auto const day = date::floor<date::days>(instant);
    date::year_month_day const civil{day};
    date::hh_mm_ss const clock{instant - day};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(civil.year()),
                       static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string to_text(LocalDate day)
{
    date::year_month_day const civil{day};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(civil.year()),
                       static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()));
}

}  // namespace riskbild
