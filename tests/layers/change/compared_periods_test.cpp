#include "layers/change/compared_periods.hpp"

#include <gtest/gtest.h>

namespace riskbild::layers {
namespace {

LocalDate day(char const* text)
{
    return parse_date(text).value();
}

ComparedPeriods periods(char const* before_from, char const* before_to, char const* after_from,
                        char const* after_to)
{
    return {{day(before_from), day(before_to)}, {day(after_from), day(after_to)}};
}

TEST(ComparedPeriods, AreTheLastTwelveMonthsAndTheTwelveBefore)
{
    EXPECT_EQ(compared_periods({}, day("2026-07-01")).value(),
              periods("2024-07-01", "2025-07-01", "2025-07-01", "2026-07-01"));
    EXPECT_EQ(compared_periods({}, day("2024-02-29")).value(),
              periods("2022-02-28", "2023-02-28", "2023-02-28", "2024-02-29"));
}

TEST(ComparedPeriods, AShortOneHasTheSameDatesOfTheYearBefore)
{
    EXPECT_EQ(
        compared_periods({.after_from = day("2025-06-01"), .after_to = day("2025-09-01")}, day("2026-07-01"))
            .value(),
        periods("2024-06-01", "2024-09-01", "2025-06-01", "2025-09-01"));
    EXPECT_EQ(compared_periods({.after_from = day("2026-05-01")}, day("2026-07-01")).value(),
              periods("2025-05-01", "2025-07-01", "2026-05-01", "2026-07-01"));
}

TEST(ComparedPeriods, ALongOneGoesBackAsManyYearsAsKeepThemApart)
{
    EXPECT_EQ(
        compared_periods({.after_from = day("2024-01-01"), .after_to = day("2026-01-01")}, day("2026-07-01"))
            .value(),
        periods("2022-01-01", "2024-01-01", "2024-01-01", "2026-01-01"));
    EXPECT_EQ(
        compared_periods({.after_from = day("2025-01-01"), .after_to = day("2026-01-02")}, day("2026-07-01"))
            .value(),
        periods("2023-01-01", "2024-01-02", "2025-01-01", "2026-01-02"));
}

TEST(ComparedPeriods, TakeEveryDayThatIsGiven)
{
    EXPECT_EQ(compared_periods({day("2020-01-01"), day("2020-03-01"), day("2021-01-01"), day("2021-02-01")},
                               day("2026-07-01"))
                  .value(),
              periods("2020-01-01", "2020-03-01", "2021-01-01", "2021-02-01"));
}

TEST(ComparedPeriods, RefuseWhatIsEmptyOrOverlaps)
{
    auto const empty = compared_periods({.after_from = day("2025-06-01"), .after_to = day("2025-06-01")}, {});
    ASSERT_FALSE(empty);
    EXPECT_EQ(empty.error().field, "after_to");
    auto const reversed = compared_periods({.before_from = day("2025-03-01"), .before_to = day("2025-02-01")},
                                           day("2026-07-01"));
    ASSERT_FALSE(reversed);
    EXPECT_EQ(reversed.error().field, "before_to");
    auto const overlapping = compared_periods({.before_to = day("2025-07-02")}, day("2026-07-01"));
    ASSERT_FALSE(overlapping);
    EXPECT_EQ(overlapping.error().field, "before_to");
    EXPECT_EQ(overlapping.error().message,
              "before_to is 2025-07-02, it must not be after after_from, 2025-07-01: the periods overlap");
}

}  // namespace
}  // namespace riskbild::layers
