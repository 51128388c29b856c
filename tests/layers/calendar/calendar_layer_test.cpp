#include "layers/calendar/calendar_layer.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "layers/registry.hpp"
#include "tests/layers/results.hpp"
#include "tests/support/made_up_county.hpp"

namespace riskbild::layers {
namespace {

using riskbild::testing::made_up_view;
using riskbild::testing::MadeUp;
using testing::cell;
using testing::fact;
using testing::notes;

LayerResult run(View const& view, std::string_view filter = "", Options const& options = {})
{
    auto result = run_layer("calendar", view, parse_filter(filter).value(), options);
    EXPECT_TRUE(result) << result.error().message;
    return result.value();
}

Table const& table(LayerResult const& result, std::string_view key)
{
    return *std::ranges::find(result.tables, key, &Table::key);
}

/// One a day from Wednesday 1 January 2025 to Wednesday 31 December, ten more on Midsummer Eve.
std::vector<MadeUp> a_year()
{
    std::vector<MadeUp> incidents;
    for (auto day = parse_date("2025-01-01").value(); day < parse_date("2026-01-01").value();
         day += date::days{1}) {
        incidents.push_back({.east = 100, .north = 100, .day = riskbild::to_text(day)});
    }
    for (int i = 0; i < 10; ++i) {
        incidents.push_back({.day = "2025-06-20", .precision = Precision::kommun, .area = "02"});
    }
    return incidents;
}

TEST(CalendarLayer, CountsDaysWeeksAndMonthsOfEverything)
{
    auto const result = run(made_up_view(a_year()));
    EXPECT_EQ(result.info.n, 375U);
    EXPECT_EQ(result.info.left_out.total(), 0U);
    auto const& weeks = table(result, "weeks");
    ASSERT_EQ(weeks.rows.size(), 51U);
    EXPECT_EQ(cell(weeks, 0, "week"), TableCell{std::string{"2025-W02"}});
    EXPECT_EQ(cell(weeks, 0, "start"), TableCell{std::string{"2025-01-06"}});
    EXPECT_EQ(cell(weeks, 0, "n"), TableCell{std::int64_t{7}});
    EXPECT_EQ(cell(weeks, 0, "expected"), TableCell{});
    EXPECT_EQ(cell(weeks, 0, "alarm_z"), TableCell{});
    EXPECT_EQ(cell(weeks, 0, "holidays"), TableCell{std::string{"Trettondedag jul"}});
    EXPECT_EQ(table(result, "days").rows.size(), 365U);
    EXPECT_EQ(cell(table(result, "days"), 170, "holiday"), TableCell{std::string{"Midsommarafton"}});
    EXPECT_EQ(cell(table(result, "days"), 170, "n"), TableCell{std::int64_t{11}});
    ASSERT_EQ(table(result, "months").rows.size(), 12U);
    EXPECT_EQ(cell(table(result, "months"), 5, "n"), TableCell{std::int64_t{40}});
    EXPECT_EQ(cell(table(result, "months"), 5, "per_day"), TableCell{40.0 / 30.0});
    EXPECT_TRUE(notes(result.info, "The week from 2025-12-29 is not over"));
}

TEST(CalendarLayer, RaisesAlarmsOnTheWeekOfMidsummer)
{
    auto const result = run(made_up_view(a_year()));
    auto const& weeks = table(result, "weeks");
    constexpr std::size_t kMidsummer = 23;  // 2025-W25
    EXPECT_EQ(cell(weeks, kMidsummer, "week"), TableCell{std::string{"2025-W25"}});
    EXPECT_EQ(cell(weeks, kMidsummer, "n"), TableCell{std::int64_t{17}});
    EXPECT_EQ(cell(weeks, kMidsummer, "expected"), TableCell{7.0});
    EXPECT_EQ(cell(weeks, kMidsummer, "alarm_z"), TableCell{std::int64_t{1}});
    EXPECT_EQ(cell(weeks, kMidsummer, "alarms"), TableCell{std::int64_t{4}});
    EXPECT_EQ(cell(weeks, kMidsummer, "change"), TableCell{}) << "seven are too few for a percentage";
    EXPECT_EQ(fact(result.facts, "weeks_with_z_alarm"), TableCell{std::int64_t{1}});
    EXPECT_EQ(fact(result.facts, "weeks_judged"), TableCell{std::int64_t{39}});
    EXPECT_EQ(fact(result.facts, "last_week"), TableCell{std::string{"2025-W52"}});
    EXPECT_TRUE(notes(result.info, "Too little history for Farrington's bound: it needs 2 years"));
    auto const strict = run(made_up_view(a_year()), "", {{"alarm_z", "6"}});
    EXPECT_EQ(fact(strict.facts, "weeks_with_z_alarm"), TableCell{std::int64_t{0}});
}

TEST(CalendarLayer, ComparesSeasonAndHolidays)
{
    auto const result = run(made_up_view(a_year()));
    auto const& season = table(result, "season");
    ASSERT_EQ(season.rows.size(), 12U);
    EXPECT_NEAR(std::get<double>(cell(season, 5, "index")), 100.0 * (40.0 / 30.0) / (375.0 / 365.0), 1e-9);
    auto const& holidays = table(result, "holidays");
    auto const eve = std::ranges::find_if(
        holidays.rows, [](auto const& row) { return row[0] == TableCell{std::string{"Midsommarafton"}}; });
    ASSERT_NE(eve, holidays.rows.end());
    auto const row = static_cast<std::size_t>(eve - holidays.rows.begin());
    EXPECT_EQ(cell(holidays, row, "n"), TableCell{std::int64_t{11}});
    EXPECT_EQ(cell(holidays, row, "day_before"), TableCell{std::int64_t{1}});
    EXPECT_EQ(cell(holidays, row, "ratio"), TableCell{11.0});
    EXPECT_LT(std::get<double>(cell(holidays, row, "p_adjusted")), 0.05);
}

TEST(CalendarLayer, QuotesPercentagesFromTenOn)
{
    std::vector<MadeUp> incidents;
    auto const add = [&](char const* day, int count) {
        for (int i = 0; i < count; ++i) {
            incidents.push_back({.east = 100, .north = 100, .day = day});
        }
    };
    add("2024-01-01", 9);
    add("2024-02-10", 10);
    add("2025-01-10", 20);
    add("2025-02-10", 15);
    add("2025-03-01", 1);
    auto const result = run(made_up_view(incidents));
    auto const& months = table(result, "months");
    EXPECT_EQ(cell(months, 12, "change"), TableCell{}) << "nine became twenty";
    EXPECT_NEAR(std::get<double>(cell(months, 13, "change")), 100.0 * (15.0 / 28.0 / (10.0 / 29.0) - 1.0),
                1e-9)
        << "ten became fifteen, in one day less";
}

TEST(CalendarLayer, CountsNoDaysThatNobodyTellsOf)
{
    auto incidents = a_year();
    incidents.push_back({.east = 1, .north = 1, .day = "2020-01-01", .sources = 2});
    auto const result = run(made_up_view(incidents), "sources=a");
    EXPECT_EQ(table(result, "days").rows.size(), 365U);
    auto const asked = run(made_up_view(incidents), "sources=a;period=2024-12-01..2025-02-01");
    EXPECT_EQ(table(asked, "days").rows.size(), 31U);
    EXPECT_TRUE(notes(asked.info, "Of the period only 2025-01-01 to 2025-01-31 is counted"));
    auto const never = run(made_up_view(incidents), "period=2030-01-01..2031-01-01");
    EXPECT_EQ(never.info.n, 0U);
    EXPECT_TRUE(notes(never.info, "tell nothing of this period"));
    EXPECT_TRUE(table(never, "weeks").rows.empty());
    EXPECT_TRUE(table(run(made_up_view({})), "days").rows.empty());
}

TEST(CalendarLayer, AQuietKindHasZeros)
{
    auto incidents = a_year();
    incidents.push_back({.east = 1, .north = 1, .day = "2025-06-01", .kind = "damage"});
    auto const result = run(made_up_view(incidents), "kinds=damage");
    EXPECT_EQ(result.info.n, 1U);
    EXPECT_EQ(table(result, "weeks").rows.size(), 51U);
}

TEST(CalendarLayer, LeavesOutWhatAnHourFilterCannotPlace)
{
    auto incidents = a_year();
    incidents.push_back(
        {.day = "2025-06-02", .hour = 0, .precision = Precision::lan, .length_minutes = 3 * 1440});
    auto const result = run(made_up_view(incidents), "hours=12");
    EXPECT_EQ(result.info.n, 373U) << "twelve hours after midnight is 11 or 13 on the two odd days";
    EXPECT_EQ(result.info.left_out[LeftOutReason::hour_unknown], 1U);
    EXPECT_EQ(result.info.left_out.total(), 1U);
    EXPECT_TRUE(
        notes(run(made_up_view(incidents)).info, "1 incident has a time known only to more than a day"));
}

TEST(CalendarLayer, HasTheDefaultsOfItsStructAndTakesOptions)
{
    EXPECT_EQ(calendar_options({}).value(), CalendarOptions{});
    auto const options = calendar_options({{"baseline_weeks", "8"},
                                           {"years", "5"},
                                           {"same_weeks", "1"},
                                           {"alarm_z", "3"},
                                           {"alpha", "0.01"},
                                           {"holiday_weeks", "4"}})
                             .value();
    EXPECT_EQ(options, (CalendarOptions{{8, 5, 1, 3.0, 0.01}, 4}));
    for (auto const& [key, value] :
         Options{{"alarm_z", "0"}, {"years", "-1"}, {"alpha", "1"}, {"week", "1"}}) {
        auto const wrong = calendar_options({{key, value}});
        ASSERT_FALSE(wrong) << key;
        EXPECT_EQ(wrong.error().field, key);
    }
}

TEST(CalendarLayer, IsNotForThePublicAndStopsWhenAsked)
{
    auto const refused = run_layer("calendar", made_up_view(a_year(), Role::public_), {}, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::forbidden);
    auto const stopped = run_layer("calendar", made_up_view(a_year()), {}, {}, [](double) { return false; });
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::busy);
}

}  // namespace
}  // namespace riskbild::layers
