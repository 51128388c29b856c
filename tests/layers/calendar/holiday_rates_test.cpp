#include "layers/calendar/holiday_rates.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace riskbild::layers {
namespace {

LocalDate day(char const* text)
{
    return parse_date(text).value();
}

DaySeries year_of_two_a_day()
{
    return {day("2025-01-01"), std::vector<std::uint32_t>(365, 2)};
}

std::optional<HolidayRate> rate_of(std::vector<HolidayRate> const& rates, std::string_view key, bool eve)
{
    auto const found = std::ranges::find_if(rates, [&](HolidayRate const& rate) {
        return swedish_holiday_kinds()[rate.kind].key == key && rate.eve == eve;
    });
    return found == rates.end() ? std::nullopt : std::optional{*found};
}

TEST(HolidayRates, CompareWithOrdinaryDaysOfTheSameWeekdayAround)
{
    auto days = year_of_two_a_day();
    days.count[*days.index_of(day("2025-06-20"))] = 12;  // Midsummer Eve, a Friday
    days.count[*days.index_of(day("2025-06-13"))] = 5;   // an ordinary Friday
    days.count[*days.index_of(day("2025-06-06"))] = 90;  // the National Day, a Friday too, is not ordinary
    days.count[*days.index_of(day("2025-06-19"))] = 80;  // no Friday
    auto const rate = rate_of(holiday_rates(days, 3), "midsummer", true);
    ASSERT_TRUE(rate);
    EXPECT_EQ(rate->count, 12U);
    EXPECT_EQ(rate->days, 1U);
    EXPECT_EQ(rate->ordinary_days, 5U) << "three weeks before and after, without the National Day";
    EXPECT_EQ(rate->ordinary_count, 5U + 4U * 2U);
    EXPECT_NEAR(rate->against.ratio, 12.0 / (13.0 / 5.0), 1e-12);
    EXPECT_LT(rate->against.p, 0.001);
    EXPECT_GT(rate->p_adjusted, rate->against.p) << "there are many holidays";
}

TEST(HolidayRates, AddUpTheSameHolidayOfAllYears)
{
    DaySeries const days{day("2023-01-01"), std::vector<std::uint32_t>(365 + 366 + 365, 3)};
    auto const rates = holiday_rates(days, 8);
    auto const christmas_eve = rate_of(rates, "christmas", true);
    ASSERT_TRUE(christmas_eve);
    EXPECT_EQ(christmas_eve->days, 3U);
    EXPECT_EQ(christmas_eve->count, 9U);
    EXPECT_DOUBLE_EQ(christmas_eve->against.ratio, 1.0);
    EXPECT_EQ(christmas_eve->p_adjusted, 1.0);
    EXPECT_FALSE(rate_of(rates, "easter_monday", true)) << "its day before is a holiday of its own";
    EXPECT_FALSE(rate_of(rates, "whit_monday", false));
    EXPECT_TRUE(rate_of(rates, "ascension", false));
}

TEST(HolidayRates, LeaveOutWhatWasNotCountedOrCannotBeCompared)
{
    auto mondays = year_of_two_a_day();
    mondays.weekdays = 1;
    auto const rates = holiday_rates(mondays, 8);
    EXPECT_EQ(rates.size(), 2U) << "Epiphany and Easter Monday of 2025";
    EXPECT_TRUE(rate_of(rates, "epiphany", false));
    EXPECT_TRUE(rate_of(rates, "easter_monday", false));
    EXPECT_TRUE(holiday_rates({day("2025-12-24"), {9, 9, 9}}, 8).empty()) << "no ordinary day";
    EXPECT_TRUE(holiday_rates({}, 8).empty());
}

}  // namespace
}  // namespace riskbild::layers
