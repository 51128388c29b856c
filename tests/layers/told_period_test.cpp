#include "layers/told_period.hpp"

#include <gtest/gtest.h>

#include "tests/support/made_up_county.hpp"

namespace riskbild::layers {
namespace {

using riskbild::testing::made_up_view;

Period period(char const* from, char const* to)
{
    return {parse_date(from).value(), parse_date(to).value()};
}

TEST(ToldPeriod, IsFromTheFirstDayOfASourceToItsLast)
{
    auto const view = made_up_view({{.day = "2024-02-01", .kind = "damage", .precision = Precision::lan},
                                    {.east = 1, .north = 1, .day = "2024-05-31", .hour = 23},
                                    {.east = 1, .north = 1, .day = "2022-01-01", .sources = 2}});
    EXPECT_EQ(told_period(view, {}).value(), period("2022-01-01", "2024-06-01"));
    EXPECT_EQ(told_period(view, parse_filter("sources=a").value()).value(),
              period("2024-02-01", "2024-06-01"));
    EXPECT_EQ(told_period(view, parse_filter("sources=a;kinds=sexual;period=2024-03-01..2024-04-01").value())
                  .value(),
              period("2024-02-01", "2024-06-01"))
        << "whatever the kind and period asked for";
    EXPECT_FALSE(told_period(made_up_view({}), {}).value());
    EXPECT_FALSE(told_period(made_up_view({}, Role::public_), {}));
}

TEST(ToldPeriod, CountsTheDaysOfSomeWeekdays)
{
    EXPECT_EQ(counted_days(period("2025-03-10", "2025-03-24"), 0), 14U);
    EXPECT_EQ(counted_days(period("2025-03-10", "2025-03-24"), 0b1), 2U);
    EXPECT_EQ(counted_days(period("2025-03-10", "2025-03-11"), 0b10), 0U);
    EXPECT_EQ(counted_days(period("2025-03-09", "2025-03-10"), 0b1000000), 1U) << "a Sunday";
}

TEST(ToldPeriod, FindsDaysInCommon)
{
    auto const year = period("2025-01-01", "2026-01-01");
    EXPECT_EQ(common_days(year, period("2024-06-01", "2025-02-01")), period("2025-01-01", "2025-02-01"));
    EXPECT_FALSE(common_days(year, period("2026-01-01", "2027-01-01")));
}

}  // namespace
}  // namespace riskbild::layers
