#include <cstdlib>
#include <filesystem>
#include <map>
#include <numeric>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "importers/gtfs/gtfs_departures.hpp"
#include "importers/gtfs/gtfs_files.hpp"
#include "importers/gtfs/gtfs_time.hpp"
#include "importers/gtfs/stop_name.hpp"
#include "made_files.hpp"
#include "place_world.hpp"

namespace riskbild::importers {
namespace {

using testing::Contains;
using testing::HasSubstr;

TEST(GtfsTime, MayLieBeyondMidnight)
{
    EXPECT_EQ(parse_gtfs_time("07:05:09"), 7 * 3600 + 5 * 60 + 9);
    EXPECT_EQ(parse_gtfs_time(" 7:05:00 "), 7 * 3600 + 5 * 60);
    EXPECT_EQ(parse_gtfs_time("25:10:00"), 25 * 3600 + 600);
    for (auto const* const none : {"", "7:5:00", "07:60:00", "07:05", "07:05:00x", "168:00:00", "-1:00:00"})
        EXPECT_FALSE(parse_gtfs_time(none)) << none;
    EXPECT_TRUE(parse_gtfs_date("20240229"));
    for (auto const* const none : {"", "20230229", "2024-02-29", "202402290", "20241301"})
        EXPECT_FALSE(parse_gtfs_date(none)) << none;
}

TEST(StopName, TellsLocalityAndKommun)
{
    auto const areas = *load_areas(*load_profile("uppsala"));
    auto const read = [&](char const* text) { return parse_stop_name(text, areas); };
    EXPECT_EQ(read("Resecentrum (Uppsala)"), (StopName{"Resecentrum", "", areas.by_name("Uppsala"), false}));
    EXPECT_EQ(read("Kyrkan (Skutskär) (Älvkarleby)"),
              (StopName{"Kyrkan", "Skutskär", areas.by_name("Älvkarleby"), false}));
    EXPECT_EQ(read("Centralen (Gävle)"), (StopName{"Centralen", "Gävle", kNoArea, false}));
    EXPECT_EQ(read("Lanforsens vägskäl (Älvkarleö) (Älvkarle"),
              (StopName{"Lanforsens vägskäl", "Älvkarleö", areas.by_name("Älvkarleby"), true}));
    EXPECT_EQ(read("Granhammarsvägen (Kungsängen) (Upplands-").area, kNoArea);
    EXPECT_EQ(read("Torget").name, "Torget");
    EXPECT_EQ(read("(Uppsala)").name, "(Uppsala)");
}

class Gtfs : public PlaceWorld {
protected:
    /// A feed of two platforms of one stop area and a line between them and a third stop.
    std::string feed()
    {
        std::filesystem::create_directories(folder.path() / "feed");
        table("stops.txt",
              "\xef\xbb\xbfstop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,platform_code\r\n"
              "P1,Torget,59.8586,17.6389,0,A,1\r\n"
              "A,Torget (Uppsala),59.8586,17.6389,1,,\r\n"
              "P2,Skolan (Heby),59.8600,17.6400,,,\r\n"
              "B,Stranden (Uppsala),54.65,16.60,1,,\r\n"
              "C,Skansen (Stockholm),57.0,17.0,1,,\r\n"
              "D,Utan läge,,,1,,\r\n"
              "E,Ensam,59.87,17.65,0,Z,\r\n"
              "A,Annat namn (Uppsala),59.8586,17.6389,1,,\r\n"
              "F,Ingång,59.87,17.65,2,A,\r\n");
        table("routes.txt",
              "route_id,agency_id,route_short_name,route_long_name,route_type\nR,1,8,Årsta,700\nQ,1,,,700\n");
        // 1 January 2024 is a Monday: two weeks, weekdays only, without the second Monday, with one Saturday.
        table("calendar.txt",
              "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
              "W,1,1,1,1,1,0,0,20240101,20240114\nbad,1,1,1,1,1,1,1,20240101,x\n");
        table("calendar_dates.txt",
              "service_id,date,exception_type\nW,20240108,2\nW,20240113,1\nW,20240114,9\n");
        table("trips.txt", "route_id,service_id,trip_id\nR,W,T1\nR,W,T2\nR,none,T3\n");
        table("stop_times.txt",
              "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type\n"
              "T1,24:55:00,25:10:00,P1,1,0\nT1,25:20:00,25:20:00,P2,2,0\n"
              "T2,08:10:00,08:10:00,P2,9,0\nT2,08:00:00,08:00:00,P1,1,0\nT2,,,E,5,0\n"
              "T2,08:05:00,08:05:00,P1,3,1\nT3,09:00:00,09:00:00,P1,1,0\n"
              "TX,09:00:00,09:00:00,P1,1,0\nT2,8.00,8.00,P1,4,0\n");
        table("frequencies.txt", "trip_id,start_time,end_time,headway_secs\nT2,06:00:00,07:00:00,1200\n");
        return (folder.path() / "feed").string();
    }

