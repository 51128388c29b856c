#include <gtest/gtest.h>

#include "geo_core/filter.hpp"

namespace riskbild {
namespace {

std::string canonical(std::string_view text)
{
    auto const filter = parse_filter(text);
    return filter ? to_text(*filter) : "error in " + filter.error().field;
}

TEST(Filter, SortsKeysAndLists)
{
    EXPECT_EQ(canonical("sources=ul,police;kinds=theft,damage.graffiti,theft;period=2025-01-01..2025-02-01"),
              "kinds=damage.graffiti,theft;period=2025-01-01..2025-02-01;sources=police,ul");
}

TEST(Filter, EmptyTextIsNoFilter)
{
    EXPECT_EQ(parse_filter("").value(), Filter{});
    EXPECT_EQ(to_text(Filter{}), "");
}

TEST(Filter, HoursWrapMidnight)
{
    EXPECT_EQ(parse_filter("hours=22..2").value().hours, (1U << 22) | (1U << 23) | 1U | 2U);
    EXPECT_EQ(canonical("hours=0..2,22..24"), "hours=22..2");
    EXPECT_EQ(canonical("hours=7"), "hours=7..8");
    EXPECT_EQ(canonical("hours=18..24,8..10,9..12"), "hours=8..12,18..24");
    EXPECT_EQ(canonical("hours=23"), "hours=23..24");
}

TEST(Filter, AListOfHoursIsTheUnionOfItsParts)
{
    std::vector<std::string> parts;
    for (int from = 0; from < 24; ++from)
        for (int to = 0; to <= 24; ++to)
            if (from != to && (from + to) % 5 == 0)
                parts.push_back(std::to_string(from) + ".." + std::to_string(to));
    auto const hours = [](std::string const& text) {
        auto const mask = parse_filter("hours=" + text).value().hours;
        return mask == 0 ? (1U << 24) - 1 : mask;
    };
    for (auto const& a : parts)
        for (auto const& b : parts)
            EXPECT_EQ(hours(a + ',' + b), hours(a) | hours(b)) << a << ',' << b;
}

TEST(Filter, AllHoursAndAllWeekdaysAreNoFilter)
{
    EXPECT_EQ(canonical("hours=0..24"), "");
    EXPECT_EQ(canonical("hours=0..12,12..24"), "");
    EXPECT_EQ(canonical("hours=0..24,5"), "");
    EXPECT_EQ(canonical("hours=5,0..24"), "");
    EXPECT_EQ(canonical("weekdays=mon,tue,wed,thu,fri,sat,sun"), "");
}

TEST(Filter, WeekdaysStandInWeekOrder)
{
    EXPECT_EQ(canonical("weekdays=sat,fri"), "weekdays=fri,sat");
}

TEST(Filter, NamesTheKeyAtFault)
{
    EXPECT_EQ(canonical("colour=red"), "error in colour");
    EXPECT_EQ(canonical("period=2025-02-01..2025-01-01"), "error in period");
    EXPECT_EQ(canonical("period=2025-02-30..2025-03-01"), "error in period");
    EXPECT_EQ(canonical("period=2025-01-01..2025-01-01"), "error in period");
    EXPECT_EQ(canonical("hours=25"), "error in hours");
    EXPECT_EQ(canonical("hours=5..5"), "error in hours");
    EXPECT_EQ(canonical("hours=-1..3"), "error in hours");
    EXPECT_EQ(canonical("weekdays=monday"), "error in weekdays");
    EXPECT_EQ(canonical("precision=good"), "error in precision");
    EXPECT_EQ(canonical("kinds=a;kinds=b"), "error in kinds");
    EXPECT_EQ(canonical("kinds="), "error in kinds");
    EXPECT_EQ(canonical("kinds=a b"), "error in kinds");
    EXPECT_EQ(canonical("kinds"), "error in filter");
}

TEST(Filter, RefusesOverlongInput)
{
    EXPECT_FALSE(parse_filter("kinds=" + std::string(70'000, 'a')));
    std::string many = "kinds=a";
    for (int i = 0; i < 1000; ++i)
        many += ",a";
    EXPECT_EQ(canonical(many), "error in kinds");
}

TEST(Filter, ReadsBackItsOwnText)
{
    for (auto const* text :
         {"areas=0380;hours=18..24;kinds=theft;period=2025-01-01..2025-02-01;precision=street;"
          "sources=police;weekdays=fri,sat",
          "hours=22..2", "hours=0..1,5..7,23..24"}) {
        auto const filter = parse_filter(text).value();
        EXPECT_EQ(parse_filter(to_text(filter)).value(), filter) << text;
    }
}

}  // namespace
}  // namespace riskbild
