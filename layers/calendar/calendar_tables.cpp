#include "layers/calendar/calendar_tables.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "layers/small_numbers.hpp"

namespace riskbild::layers {
namespace {

using enum CellType;

Table empty_table(std::string key, std::vector<Column> columns)
{
    return {.key = std::move(key), .columns = std::move(columns), .rows = {}, .shapes = {}, .incidents = {}};
}

TableCell cell_of(std::optional<double> const& value)
{
    return value ? TableCell{*value} : TableCell{};
}

TableCell whole_number(std::uint64_t value)
{
    return static_cast<std::int64_t>(value);
}

/// 1 or 0 where it was judged.
TableCell flag(bool judged, bool raised)
{
    return judged ? TableCell{std::int64_t{raised}} : TableCell{};
}

std::string_view name_of(SpecialDay const& special)
{
    auto const& kind = swedish_holiday_kinds()[special.kind];
    return special.eve ? kind.eve_sv : kind.sv;
}

/// The names of those in [from, to), in order of day.
TableCell names_between(std::span<SpecialDay const> special, LocalDate from, LocalDate to)
{
    std::string names;
    for (auto one = std::ranges::lower_bound(special, from, {}, &SpecialDay::day);
         one != special.end() && one->day < to; ++one) {
        names += fmt::format("{}{}", names.empty() ? "" : ", ", name_of(*one));
    }
    return names.empty() ? TableCell{} : TableCell{std::move(names)};
}

std::string to_text(date::year_month month)
{
    return fmt::format("{:04}-{:02}", static_cast<int>(month.year()), static_cast<unsigned>(month.month()));
}

double per_day(std::uint64_t count, std::uint32_t days)
{
    return static_cast<double>(count) / static_cast<double>(days);
}

/// Against the same month a year before, when both are whole.
std::optional<double> change_since(std::span<MonthCount const> months, MonthCount const& month)
{
    auto const before = std::ranges::find(months, month.month - date::years{1}, &MonthCount::month);
    if (before == months.end() || !before->whole || !month.whole || before->days == 0 || month.days == 0) {
        return std::nullopt;
    }
    return percent_change(per_day(before->count, before->days), static_cast<double>(before->count),
                          per_day(month.count, month.days), static_cast<double>(month.count));
}

}  // namespace

Table weeks_table(std::span<JudgedWeek const> weeks, std::span<SpecialDay const> special)
{
    auto table = empty_table(
        "weeks",
        {{{"week", "", "Vecka", "Week"}, text},
         {{"start", "", "Måndag", "Monday"}, text},
         {{"n", "", "Händelser", "Incidents"}, whole},
         {{"expected", "", "Väntat", "Expected"}, real},
         {{"baseline", "", "Jämförelseveckor", "Weeks compared with"}, whole},
         {{"z", "", "Avvikelse (z)", "Deviation (z)"}, real},
         {{"change", "%", "Förändring", "Change"}, real},
         {{"alarms", "", "Larm", "Alarms"}, whole},
         {{"alarm_z", "", "Larm: z", "Alarm: z"}, whole},
         {{"alarm_c1", "", "Larm: C1", "Alarm: C1"}, whole},
         {{"alarm_c2", "", "Larm: C2", "Alarm: C2"}, whole},
         {{"alarm_c3", "", "Larm: C3", "Alarm: C3"}, whole},
         {{"alarm_farrington", "", "Larm: Farrington", "Alarm: Farrington"}, whole},
         {{"c1", "", "C1", "C1"}, real},
         {{"c2", "", "C2", "C2"}, real},
         {{"c3", "", "C3", "C3"}, real},
         {{"farrington_expected", "", "Väntat enligt Farrington", "Expected by Farrington"}, real},
         {{"farrington_upper", "", "Övre gräns enligt Farrington", "Upper bound by Farrington"}, real},
         {{"farrington_years", "", "Tidigare år i gränsen", "Earlier years in the bound"}, whole},
         {{"holidays", "", "Helger i veckan", "Holidays of the week"}, text}});
    for (auto const& week : weeks) {
        auto const expected = week.expected.value_or(0.0);
        auto const& farrington = week.farrington;
        table.rows.push_back({iso_week(week.monday),
                              riskbild::to_text(week.monday),
                              whole_number(week.count),
                              cell_of(week.expected),
                              whole_number(week.baseline),
                              cell_of(week.z),
                              cell_of(percent_change(expected, expected, week.count, week.count)),
                              whole_number(week.alarms()),
                              flag(week.z.has_value(), week.z_alarm),
                              flag(week.ears.c1.has_value(), week.c1_alarm),
                              flag(week.ears.c2.has_value(), week.c2_alarm),
                              flag(week.ears.c3.has_value(), week.c3_alarm),
                              flag(farrington.has_value(), week.farrington_alarm),
                              cell_of(week.ears.c1),
                              cell_of(week.ears.c2),
                              cell_of(week.ears.c3),
                              farrington ? TableCell{farrington->expected} : TableCell{},
                              farrington ? TableCell{farrington->upper} : TableCell{},
                              whole_number(week.farrington_years),
                              names_between(special, week.monday, week.monday + date::weeks{1})});
    }
    return table;
}

Table days_table(DaySeries const& days, std::span<SpecialDay const> special)
{
    auto table =
        empty_table("days", {{{"day", "", "Dag", "Day"}, text},
                             {{"weekday", "", "Veckodag (1 = måndag)", "Weekday (1 = Monday)"}, whole},
                             {{"n", "", "Händelser", "Incidents"}, whole},
                             {{"holiday", "", "Helg", "Holiday"}, text}});
    for (std::size_t i = 0; i < days.count.size(); ++i) {
        auto const day = days.day(i);
        if (days.is_counted(day)) {
            table.rows.push_back({riskbild::to_text(day), whole_number(weekday_of(day) + 1U),
                                  whole_number(days.count[i]),
                                  names_between(special, day, day + date::days{1})});
        }
    }
    return table;
}

Table months_table(std::span<MonthCount const> months)
{
    auto table = empty_table(
        "months",
        {{{"month", "", "Månad", "Month"}, text},
         {{"n", "", "Händelser", "Incidents"}, whole},
         {{"days", "days", "Dagar", "Days"}, whole},
         {{"per_day", "", "Per dag", "Per day"}, real},
         {{"whole", "", "Hel månad", "Whole month"}, whole},
         {{"change", "%", "Sedan samma månad året före", "Since the same month a year before"}, real}});
    for (auto const& month : months) {
        table.rows.push_back({to_text(month.month), whole_number(month.count), whole_number(month.days),
                              month.days > 0 ? TableCell{per_day(month.count, month.days)} : TableCell{},
                              flag(true, month.whole), cell_of(change_since(months, month))});
    }
    return table;
}

Table season_table(std::optional<Season> const& season)
{
    auto table =
        empty_table("season", {{{"month", "", "Månad", "Month"}, whole},
                               {{"n", "", "Händelser", "Incidents"}, whole},
                               {{"days", "days", "Dagar", "Days"}, whole},
                               {{"index", "", "Index (100 = som året)", "Index (100 = as the year)"}, real},
                               {{"low", "", "Lägst (95 %)", "Lowest (95 %)"}, real},
                               {{"high", "", "Högst (95 %)", "Highest (95 %)"}, real}});
    if (!season) {
        return table;
    }
    for (auto const& month : season->months) {
        auto const known = [&](double value) { return month.index ? TableCell{value} : TableCell{}; };
        table.rows.push_back({whole_number(table.rows.size() + 1), whole_number(month.count),
                              whole_number(month.days), cell_of(month.index), known(month.interval.low),
                              known(month.interval.high)});
    }
    return table;
}

Table holidays_table(std::span<HolidayRate const> rates)
{
    auto table = empty_table(
        "holidays",
        {{{"name", "", "Dag", "Day (Swedish)"}, text},
         {{"name_en", "", "Dag (engelska)", "Day"}, text},
         {{"day_before", "", "Dagen före", "Day before"}, whole},
         {{"days", "days", "Antal sådana dagar", "Number of such days"}, whole},
         {{"n", "", "Händelser", "Incidents"}, whole},
         {{"per_day", "", "Per dag", "Per day"}, real},
         {{"low", "", "Lägst (95 %)", "Lowest (95 %)"}, real},
         {{"high", "", "Högst (95 %)", "Highest (95 %)"}, real},
         {{"ordinary_days", "days", "Vanliga dagar", "Ordinary days"}, whole},
         {{"ordinary_n", "", "Händelser på dem", "Incidents on those"}, whole},
         {{"ordinary_per_day", "", "Per vanlig dag", "Per ordinary day"}, real},
         {{"ratio", "", "Gånger en vanlig dag", "Times an ordinary day"}, real},
         {{"ratio_low", "", "Gånger, lägst (95 %)", "Times, lowest (95 %)"}, real},
         {{"ratio_high", "", "Gånger, högst (95 %)", "Times, highest (95 %)"}, real},
         {{"p", "", "p", "p"}, real},
         {{"p_adjusted", "", "p, rättat för antalet helger", "p, corrected for the number of holidays"},
          real}});
    for (auto const& rate : rates) {
        auto const& kind = swedish_holiday_kinds()[rate.kind];
        auto const interval = garwood_interval(rate.count);
        auto const where = [](bool known, double value) { return known ? TableCell{value} : TableCell{}; };
        bool const any_ordinary = rate.ordinary_count > 0;
        table.rows.push_back(
            {std::string{rate.eve ? kind.eve_sv : kind.sv}, std::string{rate.eve ? kind.eve_en : kind.en},
             flag(true, rate.eve), whole_number(rate.days), whole_number(rate.count),
             per_day(rate.count, rate.days), interval.low / rate.days, interval.high / rate.days,
             whole_number(rate.ordinary_days), whole_number(rate.ordinary_count),
             per_day(rate.ordinary_count, rate.ordinary_days), where(any_ordinary, rate.against.ratio),
             rate.against.interval.low, where(any_ordinary, rate.against.interval.high), rate.against.p,
             rate.p_adjusted});
    }
    return table;
}

}  // namespace riskbild::layers
