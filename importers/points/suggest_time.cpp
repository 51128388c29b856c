#include <algorithm>

#include <fmt/format.h>

#include "geo_core/text.hpp"
#include "importers/points/suggest_roles.hpp"

namespace riskbild::importers {
namespace {

bool is_time(ColumnFacts const& column)
{
    return column.filled * 2 > column.rows && column.share(column.dates()) >= 0.75;
}

bool is_called_end(ColumnFacts const& column)
{
    return column.is_called({"to", "till", "end", "slut", "until", "tom", "t.o.m", "sluttid", "slutdatum",
                             "enddate", "enddatetime"}) ||
           column.lower_name.starts_with("end");
}

// How well a column of times is called for when it happened, not when it was written down or settled.
int score(ColumnFacts const& column)
{
    int points = 0;
    if (column.is_called({"from", "start", "från", "fr.o.m", "occurred", "occurrence", "brott", "händelse",
                          "incident", "offence", "offense", "crime", "begin"}) ||
        column.lower_name.starts_with("start"))
        points += 3;
    if (column.is_called(
            {"datum", "date", "tid", "time", "tidpunkt", "when", "när", "datetime", "klockslag"}))
        points += 2;
    if (column.is_called({"anmäl", "report", "creation", "created", "skapad", "registr"}))
        points -= 1;
    if (column.is_called({"updated", "ändrad", "completion", "closed", "avslut", "stängd", "modified",
                          "export", "uttag", "birth", "född"}))
        points -= 4;
    if (is_called_end(column))
        points -= 3;
    return points;
}

std::string style_name(TimeStyle style)
{
    return style == TimeStyle::iso ? "iso" : style == TimeStyle::day_first ? "day_first" : "month_first";
}

void suggest_style(SuggestionDraft& draft, ColumnFacts const& column)
{
    auto& made = draft.made;
    auto const& times = column.times;
    auto const& name = column.name;
    auto const with_slashes = std::max(times.day_first, times.month_first);
    auto const others = [&](std::size_t rows, std::string_view how) {
        if (rows > 0)
            made.questions.push_back(
                fmt::format("{} rows write {} {}: they will be set aside", rows, name, how));
    };
    if (times.iso >= with_slashes) {
        made.profile.style = TimeStyle::iso;
        draft.guess(
            "time.style", "iso",
            !is_time(column)    ? Confidence::unsure
            : with_slashes == 0 ? Confidence::certain
                                : Confidence::likely,
            fmt::format("{} of {} values of {} are written year first", times.iso, column.filled, name));
        others(with_slashes, "in another order");
        return;
    }
    if (times.only_day_first == 0 && times.only_month_first == 0) {
        made.questions.push_back(fmt::format(
            "time.style: no value of {} has a number above 12 in front or in the middle, so nothing tells "
            "whether {} "
            "begins with the day or the month; fill in the line \"style\"",
            name, times.ambiguous_example.empty() ? column.values.front().first : times.ambiguous_example));
        return;
    }
    auto const day_first = times.only_day_first >= times.only_month_first;
    made.profile.style = day_first ? TimeStyle::day_first : TimeStyle::month_first;
    auto const proofs = day_first ? times.only_day_first : times.only_month_first;
    auto const against = day_first ? times.only_month_first : times.only_day_first;
    auto const is_of_one_style = against == 0 && is_time(column);
    draft.guess(
        "time.style", style_name(made.profile.style),
        is_of_one_style ? Confidence::certain : Confidence::unsure,
        against == 0
            ? fmt::format("proven by {} values of {} that can be read in this order alone", proofs, name)
            : fmt::format("{} values of {} can be read in this order alone, {} only in the opposite", proofs,
                          name, against));
    others(against, day_first ? "month first" : "day first");
    others(times.iso, "year first");
}

void suggest_time_of_day(SuggestionDraft& draft, ColumnFacts const& start)
{
    auto& profile = draft.made.profile;
    auto const knows_time =
        start.share(start.times.with_time) > 0.5 && start.times.at_midnight * 10 < start.times.with_time * 9;
    if (!knows_time) {
        auto const free = [&](ColumnFacts const& column) { return !draft.taken.contains(column.name); };
        for (auto const& column : draft.facts)
            if (free(column) && column.share(column.clocks) >= 0.9 && column.share(column.numbers) < 0.9 &&
                profile.clock.empty()) {
                profile.clock = column.name;
                draft.take(
                    "time.clock", column.name, Confidence::likely,
                    fmt::format("{} is a date alone, and {} of {} values here are times of day such as {}",
                                start.name, column.clocks, column.filled, column.values.front().first));
            }
        for (auto const& column : draft.facts)
            if (free(column) && profile.clock.empty() && profile.hour.empty() &&
                column.filled * 2 > column.rows && column.share(column.hours) >= 0.98 &&
                column.distinct > 2 && column.is_called({"hour", "timme", "tim", "klockan", "kl", "hr"})) {
                profile.hour = column.name;
                draft.take("time.hour", column.name, Confidence::likely,
                           fmt::format("{} is a date alone, and all values here are hours from 0 to 23",
                                       start.name));
            }
        return;
    }
    constexpr std::size_t kEnoughToTell = 50;
    if (start.times.with_time >= kEnoughToTell && start.times.at_full_hour == start.times.with_time) {
        profile.resolution = TimeResolution::hour;
        draft.guess(
            "time.resolution", "hour", Confidence::likely,
            fmt::format("all {} times of day of {} are full hours", start.times.with_time, start.name));
    }
}

std::string some_values(ColumnFacts const& column)
{
    constexpr std::size_t kSome = 3;
    std::string some;
    for (std::size_t i = 0; i < std::min(kSome, column.values.size()); ++i)
        some += fmt::format("{}\"{}\"", some.empty() ? "" : ", ", shortened(column.values[i].first));
    return some;
}

// Where no column holds times for the most part: one that is called so and holds some, and is asked about.
ColumnFacts const* suggest_doubtful(SuggestionDraft& draft)
{
    constexpr double kAFew = 0.25;
    ColumnFacts const* called = nullptr;
    ColumnFacts const* some = nullptr;
    for (auto const& column : draft.facts) {
        if (column.filled * 2 <= column.rows)
            continue;
        auto const is_called_time =
            column.is_called({"datum", "date", "tid", "time", "tidpunkt", "when", "när", "datetime"});
        if (is_called_time && (called == nullptr || score(column) > score(*called)))
            called = &column;
        if (column.share(column.dates()) >= kAFew && (some == nullptr || score(column) > score(*some)))
            some = &column;
    }
    if (some != nullptr) {
        draft.take("time.from", some->name, Confidence::unsure,
                   fmt::format("{} of {} values are times", some->dates(), some->filled));
        draft.made.questions.push_back(
            fmt::format("time.from: {} looks like dates, in several styles or not all of them, such as {}; "
                        "write them in one",
                        some->name, some_values(*some)));
        return some;
    }
    draft.made.questions.push_back(
        called == nullptr
            ? "time.from: no column holds times; if the list has a known period, the line \"fixed\" says so "
              "for all rows"
            : fmt::format(
                  "time.from: {} is called like a time, but its values, such as {}, are none that can "
                  "be read; write them as 2025-01-31 14:05",
                  called->name, some_values(*called)));
    return nullptr;
}

}  // namespace

void suggest_time(SuggestionDraft& draft)
{
    auto& profile = draft.made.profile;
    ColumnFacts const* start = nullptr;
    std::size_t candidates = 0;
    for (auto const& column : draft.facts) {
        if (!is_time(column))
            continue;
        ++candidates;
        if (start == nullptr || score(column) > score(*start))
            start = &column;
    }
    if (start == nullptr)
        start = suggest_doubtful(draft);
    else
        draft.take("time.from", start->name, candidates == 1 ? Confidence::certain : Confidence::likely,
                   candidates == 1
                       ? fmt::format("the only column with times, such as {}", start->values.front().first)
                       : fmt::format("of {} columns with times the one called most like when it happened",
                                     candidates));
    if (start == nullptr)
        return;
    profile.from = start->name;
    if (auto const dates = start->dates(); dates < start->filled)
        draft.made.questions.push_back(
            fmt::format("time.from: {} of {} values of {} are no times; those rows are set aside",
                        start->filled - dates, start->filled, start->name));
    suggest_style(draft, *start);
    for (auto const& column : draft.facts)
        if (&column != start && profile.to.empty() && column.share(column.dates()) >= 0.9 &&
            column.filled > 0 && is_called_end(column)) {
            profile.to = column.name;
            draft.take("time.to", column.name, Confidence::likely,
                       fmt::format("times too, in {} of {} rows, and called like an end", column.filled,
                                   column.rows));
        }
    suggest_time_of_day(draft, *start);
}

}  // namespace riskbild::importers
