#include "layers/calendar/calendar_layer.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "layers/calendar/calendar_tables.hpp"
#include "layers/layer_info.hpp"
#include "layers/quality/change_points.hpp"
#include "layers/significance.hpp"
#include "layers/told_period.hpp"

namespace riskbild::layers {
namespace {

constexpr double kNotableDispersion = 1.5;

LayerDescription describe()
{
    return {
        .name = "calendar",
        .title_sv = "Kalender och larm",
        .title_en = "Calendar and alarms",
        .about_sv =
            "Antal per dag, vecka och månad, säsong och helger, och veckor med ovanligt många "
            "händelser.",
        .about_en =
            "Counts by day, week and month, season and holidays, and weeks with unusually many "
            "incidents.",
        .unit = "incidents",
        .options = {{.key = "alarm_z",
                     .default_value = "2",
                     .number = true,
                     .low = 1,
                     .high = 6,
                     .sv = "Larm när avvikelsen z är minst så stor.",
                     .en = "Alarm when the deviation z is at least this large."},
                    {.key = "alpha",
                     .default_value = "0.05",
                     .number = true,
                     .low = 0.001,
                     .high = 0.5,
                     .sv = "Farringtons gräns: andelen veckor som av slump hamnar utanför, åt båda hållen.",
                     .en = "Farrington's bound: share of weeks outside by chance, to both sides."},
                    {.key = "baseline_weeks",
                     .default_value = "12",
                     .number = true,
                     .whole = true,
                     .low = 1,
                     .high = 52,
                     .sv = "Så många veckor före jämförs en vecka med.",
                     .en = "A week is compared with so many weeks before it."},
                    {.key = "holiday_weeks",
                     .default_value = "8",
                     .number = true,
                     .whole = true,
                     .low = 1,
                     .high = 26,
                     .sv = "En helg jämförs med vanliga dagar av samma veckodag så många veckor bort.",
                     .en =
                         "A holiday is compared with ordinary days of its weekday up to so many weeks away."},
                    {.key = "same_weeks",
                     .default_value = "2",
                     .number = true,
                     .whole = true,
                     .low = 0,
                     .high = 6,
                     .sv = "Veckor åt varje håll om samma vecka tidigare år.",
                     .en = "Weeks to each side of the same week of earlier years."},
                    {.key = "years",
                     .default_value = "3",
                     .number = true,
                     .whole = true,
                     .low = 0,
                     .high = 10,
                     .sv = "Så många tidigare år jämförs en vecka med.",
                     .en = "A week is compared with so many earlier years."}},
        .tables = {{"weeks", "Veckor", "Weeks"},
                   {"days", "Dagar", "Days"},
                   {"months", "Månader", "Months"},
                   {"season", "Säsong", "Season"},
                   {"holidays", "Helger", "Holidays"}}};
}

CalendarOptions options_of(Options const& complete)
{
    OptionValues const values{complete};
    auto const whole = [&](char const* key) {
        return static_cast<unsigned>(values.number(key).value_or(0.0));
    };
    CalendarOptions options;
    options.alarms.baseline_weeks = whole("baseline_weeks");
    options.alarms.years = whole("years");
    options.alarms.same_weeks = whole("same_weeks");
    options.alarms.z = values.number("alarm_z").value_or(options.alarms.z);
    options.alarms.alpha = values.number("alpha").value_or(options.alarms.alpha);
    options.holiday_weeks = whole("holiday_weeks");
    return options;
}

/// Counts by day, on the days that the filter means and its sources tell of.
Result<DaySeries> days_of(View const& view, Filter const& filter, LayerInfo& info)
{
    auto const told = told_period(view, filter);
    if (!told) {
        return Failure{told.error()};
    }
    auto const asked = filter.period ? *filter.period : told->value_or(Period{});
    auto const period = *told ? common_days(**told, asked) : std::nullopt;
    auto const counted = view.count_by_day(filter);
    auto const left_out = view.count_by_area(filter);
    if (!counted || !left_out) {
        return Failure{!counted ? counted.error() : left_out.error()};
    }
    // Those without an area are in; only what an hour filter cannot place is not.
    info.left_out[LeftOutReason::hour_unknown] = left_out->left_out[LeftOutReason::hour_unknown];
    if (filter.period && period != filter.period) {
        info.notes.push_back(
            period
                ? Words{fmt::format("Av perioden räknas bara {} till {}: om resten säger källorna ingenting.",
                                    riskbild::to_text(period->from),
                                    riskbild::to_text(period->to - date::days{1})),
                        fmt::format("Of the period only {} to {} is counted: of the rest the sources tell "
                                    "nothing.",
                                    riskbild::to_text(period->from),
                                    riskbild::to_text(period->to - date::days{1}))}
                : Words{"Källorna säger ingenting om den här perioden.",
                        "The sources tell nothing of this period."});
    }
    DaySeries days{.weekdays = filter.weekdays};
    if (!period) {
        return days;
    }
    days.first = period->from;
    for (auto day = period->from; day < period->to; day += date::days{1}) {
        auto const index = (day - counted->first).count();
        bool const is_there = index >= 0 && index < static_cast<std::int64_t>(counted->count.size());
        days.count.push_back(is_there ? counted->count[static_cast<std::size_t>(index)] : 0U);
    }
    return days;
}

void add_week_facts(LayerResult& result, std::span<JudgedWeek const> weeks, CalendarOptions const& options)
{
    auto const add = [&](std::string key, std::string sv, std::string en, TableCell value) {
        result.facts.push_back({{std::move(key), "", std::move(sv), std::move(en)}, std::move(value)});
    };
    auto const judged = std::ranges::count_if(weeks, [](auto const& week) { return week.z.has_value(); });
    add("weeks", "Hela veckor", "Whole weeks", static_cast<std::int64_t>(weeks.size()));
    add("weeks_judged", "Varav bedömda", "Of these judged", judged);
    add("weeks_with_z_alarm", "Veckor med larm (z)", "Weeks with an alarm (z)",
        std::ranges::count_if(weeks, &JudgedWeek::z_alarm));
    add("expected_by_chance", "Väntade av slump", "Expected by chance",
        static_cast<double>(judged) * upper_tail_p(options.alarms.z));
    std::vector<std::uint32_t> counts;
    for (auto const& week : weeks) {
        counts.push_back(week.count);
    }
    auto const dispersion = dispersion_of(counts);
    add("dispersion", "Veckornas variation, gånger slumpens", "How weeks vary, times chance", dispersion);
    if (dispersion > kNotableDispersion) {
        auto const times = fmt::format("{:.1f}", dispersion);
        auto times_sv = times;
        std::ranges::replace(times_sv, '.', ',');
        result.info.notes.push_back(
            {fmt::format("Veckorna varierar {} gånger så mycket som slumpen gör: z larmar för ofta, "
                         "Farringtons gräns "
                         "tar hänsyn till det.",
                         times_sv),
             fmt::format(
                 "Weeks vary {} times as much as chance would make them: z alarms too often; Farrington's "
                 "bound allows for it.",
                 times)});
    }
    if (weeks.empty()) {
        return;
    }
    auto const& last = weeks.back();
    auto const real = [](std::optional<double> value) { return value ? TableCell{*value} : TableCell{}; };
    add("last_week", "Senaste hela veckan", "Last whole week", iso_week(last.monday));
    add("last_week_n", "Händelser då", "Incidents then", static_cast<std::int64_t>(last.count));
    add("last_week_expected", "Väntat", "Expected", real(last.expected));
    add("last_week_z", "Avvikelse (z)", "Deviation (z)", real(last.z));
    add("last_week_alarms", "Larm", "Alarms", static_cast<std::int64_t>(last.alarms()));
}

void add_week_notes(LayerInfo& info, DaySeries const& days, WeekSeries const& weeks,
                    std::span<JudgedWeek const> judged, CalendarOptions const& options)
{
    auto const end = days.day(days.count.size());
    if (auto const next = weeks.monday(weeks.count.size()); !days.count.empty() && next < end) {
        auto const monday = riskbild::to_text(next);
        info.notes.push_back({fmt::format("Veckan från {} är inte slut och bedöms inte.", monday),
                              fmt::format("The week from {} is not over and not judged.", monday)});
    }
    auto const is_known = [&](auto what) { return std::ranges::any_of(judged, what); };
    if (!is_known([](JudgedWeek const& week) { return week.z.has_value(); })) {
        auto const needed = options.alarms.baseline_weeks;
        info.notes.push_back({fmt::format("För kort historik för z: det krävs {} före veckan som bedöms.",
                                          counted(needed, "hel vecka", "hela veckor")),
                              fmt::format("Too little history for z: it needs {} before the week judged.",
                                          counted(needed, "whole week", "whole weeks"))});
    }
    if (options.alarms.years < kFarringtonLeastYears) {
        info.notes.push_back(
            {fmt::format("Farringtons gräns kräver {} tidigare år; valet years är {}.", kFarringtonLeastYears,
                         options.alarms.years),
             fmt::format("Farrington's bound needs {} earlier years; the option years is {}.",
                         kFarringtonLeastYears, options.alarms.years)});
    } else if (!is_known([](JudgedWeek const& week) { return week.farrington.has_value(); })) {
        info.notes.push_back(
            {fmt::format(
                 "För kort historik för Farringtons gräns: det krävs {} år och {} veckor före veckan som "
                 "bedöms.",
                 kFarringtonLeastYears, kFarringtonWeeks),
             fmt::format(
                 "Too little history for Farrington's bound: it needs {} years and {} weeks before the week "
                 "judged.",
                 kFarringtonLeastYears, kFarringtonWeeks)});
    }
}

std::uint64_t longer_than_a_day(IncidentColumns const& columns, std::span<std::uint32_t const> rows)
{
    constexpr std::int32_t kLongestDay = 25 * 60 * 60;
    return static_cast<std::uint64_t>(
        std::ranges::count_if(rows, [&](auto row) { return columns.length[row] > kLongestDay; }));
}

/// Their count is right, their day a guess.
Result<void> note_long_times(LayerInfo& info, View const& view, Filter const& filter)
{
    auto const points = view.select_points(filter);
    auto const others = view.select_without_point(filter);
    if (!points || !others) {
        return Failure{!points ? points.error() : others.error()};
    }
    auto const vague =
        longer_than_a_day(view.points(), points->rows) + longer_than_a_day(view.without_point(), *others);
    if (vague > 0) {
        info.notes.push_back({counted(vague, "händelse", "händelser") +
                                  " har en tid som är osäker med mer än ett dygn: den första dagen räknas.",
                              counted(vague, "incident has", "incidents have") +
                                  " a time known only to more than a day: the first day counts."});
    }
    return {};
}

Result<LayerResult> run(LayerQuestion const& question)
{
    auto const& view = question.view;
    auto const options = options_of(question.options);
    LayerResult result;
    result.info = begin_info("calendar", view, question.filter);
    result.info.unit = "incidents";
    result.info.unit_sv = "händelser";
    for (auto const& [key, value] : question.options) {
        result.info.parameters.emplace_back(key, value);
    }
    auto const days = days_of(view, question.filter, result.info);
    if (!days) {
        return Failure{days.error()};
    }
    if (auto const noted = note_long_times(result.info, view, question.filter); !noted) {
        return Failure{noted.error()};
    }
    if (question.progress && !question.progress(0.2)) {
        return fail(ErrorCode::busy, "stopped before the calendar was finished");
    }
    result.info.n = std::accumulate(days->count.begin(), days->count.end(), std::uint64_t{0});
    bool const swedish = view.county().profile.zone.name() == "Europe/Stockholm";
    auto const special = swedish ? swedish_special_days({days->first, days->day(days->count.size())})
                                 : std::vector<SpecialDay>{};
    if (!swedish) {
        result.info.notes.push_back(
            {"Helger är kända bara för Sverige.", "Holidays are known for Sweden only."});
    }
    auto const weeks = whole_weeks(*days);
    auto const judged = judge_weeks(weeks, options.alarms);
    auto const months = months_of(*days);
    auto const season = season_of(months);
    if (!season) {
        result.info.notes.push_back({"För kort historik för säsong: det krävs tolv hela månader.",
                                     "Too little history for the season: it needs twelve whole months."});
    }
    result.tables.push_back(weeks_table(judged, special));
    result.tables.push_back(days_table(*days, special));
    result.tables.push_back(months_table(months));
    result.tables.push_back(season_table(season));
    result.tables.push_back(
        holidays_table(swedish ? holiday_rates(*days, options.holiday_weeks) : std::vector<HolidayRate>{}));
    add_week_facts(result, judged, options);
    add_week_notes(result.info, *days, weeks, judged, options);
    return result;
}

}  // namespace

Layer calendar_layer()
{
    return {.description = describe(), .run = run};
}

Result<CalendarOptions> calendar_options(Options const& given)
{
    auto const complete = calendar_layer().complete(given);
    if (!complete) {
        return Failure{complete.error()};
    }
    return options_of(*complete);
}

}  // namespace riskbild::layers
