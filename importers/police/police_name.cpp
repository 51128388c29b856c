#include "importers/police/police_name.hpp"

#include <algorithm>

#include "geo_core/area.hpp"
#include "geo_core/text.hpp"
#include "importers/swedish_months.hpp"

namespace riskbild::importers {
namespace {

constexpr std::string_view kNoBreakSpace = "\xc2\xa0";  // found in texts pasted from elsewhere
constexpr std::chrono::hours kLongestAfter{24};         // of publication: authors write ahead by some hours
constexpr date::days kLongestBefore{180};               // what is older has the wrong year or month

// The next word, and what follows it.
std::string_view take_word(std::string_view& text)
{
    text = trimmed(text);
    auto const end = std::min({text.find(' '), text.find('\t'), text.find(kNoBreakSpace), text.size()});
    auto const word = text.substr(0, end);
    text = trimmed(text.substr(end));
    return word;
}

// One or two digits and nothing else.
std::optional<unsigned> small_number(std::string_view text)
{
    auto const value = take_number(text, 1, 2);
    return value && text.empty() ? std::optional{static_cast<unsigned>(*value)} : std::nullopt;
}

std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text)
{
    auto const at = text.find_first_of(".:");
    if (at == std::string_view::npos || text.size() - at != 3)
        return std::nullopt;
    auto const hour = small_number(text.substr(0, at));
    auto const minute = small_number(text.substr(at + 1));
    if (!hour || !minute || *hour > 23 || *minute > 59)
        return std::nullopt;
    return std::chrono::hours{*hour} + std::chrono::minutes{*minute};
}

std::optional<PoliceDate> parse_police_date(std::string_view text)
{
    auto const day = small_number(take_word(text));
    auto const* const month = std::ranges::find(kSwedishMonths, lower_case(take_word(text)));
    if (!day || *day < 1 || *day > 31 || month == kSwedishMonths.end())
        return std::nullopt;
    PoliceDate date{
        .month = static_cast<unsigned>(month - kSwedishMonths.begin()) + 1, .day = *day, .time_of_day = {}};
    if (text.empty())
        return date;
    date.time_of_day = parse_time_of_day(text);
    return date.time_of_day ? std::optional{date} : std::nullopt;
}

TimeInterval interval_on(LocalDate day, std::optional<std::chrono::minutes> time_of_day, TimeZone const& zone)
{
    if (!time_of_day)
        return zone.day(day);
    auto const from = zone.instant(day + *time_of_day);
    return {from, from + std::chrono::minutes{1}};
}

}  // namespace

PoliceName parse_police_name(std::string_view name)
{
    auto const first = name.find(',');
    auto const last = name.rfind(',');
    PoliceName parts;
    parts.date = parse_police_date(name.substr(0, first));
    if (first == std::string_view::npos)
        return parts;
    if (first == last) {
        parts.type = trimmed(name.substr(first + 1));
        return parts;
    }
    parts.type = trimmed(name.substr(first + 1, last - first - 1));
    parts.place = trimmed(name.substr(last + 1));
    return parts;
}

std::optional<TimeInterval> occurrence_of(PoliceDate const& date, Instant published, TimeZone const& zone)
{
    auto const earliest = published - kLongestBefore;
    auto const latest = published + kLongestAfter;
    auto const published_day = date::floor<date::days>(zone.local(published));
    auto const this_year = date::year_month_day{published_day}.year();
    for (auto const year : {this_year + date::years{1}, this_year, this_year - date::years{1}}) {
        auto const day = year / date::month{date.month} / date::day{date.day};
        if (!day.ok())
            continue;
        auto const occurred = interval_on(LocalDate{day}, date.time_of_day, zone);
        if (occurred.from >= earliest && occurred.from <= latest)
            return occurred;
    }
    return std::nullopt;
}

}  // namespace riskbild::importers
