#include "importers/points/profile_suggestion.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "geo_core/crs.hpp"
#include "imported_points.hpp"
#include "made_files.hpp"

namespace riskbild::importers {
namespace {

using testing::Contains;
using testing::HasSubstr;

constexpr std::string_view kNow = "2026-12-31T00:00:00Z";

ProfileSuggestion suggested(ByteSource source, std::string const& county = "uppsala",
                            std::string const& layer = {})
{
    auto made = suggest_profile(source, *county_of_profile(county), {.layer = layer, .now = at(kNow)});
    if (!made)
        throw std::runtime_error{made.error().message};
    return std::move(*made);
}

ProfileSuggestion suggested(std::string const& csv)
{
    return suggested(ByteSource::from_memory("lista.csv", csv));
}

std::string guess(ProfileSuggestion const& made, std::string_view key)
{
    for (auto const& guess : made.guesses)
        if (guess.key == key)
            return fmt::format("{} ({})", guess.value, name_of(guess.confidence));
    return "none";
}

std::string rows_of(std::string const& heading, std::string const& row, int count)
{
    auto csv = heading + "\n";
    for (int i = 1; i <= count; ++i)
        csv += fmt::format(fmt::runtime(row), fmt::arg("i", i), fmt::arg("day", i % 28 + 1),
                           fmt::arg("f", i % 90 + 10)) +
               "\n";
    return csv;
}

TEST(ProfileSuggestion, FindsTheRolesOfASwedishList)
{
    auto const made =
        suggested(rows_of("Nr;Datum;Klockan;Plats;Händelse;Longitud;Latitud;Kommun;Länk",
                          "{i};2025-03-{day:02};22:15;Resecentrum;Klotter;17,64{f};59,85{f};Uppsala;"
                          "https://example.org/{i}",
                          40));
    EXPECT_EQ(guess(made, "id"), "Nr (certain)");
    EXPECT_EQ(guess(made, "time.from"), "Datum (certain)");
    EXPECT_EQ(guess(made, "time.clock"), "Klockan (likely)");
    EXPECT_EQ(guess(made, "time.style"), "iso (certain)");
    EXPECT_EQ(guess(made, "position.lng"), "Longitud (certain)");
    EXPECT_EQ(guess(made, "position.lat"), "Latitud (certain)");
    EXPECT_EQ(guess(made, "position.area"), "Kommun (certain)");
    EXPECT_EQ(guess(made, "kind.column"), "Händelse (certain)");
    EXPECT_EQ(guess(made, "words.link"), "Länk (certain)");
    EXPECT_EQ(guess(made, "words.place"), "Plats (likely)");
    ASSERT_EQ(made.preview.size(), 5U);
    EXPECT_EQ(made.preview[0].when, "2025-03-02 22:15");
    EXPECT_EQ(made.preview[0].where, "17.64110, 59.85110 (address, Uppsala)");
    EXPECT_EQ(made.preview[0].kind, "Klotter (damage.graffiti)");
    EXPECT_EQ(made.usable_rows, 40U);
}

TEST(ProfileSuggestion, NeverGuessesWhetherTheDayOrTheMonthComesFirst)
{
    auto const made =
        suggested("id,date,lng,lat,type\n1,03/04/2025,17.64,59.85,theft\n2,05/04/2025,17.65,59.86,theft\n");
    EXPECT_EQ(guess(made, "time.style"), "none");
    EXPECT_THAT(made.questions, Contains(HasSubstr("whether 03/04/2025 begins with the day or the month")));
    EXPECT_THAT(made.toml, HasSubstr("# style = \"day_first\""));
    EXPECT_EQ(made.usable_rows, 0U);
    EXPECT_TRUE(parse_column_profile(made.toml, "lista")) << "it loads all the same";

    auto const day =
        suggested("id,date,lng,lat,type\n1,03/04/2025,17.64,59.85,theft\n2,13/04/2025,17.65,59.86,theft\n");
    EXPECT_EQ(guess(day, "time.style"), "day_first (certain)");
    auto const month =
        suggested("id,date,lng,lat,type\n1,03/04/2025,17.64,59.85,theft\n2,04/13/2025,17.65,59.86,theft\n");
    EXPECT_EQ(guess(month, "time.style"), "month_first (certain)");
}

TEST(ProfileSuggestion, SaysThatAColumnHasDatesInThreeStyles)
{
    auto const made = suggested(
        "id,date,lng,lat,type\n1,13/04/2025,17.64,59.85,theft\n2,14/04/2025,17.65,59.86,theft\n"
        "3,04/15/2025,17.64,59.85,theft\n4,2025-04-16,17.64,59.85,theft\n5,15/04/2025,17.6,59.85,theft\n");
    EXPECT_EQ(guess(made, "time.style"), "day_first (unsure)");
    EXPECT_THAT(made.questions, Contains(HasSubstr("1 rows write date month first: they will be set aside")));
    EXPECT_THAT(made.questions, Contains(HasSubstr("1 rows write date year first: they will be set aside")));
    EXPECT_EQ(made.usable_rows, 3U);
}

// Places in Uppsala and Knivsta, written in another coordinate system, with the kommun that they lie in.
std::string written_in(int epsg, bool with_area)
{
    auto const crs = *Crs::from_epsg(epsg);
    std::string csv = with_area ? "id,datum,x,y,kommun,typ\n" : "id,datum,x,y,typ\n";
    int id = 0;
    for (auto const& [place, area] : {std::pair{LngLat{17.64, 59.86}, "Uppsala"},
                                      {LngLat{17.79, 59.72}, "Knivsta"},
                                      {LngLat{17.52, 59.57}, "Håbo"},
                                      {LngLat{17.07, 59.63}, "Enköping"}})
        for (int i = 0; i < 10; ++i) {
            auto const at = crs.metres({place.lng + i * 0.0007, place.lat + i * 0.0005});
            csv += fmt::format("{},2025-03-10,{:.1f},{:.1f},{}stöld\n", ++id, at.east, at.north,
                               with_area ? std::string{area} + "," : "");
        }
    return csv;
}

TEST(ProfileSuggestion, KnowsADayFirstByTheBlankBeforeTheYear)
{
    auto const made = suggested("Nr;Datum;Typ\n1;3/4 2025 kl 22.15;Klotter\n2;4/4 2025 kl 7.05;Klotter\n");
    EXPECT_EQ(guess(made, "time.style"), "day_first (certain)");
    EXPECT_EQ(made.profile.resolution, TimeResolution::minute);
}

TEST(ProfileSuggestion, InventsNoTimesForDatesInSeveralStyles)
{
    auto const made = suggested(
        "Nr;Datum;Lng;Lat;Typ\n1;2025-03-04 10:15;17,64;59,85;Klotter\n2;04/03/2025;17,64;59,85;Klotter\n"
        "3;i mars 2025;17,64;59,85;Klotter\n4;25.03.2025;17,64;59,85;Klotter\n5;45720;17,64;59,85;Klotter\n"
        "6;20250306;17,64;59,85;Klotter\n");
    EXPECT_EQ(guess(made, "time.from"), "Datum (unsure)");
    EXPECT_EQ(guess(made, "time.style"), "day_first (unsure)");
    EXPECT_THAT(made.questions,
                Contains(HasSubstr("Datum looks like dates, in several styles or not all of them, such as")));
    EXPECT_EQ(made.usable_rows, 2U);
}

TEST(ProfileSuggestion, OfAListThatDoesNotTellTheTimeCanUseNoRowAndIsNotImported)
{
    auto const made = suggested("Nr,Plats,Lng,Lat,Typ\n1,Torget,17.64,59.85,Klotter\n");
    EXPECT_FALSE(made.profile.fixed);
    EXPECT_EQ(made.usable_rows, 0U);
    ASSERT_EQ(made.preview.size(), 1U);
    EXPECT_EQ(made.preview[0].set_aside, "bad_time: the column profile does not say when it happened");
    EXPECT_THAT(made.toml, HasSubstr("# fixed = "));
    auto const unfilled = parse_column_profile(made.toml, "lista");
    ASSERT_FALSE(unfilled);
    EXPECT_EQ(unfilled.error().message,
              "column profile lista: time.from: missing, expected the column with the time, or time.fixed "
              "with the days between which all of it happened");

    auto const month = suggested("Nr,Datum,Lng,Lat,Typ\n1,våren 2025,17.64,59.85,Klotter\n");
    EXPECT_THAT(month.questions, Contains(HasSubstr("Datum is called like a time, but its values, such as "
                                                    "\"våren 2025\", are none that can be read")));
    EXPECT_EQ(month.usable_rows, 0U);
}

TEST(ProfileSuggestion, TakesTheColumnOfKindsThatItIsTold)
{
    auto source = ByteSource::from_memory("lista.csv", "Nr,Datum,Typ,Avd\n1,2025-03-10,Klotter,K7\n");
    auto const made =
        suggest_profile(source, *county_of_profile("uppsala"), {.now = at(kNow), .kind_column = "Avd"});
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(made->profile.kind_column, "Avd");
    ASSERT_EQ(made->kinds.size(), 1U);
    EXPECT_EQ(made->kinds[0].value, "K7");
    EXPECT_THAT(made->toml, HasSubstr("\n\"k7\" = \"unknown\""));
    EXPECT_EQ(made->usable_rows, 1U);
}

TEST(ProfileSuggestion, SaysThatTheNumberOfTheRowsRepeats)
{
    auto const made = suggested("Nr,Datum,Typ\n1,2025-03-10,Klotter\n1,2025-03-11,Stöld\n2,2025-03-12,Rån\n");
    EXPECT_EQ(guess(made, "id"), "none");
    EXPECT_THAT(made.questions,
                Contains(HasSubstr("id: Nr is called like a number of the rows, but repeats: 1 "
                                   "of 3 rows have one that another has")));
    EXPECT_THAT(suggested("Datum,Typ\n2025-03-10,Klotter\n").questions,
                Contains(HasSubstr("id: no column names the rows")));
}

TEST(ProfileSuggestion, TakesAnIdThatAFewRowsRepeat)
{
    auto const made =
        suggested(rows_of("Nr,Datum,Typ", "{i},2025-03-10,Klotter", 58) + "7,2025-03-11,Klotter\n");
    EXPECT_EQ(guess(made, "id"), "Nr (likely)");
}

TEST(ProfileSuggestion, LooksUpTheAddressesOfRowsWithoutAPosition)
{
    auto const rows =
        rows_of("Nr,Datum,Adress,Lng,Lat,Typ", "{i},2025-03-10,Kungsgatan 1,17.64{f},59.85{f},stöld", 30);
    EXPECT_EQ(guess(suggested(rows), "position.address"), "none");
    EXPECT_EQ(guess(suggested(rows + "99,2025-03-10,Kungsgatan 2,,,stöld\n"), "position.address"),
              "Adress (likely)");
}

TEST(ProfileSuggestion, TakesRowsThatLieElsewhereForNoneOfTheCounty)
{
    for (auto const* row :
         {"{i},2025-03-10,-95.36{f},29.76{f},stöld", "{i},2025-03-10,1500{i},2500{i},stöld"}) {
        auto const made = suggested(rows_of("id,datum,lng,lat,typ", row, 30));
        EXPECT_FALSE(made.profile.whole_county_without_position);
        EXPECT_THAT(made.questions,
                    Contains(HasSubstr("lng and lat are called like a position, but lie nowhere in "
                                       "Uppsala län")));
        EXPECT_EQ(made.usable_rows, 0U);
        EXPECT_THAT(made.set_aside, testing::ElementsAre(testing::Pair("outside_box", 30U)));
    }
}

TEST(ProfileSuggestion, FindsTheCoordinateSystemByWhereThePointsLie)
{
    for (auto const epsg : {3006, 3010, 3011, 3021}) {
        auto const made = suggested(written_in(epsg, true));
        EXPECT_EQ(guess(made, "position.x"), "x (certain)") << epsg;
        EXPECT_EQ(made.profile.epsg, epsg);
        EXPECT_EQ(made.usable_rows, 40U) << epsg;
    }
}

TEST(ProfileSuggestion, TellsARowWhosePositionIsSwappedFromOneThatLiesElsewhere)
{
    auto const made =
        suggested(rows_of("id,datum,lng,lat,typ", "{i},2025-03-10,17.64{f},59.85{f},stöld", 30) +
                  "31,2025-03-10,59.85,17.64,stöld\n32,2025-03-10,11.97,57.70,stöld\n");
    EXPECT_THAT(made.set_aside, testing::ElementsAre(testing::Pair("outside_box", 1U),
                                                     testing::Pair("swapped_position", 1U)));
}

TEST(ProfileSuggestion, SaysThatAHeadingAndItsNumbersDisagree)
{
    auto csv = rows_of("id,datum,longitud,latitud,typ", "{i},2025-03-10,59.85{f},17.64{f},stöld", 30);
    auto const made = suggested(csv);
    EXPECT_EQ(guess(made, "position.lng"), "latitud (certain)");
    EXPECT_THAT(made.questions, Contains(HasSubstr("though their headings say the opposite")));
}

TEST(ProfileSuggestion, ReadsAFileWithoutAHeading)
{
    auto const made = suggested("17.64,59.85,2025-03-10\n17.65,59.86,2025-03-11\n");
    EXPECT_EQ(made.profile.csv.columns, (std::vector<std::string>{"column_1", "column_2", "column_3"}));
    EXPECT_EQ(made.usable_rows, 2U);
}

TEST(ProfileSuggestion, LooksIntoSpreadsheetsAndMapLayersToo)
{
    auto const sheet = suggested(
        ByteSource::from_memory("t.xlsx", xlsx_of({{"Blad1",
                                                    {{"Nr", "När", "Lng", "Lat", "Typ"},
                                                     {"1", "#45726.93", "17.64", "59.85", "Klotter"},
                                                     {"2", "#45727.5", "17.65", "59.86", "Stöld"}}}})));
    EXPECT_EQ(guess(sheet, "time.from"), "När (certain)");
    EXPECT_EQ(guess(sheet, "kind.column"), "Typ (certain)");
    EXPECT_EQ(sheet.usable_rows, 2U);
    auto const map = suggested(ByteSource::from_memory(
        "t.geojson",
        R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"datum":"2025-03-10",)"
        R"("typ":"klotter"},"geometry":{"type":"Point","coordinates":[17.64,59.85]}}]})"));
    EXPECT_TRUE(map.profile.geometry);
    EXPECT_EQ(map.usable_rows, 1U);
}

TEST(ProfileSuggestion, OfARowMadeToHarmStillLoads)
{
    auto const made = suggested(
        "\"a\"\"]\n[kind]\nfixed='x\",datum,\"t\\yp\nx\",lng,lat\n1,2025-03-10,\"klotter\"\"\n[csv]\",17.64,"
        "59.85\n");
    EXPECT_EQ(made.rows_looked_at, 1U);
    EXPECT_TRUE(parse_column_profile(made.toml, "lista"));
}

TEST(ProfileSuggestion, TellsFiguresAreasAndRegistersOfShopsFromIncidents)
{
    EXPECT_EQ(suggested("Nr,Datum,Lng,Lat,Typ\n1,2025-03-10,17.64,59.85,Klotter\n").source, "points");
    auto const figures =
        suggested("Kommun;Brottstyp;Antal;Per 100 000 inv.\nUppsala;Klotter;120;51\nHåbo;Klotter;3;13\n");
    EXPECT_EQ(figures.source, "figures");
    EXPECT_THAT(figures.questions, Contains(HasSubstr("looks like figures about areas, not like incidents; "
                                                      "riskbild import figures takes it in")));
    EXPECT_EQ(suggested("regso_kod,regso_name,population\n0380R001,A,1200\n0380R002,B,900\n").source,
              "figures");
    EXPECT_EQ(suggested("Butik;Adress;Ort;Certifierad\nEttan;Storgatan 1;Uppsala;2024-03-01\n").source,
              "shops");
    auto const areas = suggested(ByteSource::from_memory(
        "kommuner.geojson",
        R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"kod":"0380"},)"
        R"("geometry":{"type":"Polygon","coordinates":[[[17,59],[18,59],[18,60],[17,59]]]}}]})"));
    EXPECT_EQ(areas.source, "areas");
}

