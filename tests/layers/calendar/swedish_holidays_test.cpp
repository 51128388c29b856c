#include "layers/calendar/swedish_holidays.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace riskbild::layers {
namespace {

LocalDate day(char const* text)
{
    return parse_date(text).value();
}

/// Names of the special days of a period, with their dates.
std::vector<std::string> named(char const* from, char const* to)
{
    std::vector<std::string> names;
    for (auto const& one : swedish_special_days({day(from), day(to)})) {
        auto const& kind = swedish_holiday_kinds()[one.kind];
        names.push_back(riskbild::to_text(one.day) + ' ' + std::string{one.eve ? kind.eve_sv : kind.sv});
    }
    return names;
}

/// The paschal full moons of 1900–2199 by golden number, from the tables of the *Book of Common Prayer*;
/// Easter is the Sunday after.
TEST(SwedishHolidays, EasterIsThatOfThePrintedTables)
{
    constexpr unsigned kFullMoons[][2] = {{4, 14}, {4, 3},  {3, 23}, {4, 11}, {3, 31}, {4, 18}, {4, 8},
                                          {3, 28}, {4, 16}, {4, 5},  {3, 25}, {4, 13}, {4, 2},  {3, 22},
                                          {4, 10}, {3, 30}, {4, 17}, {4, 7},  {3, 27}};
    for (int year = 1900; year < 2200; ++year) {
        auto const& moon = kFullMoons[year % 19];
        auto sunday = LocalDate{date::year{year} / date::month{moon[0]} / date::day{moon[1]}} + date::days{1};
        while (date::weekday{sunday} != date::Sunday) {
            sunday += date::days{1};
        }
        EXPECT_EQ(easter_sunday(year), sunday) << year;
    }
    EXPECT_EQ(easter_sunday(1818), day("1818-03-22")) << "the earliest there is";
    EXPECT_EQ(easter_sunday(2038), day("2038-04-25")) << "the latest";
}

TEST(SwedishHolidays, AreThoseOfTheAlmanacFor2025)
{
    EXPECT_EQ(named("2025-01-01", "2026-01-01"),
              (std::vector<std::string>{"2025-01-01 Nyårsdagen",
                                        "2025-01-05 Trettondagsafton",
                                        "2025-01-06 Trettondedag jul",
                                        "2025-04-17 Skärtorsdagen",
                                        "2025-04-18 Långfredagen",
                                        "2025-04-19 Påskafton",
                                        "2025-04-20 Påskdagen",
                                        "2025-04-21 Annandag påsk",
                                        "2025-04-30 Valborgsmässoafton",
                                        "2025-05-01 Första maj",
                                        "2025-05-28 Dagen före Kristi himmelsfärdsdag",
                                        "2025-05-29 Kristi himmelsfärdsdag",
                                        "2025-06-05 Dagen före nationaldagen",
                                        "2025-06-06 Sveriges nationaldag",
                                        "2025-06-07 Pingstafton",
                                        "2025-06-08 Pingstdagen",
                                        "2025-06-20 Midsommarafton",
                                        "2025-06-21 Midsommardagen",
                                        "2025-10-31 Allhelgonaafton",
                                        "2025-11-01 Alla helgons dag",
                                        "2025-12-24 Julafton",
                                        "2025-12-25 Juldagen",
                                        "2025-12-26 Annandag jul",
                                        "2025-12-31 Nyårsafton"}));
}

TEST(SwedishHolidays, MoveWithTheYear)
{
    EXPECT_EQ(named("2020-06-19", "2020-06-21"),
              (std::vector<std::string>{"2020-06-19 Midsommarafton", "2020-06-20 Midsommardagen"}));
    EXPECT_EQ(named("2021-06-25", "2021-06-27"),
              (std::vector<std::string>{"2021-06-25 Midsommarafton", "2021-06-26 Midsommardagen"}));
    EXPECT_EQ(named("2020-10-30", "2020-11-01"),
              (std::vector<std::string>{"2020-10-30 Allhelgonaafton", "2020-10-31 Alla helgons dag"}));
    EXPECT_EQ(named("2021-11-05", "2021-11-07"),
              (std::vector<std::string>{"2021-11-05 Allhelgonaafton", "2021-11-06 Alla helgons dag"}));
    EXPECT_EQ(named("2024-05-08", "2024-05-20"),
              (std::vector<std::string>{"2024-05-08 Dagen före Kristi himmelsfärdsdag",
                                        "2024-05-09 Kristi himmelsfärdsdag", "2024-05-18 Pingstafton",
                                        "2024-05-19 Pingstdagen"}));
    EXPECT_EQ(named("2026-04-02", "2026-04-07"),
              (std::vector<std::string>{"2026-04-02 Skärtorsdagen", "2026-04-03 Långfredagen",
                                        "2026-04-04 Påskafton", "2026-04-05 Påskdagen",
                                        "2026-04-06 Annandag påsk"}));
}

TEST(SwedishHolidays, KnowsSinceWhenTheNationalDayIsOne)
{
    EXPECT_EQ(named("2004-05-31", "2004-06-07"), (std::vector<std::string>{"2004-05-31 Annandag pingst"}));
    EXPECT_EQ(named("2005-05-16", "2005-05-17"), (std::vector<std::string>{}));
    EXPECT_EQ(named("2005-06-06", "2005-06-07"),
              (std::vector<std::string>{"2005-06-06 Sveriges nationaldag"}));
}

TEST(SwedishHolidays, ADayMayHaveTwoNames)
{
    EXPECT_EQ(named("2008-05-01", "2008-05-02"),
              (std::vector<std::string>{"2008-05-01 Första maj", "2008-05-01 Kristi himmelsfärdsdag"}));
    EXPECT_EQ(named("2008-04-30", "2008-05-01"),
              (std::vector<std::string>{"2008-04-30 Valborgsmässoafton",
                                        "2008-04-30 Dagen före Kristi himmelsfärdsdag"}));
}

TEST(SwedishHolidays, APeriodHasItsFirstDayAndNotItsLast)
{
    EXPECT_EQ(named("2025-12-25", "2025-12-26"), (std::vector<std::string>{"2025-12-25 Juldagen"}));
    EXPECT_EQ(named("2025-12-31", "2026-01-01"), (std::vector<std::string>{"2025-12-31 Nyårsafton"}))
        << "the day before one that is not in the period";
    EXPECT_TRUE(named("2025-08-01", "2025-08-01").empty());
}

}  // namespace
}  // namespace riskbild::layers
