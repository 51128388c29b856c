#include "layers/calendar/week_alarms.hpp"

#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "tests/layers/numbers.hpp"

namespace riskbild::layers {
namespace {

LocalDate monday(char const* text)
{
    return parse_date(text).value();
}

WeekSeries weeks_of(std::vector<std::uint32_t> counts)
{
    return {monday("2020-01-06"), std::move(counts)};
}

/// Counts with a season, a trend and one outbreak; the same everywhere.
WeekSeries five_years(double level, double growth, std::uint64_t seed)
{
    testing::Chance chance{seed};
    std::vector<std::uint32_t> counts;
    for (int week = 0; week < 5 * 52; ++week) {
        double const season = 1.0 + 0.3 * std::sin(week / 52.18 * 6.283185307);
        double const mean = level * season * std::exp(growth * week);
        double noise = 0.0;
        for (int i = 0; i < 12; ++i) {
            noise += chance.next() - 0.5;
        }
        counts.push_back(
            static_cast<std::uint32_t>(std::max(0.0, std::round(mean + noise * std::sqrt(1.5 * mean)))));
    }
    counts[150] *= 4;
    return weeks_of(counts);
}

/// C1, C2, C3, the upper bound and whether a trend was kept, week by week, from R's surveillance.
std::optional<std::vector<double>> by_surveillance(WeekSeries const& weeks, WeekAlarmOptions const& options)
{
    return testing::ask_r("surveillance", "week_alarms.R",
                          fmt::format("{} {} {} {}\n", weeks.first.time_since_epoch().count(), options.years,
                                      options.alpha, fmt::join(weeks.count, " ")));
}

void expect_same(std::optional<double> ours, double theirs, std::size_t week, char const* what,
                 double tolerance)
{
    EXPECT_EQ(ours.has_value(), !std::isnan(theirs)) << what << ' ' << week;
    if (ours && !std::isnan(theirs)) {
        EXPECT_NEAR(*ours, theirs, tolerance * (1.0 + std::abs(theirs))) << what << ' ' << week;
    }
}

/// R ends a regression when the deviance stays the same to 1e-14, which tells coefficients to its root.
constexpr double kLikeR = 1e-7;

TEST(WeekAlarms, AreThoseOfSurveillanceInR)
{
    struct Case {
        double level, growth;
        unsigned years;
        double alpha;
    };
    bool any_trend = false;
    bool any_level = false;
    for (auto const& one : {Case{12, 0.002, 3, 0.05}, Case{2, 0.003, 4, 0.01}, Case{1.5, 0.0, 2, 0.05}}) {
        auto const weeks = five_years(one.level, one.growth, 11);
        WeekAlarmOptions const options{.years = one.years, .alpha = one.alpha};
        auto const reference = by_surveillance(weeks, options);
        if (!reference) {
            GTEST_SKIP() << "R or its package surveillance is absent";
        }
        ASSERT_EQ(reference->size(), 5 * weeks.count.size());
        auto const judged = judge_weeks(weeks, options);
        for (std::size_t week = 0; week < judged.size(); ++week) {
            auto const* const theirs = reference->data() + 5 * week;
            auto const& ours = judged[week];
            expect_same(ours.ears.c1, theirs[0], week, "C1", 1e-9);
            expect_same(ours.ears.c2, theirs[1], week, "C2", 1e-9);
            expect_same(ours.ears.c3, theirs[2], week, "C3", 1e-9);
            bool const all_years = ours.farrington_years == one.years;  // ours begins with two
            expect_same(all_years ? std::optional{ours.farrington->upper} : std::nullopt, theirs[3], week,
                        "upper bound", kLikeR);
            if (all_years) {
                EXPECT_EQ(ours.farrington->trend, theirs[4] != 0.0) << week;
                any_trend = any_trend || ours.farrington->trend;
                any_level = any_level || !ours.farrington->trend;
            }
        }
    }
    EXPECT_TRUE(any_trend && any_level);
}

TEST(WeekAlarms, CompareWithTheWeeksBeforeByHand)
{
    std::vector<std::uint32_t> counts(12, 9);
    counts.push_back(25);
    auto const judged = judge_weeks(weeks_of(counts), {});
    EXPECT_FALSE(judged[11].expected) << "eleven weeks before it, twelve are asked for";
    EXPECT_EQ(judged[12].baseline, 12U);
    EXPECT_DOUBLE_EQ(judged[12].expected.value(), 9.0);
    EXPECT_DOUBLE_EQ(judged[12].z.value(), 2.0 * (5.0 - 3.0));
    EXPECT_TRUE(judged[12].z_alarm);
    EXPECT_DOUBLE_EQ(judged[12].ears.c1.value(), 16.0 / kEarsLeastDeviation);
    EXPECT_DOUBLE_EQ(judged[12].ears.c3.value(), 16.0 / kEarsLeastDeviation - 1.0);
    EXPECT_EQ(judged[12].alarms(), 4U) << "z, C1, C2 and C3; there is no earlier year";
    EXPECT_FALSE(judged[12].farrington);
}

TEST(WeekAlarms, AddTheSameWeeksOfEarlierYears)
{
    std::vector<std::uint32_t> counts(60, 4);
    // Week 55 is that of 2021-01-25; a year before is 2020-01-25, nearest to the Monday 2020-01-27: week 3.
    for (auto const week : {1, 2, 3, 4, 5}) {
        counts[static_cast<std::size_t>(week)] = 38;
    }
    auto const judged = judge_weeks(weeks_of(counts), {.years = 1});
    EXPECT_EQ(judged[55].monday, monday("2021-01-25"));
    EXPECT_EQ(judged[55].baseline, 17U);
    EXPECT_DOUBLE_EQ(judged[55].expected.value(), (5.0 * 38.0 + 12.0 * 4.0) / 17.0);
    EXPECT_EQ(judge_weeks(weeks_of(counts), {.years = 3})[55].baseline, 17U) << "as many years as there are";
    EXPECT_EQ(judge_weeks(weeks_of(counts), {.years = 0})[55].baseline, 12U);
    EXPECT_EQ(judge_weeks(weeks_of(counts), {.baseline_weeks = 52, .years = 1})[55].baseline, 54U)
        << "a week that is both counts once";
}

TEST(WeekAlarms, FindTheSameWeekOfAnotherYearByItsDate)
{
    EXPECT_EQ(weeks_back(monday("2025-03-10"), 1), 52);
    EXPECT_EQ(weeks_back(monday("2025-03-10"), 3), 157);
    EXPECT_EQ(weeks_back(monday("2025-03-10"), 10), 522);
    EXPECT_EQ(weeks_back(monday("2016-02-29"), 1), 52)
        << "1 March 2015 is a Sunday, nearest to Monday the 2nd";
}

TEST(WeekAlarms, FarringtonTakesAsManyYearsAsThereAreButTwo)
{
    auto const judged = judge_weeks(weeks_of(std::vector<std::uint32_t>(200, 10)), {.years = 5});
    EXPECT_FALSE(judged[106].farrington);
    EXPECT_EQ(judged[107].farrington_years, 2U) << "two years and three weeks before it";
    EXPECT_EQ(judged[160].farrington_years, 3U);
    EXPECT_NEAR(judged[160].farrington->expected, 10.0, 1e-9);
    EXPECT_FALSE(judge_weeks(weeks_of(std::vector<std::uint32_t>(200, 10)), {.years = 1})[199].farrington);
}

TEST(WeekAlarms, AreNotRaisedByAHandful)
{
    std::vector<std::uint32_t> counts(20, 0);
    counts.push_back(4);
    counts.push_back(1);
    auto const judged = judge_weeks(weeks_of(counts), {});
    EXPECT_GE(judged[20].z.value(), 4.0);
    EXPECT_EQ(judged[20].alarms(), 0U) << "four in four weeks";
    EXPECT_TRUE(judged[21].enough);
    EXPECT_TRUE(judge_weeks(weeks_of({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5}), {})[12].z_alarm);
}

TEST(WeekAlarms, FarringtonExpectsNothingWhereNothingEverWas)
{
    std::vector<std::uint32_t> counts(170, 0);
    counts.back() = 6;
    auto const judged = judge_weeks(weeks_of(counts), {});
    ASSERT_TRUE(judged.back().farrington);
    EXPECT_EQ(judged.back().farrington->upper, 0.0);
    EXPECT_TRUE(judged.back().farrington_alarm);
    EXPECT_FALSE(judged[168].farrington_alarm);
}

TEST(WeekAlarms, WhatComesLaterChangesNothing)
{
    auto const weeks = five_years(12, 0.002, 5);
    auto shorter = weeks;
    shorter.count.resize(200);
    auto const all = judge_weeks(weeks, {});
    auto const known_then = judge_weeks(shorter, {});
    for (std::size_t week = 0; week < known_then.size(); ++week) {
        EXPECT_EQ(all[week].z, known_then[week].z);
        EXPECT_EQ(all[week].ears.c3, known_then[week].ears.c3);
        ASSERT_EQ(all[week].farrington.has_value(), known_then[week].farrington.has_value());
        if (all[week].farrington) {
            EXPECT_EQ(all[week].farrington->upper, known_then[week].farrington->upper);
        }
    }
    EXPECT_TRUE(judge_weeks(weeks_of({}), {}).empty());
}

TEST(WeekAlarms, APastOutbreakHidesNoNewOne)
{
    std::vector<std::uint32_t> counts;
    for (int week = 0; week < 4 * 52; ++week) {
        counts.push_back(static_cast<std::uint32_t>(9 + week % 3));
    }
    auto const plain = judge_weeks(weeks_of(counts), {});
    counts[150] = 90;  // in the baseline of the weeks a year later
    auto const with_outbreak = judge_weeks(weeks_of(counts), {});
    EXPECT_NEAR(with_outbreak[202].farrington->expected, plain[202].farrington->expected, 0.5);
    EXPECT_GT(with_outbreak[202].expected.value(), plain[202].expected.value() + 2.0)
        << "which a mean does not stand";
}

}  // namespace
}  // namespace riskbild::layers
