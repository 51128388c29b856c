#include "geo_core/filter.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "geo_core/text.hpp"

namespace riskbild {
namespace {

constexpr std::size_t kLongestText = std::size_t{64} * 1024;
constexpr std::size_t kLongestList = 1000;
constexpr std::uint32_t kAllHours = 0xffffff;
constexpr std::uint8_t kAllWeekdays = 0x7f;
constexpr std::array<std::string_view, 7> kWeekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr auto kKeys = "areas, hours, kinds, period, precision, sources, weekdays";

Failure bad(std::string_view key, std::string_view value, std::string_view expected)
{
    return fail(ErrorCode::wrong_use,
                fmt::format("{} is \"{}\", expected {}", key, shortened(value), expected), std::string{key});
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        auto const at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos)
            return parts;
        text.remove_prefix(at + 1);
    }
}

bool is_name(std::string_view text)
{
    // Letters beyond ASCII stand in no code, but in what people write: whoever knows the county says what was
    // meant.
    auto const allowed = [](char c) {
        return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
    };
    return !text.empty() && text.size() <= 100 && std::ranges::all_of(text, allowed);
}

std::string_view expected_names(std::string_view key)
{
    if (key == "kinds")
        return "codes such as damage.graffiti, joined by commas (docs/kinds.md lists them)";
    if (key == "areas")
        return "codes such as 0380, joined by commas (docs/filter.md lists them)";
    return "names of letters, digits, dots and dashes, joined by commas";
}

Result<std::vector<std::string>> parse_names(std::string_view key, std::string_view value)
{
    std::vector<std::string> names;
    for (auto const part : split(value, ',')) {
        if (!is_name(part))
            return bad(key, value, expected_names(key));
        names.emplace_back(part);
    }
    if (names.size() > kLongestList)
        return fail(ErrorCode::wrong_use,
                    fmt::format("{} has {} entries, at most {} are allowed", key, names.size(), kLongestList),
                    std::string{key});
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

std::optional<std::uint32_t> parse_hour(std::string_view text)
{
    std::uint32_t hour = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), hour);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty() || text.size() > 2 ||
        hour > 24)
        return std::nullopt;
    return hour;
}

Result<std::uint32_t> parse_hours(std::string_view value)
{
    constexpr auto expected =
        "hours such as 18..24, 22..2 or 7, joined by commas; 0 to 24, the end not included";
    std::uint32_t hours = 0;
    for (auto const part : split(value, ',')) {
        auto const dots = part.find("..");
        auto const from = parse_hour(part.substr(0, dots));
        auto const to = dots == std::string_view::npos ? (from ? std::optional{*from + 1} : std::nullopt)
                                                       : parse_hour(part.substr(dots + 2));
        if (!from || !to || *from == *to || *from > 23 || *to > 24)
            return bad("hours", value, expected);
        auto const length = *to > *from ? *to - *from : *to + 24 - *from;
        for (std::uint32_t i = 0; i < length; ++i)
            hours |= 1U << (*from + i) % 24;
    }
    return hours == kAllHours ? 0 : hours;
}

Result<std::uint8_t> parse_weekdays(std::string_view value)
{
    unsigned weekdays = 0;
    for (auto const part : split(value, ',')) {
        auto const found = std::ranges::find(kWeekdays, part);
        if (found == kWeekdays.end())
            return bad("weekdays", value, fmt::format("{}, joined by commas", fmt::join(kWeekdays, ", ")));
        weekdays |= 1U << (found - kWeekdays.begin());
    }
    return static_cast<std::uint8_t>(weekdays == kAllWeekdays ? 0 : weekdays);
}

Result<Period> parse_period(std::string_view value)
{
    constexpr auto expected =
        "two dates such as 2025-01-01..2025-02-01, the second not included and later than the first";
    auto const dots = value.find("..");
    if (dots == std::string_view::npos)
        return bad("period", value, expected);
    auto const from = parse_date(value.substr(0, dots));
    auto const to = parse_date(value.substr(dots + 2));
    if (!from || !to || *from >= *to)
        return bad("period", value, expected);
    return Period{*from, *to};
}