TEST(ProfileSuggestion, RefusesWhatIsNoListOfIncidents)
{
    auto const county = county_of_profile("uppsala");
    auto const error = [&](std::string const& bytes) {
        auto source = ByteSource::from_memory("t", bytes);
        auto const made = suggest_profile(source, *county, {.now = at(kNow)});
        return made ? std::string{"suggested"} : made.error().message;
    };
    EXPECT_THAT(error(""), HasSubstr("is empty"));
    EXPECT_THAT(error("a,b\n"), HasSubstr("has no rows that can be read"));
    EXPECT_EQ(county_of_profile("nowhere").error().code, ErrorCode::wrong_use);
}

struct RealTable {
    char const* file;
    char const* county;
    std::uint64_t rows;
    std::uint64_t kept;
};

TEST(ProfileSuggestion, OfTheRealTablesImportsThemAsTheBuiltInProfilesDo)
{
    RISKBILD_NEEDS_REAL_FILES();
    for (auto const& table :
         {RealTable{"crime_points/houston_2010_86k.csv.gz", "houston", 86'314, 86'099},
          {"crime_points/memphis_robberies_2019.csv.gz", "memphis", 2245, 2245},
          {"crime_points/dc_burglaries_2016_aoristic.csv.gz", "washington_dc", 1025, 1025},
          {"near_repeat/chicago_arson.csv", "chicago", 522, 522},
          {"near_repeat/chicago_be_month1.csv", "chicago", 970, 970},
          {"near_repeat/chicago_burglary_2014_2017.csv", "chicago", 45'319, 45'319},
          {"graffiti/chicago_311_graffiti_removal_historical.csv", "chicago", 12'621, 12'620},
          {"graffiti/cincinnati_graffiti.csv", "cincinnati", 844, 844}}) {
        auto const path = (shared_data() / table.file).string();
        auto const made = suggested(*ByteSource::open(path), table.county);
        FakeStore store{county_named(table.county)};
        auto source = ByteSource::open(path);
        auto columns = made.profile;
        if (!columns.tells_time())  // of Cincinnati: a person has to say it
            columns.fixed = FixedPeriod{*parse_date("1990-01-02"), *parse_date("2026-01-01")};
        auto const report = import_points(store, *source, {.columns = columns, .now = at(kNow)});
        ASSERT_TRUE(report) << report.error().message;
        EXPECT_EQ(report->read, table.rows) << table.file;
        EXPECT_EQ(report->kept(), table.kept) << table.file;
    }
}

}  // namespace
}  // namespace riskbild::importers