    void table(std::string const& name, std::string const& text) { folder.write("feed/" + name, text); }

    std::map<int, double> hours_of(std::string const& stop)
    {
        std::map<int, double> hours;
        auto const figures = store->figures({.measure = "departures"});
        for (auto const& figure : *figures) {
            if (figure.place_key != stop)
                continue;
            std::istringstream numbers{figure.by_hour};
            int hour = 0;
            for (std::string number; std::getline(numbers, number, ','); ++hour)
                if (number != "0")
                    hours[hour] = std::stod(number);
            EXPECT_EQ(hour, 168);
        }
        return hours;
    }
};

TEST_F(Gtfs, FeedBecomesPlacesAndTheRestIsToldWithItsReason)
{
    auto const report = import("gtfs", feed());
    EXPECT_EQ(report.read, 11U);
    EXPECT_EQ(report.new_, 6U);     // P1 A P2 B E and the line 8
    EXPECT_EQ(report.outside, 2U);  // Stockholm's stop, the entrance
    EXPECT_EQ(report.set_aside, 3U);
    EXPECT_EQ(report.reasons, (std::vector<std::pair<std::string, std::uint64_t>>{
                                  {"bad_position", 1}, {"duplicate_id", 1}, {"no_name", 1}}));
    EXPECT_EQ(place("P1").sort, PlaceSort::stop);
    EXPECT_EQ(place("P1").parent_key, "A");
    EXPECT_EQ(place("A").sort, PlaceSort::stop_area);
    EXPECT_EQ(place("A").doubt, "");
    EXPECT_EQ(place("P2").doubt, "named after Heby, lies in Uppsala");
    EXPECT_FALSE(place("B").point);
    EXPECT_THAT(place("B").doubt, HasSubstr("far outside the county"));
    EXPECT_EQ(place("E").doubt, "its parent station Z is not in the feed");
    EXPECT_EQ(place("route:R").name, "8");
    EXPECT_EQ(place("route:R").attributes, R"({"agency":"1","long_name":"Årsta"})");
    expect_sound();
}

TEST_F(Gtfs, DeparturesAreThoseOfAnAverageWeek)
{
    auto const report = import("gtfs", feed());
    // T1 leaves P1 at 1:10 of the next day: Mondays 1 of 2, Saturdays 1 of 2, Tuesday to Friday always. T2 by
    // headway at 6:00, 6:20, 6:40. The last stop of T1 and T2 is no departure, nor where nobody gets on.
    EXPECT_EQ(hours_of("P1"), (std::map<int, double>{{6, 1.5},
                                                     {24 + 1, 0.5},
                                                     {24 + 6, 3},
                                                     {48 + 1, 1},
                                                     {48 + 6, 3},
                                                     {72 + 1, 1},
                                                     {72 + 6, 3},
                                                     {96 + 1, 1},
                                                     {96 + 6, 3},
                                                     {120 + 1, 1},
                                                     {120 + 6, 1.5},
                                                     {144 + 1, 0.5}}));
    EXPECT_TRUE(hours_of("P2").empty());
    auto const figures = *store->figures({});
    ASSERT_EQ(figures.size(), 1U);
    EXPECT_EQ(figures.front().period, "2024-01-01..2024-01-14");
    EXPECT_DOUBLE_EQ(*figures.front().value, 20.0);
    EXPECT_THAT(report.notes, Contains(HasSubstr("cannot be used: 2, the first is row 8")));
    EXPECT_THAT(report.notes, Contains(HasSubstr("which never run: 1")));
    EXPECT_THAT(report.notes, Contains(HasSubstr("calendars that cannot be used: 2")));
}

TEST_F(Gtfs, FeedAgainChangesNothingAndANewOneReplacesIt)
{
    auto const path = feed();
    auto const first = import("gtfs", path);
    auto const second = import("gtfs", path);
    EXPECT_EQ(second.revision, first.revision);
    EXPECT_EQ(second.unchanged, 6U);
    table("stops.txt", "stop_id,stop_name,stop_lat,stop_lon\nP1,Nya torget,59.8586,17.6389\n");
    auto const third = import("gtfs", path);
    EXPECT_GT(third.revision, first.revision);
    EXPECT_EQ(third.revised, 1U);
    EXPECT_EQ(third.unchanged, 1U);
    EXPECT_THAT(third.notes, Contains(HasSubstr("forgotten: 4")));
    EXPECT_EQ(places().size(), 2U);
    expect_sound();
}

TEST_F(Gtfs, WhatIsNoFeedIsSaidSo)
{
    auto const error_of = [&](std::string const& path) { return try_import("gtfs", path).error(); };
    auto const missing = error_of((folder.path() / "nowhere").string());
    EXPECT_EQ(missing.code, ErrorCode::not_found);
    EXPECT_THAT(error_of(folder.write("text.zip", "no zip at all")).message, HasSubstr("text.zip"));
    auto const path = feed();
    table("stops.txt", "stop_id_broken,stop_name,stop_lat\nA,A,40\n");
    EXPECT_THAT(error_of(path).message, HasSubstr("lacks the columns stop_id, stop_lon"));
    EXPECT_TRUE(places().empty());
}

TEST_F(Gtfs, FeedInAZipIsReadFromItsTopOrItsOneFolder)
{
    auto const path = feed();
    Members members;
    for (auto const& entry : std::filesystem::directory_iterator{path})
        members.emplace_back("ul/" + entry.path().filename().string(), read_all(entry.path()));
    members.emplace_back("read me.txt", "hello");
    auto const zipped = import("gtfs", folder.write("ul.zip", zip_of(members)));
    EXPECT_EQ(zipped.new_, 6U);
    EXPECT_EQ(import("gtfs", path).unchanged, 6U);
}

TEST_F(Gtfs, FeedsInOneZipAreNotMixed)
{
    std::string const stops = "stop_id,stop_name,stop_lat,stop_lon\nP1,Torget,59.8586,17.6389\n";
    auto const error_of = [&](Members const& members) {
        auto const report = try_import("gtfs", folder.write("two.zip", zip_of(members)));
        return report ? fmt::format("read {}", report->read) : report.error().message;
    };
    EXPECT_THAT(error_of({{"a/stops.txt", stops}, {"b/stops.txt", stops}}),
                HasSubstr("two.zip holds several feeds: a/stops.txt, b/stops.txt"));
    EXPECT_THAT(error_of({{"stops.txt", stops}, {"stops.txt", stops}}),
                HasSubstr("two.zip holds two files named stops.txt"));
    EXPECT_THAT(error_of({{"old/stops.txt", stops}, {"stops.txt", stops}}), HasSubstr("read 1"));
    EXPECT_THAT(error_of({{"../stops.txt", stops}}), HasSubstr("leads out of the archive"));
}

TEST_F(Gtfs, FeedThatUnpacksToTooMuchIsRefusedAndWhatIsNotNeededIsNotUnpacked)
{
    std::string const stops = "stop_id,stop_name,stop_lat,stop_lon\nP1,Torget,59.8586,17.6389\n";
    std::string const huge(std::size_t{80} << 20, '\n');
    auto const harmless = folder.write("junk.zip", zip_of({{"stops.txt", stops}, {"junk.txt", huge}}));
    EXPECT_EQ(import("gtfs", harmless).new_, 1U);
    auto const bomb = try_import("gtfs", folder.write("bomb.zip", zip_of({{"stops.txt", stops + huge}})));
    ASSERT_FALSE(bomb);
    EXPECT_EQ(bomb.error().code, ErrorCode::too_large);
    EXPECT_THAT(bomb.error().message,
                HasSubstr("bomb.zip/stops.txt: unpacks to more than 200 times its size"));
}

TEST_F(Gtfs, ServicesUntilFurtherNoticeRunInThePeriodThatOthersTell)
{
    auto const path = feed();
    std::string const heading =
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n";
    table("calendar.txt",
          heading + "W,1,1,1,1,1,0,0,20200101,20991231\nshort,1,0,0,0,0,0,0,20240101,20240211\n");
    table("calendar_dates.txt", "service_id,date,exception_type\nW,20240108,2\n");
    auto const report = import("gtfs", path);
    // Six Mondays from 1 January to 5 February, of which W runs on five; behind midnight it is Tuesday.
    auto const hours = hours_of("P1");
    EXPECT_NEAR(hours.at(24 + 1), 5.0 / 6, 1e-4);
    EXPECT_EQ(store->figures({})->front().period, "2024-01-01..2024-02-06");
    table("calendar.txt", heading + "W,1,1,1,1,1,0,0,20200101,20991231\n");
    import("gtfs", path);
    EXPECT_NEAR(hours_of("P1").at(24 + 1), 1.0, 1e-3);
    EXPECT_EQ(store->figures({})->front().period, "2020-01-01..2100-01-01");
}

TEST_F(Gtfs, AFewHolidaysDoNotTellThePeriodOfServicesUntilFurtherNotice)
{
    auto const path = feed();
    table("calendar.txt",
          "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
          "W,1,1,1,1,1,0,0,20240101,20301231\nV,1,1,1,1,1,0,0,20250601,20311231\n");
    table("calendar_dates.txt", "service_id,date,exception_type\nW,20250106,1\nW,20250503,1\n");
    auto const report = import("gtfs", path);
    EXPECT_EQ(store->figures({})->front().period, "2025-06-01..2031-01-01");
    EXPECT_THAT(report.notes, Contains(HasSubstr("days of a service outside the period "
                                                 "2025-06-01..2031-01-01: 2, the first is 2025-01-06")));
}

TEST_F(Gtfs, FiveWeeksOfWeekdaysTellThePeriodBesideAServiceUntilFurtherNotice)
{
    auto const path = feed();
    table("calendar.txt",
          "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
          "V,1,1,1,1,1,1,1,20200101,20991231\n");
    std::string days = "service_id,date,exception_type\n";
    for (auto day = date::sys_days{date::year{2025} / 6 / 2}; day < date::sys_days{date::year{2025} / 7 / 5};
         day += date::days{1})
        if (date::weekday{day}.iso_encoding() <= 5)
            days += "W," + date::format("%Y%m%d", day) + ",1\n";
    table("calendar_dates.txt", days);
    import("gtfs", path);
    EXPECT_EQ(store->figures({})->front().period, "2025-06-02..2025-07-05");
}

TEST_F(Gtfs, ANewTimetableOfTheSameStopsIsTheRightFileAndForgetsNone)
{
    auto const path = feed();
    std::string stops = "stop_id,stop_name,stop_lat,stop_lon\n";
    std::string times = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n";
    for (int i = 0; i < 60; ++i) {
        stops += fmt::format("S{},Torget {},59.8586,17.6389\n", i, i);
        times += fmt::format("T2,08:{0:02}:00,08:{0:02}:00,S{0},{0}\n", i);
    }
    table("stops.txt", stops);
    table("stop_times.txt", times);
    table("frequencies.txt", "trip_id,start_time,end_time,headway_secs\n");
    table("routes.txt", "route_id,route_type\n");
    import("gtfs", path);
    ASSERT_EQ(store->figures({})->size(), 59U);
    table("calendar.txt",
          "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
          "W,1,1,1,1,1,0,0,20240615,20241214\n");
    table("calendar_dates.txt", "service_id,date,exception_type\n");
    table("stops.txt", stops.substr(0, stops.rfind("S0,")) + stops.substr(stops.find("S1,")));
    auto const summer = import("gtfs", path);
    EXPECT_THAT(summer.notes,
                Contains(HasSubstr("no longer there, and forgotten: 2 ")));  // S0, its departures
    EXPECT_EQ(store->figures({})->front().period, "2024-06-17..2024-12-14");
}

TEST_F(Gtfs, AStrayDateDoesNotStretchThePeriod)
{
    auto const path = feed();
    auto const before = import("gtfs", path);
    auto const figure = store->figures({})->front();
    table("calendar_dates.txt", "service_id,date,exception_type\nW,20240108,2\nW,20240113,1\nW,20991224,1\n");
    auto const report = import("gtfs", path);
    EXPECT_EQ(store->figures({})->front().period, figure.period);
    EXPECT_EQ(store->figures({})->front().value, figure.value);
    EXPECT_THAT(report.notes,
                Contains(HasSubstr("outside the period 2024-01-01..2024-01-14: 1, the first is 2099-12-24")));
}

TEST_F(Gtfs, HeadwaysThatCannotBeUsedAreToldAndMakeNoPlainDeparture)
{
    auto const path = feed();
    table("frequencies.txt",
          "trip_id,start_time,end_time,headway_secs\nT2,06:00:00,07:00:00,0\nTX,06:00:00,07:00:00,600\n"
          "T1,06:00:00,06:20:00,600\nT1,07:00:00,06:00:00,600\n");
    auto const report = import("gtfs", path);
    EXPECT_THAT(report.notes,
                Contains(HasSubstr("rows of frequencies.txt that cannot be used: 3, the first is row 1")));
    auto const hours = hours_of("P1");
    EXPECT_FALSE(hours.contains(24 + 8));
    EXPECT_DOUBLE_EQ(hours.at(24 + 6), 2);
}

TEST_F(Gtfs, PositionsMayHaveADecimalComma)
{
    auto const path = feed();
    table("stops.txt", "stop_id,stop_name,stop_lat,stop_lon\nP1,Torget,\"59,8586\",\"17,6389\"\n");
    EXPECT_EQ(import("gtfs", path).set_aside, 1U);  // the line without a name
    EXPECT_TRUE(place("P1").point);
}

class RealFeeds : public Gtfs {
protected:
    static std::string transit(std::string const& name)
    {
        return (shared_data() / "transit" / name).string();
    }
};

TEST_F(RealFeeds, UppsalasStopsLieInTheKommunThatTheyAreNamedAfter)
{
    RISKBILD_NEEDS_REAL_FILES();
    auto const report = import("gtfs", transit("gtfs_ul_2023"));
    EXPECT_EQ(report.read, 13'348U + 246U);
    EXPECT_EQ(report.set_aside, 0U);
    auto const& areas = store->county()->areas;
    int named = 0, inside = 0, doubts = 0;
    for (auto const& place : places()) {
        doubts += place.doubt.empty() ? 0 : 1;
        if (place.sort != PlaceSort::stop_area || !place.name.ends_with(')'))
            continue;
        auto const opening = place.name.rfind('(');
        auto const area = areas.by_name(place.name.substr(opening + 1, place.name.size() - opening - 2));
        named += area == kNoArea ? 0 : 1;
        inside += area != kNoArea && place.point && areas.at(*place.point) == area ? 1 : 0;
    }
    EXPECT_EQ(named, 4054);
    EXPECT_EQ(inside, 4027);
    EXPECT_EQ(doubts, 65);  // 23 of them stop areas: the other 4 lie within what the borders may be wrong
    expect_sound();
}

TEST_F(RealFeeds, AmericanFeedsAreReadFromTheirZips)
{
    RISKBILD_NEEDS_REAL_FILES();
    // None of their stops lies in Uppsala; the lines have no place.
    auto const bart = import("gtfs", transit("bart.zip"), {.source_name = "bart"});
    EXPECT_EQ(bart.outside + bart.kept(), bart.read);
    EXPECT_EQ(bart.read, 50U + 6U);
    auto const caltrain = import("gtfs", transit("caltrain.zip"), {.source_name = "caltrain"});
    EXPECT_EQ(caltrain.set_aside, 0U);
    EXPECT_EQ(store->place_sources()->size(), 2U);
}

TEST_F(RealFeeds, DeparturesOfBartAgreeWithAnIndependentCount)
{
    RISKBILD_NEEDS_REAL_FILES();
    auto const files = open_gtfs(transit("bart.zip"));
    ASSERT_TRUE(files) << files.error().message;
    auto const calendar = GtfsCalendar::read(**files);
    ASSERT_TRUE(calendar);
    auto const departures = read_departures(**files, *calendar, {});
    ASSERT_TRUE(departures);
    EXPECT_EQ(departures->unusable, 0U);
    EXPECT_EQ(departures->rows, 33'167U);
    EXPECT_EQ(departures->no_boarding, 2525U);
    EXPECT_EQ(departures->counted, departures->rows - departures->no_boarding);
    auto const& embarcadero = departures->by_stop.at("EMBR");
    // The same definition counted by a script of its own, from dates and rows alone.
    EXPECT_NEAR(std::accumulate(embarcadero.begin(), embarcadero.end(), 0.0), 3372.439201451887, 1e-6);
    EXPECT_NEAR(embarcadero[24 + 8], 37.98245614035086, 1e-9);
    EXPECT_NEAR(embarcadero[0], 6.0, 1e-9);  // Sunday's trips behind midnight
}

TEST_F(RealFeeds, ABrokenFeedIsRefusedWithASentence)
{
    RISKBILD_NEEDS_REAL_FILES();
    auto const report = try_import("gtfs", transit("badgtfs.zip"));
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::unreadable);
    EXPECT_THAT(report.error().message, HasSubstr("no GTFS feed: it has no stops.txt, but bad_agency.txt"));
}

}  // namespace
}  // namespace riskbild::importers