// The hours as half-open runs; one that goes through midnight is written last.
std::string hours_text(std::uint32_t hours)
{
    auto const has = [&](unsigned hour) { return ((hours >> (hour % 24)) & 1U) != 0; };
    std::vector<std::string> runs;
    for (unsigned hour = 0; hour < 24; ++hour) {
        if (!has(hour) || has(hour + 23))
            continue;
        auto end = hour + 1;
        while (has(end))
            ++end;
        runs.push_back(fmt::format("{}..{}", hour, end > 24 ? end - 24 : end));
    }
    return fmt::format("{}", fmt::join(runs, ","));
}

std::string weekdays_text(std::uint8_t weekdays)
{
    std::vector<std::string_view> names;
    for (unsigned day = 0; day < 7; ++day)
        if ((weekdays >> day) & 1U)
            names.push_back(kWeekdays[day]);
    return fmt::format("{}", fmt::join(names, ","));
}

template <class T, class Parsed>
Result<void> keep(T& into, Parsed parsed)
{
    if (!parsed)
        return tl::make_unexpected(parsed.error());
    into = std::move(*parsed);
    return {};
}

Result<void> read_part(Filter& filter, std::string_view key, std::string_view value)
{
    if (key == "areas")
        return keep(filter.areas, parse_names(key, value));
    if (key == "hours")
        return keep(filter.hours, parse_hours(value));
    if (key == "kinds")
        return keep(filter.kinds, parse_names(key, value));
    if (key == "period")
        return keep(filter.period, parse_period(value));
    if (key == "sources")
        return keep(filter.sources, parse_names(key, value));
    if (key == "weekdays")
        return keep(filter.weekdays, parse_weekdays(value));
    if (key == "precision") {
        filter.precision = parse_precision(value);
        if (!filter.precision)
            return bad(key, value, "exact, address, street, locality, kommun or lan");
        return {};
    }
    return fail(ErrorCode::wrong_use,
                fmt::format("\"{}\" is not a filter key; there are {}", key.substr(0, 80), kKeys),
                std::string{key.substr(0, 80)});
}

}  // namespace

Result<Filter> parse_filter(std::string_view text)
{
    Filter filter;
    if (text.empty())
        return filter;
    if (text.size() > kLongestText)
        return fail(ErrorCode::wrong_use, fmt::format("the filter is longer than {} bytes", kLongestText),
                    "filter");
    std::vector<std::string_view> seen;
    for (auto const part : split(text, ';')) {
        auto const equals = part.find('=');
        if (equals == std::string_view::npos)
            return bad("filter", part, fmt::format("key=value joined by semicolons; keys are {}", kKeys));
        auto const key = part.substr(0, equals);
        if (std::ranges::find(seen, key) != seen.end())
            return fail(ErrorCode::wrong_use, fmt::format("filter key {} is there twice", key.substr(0, 80)),
                        std::string{key.substr(0, 80)});
        seen.push_back(key);
        if (auto const read = read_part(filter, key, part.substr(equals + 1)); !read)
            return tl::make_unexpected(read.error());
    }
    return filter;
}

std::string to_text(Filter const& filter)
{
    std::vector<std::string> parts;
    auto const add_list = [&](std::string_view key, std::vector<std::string> const& list) {
        if (!list.empty())
            parts.push_back(fmt::format("{}={}", key, fmt::join(list, ",")));
    };
    add_list("areas", filter.areas);
    if (filter.hours != 0)
        parts.push_back("hours=" + hours_text(filter.hours));
    add_list("kinds", filter.kinds);
    if (filter.period)
        parts.push_back(
            fmt::format("period={}..{}", to_text(filter.period->from), to_text(filter.period->to)));
    if (filter.precision)
        parts.push_back(fmt::format("precision={}", name_of(*filter.precision)));
    add_list("sources", filter.sources);
    if (filter.weekdays != 0)
        parts.push_back("weekdays=" + weekdays_text(filter.weekdays));
    return fmt::format("{}", fmt::join(parts, ";"));
}

}  // namespace riskbild
