#include "layers/aoristic/aoristic_week.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/layers/numbers.hpp"

namespace riskbild::layers {
namespace {

using namespace std::chrono_literals;

TimeZone const& stockholm()
{
    static auto const zone = TimeZone::named("Europe/Stockholm").value();
    return zone;
}

/// 2025-03-10 is a Monday.
Instant at(std::string const& day, std::chrono::minutes clock)
{
    return stockholm().instant(LocalTime{parse_date(day).value()} + clock);
}

struct Occurred {
    Instant from;
    std::chrono::seconds length;
};

AoristicWeek week_of(std::vector<Occurred> const& incidents)
{
    AoristicCounter counter{stockholm()};
    for (auto const& one : incidents) {
        counter.add(one.from, one.length);
    }
    return counter.week();
}

constexpr double kExact = 1e-11;  // parts are of 2⁻⁴⁰
constexpr std::size_t kSunday = 6 * 24;

double sum_of(AoristicWeek const& week)
{
    return std::accumulate(week.weight.begin(), week.weight.end(), 0.0);
}

/// methods.md §8: 01:00–02:30 Monday → .6667 .3333; 23:30–01:15 → .2857 .5714 .1429.
TEST(AoristicWeek, GivesTheWeightsOfTheReferenceExamples)
{
    auto const monday = week_of({{at("2025-03-10", 1h), 90min}});
    EXPECT_NEAR(monday.weight[1], 2.0 / 3.0, kExact);
    EXPECT_NEAR(monday.weight[2], 1.0 / 3.0, kExact);
    auto const over_midnight = week_of({{at("2025-03-10", 23h + 30min), 105min}});
    EXPECT_NEAR(over_midnight.weight[23], 2.0 / 7.0, kExact);
    EXPECT_NEAR(over_midnight.weight[24], 4.0 / 7.0, kExact);
    EXPECT_NEAR(over_midnight.weight[25], 1.0 / 7.0, kExact);
    EXPECT_NEAR(over_midnight.weight[24], 0.5714, 5e-5);
    EXPECT_EQ(over_midnight.spread, 1U);
    EXPECT_NEAR(over_midnight.hours()[0], 4.0 / 7.0, kExact);
    EXPECT_NEAR(over_midnight.weekdays()[0], 2.0 / 7.0, kExact);
    EXPECT_NEAR(over_midnight.weekdays()[1], 5.0 / 7.0, kExact);
}

TEST(AoristicWeek, RunsFromSundayNightIntoMonday)
{
    auto const week = week_of({{at("2025-03-09", 23h), 2h}});
    EXPECT_NEAR(week.weight[167], 0.5, kExact);
    EXPECT_NEAR(week.weight[0], 0.5, kExact);
}

TEST(AoristicWeek, AnIntervalEndsBeforeItsEnd)
{
    auto const week = week_of({{at("2025-03-10", 1h), 1h}});
    EXPECT_DOUBLE_EQ(week.weight[1], 1.0);
    EXPECT_EQ(week.weight[2], 0.0);
    EXPECT_EQ(week.known[1], 1U);
    EXPECT_EQ(week.spread, 0U);
}

/// 2025-03-30 has no hour from 2 to 3, 2025-10-26 has two.
TEST(AoristicWeek, CountsRealTimeOnTheTwoOddDays)
{
    auto const spring = week_of({{at("2025-03-30", 1h), 2h}});
    EXPECT_DOUBLE_EQ(spring.weight[kSunday + 1], 0.5);
    EXPECT_EQ(spring.weight[kSunday + 2], 0.0);
    EXPECT_DOUBLE_EQ(spring.weight[kSunday + 3], 0.5);

    auto const autumn = week_of({{at("2025-10-26", 1h), 4h}});
    EXPECT_DOUBLE_EQ(autumn.weight[kSunday + 1], 0.25);
    EXPECT_DOUBLE_EQ(autumn.weight[kSunday + 2], 0.5);
    EXPECT_DOUBLE_EQ(autumn.weight[kSunday + 3], 0.25);
    auto const both_times = week_of({{at("2025-10-26", 2h + 30min), 1h}});
    EXPECT_DOUBLE_EQ(both_times.weight[kSunday + 2], 1.0);
    EXPECT_EQ(both_times.known[kSunday + 2], 1U);

    auto const short_day = stockholm().day(parse_date("2025-03-30").value());
    auto const whole_day = week_of({{short_day.from, short_day.length()}});
    EXPECT_NEAR(whole_day.weight[kSunday + 23], 1.0 / 23.0, kExact);
    EXPECT_EQ(whole_day.weight[kSunday + 2], 0.0);
    EXPECT_NEAR(whole_day.weekdays()[6], 1.0, kExact);
    EXPECT_EQ(whole_day.hour_known, 0U);
}

TEST(AoristicWeek, AMissingEndIsTheStart)
{
    auto const week = week_of({{at("2025-03-10", 12h + 59min), 0s}});
    EXPECT_DOUBLE_EQ(week.weight[12], 1.0);
    EXPECT_EQ(week.hour_known, 1U);
}

TEST(AoristicWeek, AnEndBeforeTheStartIsTakenTheOtherWayRoundAndFlagged)
{
    auto const week = week_of({{at("2025-03-10", 2h + 30min), -90min}});
    EXPECT_NEAR(week.weight[1], 2.0 / 3.0, kExact);
    EXPECT_NEAR(week.weight[2], 1.0 / 3.0, kExact);
    EXPECT_EQ(week.reversed, 1U);
}

TEST(AoristicWeek, LongerThanSevenDaysIsEvenAndSevenDaysAreNot)
{
    auto const seven = week_of({{at("2025-03-10", 0h), 168h}});
    EXPECT_EQ(seven.uniform, 0U);
    EXPECT_EQ(seven.spread, 1U);
    auto const longer = week_of({{at("2025-03-10", 0h), 168h + 1s}});
    EXPECT_EQ(longer.uniform, 1U);
    EXPECT_EQ(longer.spread, 0U);
    auto const a_year = week_of({{at("2025-03-10", 0h), 24h * 365}});
    for (std::size_t hour = 0; hour < kHoursOfWeek; ++hour) {
        EXPECT_NEAR(seven.weight[hour], 1.0 / 168.0, kExact);
        EXPECT_DOUBLE_EQ(longer.weight[hour], 1.0 / 168.0);
        EXPECT_EQ(a_year.weight[hour], longer.weight[hour]);
    }
    // Seven days over the spring change are a week without one hour, and with another twice.
    auto const spring = week_of({{at("2025-03-26", 0h), 168h}});
    EXPECT_EQ(spring.weight[kSunday + 2], 0.0);
    EXPECT_NEAR(spring.weight[2 * 24], 2.0 / 168.0, kExact);
}

/// Intervals of minutes to days, half of them around the two changes of 2024 and 2025.
std::vector<Occurred> many()
{
    testing::Chance chance{7};
    std::vector<Occurred> incidents;
    auto const changes = {"2024-03-31", "2024-10-27", "2025-03-30", "2025-10-26"};
    for (int i = 0; i < 300; ++i) {
        auto const minutes = [&](double most) {
            return std::chrono::minutes{static_cast<std::int64_t>(chance.next() * most)};
        };
        auto const from = i % 2 == 0 ? at("2024-01-01", 0h) + minutes(700.0 * 1440.0)
                                     : at(changes.begin()[i / 2 % 4], 0h) - 1440min + minutes(2880.0);
        auto const longest = i % 3 == 0 ? 120.0 : i % 3 == 1 ? 2000.0 : 11'000.0;
        incidents.push_back({from, 1min + minutes(longest)});
    }
    return incidents;
}

TEST(AoristicWeek, AgreesWithCountingEveryMinute)
{
    auto const incidents = many();
    std::string input;
    for (auto const& one : incidents) {
        input += fmt::format("{} {}\n", one.from.time_since_epoch().count(), one.length.count());
    }
    auto const reference = testing::ask_python("aoristic.py", input);
    if (!reference) {
        GTEST_SKIP() << "python3 is absent";
    }
    ASSERT_EQ(reference->size(), kHoursOfWeek + 2);
    auto const week = week_of(incidents);
    for (std::size_t hour = 0; hour < kHoursOfWeek; ++hour) {
        EXPECT_NEAR(week.weight[hour], (*reference)[hour], 300 * kExact) << hour;
    }
    EXPECT_EQ(static_cast<double>(week.spread), (*reference)[kHoursOfWeek]);
    EXPECT_EQ(static_cast<double>(week.uniform), (*reference)[kHoursOfWeek + 1]);
    EXPECT_GT(week.uniform, 0U);
}

TEST(AoristicWeek, EveryIncidentCountsOnceInWhateverOrder)
{
    auto incidents = many();
    auto const week = week_of(incidents);
    EXPECT_NEAR(sum_of(week), 300.0, 1e-9);
    std::ranges::reverse(incidents);
    std::rotate(incidents.begin(), incidents.begin() + 77, incidents.end());
    EXPECT_EQ(week_of(incidents).weight, week.weight) << "to the last bit";
}

TEST(AoristicWeek, AWeekLaterIsTheSame)
{
    auto const early = week_of({{at("2025-01-07", 22h + 10min), 7h}, {at("2025-01-11", 0h), 24h}});
    auto const late = week_of({{at("2025-07-08", 22h + 10min), 7h}, {at("2025-07-12", 0h), 24h}});
    EXPECT_EQ(early.weight, late.weight) << "also from winter time to summer time";
}

TEST(AoristicWeek, IsEmptyWithoutIncidents)
{
    auto const week = week_of({});
    EXPECT_EQ(week.n, 0U);
    EXPECT_EQ(sum_of(week), 0.0);
}

}  // namespace
}  // namespace riskbild::layers
