#include "importers/police/police_name.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "geo_core/area.hpp"

namespace riskbild::importers {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"januari",   "februari", "mars",     "april",
                                                      "maj",       "juni",     "juli",     "augusti",
                                                      "september", "oktober",  "november", "december"};
constexpr std::string_view kNoBreakSpace = "\xc2\xa0";  // found in texts pasted from elsewhere

std::string_view trimmed(std::string_view text)
{
    while (true) {
        if (text.starts_with(kNoBreakSpace))
            text.remove_prefix(2);
        else if (text.ends_with(kNoBreakSpace))
            text.remove_suffix(2);
        else if (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
            text.remove_prefix(1);
        else if (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
            text.remove_suffix(1);
        else
            return text;
    }
}

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
    unsigned value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || text.size() > 2 || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
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
    auto const month = std::find(kMonths.begin(), kMonths.end(), lower_case(take_word(text)));
    if (!day || *day < 1 || *day > 31 || month == kMonths.end())
        return std::nullopt;
    PoliceDate date{
        .month = static_cast<unsigned>(month - kMonths.begin()) + 1, .day = *day, .time_of_day = {}};
    if (text.empty())
        return date;
    date.time_of_day = parse_time_of_day(text);
    return date.time_of_day ? std::optional{date} : std::nullopt;
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
    auto const latest = published + std::chrono::hours{24};
    auto const published_day = date::floor<date::days>(zone.local(published));
    auto const this_year = date::year_month_day{published_day}.year();
    for (auto const year : {this_year + date::years{1}, this_year, this_year - date::years{1}}) {
        auto const day = year / date::month{date.month} / date::day{date.day};
        if (!day.ok())
            continue;
        auto const local_day = LocalDate{day};
        if (!date.time_of_day) {
            auto const whole = zone.day(local_day);
            if (whole.from <= latest)
                return whole;
            continue;
        }
        auto const from = zone.instant(local_day + *date.time_of_day);
        if (from <= latest)
            return TimeInterval{from, from + std::chrono::minutes{1}};
    }
    return std::nullopt;
}

}  // namespace riskbild::importers
