#include "layers/calendar/day_series.hpp"

#include <numeric>

#include <gtest/gtest.h>

namespace riskbild::layers {
namespace {

LocalDate day(char const* text)
{
    return parse_date(text).value();
}

/// So many a day from one day up to another, not including it.
DaySeries steady(char const* from, char const* to, std::uint32_t count)
{
    return {day(from),
            std::vector<std::uint32_t>(static_cast<std::size_t>((day(to) - day(from)).count()), count)};
}

TEST(DaySeries, KnowsWeekdaysAndWeeksByTheirIsoNumber)
{
    EXPECT_EQ(weekday_of(day("2025-03-10")), 0U);
    EXPECT_EQ(weekday_of(day("2025-03-16")), 6U);
    EXPECT_EQ(weekday_of(day("1969-12-28")), 6U) << "before 1970 too";
    EXPECT_EQ(iso_week(day("2025-03-10")), "2025-W11");
    EXPECT_EQ(iso_week(day("2024-12-30")), "2025-W01");
    EXPECT_EQ(iso_week(day("2020-12-28")), "2020-W53");
    EXPECT_EQ(iso_week(day("2021-01-04")), "2021-W01");
}

TEST(DaySeries, TakesWholeWeeksOnly)
{
    // Saturday to the Tuesday after the next two weeks.
    DaySeries days{day("2025-03-08"), {100, 100, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 9, 100, 100}};
    auto const weeks = whole_weeks(days);
    EXPECT_EQ(weeks.first, day("2025-03-10"));
    EXPECT_EQ(weeks.count, (std::vector<std::uint32_t>{28, 9}));
    EXPECT_TRUE(whole_weeks({day("2025-03-11"), std::vector<std::uint32_t>(12, 1)}).count.empty());
    EXPECT_EQ(whole_weeks({day("2025-03-10"), std::vector<std::uint32_t>(7, 1)}).count.size(), 1U);
    EXPECT_TRUE(whole_weeks({}).count.empty());
}

TEST(DaySeries, CountsMonthsAndTheirDays)
{
    auto const months = months_of(steady("2024-01-31", "2024-03-02", 2));
    ASSERT_EQ(months.size(), 3U);
    EXPECT_EQ(months[0].days, 1U);
    EXPECT_FALSE(months[0].whole);
    EXPECT_EQ(months[1].count, 58U);
    EXPECT_EQ(months[1].days, 29U);
    EXPECT_TRUE(months[1].whole);
    EXPECT_FALSE(months[2].whole);
    auto mondays = steady("2025-03-01", "2025-04-01", 0);
    mondays.weekdays = 1;
    EXPECT_EQ(months_of(mondays)[0].days, 5U) << "only the weekdays that were counted";
    EXPECT_TRUE(months_of(mondays)[0].whole);
}

TEST(Season, IsEvenWhereEveryDayIsAlike)
{
    auto const season = season_of(months_of(steady("2023-01-01", "2025-01-01", 3)));
    ASSERT_TRUE(season);
    EXPECT_EQ(season->years, 2U);
    for (auto const& month : season->months) {
        EXPECT_NEAR(month.index.value(), 100.0, 1e-12) << "also February";
        EXPECT_LT(month.interval.low, 100.0);
        EXPECT_GT(month.interval.high, 100.0);
    }
    EXPECT_EQ(season->months[1].days, 28U + 29U);
}

/// 2025: 31 in January, none in February, 10 in every other month.
TEST(Season, IsTheDailyRateAgainstTheMeanOfTheYear)
{
    auto days = steady("2025-01-01", "2026-01-01", 0);
    for (std::size_t i = 0; i < 31; ++i) {
        days.count[i] = 1;
    }
    for (unsigned month = 3; month <= 12; ++month) {
        days.count[*days.index_of(LocalDate{date::year{2025} / date::month{month} / 15})] = 10;
    }
    auto const season = season_of(months_of(days)).value();
    auto const mean = 131.0 / 365.0;
    EXPECT_NEAR(season.months[0].index.value(), 100.0 / mean, 1e-9);
    EXPECT_EQ(season.months[1].index, 0.0);
    EXPECT_EQ(season.months[1].interval.low, 0.0);
    EXPECT_NEAR(season.months[1].interval.high, 3.688879454 / 28.0 / mean * 100.0, 1e-6);
    EXPECT_NEAR(season.months[3].index.value(), 10.0 / 30.0 / mean * 100.0, 1e-9);
    double weighted = 0.0;
    for (auto const& month : season.months) {
        weighted += *month.index * month.days / 365.0;
    }
    EXPECT_NEAR(weighted, 100.0, 1e-9);
}

TEST(Season, TakesEveryMonthOfTheYearAsOften)
{
    // Fourteen whole months, of which the last twelve count: the first two were another time.
    auto days = steady("2023-10-15", "2025-01-01", 1);
    for (std::size_t i = 0; i < 47; ++i) {
        days.count[i] = 1000;
    }
    auto const season = season_of(months_of(days)).value();
    EXPECT_EQ(season.years, 1U);
    EXPECT_EQ(season.first, date::year{2024} / date::January);
    EXPECT_NEAR(season.months[10].index.value(), 100.0, 1e-9);
    EXPECT_FALSE(season_of(months_of(steady("2024-01-02", "2025-01-01", 1)))) << "eleven whole months";
    EXPECT_FALSE(season_of({}));
    EXPECT_FALSE(season_of(months_of(steady("2024-01-01", "2025-01-01", 0)))->months[0].index);
}

}  // namespace
}  // namespace riskbild::layers
