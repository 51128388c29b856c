#include "importers/police/police_name.hpp"

#include <gtest/gtest.h>

#include "fake_store.hpp"

namespace riskbild::importers {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

TimeZone stockholm()
{
    return *TimeZone::named("Europe/Stockholm");
}

std::string occurred(std::string_view name, std::string_view published)
{
    auto const date = parse_police_name(name).date;
    if (!date)
        return "no date";
    auto const interval = occurrence_of(*date, at(published), stockholm());
    if (!interval)
        return "no year";
    return to_text(interval->from) + " +" + std::to_string(interval->length().count() / 60) + " min";
}

TEST(PoliceName, SplitsThePlaceFromTheRightAndTheDateFromTheLeft)
{
    auto const name = parse_police_name("29 september 19:48, Mord/dråp, försök, Enköping");
    EXPECT_EQ(name.date, (PoliceDate{9, 29, hours{19} + minutes{48}}));
    EXPECT_EQ(name.type, "Mord/dråp, försök");
    EXPECT_EQ(name.place, "Enköping");
}

TEST(PoliceName, TakesDotOrColonAndOneDigitOrTwo)
{
    PoliceDate const expected{10, 8, hours{7} + minutes{3}};
    for (auto const* name : {"08 oktober 07:03, Rån, Tierp", "8 oktober 7.03, Rån, Tierp",
                             "8 OKTOBER 7:03, Rån, Tierp", " 08  Oktober 07.03 , Rån, Tierp",
                             "08\xc2\xa0oktober\xc2\xa0"
                             "07.03, Rån, Tierp"})
        EXPECT_EQ(parse_police_name(name).date, expected) << name;
}

TEST(PoliceName, TakesADateWithoutATime)
{
    EXPECT_EQ(parse_police_name("1 maj, Övrigt, Heby").date, (PoliceDate{5, 1, {}}));
}

TEST(PoliceName, HasNoDateWhereTheFrontIsNone)
{
    for (auto const* name :
         {"", "Rån, Tierp", "32 maj 10:00, Rån, Tierp", "0 maj 10:00, Rån, Tierp", "1 mai 10:00, Rån, Tierp",
          "1 maj 24:00, Rån, Tierp", "1 maj 10:60, Rån, Tierp", "1 maj 1000, Rån, Tierp",
          "1 maj 10:0, Rån, Tierp", "1 maj kl 10:00, Rån, Tierp", "maj 1 10:00, Rån, Tierp",
          "-1 maj 10:00, Rån, Tierp", "1 maj 10:00 igen, Rån, Tierp", "001 maj 10:00, Rån, Tierp"})
        EXPECT_EQ(parse_police_name(name).date, std::nullopt) << name;
}

TEST(PoliceName, HasNoPlaceWithFewerThanThreeParts)
{
    EXPECT_EQ(parse_police_name("1 maj 10:00, Rån").type, "Rån");
    EXPECT_EQ(parse_police_name("1 maj 10:00, Rån").place, "");
    EXPECT_EQ(parse_police_name("1 maj 10:00").type, "");
    EXPECT_EQ(parse_police_name(",,").place, "");
}

TEST(PoliceOccurrence, TakesItsYearFromPublication)
{
    EXPECT_EQ(occurred("29 september 19:48, A, B", "2022-09-29 20:40:46 +02:00"),
              "2022-09-29T17:48:00Z +1 min");
}

TEST(PoliceOccurrence, MindsNewYearFromEitherSide)
{
    EXPECT_EQ(occurred("31 december 23.25, A, B", "2024-01-01 0:36:31 +01:00"),
              "2023-12-31T22:25:00Z +1 min");
    EXPECT_EQ(occurred("01 januari 00.10, A, B", "2023-12-31 23:55:00 +01:00"),
              "2023-12-31T23:10:00Z +1 min");
    EXPECT_EQ(occurred("19 december 15.32, A, B", "2024-01-03 11:45:20 +01:00"),
              "2023-12-19T14:32:00Z +1 min");
}

TEST(PoliceOccurrence, MayLieUpToADayAfterPublicationButNoMore)
{
    // Seen in the feed: published at 0.36 on 31 December, told as 23.25 of the same day.
    EXPECT_EQ(occurred("31 december 23.25, A, B", "2023-12-31 0:36:31 +01:00"),
              "2023-12-31T22:25:00Z +1 min");
    EXPECT_EQ(occurred("02 juni 12.00, A, B", "2023-06-01 12:00:00 +02:00"), "2023-06-02T10:00:00Z +1 min");
    EXPECT_EQ(occurred("02 juni 12.01, A, B", "2023-06-01 12:00:00 +02:00"), "no year");
    EXPECT_EQ(occurred("02 januari 12.01, A, B", "2023-12-31 12:00:00 +01:00"), "no year");
}

TEST(PoliceOccurrence, LiesAtMost180DaysBeforePublication)
{
    EXPECT_EQ(occurred("5 september 12.00, A, B", "2024-03-03 11:00:00 +01:00"),
              "2023-09-05T10:00:00Z +1 min");
    EXPECT_EQ(occurred("5 september 12.00, A, B", "2024-03-03 11:00:01 +01:00"), "no year");
}

TEST(PoliceOccurrence, IsTheWholeCivilDayWithoutATime)
{
    EXPECT_EQ(occurred("1 maj, A, B", "2023-05-01 12:00:00 +02:00"), "2023-04-30T22:00:00Z +1440 min");
    EXPECT_EQ(occurred("31 mars, A, B", "2024-03-31 12:00:00 +02:00"), "2024-03-30T23:00:00Z +1380 min");
}

TEST(PoliceOccurrence, TakesTheFirstOfTheRepeatedHourInAutumn)
{
    EXPECT_EQ(occurred("27 oktober 02.30, A, B", "2024-10-27 8:00:00 +01:00"), "2024-10-27T00:30:00Z +1 min");
}

TEST(PoliceOccurrence, IsNothingForADateThatNoNearYearHas)
{
    EXPECT_EQ(occurred("31 april 10.00, A, B", "2024-04-30 8:00:00 +02:00"), "no year");
    EXPECT_EQ(occurred("29 februari 10.00, A, B", "2024-02-29 12:00:00 +01:00"),
              "2024-02-29T09:00:00Z +1 min");
    EXPECT_EQ(occurred("29 februari 10.00, A, B", "2023-03-01 12:00:00 +01:00"), "no year");
}

}  // namespace
}  // namespace riskbild::importers
