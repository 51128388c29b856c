#include <gtest/gtest.h>

#include "geo_core/time.hpp"

namespace riskbild {
namespace {

using namespace std::chrono_literals;

TimeZone stockholm()
{
    return TimeZone::named("Europe/Stockholm").value();
}

LocalTime local(char const* day, int hour, int minute = 0)
{
    return LocalTime{parse_date(day).value()} + std::chrono::hours{hour} + std::chrono::minutes{minute};
}

TEST(ParseInstant, TakesTheFeedsLooseForm)
{
    EXPECT_EQ(to_text(parse_instant("2022-10-08 7:03:04 +02:00").value()), "2022-10-08T05:03:04Z");
    EXPECT_EQ(to_text(parse_instant("2022-10-08T05:03:04Z").value()), "2022-10-08T05:03:04Z");
    EXPECT_EQ(to_text(parse_instant("2022-10-08T05:03:04.123-0130").value()), "2022-10-08T06:33:04Z");
    EXPECT_EQ(to_text(parse_instant("2024-12-31T24:00:00Z").value()), "2025-01-01T00:00:00Z");
}

TEST(ParseInstant, RefusesWhatHasNoZoneOrIsNoDate)
{
    for (auto const* text :
         {"", "2022-10-08T05:03:04", "2022-13-08T05:03:04Z", "2022-02-30T05:03:04Z", "2022-10-08T25:00:00Z",
          "2022-10-08T05:61:00Z", "2022-10-08T05:03:04Zx", "2022-10-08T05:03:04+2", "22-10-08T05:03:04Z"})
        EXPECT_FALSE(parse_instant(text)) << text;
}

TEST(ParseDate, KnowsLeapYears)
{
    EXPECT_TRUE(parse_date("2024-02-29"));
    EXPECT_FALSE(parse_date("2025-02-29"));
    EXPECT_FALSE(parse_date("2025-2-9"));
    EXPECT_EQ(to_text(parse_date("1999-12-31").value()), "1999-12-31");
}

TEST(TimeZone, KnowsSummerTime)
{
    EXPECT_EQ(to_text(stockholm().instant(local("2025-01-15", 12))), "2025-01-15T11:00:00Z");
    EXPECT_EQ(to_text(stockholm().instant(local("2025-07-15", 12))), "2025-07-15T10:00:00Z");
}

TEST(TimeZone, MeansTheFirstOfTheRepeatedHour)
{
    EXPECT_EQ(to_text(stockholm().instant(local("2025-10-26", 2, 30))), "2025-10-26T00:30:00Z");
}

TEST(TimeZone, MovesTheMissingHourToTheChange)
{
    EXPECT_EQ(to_text(stockholm().instant(local("2025-03-30", 2, 30))), "2025-03-30T01:00:00Z");
}

TEST(TimeZone, DaysHave23To25Hours)
{
    EXPECT_EQ(stockholm().day(parse_date("2025-03-30").value()).length(), 23h);
    EXPECT_EQ(stockholm().day(parse_date("2025-03-31").value()).length(), 24h);
    EXPECT_EQ(stockholm().day(parse_date("2025-10-26").value()).length(), 25h);
}

TEST(TimeZone, OffsetLastsUntilTheNextChange)
{
    auto const offset = stockholm().offset_at(parse_instant("2025-07-01T00:00:00Z").value());
    EXPECT_EQ(offset.ahead, 2h);
    EXPECT_EQ(to_text(offset.from), "2025-03-30T01:00:00Z");
    EXPECT_EQ(to_text(offset.to), "2025-10-26T01:00:00Z");
}

TEST(TimeZone, RefusesAnUnknownName)
{
    auto const zone = TimeZone::named("Europe/Upsala");
    ASSERT_FALSE(zone);
    EXPECT_NE(zone.error().message.find("Europe/Upsala"), std::string::npos);
}

}  // namespace
}  // namespace riskbild
