#include "importers/points/points_importer.hpp"

#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "imported_points.hpp"

namespace riskbild::importers {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// What one row is set aside for: "reason column".
std::string set_aside_for(std::string const& row)
{
    auto const imported = import_rows(row);
    if (!imported->report || imported->report->rows.size() != 1)
        return "not set aside";
    return imported->report->rows[0].reason + " " + imported->report->rows[0].column;
}

TEST(PointsImporter, MakesAPointOfARowWithAPosition)
{
    auto const imported = import_rows(
        "A1,2025-03-10T22:15:00+01:00,2025-03-10T23:00:00+01:00,theft.bicycle,17.638927,59.858564,address,"
        "Uppsala,Cykel\n");
    auto const& report = imported->store.report("A1");
    auto const& place = std::get<PointPlace>(report.place);
    auto const county = imported->store.county();
    EXPECT_EQ(place.point, county->profile.crs.metres({17.638927, 59.858564}));
    EXPECT_EQ(place.precision, Precision::address);
    EXPECT_EQ(county->areas[place.area].name, "Uppsala");
    EXPECT_EQ(report.kind_code, "theft.bicycle");
    EXPECT_EQ(report.occurred, (TimeInterval{at("2025-03-10T21:15:00Z"), at("2025-03-10T22:00:00Z")}));
    EXPECT_EQ(report.title, "Cykel");
    EXPECT_EQ(report.key, (ReportKey{"test", "A1"}));
    EXPECT_EQ(
        report.payload,
        R"({"from":"2025-03-10T22:15:00+01:00","id":"A1","kind":"theft.bicycle","kommun":"Uppsala","lat":"59.858564",)"
        R"("lng":"17.638927","precision":"address","title":"Cykel","to":"2025-03-10T23:00:00+01:00"})");
}

TEST(PointsImporter, NeverMakesAPointOfWhatIsKnownToAnAreaOnly)
{
    auto const imported = import_rows(
        "named,2025-03-10,,theft,,,kommun,håbo,\n"
        "code,2025-03-10,,theft,,,,0305,\n"
        "midpoint,2025-03-10,,theft,17.452298,59.627071,kommun,,\n"
        "locality,2025-03-10,,theft,,,locality,Håbo,\n"
        "county,2025-03-10,,theft,,,lan,,\n"
        "county named,2025-03-10,,theft,,,,Uppsala län,\n"
        "point lost,2025-03-10,,theft,,,address,Håbo,\n");
    ASSERT_TRUE(imported->report);
    EXPECT_EQ(imported->report->kept(), 7U);
    auto const habo = imported->store.county()->areas.by_name("Håbo");
    auto const place = [&](char const* id) { return std::get<AreaPlace>(imported->store.report(id).place); };
    for (auto const* id : {"named", "code", "midpoint", "point lost"}) {
        EXPECT_EQ(place(id).precision, Precision::kommun) << id;
        EXPECT_EQ(place(id).area, habo) << id;
    }
    EXPECT_EQ(place("locality").precision, Precision::locality);
    for (auto const* id : {"county", "county named"}) {
        EXPECT_EQ(place(id).precision, Precision::lan) << id;
        EXPECT_EQ(place(id).area, kNoArea) << id;
    }
}

TEST(PointsImporter, SetsAsideWhatHasNoUsablePosition)
{
    EXPECT_EQ(set_aside_for("1,2025-03-10,,theft,nan,59.8,,,\n"), "outside_box lng");
    EXPECT_EQ(set_aside_for("1,2025-03-10,,theft,inf,59.8,,,\n"), "outside_box lng");
    EXPECT_EQ(set_aside_for("1,2025-03-10,,theft,0,0,,,\n"), "outside_box lng");
    EXPECT_EQ(set_aside_for("1,2025-03-10,,theft,11.97,57.7,,,\n"), "outside_box lng");
    EXPECT_EQ(set_aside_for("1,2025-03-10,,theft,1e300,59.8,,,\n"), "outside_box lng");
    EXPECT_EQ(set_aside_for("1,2025-03-10,,theft,59.858564,17.638927,,,\n"), "swapped_position lng");
    EXPECT_EQ(set_aside_for("1,2025-03-10,,theft,17.6,,,,\n"), "bad_position lat");
    EXPECT_EQ(set_aside_for("1,2025-03-10,,theft,east,59.8,,,\n"), "bad_position lng");
    EXPECT_EQ(set_aside_for("1,2025-03-10,,theft,1e999,59.8,,,\n"), "bad_position lng");
    EXPECT_EQ(set_aside_for("1,2025-03-10,,theft,,,,,\n"), "no_position lng");
    EXPECT_EQ(set_aside_for("1,2025-03-10,,theft,,,kommun,Göteborg,\n"), "unknown_place kommun");
    EXPECT_EQ(set_aside_for("1,2025-03-10,,theft,17.64,59.85,,Upsala,\n"), "unknown_place kommun");
    EXPECT_EQ(set_aside_for("1,2025-03-10,,theft,17.6,59.8,ungefär,,\n"), "bad_precision precision");
}

TEST(PointsImporter, SaysOfASingleSwappedRowThatTheRowIsWrong)
{
    std::string const swapped = ",2025-03-10,,theft,59.858564,17.638927,,,\n";
    std::string const right = ",2025-03-10,,theft,17.638927,59.858564,,,\n";
    auto const says_profile =
        testing::Contains(HasSubstr("lng and lat seem to be swapped in the column profile"));
    auto const imported = import_rows("1" + swapped + "2" + right + "3" + right);
    EXPECT_EQ(imported->report->rows[0].message,
              "longitude 59.858564, latitude 17.638927 lies outside the county, but inside when the two "
              "change places, as they seem to have done in this row; --swap-positions, or swap = true in the "
              "profile, reads all rows so");
    EXPECT_THAT(imported->report->notes, testing::Not(says_profile));
    EXPECT_THAT(import_rows("1" + swapped)->report->notes, testing::Not(says_profile));
    EXPECT_THAT(import_rows("1" + swapped + "2" + swapped + "3" + right)->report->notes, says_profile);
    EXPECT_THAT(import_rows("1" + swapped + "2" + swapped + "3" + right + "4" + right)->report->notes,
                testing::Not(says_profile));
}

TEST(PointsImporter, SetsAsideWhatHasNoPlausibleTime)
{
    EXPECT_EQ(set_aside_for("1,,,theft,17.6,59.8,,,\n"), "bad_time from");
    EXPECT_EQ(set_aside_for("1,2099-03-10,,theft,17.6,59.8,,,\n"), "bad_time from");
    EXPECT_EQ(set_aside_for("1,1950-03-10,,theft,17.6,59.8,,,\n"), "bad_time from");
    EXPECT_EQ(set_aside_for("1,2025-02-30,,theft,17.6,59.8,,,\n"), "bad_time from");
    EXPECT_EQ(set_aside_for("1,2025-03-10T10:00,2025-03-10T09:00,theft,17.6,59.8,,,\n"), "bad_time to");
}

TEST(PointsImporter, SaysWhichTimeItReadAndHowOneIsWritten)
{
    auto const said = [](std::string const& style, std::string const& time) {
        auto const columns = profile(
            "source='t'\ntitle='T'\nid='id'\n[time]\nfrom='from'\nto='to'\nhour='hour'\n"
            "observed='seen'\nstyle='" +
            style + "'\n[position]\nlng='lng'\nlat='lat'\n[kind]\nfixed='theft'\n");
        auto const imported = import_csv("id,from,to,hour,seen,lng,lat\n1," + time + ",17.6,59.8\n", columns);
        return imported->report->rows.empty() ? "taken" : imported->report->rows[0].message;
    };
    EXPECT_EQ(said("iso", "31/2,,,"), "\"31/2\" is no time; expected such as 2025-01-31 14:05");
    EXPECT_EQ(said("day_first", "2025-01-31,,,"),
              "\"2025-01-31\" is written as year, month, day, expected such as 31/01/2025 14:05");
    EXPECT_EQ(said("month_first", "31/01/2025,,,"),
              "\"31/01/2025\" is written as day, month, year, expected such as 01/31/2025 14:05");
    EXPECT_EQ(said("iso", ",,,"), "the time is empty");
    EXPECT_EQ(said("iso", "2025-03-10,soon,,"), "\"soon\" is no time; expected such as 2025-01-31 14:05");
    EXPECT_EQ(said("iso", "2025-03-10,2025-03-08,,"),
              "ends \"2025-03-08\", before it begins (\"2025-03-10\")");
    EXPECT_EQ(said("iso", "2025-03-10,,24,"), "the hour is \"24\", expected 0 to 23");
    EXPECT_EQ(said("iso", "2025-03-10,,,later"),
              "the time of observation is \"later\"; expected such as 2025-01-31 14:05");
    EXPECT_EQ(said("day_first", "31/01/2025 14:05,,,"), "taken");
    EXPECT_EQ(said("month_first", "01/31/2025 14:05,,,"), "taken");
    EXPECT_EQ(said("iso", "2025-01-31 14:05,,,"), "taken");
}

TEST(PointsImporter, JoinsADateWithTheClockOfAColumnOfItsOwn)
{
    auto const columns = profile(
        "source='t'\ntitle='T'\nid='Nr'\n[time]\nfrom='Datum'\nclock='Klockan'\n"
        "[position]\nlng='lng'\nlat='lat'\n[kind]\nfixed='damage.graffiti'\n");
    auto const imported = import_csv(
        "Nr;Datum;Klockan;lng;lat\n1;2025-03-10;22:15;17,6;59,8\n2;2025-03-10;;17,6;59,8\n"
        "3;2025-03-10;7.05;17,6;59,8\n4;2025-03-10;kväll;17,6;59,8\n",
        columns);
    EXPECT_EQ(imported->store.report("1").occurred,
              (TimeInterval{at("2025-03-10T21:15:00Z"), at("2025-03-10T21:16:00Z")}));
    EXPECT_EQ(imported->store.report("2").occurred,
              (TimeInterval{at("2025-03-09T23:00:00Z"), at("2025-03-10T23:00:00Z")}));
    EXPECT_EQ(imported->store.report("3").occurred.from, at("2025-03-10T06:05:00Z"));
    ASSERT_EQ(imported->report->rows.size(), 1U);
    EXPECT_EQ(imported->report->rows[0].column, "Klockan");
    EXPECT_EQ(parse_column_profile(
                  "source='t'\n[time]\nfrom='a'\nclock='b'\nhour='c'\n[kind]\nfixed='theft'\n", "p")
                  .error()
                  .message,
              "column profile p: time: either hour or clock");
}

TEST(PointsImporter, SaysWhichOfDateAndClockIsAtFault)
{
    auto const columns = profile(
        "source='t'\ntitle='T'\nid='Nr'\n[time]\nfrom='Datum'\nclock='Klockan'\nto='Slut'\n"
        "[position]\nlng='lng'\nlat='lat'\n[kind]\nfixed='theft'\n");
    auto const said = [&](std::string const& times) {
        auto const imported =
            import_csv("Nr,Datum,Klockan,Slut,lng,lat\n1," + times + ",17.6,59.8\n", columns);
        if (imported->report->rows.empty())
            return std::string{"taken"};
        auto const& row = imported->report->rows[0];
        return row.reason + " " + row.column + ": " + row.message;
    };
    EXPECT_EQ(said("2025-03-12,22:15,"), "taken");
    EXPECT_EQ(said("2025-03-12,kväll,"),
              "bad_time Klockan: \"kväll\" is no time of day; expected such as 14:05");
    EXPECT_EQ(said(",22:15,"), "bad_time Datum: the time is empty");
    EXPECT_EQ(said(",,"), "bad_time Datum: the time is empty");
    EXPECT_EQ(said("31/2,22:15,"), "bad_time Datum: \"31/2\" is no date; expected such as 2025-01-31");
    EXPECT_EQ(said("31/2,,"), "bad_time Datum: \"31/2\" is no time; expected such as 2025-01-31 14:05");
    EXPECT_EQ(said("2025-03-12 10:00:00,22:15,"),
              "bad_time Klockan: both columns tell a time: Datum is \"2025-03-12 10:00:00\" and Klockan is "
              "\"22:15\", expected a date alone in the first");
    EXPECT_EQ(said("2025-03-12 10:00:00,kväll,"),
              "bad_time Klockan: \"kväll\" is no time of day; expected such as 14:05");
    EXPECT_EQ(said("2025-03-12,22:15,2025-03-12 22:00"),
              "bad_time Slut: ends \"2025-03-12 22:00\", before it begins (\"2025-03-12 22:15\")");
}

TEST(PointsImporter, SetsAsideWhatEndsInTheFutureAndKeepsTheRest)
{
    EXPECT_EQ(set_aside_for("1,2025-03-10,9999-12-31,theft,17.6,59.8,,,\n"), "bad_time to");
    EXPECT_EQ(set_aside_for("1,2025-03-10,2099-03-10T10:00Z,theft,17.6,59.8,,,\n"), "bad_time to");
    auto const imported = import_rows(
        "open,2025-03-10,9999-12-31,theft,17.6,59.8,,,\ntoday,2026-06-01,2026-06-02,theft,17.6,59.8,,,\n");
    ASSERT_EQ(imported->report->set_aside, 1U);
    EXPECT_EQ(imported->report->rows[0].message, "ended 9999-12-31T23:00:00Z, expected today at the latest");
    EXPECT_EQ(imported->store.report("today").occurred.to, at("2026-06-02T22:00:00Z"));
}

TEST(PointsImporter, SetsAsideWhatWasObservedInTheFuture)
{
    auto const columns = profile(
        "source='t'\ntitle='T'\nid='id'\n[time]\nfrom='from'\nobserved='seen'\n"
        "[position]\nlng='lng'\nlat='lat'\n[kind]\nfixed='theft'\n");
    auto const imported = import_csv(
        "id,from,seen,lng,lat\n1,2025-03-10,2026-06-02T12:00Z,17.6,59.8\n"
        "2,2025-03-10,2026-06-02T12:01Z,17.6,59.8\n",
        columns);
    EXPECT_EQ(imported->report->kept(), 1U);
    ASSERT_EQ(imported->report->rows.size(), 1U);
    auto const& row = imported->report->rows[0];
    EXPECT_EQ(row.row, 2U);
    EXPECT_EQ(row.reason + " " + row.column, "bad_time seen");
    EXPECT_EQ(row.message, "was observed 2026-06-02T12:01:00Z, expected between 1990 and today");

    auto const stamped = import_csv(std::string{kHeader} + "1,2025-03-10,,theft,17.6,59.8,,,\n", profile(),
                                    "extract_20990101T060000Z.csv");
    ASSERT_THAT(stamped->report->reasons, ElementsAre(std::pair{"bad_time", 1}));
    EXPECT_EQ(stamped->report->rows[0].column, "");
}

TEST(PointsImporter, OneRowOfTheFutureDoesNotDateTheFile)
{
    auto const imported = import_rows(
        "1,2025-03-10T10:00Z,,theft,17.6,59.8,,,\n2,2099-03-10,,theft,17.6,59.8,,,\n"
        "3,2025-03-09T10:00Z,,theft,17.6,59.8,,,\n");
    EXPECT_EQ(imported->report->set_aside, 1U);
    EXPECT_EQ(imported->store.report("3").observed_at, at("2025-03-10T10:00:00Z"));
}

TEST(PointsImporter, TakesTheTimeOfObservationFromTheFileName)
{
    auto const imported = import_csv(std::string{kHeader} + "1,2025-03-10,,theft,17.6,59.8,,,\n", profile(),
                                     "extract_20250401T060000Z.csv");
    EXPECT_EQ(imported->store.report("1").observed_at, at("2025-04-01T06:00:00Z"));
}

TEST(PointsImporter, KeepsIdenticalRowsWithoutIdApartAndFindsThemAgain)
{
    auto const columns = profile(
        "source='t'\ntitle='T'\n[time]\nfrom='from'\n[position]\nlng='lng'\nlat='lat'\n[kind]\nfixed='theft'"
        "\n");
    std::string const csv =
        "from,lng,lat\n2025-03-10,17.6,59.8\n2025-03-10,17.6,59.8\n2025-03-11,17.6,59.8\n";
    auto const imported = import_csv(csv, columns);
    EXPECT_EQ(imported->report->new_, 3U);
    for (auto const& report : imported->store.reports())
        EXPECT_THAT(report.key.source_id, testing::MatchesRegex("row:[0-9a-f]*:[12]"));
    auto source =
        ByteSource::from_memory("t.csv", "from,lng,lat\n2025-03-11,17.6,59.8\n2025-03-10,17.6,59.8\n");
    auto const again =
        import_points(imported->store, source, {.columns = columns, .now = at("2026-06-01T12:00:00Z")});
    EXPECT_EQ(again->unchanged, 2U);
    EXPECT_EQ(again->new_, 0U);
}

TEST(PointsImporter, TellsIdsOfSeveralColumnsApart)
{
    std::string const rest = "[time]\nfrom='from'\n[position]\nlng='lng'\nlat='lat'\n[kind]\nfixed='theft'\n";
    auto const ids_by = [&](std::string const& id) {
        auto const imported = import_csv(
            "a;b;from;lng;lat\nx|y;z;2025-03-10;17.6;59.8\nx;y|z;2025-03-10;17.6;59.8\n"
            "x\\;y;2025-03-10;17.6;59.8\nx;;2025-03-10;17.6;59.8\n;x;2025-03-10;17.6;59.8\n",
            profile("source='t'\ntitle='T'\nid=" + id + "\n[csv]\nseparator=';'\n" + rest));
        std::vector<std::string> ids;
        for (auto const& report : imported->store.reports())
            ids.push_back(report.key.source_id);
        return ids;
    };
    EXPECT_THAT(ids_by("['a','b']"),
                testing::UnorderedElementsAre("x\\|y|z", "x|y\\|z", "x\\\\|y", "x|", "x"));
    EXPECT_THAT(ids_by("'a'"), testing::IsSupersetOf({"x|y", "x", "x\\"}));
}

TEST(PointsImporter, TakesACaseNumberWithoutADigitForNone)
{
    auto const columns = profile(
        "source='t'\ntitle='T'\nid='id'\n[time]\nfrom='from'\n[position]\nlng='lng'\nlat='lat'\n"
        "[kind]\nfixed='theft'\n[words]\ncase_number='case'\n");
    auto const imported = import_csv(
        "id,case,from,lng,lat\n1,saknas,2025-03-10,17.6,59.8\n2,-,2025-03-10,17.6,59.8\n"
        "3,0000-0,2025-03-10,17.6,59.8\n4,5000-K10-25,2025-03-10,17.6,59.8\n",
        columns);
    for (auto const* filler : {"1", "2", "3"})
        EXPECT_EQ(imported->store.report(filler).case_number, "") << filler;
    EXPECT_EQ(imported->store.report("4").case_number, "5000-K10-25");
}

TEST(PointsImporter, NotesTheCaseNumbersThatMoreThan20RowsQuote)
{
    auto const columns = profile(
        "source='t'\ntitle='T'\nid='id'\n[time]\nfrom='from'\n[position]\nlng='lng'\nlat='lat'\n"
        "[kind]\nfixed='theft'\n[words]\ncase_number='case'\n");
    auto const notes_of = [&](int numbers, int rows_each) {
        std::string csv = "id,case,from,lng,lat\n";
        for (int i = 0; i < numbers * rows_each; ++i)
            csv += fmt::format("{},K{},2025-03-10,17.6,59.8\n", i, 100 + i % numbers);
        auto notes = import_csv(csv, columns)->report->notes;
        notes.erase(notes.begin());  // the one about profile and separator
        return notes;
    };
    EXPECT_THAT(notes_of(3, 20), testing::IsEmpty());
    EXPECT_THAT(notes_of(1, 21),
                ElementsAre("t.csv: the case number \"K100\" is quoted by 21 rows, which makes them one "
                            "incident"));
    auto const many = notes_of(25, 21);
    ASSERT_EQ(many.size(), 21U);
    EXPECT_EQ(many.back(), "t.csv: and 5 more case numbers are quoted by more than 20 rows each");
}

TEST(PointsImporter, SetsAsideASecondRowWithOneIdAndOtherContent)
{
    auto const imported = import_rows(
        "1,2025-03-10,,theft,17.6,59.8,,,a\n1,2025-03-10,,theft,17.6,59.8,,,a\n"
        "1,2025-03-10,,theft,17.6,59.8,,,b\n");
    EXPECT_EQ(imported->report->new_, 1U);
    EXPECT_EQ(imported->report->unchanged, 1U);
    EXPECT_THAT(imported->report->reasons, ElementsAre(std::pair{"duplicate_id", 1}));
    EXPECT_EQ(imported->report->rows[0].row, 3U);
}

TEST(PointsImporter, ListsBrokenRowsAndReadsOn)
{
    auto const imported = import_rows(
        "1,2025-03-10,,theft\n\"2\"x,2025-03-10,,theft,17.6,59.8,,,\n3,2025-03-10,,theft,17.6,59.8,,,\n");
    EXPECT_EQ(imported->report->read, 3U);
    EXPECT_EQ(imported->report->kept(), 1U);
    EXPECT_THAT(imported->report->reasons,
                ElementsAre(std::pair{"bad_quotes", 1}, std::pair{"wrong_columns", 1}));
    EXPECT_EQ(imported->report->rows[0].message, "line 2: has 4 fields, expected 9");
    EXPECT_EQ(imported->report->rows[0].payload, R"(["1","2025-03-10","","theft"])");
}

TEST(PointsImporter, ListsRowsSetAsideInTheOrderOfTheFile)
{
    auto const imported = import_rows(
        "1,2025-03-10,,theft,0,0,,,\n2,2025-03-10\n3,2099-03-10,,theft,17.6,59.8,,,\n"
        "4,2025-03-10,,theft,17.6,59.8,,,\n4,2025-03-11,,theft,17.6,59.8,,,\n5,,,theft,17.6,59.8,,,\n");
    std::vector<std::uint64_t> rows;
    for (auto const& row : imported->report->rows)
        rows.push_back(row.row);
    EXPECT_THAT(rows, ElementsAre(1, 2, 3, 5, 6));
}

// A place so many metres east of the square around Uppsala, as a row's two fields.
std::string east_of_uppsala(double metres)
{
    auto const county = county_of_squares();
    auto const& crs = county->profile.crs;
    auto const middle = crs.metres({17.638927, 59.858564});
    auto const place = crs.degrees({middle.east + 7000 + metres, middle.north});
    return fmt::format("{:.7f},{:.7f}", place.lng, place.lat);
}

TEST(PointsImporter, CountsPointsOfOtherCountiesAsOutside)
{
    auto const imported =
        import_rows("inside,2025-03-10,,theft," + east_of_uppsala(-1) + ",,,\nnear,2025-03-10,,theft," +
                    east_of_uppsala(99) + ",,,\nfar,2025-03-10,,theft," + east_of_uppsala(101) +
                    ",,,\nelsewhere,2025-03-10,,theft,18.07,59.33,exact,Stockholm,\nmidpoint,2025-03-10,,"
                    "theft,18.07,59.33,kommun,,\nnamed,2025-03-10,,theft,18.07,59.33,kommun,"
                    "Håbo,\n");
    ASSERT_TRUE(imported->report);
    EXPECT_EQ(imported->report->outside, 3U);
    EXPECT_EQ(imported->report->set_aside, 0U);
    auto const areas = imported->store.county()->areas;
    EXPECT_EQ(area_of(imported->store.report("inside").place), areas.by_name("Uppsala"));
    EXPECT_EQ(area_of(imported->store.report("near").place), kNoArea);
    EXPECT_TRUE(point_of(imported->store.report("near").place));
    EXPECT_EQ(area_of(imported->store.report("named").place), areas.by_name("Håbo"));
}

TEST(PointsImporter, CountsTheCentreOfStockholmAsOutsideOfUppsalaLan)
{
    FakeStore store{county_named("uppsala")};
    auto source = ByteSource::from_memory(
        "t.csv", std::string{kHeader} +
                     "Stockholm,2025-03-10,,theft,18.0649,59.3326,,,\nUppsala,2025-03-10,,theft,17.6389,"
                     "59.8586,,,\nÖregrund,2025-03-10,,theft,18.4367,60.3414,,,\n"
                     "Västerås,2025-03-10,,theft,16.5448,59.6099,,,\n");
    auto const report =
        import_points(store, source, {.columns = profile(), .now = at("2026-06-01T12:00:00Z")});
    EXPECT_EQ(report->outside, 2U);
    EXPECT_EQ(report->new_, 2U);
    EXPECT_TRUE(point_of(store.report("Uppsala").place));
    EXPECT_TRUE(point_of(store.report("Öregrund").place));
}

TEST(PointsImporter, FindsNothingOutsideWhereACountyIsOnlyABox)
{
    FakeStore store{county_named("houston")};
    // Just within the box's southern edge, which lies beyond its area: that one's sides are straight in
    // metres.
    auto source = ByteSource::from_memory(
        "t.csv", std::string{kHeader} +
                     "1,2025-03-10,,theft,-95.94,29.3,,,\n2,2025-03-10,,theft,-95.94,29.3,"
                     ",Houston,\n");
    auto const report =
        import_points(store, source, {.columns = profile(), .now = at("2026-06-01T12:00:00Z")});
    EXPECT_EQ(report->outside, 0U);
    EXPECT_EQ(report->new_, 2U);
    EXPECT_EQ(area_of(store.report("1").place), kNoArea);
    EXPECT_EQ(report->notes.size(), 1U);
}

TEST(PointsImporter, NotesRowsWhosePointLiesElsewhereThanTheAreaTheyName)
{
    auto const imported = import_rows(
        "agree,2025-03-10,,theft,17.638927,59.858564,,Uppsala,\n"
        "elsewhere,2025-03-10,,theft,17.638927,59.858564,,Håbo,\n"
        "near,2025-03-10,,theft," +
        east_of_uppsala(50) +
        ",,Uppsala,\n"
        "abroad,2025-03-10,,theft,18.07,59.33,,Håbo,\n");
    EXPECT_EQ(imported->report->outside, 1U);
    auto const areas = imported->store.county()->areas;
    EXPECT_EQ(area_of(imported->store.report("elsewhere").place), areas.by_name("Uppsala"));
    EXPECT_THAT(imported->report->notes,
                ElementsAre(HasSubstr("column profile"),
                            "t.csv: the position lies elsewhere than in the area named, and is believed: 2 "
                            "rows (row 2 names Håbo, its position lies in Uppsala)"));
}

TEST(PointsImporter, KeepsAnUnknownKindAsUnknownAndSaysSo)
{
    auto const imported = import_rows("1,2025-03-10,,nonsense,17.6,59.8,,,\n");
    EXPECT_EQ(imported->store.report("1").kind_code, "unknown");
    EXPECT_THAT(imported->report->notes,
                testing::Contains(HasSubstr("the kind \"nonsense\" is not in column profile test (1 row)")));
}

TEST(PointsImporter, ReadsFeetAndDecimalCommas)
{
    auto const columns = profile(
        "source='t'\ntitle='T'\nid='id'\n[time]\nfrom='from'\nstyle='day_first'\n"
        "[position]\nx='x'\ny='y'\nepsg=3006\nprecision='street'\n[kind]\nfixed='theft'\n");
    auto const imported = import_csv("id;from;x;y\n1;10.3.2025;648000,5;6637000,25\n", columns);
    ASSERT_TRUE(imported->report) << imported->report.error().message;
    auto const place = std::get<PointPlace>(imported->store.report("1").place);
    EXPECT_NEAR(place.point.east, 648000.5, 0.001);  // there and back through degrees
    EXPECT_NEAR(place.point.north, 6637000.25, 0.001);
    EXPECT_EQ(place.precision, Precision::street);
}

TEST(PointsImporter, KeepsWhatTheProfileCallsContextUncounted)
{
    auto const columns = profile(
        "source='t'\ntitle='T'\nid='id'\n[time]\nfrom='from'\n[position]\nlng='lng'\nlat='lat'\n"
        "[kind]\nfixed='damage.graffiti'\n[context]\ncolumn='status'\nvalues=['Dup']\n");
    auto const imported = import_csv(
        "id,from,lng,lat,status\n1,2025-03-10,17.6,59.8,DUP\n2,2025-03-10,17.6,59.8,Open\n", columns);
    EXPECT_EQ(imported->report->context, 1U);
    EXPECT_EQ(imported->store.report("1").role, ReportRole::context);
    EXPECT_EQ(imported->store.report("2").role, ReportRole::incident);
}

TEST(PointsImporter, NamesTheColumnsThatAFileLacks)
{
    auto const imported = import_csv("id,from,kind,precision\n1,2025-03-10,theft,\n");
    ASSERT_FALSE(imported->report);
    EXPECT_EQ(imported->report.error().message,
              "t.csv: lacks the columns kommun, lat, lng, which the column profile test needs; it has "
              "id, from, kind, precision");
    EXPECT_EQ(imported->store.commits, 0);
}

TEST(PointsImporter, NeedsThePrecisionSoThatNoMidpointBecomesAnExactDot)
{
    auto const imported =
        import_csv("id,from,kind,lng,lat,Precision\n1,2025-03-10,theft,17.638927,59.858564,kommun\n");
    ASSERT_FALSE(imported->report);
    EXPECT_EQ(
        imported->report.error().message,
        "t.csv: lacks the column precision (is it \"Precision\"?), which the column profile test needs; "
        "it has id, from, kind, lng, lat, Precision");
    EXPECT_TRUE(imported->store.reports().empty());
    EXPECT_THAT(import_csv("id,from,kind,lng,lat\n1,2025-03-10,theft,17.6,59.8\n")->report.error().message,
                HasSubstr("lacks the column precision, which the column profile test needs"));
}

TEST(PointsImporter, AsksWhetherAHeadingNearAMissingColumnIsMeant)
{
    auto const imported =
        import_csv("id,from,kind,lng,lat,precision,Titel\n1,2025-03-10,theft,17.6,59.8,,\n");
    ASSERT_TRUE(imported->report) << imported->report.error().message;
    EXPECT_THAT(imported->report->notes,
                testing::Contains("t.csv: lacks the columns kommun, title (is it \"Titel\"?), to, which the "
                                  "column profile test names: read as empty"));
    // Nothing is asked of a heading that the profile has another use for.
    std::vector<std::string> const header{"id", "from", "kind", "lng", "lat", "precision", "kommun", "tilte"};
    EXPECT_EQ(lacking_text({"title"}, profile(), header), "the column title (is it \"tilte\"?)");
    EXPECT_EQ(lacking_text({"title"}, profile(std::string{kProfile} + "text='tilte'\n"), header),
              "the column title");
}

TEST(PointsImporter, DoesWithoutTheColumnsThatRowsMayLeaveEmpty)
{
    auto const imported = import_csv("id,from,kind,lng,lat,precision\n1,2025-03-10,theft,17.6,59.8,\n");
    ASSERT_TRUE(imported->report) << imported->report.error().message;
    EXPECT_EQ(std::get<PointPlace>(imported->store.report("1").place).precision, Precision::exact);
    EXPECT_THAT(
        imported->report->notes,
        testing::Contains("t.csv: lacks the columns kommun, title, to, which the column profile test names: "
                          "read as empty"));
    EXPECT_TRUE(import_csv("id,from,kind,kommun,precision\n1,2025-03-10,theft,Håbo,\n")->report);
    EXPECT_THAT(import_rows("1,2025-03-10,,theft,17.6,59.8,,,\n")->report->notes,
                testing::Not(testing::Contains(HasSubstr("lacks"))));
}

TEST(PointsImporter, NeedsWhatWouldMakeEveryRowWrong)
{
    std::string const with_context =
        "source='t'\ntitle='T'\nid=['a','b']\n[time]\nfrom='from'\n[position]\nlng='lng'\nlat='lat'\n"
        "[kind]\ncolumn='kind'\ncodes=true\n[words]\ntitle='title'\n[context]\ncolumn='status'\nvalues=['Dup'"
        "]\n";
    auto const needed = [](std::string const& toml, std::vector<std::string> const& header) {
        return missing_columns(profile(toml), header).needed;
    };
    EXPECT_THAT(needed(with_context, {}), ElementsAre("a", "b", "from", "kind", "lat", "lng", "status"));
    EXPECT_THAT(needed(with_context, {"a", "b", "from", "kind", "status", "lng"}), ElementsAre("lat"));
    EXPECT_THAT(
        needed("required=['title']\n" + with_context, {"a", "b", "from", "kind", "status", "lng", "lat"}),
        ElementsAre("title"));
    std::string const anywhere =
        "source='t'\ntitle='T'\n[time]\nfrom='from'\n[position]\nlng='lng'\nlat='lat'\narea='kommun'\n"
        "whole_county_without_position=true\n[kind]\nfixed='theft'\n";
    EXPECT_THAT(needed(anywhere, {"from", ""}), ElementsAre());
    EXPECT_THAT(needed(anywhere, {"from", "lat"}), ElementsAre("lng"));
    EXPECT_THAT(missing_columns(profile(anywhere), {"from"}).optional, ElementsAre("kommun", "lat", "lng"));
}

TEST(PointsImporter, ReadsJsonAsItReadsCsv)
{
    auto const imported = import_csv(
        R"([{"id":1,"from":"2025-03-10","kind":"theft","lng":17.6,"lat":59.8,"precision":null,"kommun":"","title":"a",)"
        R"("to":""},{"id":2,"from":"2025-03-11","kind":"theft","lng":17.6,"lat":59.8,"more":{"x":[1,2]}}])",
        profile(), "t.json");
    ASSERT_TRUE(imported->report) << imported->report.error().message;
    EXPECT_EQ(imported->report->new_, 2U);
    EXPECT_EQ(imported->store.report("1").title, "a");
    EXPECT_THAT(imported->store.report("2").payload, HasSubstr(R"("more.x":"1, 2")"));
    EXPECT_THAT(imported->report->notes, testing::Contains(HasSubstr("column profile test, a JSON array")));
}

TEST(PointsImporter, SendsThePoliceFeedToItsOwnImporter)
{
    FakeStore store{county_of_squares()};
    auto source = ByteSource::from_memory(
        "t.json", R"([{"id":1,"datetime":"2025-03-10","name":"n","summary":"s","type":"t","url":"u",)"
                  R"("location":{"name":"Uppsala","gps":"59.8,17.6"}}])");
    auto const report = import_points(store, source, {.now = at("2026-06-01T12:00:00Z")});
    EXPECT_EQ(report.error().message, "t.json: is the police's event feed; use riskbild import police");
}

TEST(PointsImporter, TakesHeadingsInBracketsForHeadings)
{
    for (std::string const opening : {"[", "{", "\xef\xbb\xbf[ "}) {
        auto const closing = opening == "{" ? "}" : "]";
        auto const columns = profile(fmt::format(
            "source='t'\ntitle='T'\nid='{0}id{1}'\n[time]\nfrom='[from]'\n[position]\nlng='lng'\nlat='lat'\n"
            "[kind]\nfixed='theft'\n",
            opening.ends_with("[ ") ? "[ " : opening, closing));
        auto const imported =
            import_csv(opening + "id" + closing + ",[from],lng,lat\n1,2025-03-10,17.6,59.8\n", columns);
        ASSERT_TRUE(imported->report) << imported->report.error().message;
        EXPECT_EQ(imported->report->new_, 1U);
    }
}

TEST(PointsImporter, StoresNothingOfAFileThatIsBrokenAtItsEnd)
{
    auto const imported = import_rows("1,2025-03-10,,theft,17.6,59.8,,,\n2,\"2025");
    EXPECT_FALSE(imported->report);
    EXPECT_TRUE(imported->store.reports().empty());
}

TEST(PointsImporter, TakesMoreRowsThanItPlacesAtOnce)
{
    std::string rows;
    for (int i = 0; i < 20'001; ++i)
        rows += std::to_string(i) + ",2025-03-10,,theft," +
                (i % 3 == 0 ? "17.638927,59.858564,,," : ",,,Håbo,") + "\n";
    auto const imported = import_rows(rows);
    EXPECT_EQ(imported->report->new_, 20'001U);
    EXPECT_TRUE(point_of(imported->store.report("19998").place));
    EXPECT_FALSE(point_of(imported->store.report("19999").place));
}

}  // namespace
}  // namespace riskbild::importers
