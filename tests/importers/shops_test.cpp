#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fake_store.hpp"
#include "importers/kommun_names.hpp"
#include "importers/shops/security_points.hpp"
#include "importers/shops/shop_fields.hpp"
#include "made_files.hpp"
#include "place_world.hpp"

namespace riskbild::importers {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::SizeIs;

std::string made_up(std::string const& name)
{
    return std::string{RISKBILD_SOURCE_DIR "/data/example/files/"} + name;
}

class Shops : public PlaceWorld {};

TEST_F(Shops, AreNamedPlacesWithTheirCertification)
{
    auto const report = import("shops", made_up("butiksregister_pahittat.csv"));
    EXPECT_EQ(report.kept(), 3U);
    EXPECT_EQ(report.outside, 1U);
    EXPECT_THAT(report.reasons, ElementsAre(Pair("bad_time", 1)));
    EXPECT_THAT(report.notes, Contains(HasSubstr("columns of 13 of the 13 security points")));
    auto const certified = place("P-1");
    EXPECT_EQ(certified.sort, PlaceSort::shop);
    EXPECT_EQ(certified.kind, "Livsmedel");
    EXPECT_EQ(certified.street, "Exempelgatan");
    EXPECT_EQ(certified.house_number, "1");
    EXPECT_TRUE(certified.point);
    EXPECT_THAT(certified.attributes,
                HasSubstr(R"("certified_from":"2024-03-01","certified_to":"2027-02-28")"));
    EXPECT_THAT(place("P-2").attributes, HasSubstr(R"("points_not_met":"2,4,7,11")"));
    EXPECT_FALSE(place("P-3").point);  // no position, and no address that the store knows
    EXPECT_EQ(store->county()->areas[place("P-3").area].name, "Enköping");
    expect_sound();
    auto const again = import("shops", made_up("butiksregister_pahittat.csv"));
    EXPECT_EQ(again.unchanged, 3U);
    EXPECT_EQ(again.kept(), 0U);
}

TEST_F(Shops, KeepTheThirteenPointsOfEachInspection)
{
    auto const heading =
        std::string{"id,namn,kommun,besiktigad,certifierad,punkt 1,p2,3. kassor,överfallslarm\n"};
    import("shops", folder.write("a.csv", heading + "1,A,Heby,2024-04-10,,ja,nej,delvis,\n"));
    import("shops", folder.write("b.csv", heading + "1,A,Heby,2025-04-10,2025-05-01,ja,ja,ja,x\n"));
    auto const points = store->figures({.measure = "security_point"});
    ASSERT_THAT(*points, SizeIs(7));  // three of the first, four of the second
    std::map<std::string, double> met;
    for (auto const& figure : *points) {
        EXPECT_EQ(figure.place_key, "1");
        met[figure.period.substr(0, 4) + " " + figure.about.substr(0, 2)] = *figure.value;
    }
    EXPECT_THAT(met, ElementsAre(Pair("2024 01", 1.0), Pair("2024 02", 0.0), Pair("2024 03", 0.5),
                                 Pair("2025 01", 1.0), Pair("2025 02", 1.0), Pair("2025 03", 1.0),
                                 Pair("2025 07", 1.0)));
    auto const certified = store->figures({.measure = "certified"});
    ASSERT_THAT(*certified, SizeIs(1));
    EXPECT_EQ(certified->front().period, "2025-05-01..2025-05-02");
    EXPECT_EQ(certified->front().unit, "yes, end not told");
    expect_sound();
}

TEST_F(Shops, AreSetAsideOrDoubtedWhereTheyContradictThemselves)
{
    auto const report =
        import("shops", folder.write("a.csv",
                                     "id;namn;kommun;adress;ort;sweref öst;sweref nord;longitud;latitud\n"
                                     "1;A;Knivsta;;;;;17,6389;59,8586\n"  // lies in Uppsala
                                     "2;B;;;;648000;6638000;;\n"          // metres
                                     "3;C;Uppsala;;;;;1,0;1,0\n"          // far away
                                     "4;D;Uppsala;;;x;y;;\n"              // no numbers
                                     "5;;Uppsala;;;;;;\n"                 // no name
                                     "1;E;Uppsala;;;;;17,6389;59,8586\n"  // the same number again
                                     "7;F;Göteborg;;;;;;\n"));
    EXPECT_THAT(report.reasons, ElementsAre(Pair("bad_position", 1), Pair("duplicate_id", 1),
                                            Pair("no_name", 1), Pair("outside_box", 1)));
    EXPECT_EQ(report.outside, 1U);
    EXPECT_EQ(place("1").doubt, "said to be in Knivsta, lies in Uppsala");
    EXPECT_TRUE(place("2").point);
    expect_sound();
}

TEST_F(Shops, OfTheCountyAreNeverTakenForAnotherCountys)
{
    auto const report =
        import("shops", folder.write("a.csv",
                                     "id;namn;kommun\n1;A;Uppsala kommun\n2;B;380\n3;C;-\n"
                                     "4;D;Upsala\n5;E;Östhammars kommun\n6;F;0319 Älvkarleby\n"
                                     "7;G;Stockholms stad\n8;H;180\n9;I;4711\n"));
    EXPECT_EQ(report.kept(), 5U);
    EXPECT_EQ(report.outside, 2U);
    EXPECT_THAT(report.reasons, ElementsAre(Pair("unknown_place", 2)));
    EXPECT_THAT(report.rows.at(0).message, HasSubstr("\"Upsala\" is no kommun that is known"));
    auto const kommun = [&](std::string const& id) { return store->county()->areas[place(id).area].name; };
    EXPECT_EQ(kommun("1"), "Uppsala");
    EXPECT_EQ(kommun("2"), "Uppsala");
    EXPECT_EQ(kommun("5"), "Östhammar");
    EXPECT_EQ(kommun("6"), "Älvkarleby");
    expect_sound();
}

TEST_F(Shops, WithoutAPositionAreFoundByTheirAddress)
{
    new_store("uppsala");
    auto const uppsala = store->county()->areas.by_name("Uppsala");
    MapPoint const somewhere = store->county()->profile.crs.metres({17.6389, 59.8586});
    auto session = store->begin_places({.name = "osm", .title = "x"}, "a");
    ASSERT_TRUE(session);
    ASSERT_TRUE((*session)->put(NamedPlace{.source = "osm",
                                           .source_key = "n1",
                                           .sort = PlaceSort::address,
                                           .name = "Kungsgatan 12",
                                           .street = "Kungsgatan",
                                           .house_number = "12",
                                           .area = uppsala,
                                           .point = somewhere}));
    ASSERT_TRUE((*session)->commit());
    auto const report = import("shops", folder.write("a.csv",
                                                     "id;namn;kommun;adress\n1;A;Uppsala;Kungsgatan 12\n"
                                                     "2;B;Uppsala;Kungsgatan 99\n"));
    ASSERT_TRUE(place("1").point);
    EXPECT_NEAR(place("1").point->east, somewhere.east, 0.01);
    EXPECT_FALSE(place("2").point);
    EXPECT_THAT(report.notes, Contains("without a position, found by their address: 1 row"));
}

TEST_F(Shops, ComeInSpreadsheetsToo)
{
    auto const sheet = xlsx_of({{"Butiker",
                                 {{"Butiksregister 2024 (påhittat)"},
                                  {"Butik", "Kommun", "Certifierad", "Punkt 1"},
                                  {"Exempelboden", "Heby", "2024-03-01", "Ja"}}}});
    EXPECT_EQ(import("shops", folder.write("register.xlsx", sheet)).kept(), 1U);
    auto const survey = xlsx_of(
        {{"Enkät", {{"Kommun", "Fråga", "Andel", "n"}, {"Heby", "Otrygg ute (påhittat)", "12,5", "40"}}}});
    EXPECT_EQ(import("figures", folder.write("enkat_2024.xlsx", survey)).kept(), 1U);
    EXPECT_THAT(*store->figures({.measure = "survey_share"}), SizeIs(1));
}

TEST_F(Shops, OfATableWithoutNamesAreRefused)
{
    auto const report = try_import("shops", folder.write("a.csv", "x,y\n1,2\n"));
    ASSERT_FALSE(report);
    EXPECT_THAT(report.error().message, HasSubstr("no column that tells the shop's name"));
}

TEST_F(Shops, SurveysAndYearlyTablesAreFigures)
{
    auto const survey = import("figures", made_up("trygghetsmatning_pahittad_2024.csv"), {.set = kOwnAreas});
    EXPECT_EQ(survey.kept(), 3U);
    EXPECT_EQ(survey.outside, 1U);
    ASSERT_THAT(survey.rows, SizeIs(1));
    EXPECT_EQ(survey.rows[0].message, "the value 21 lies outside its interval, 25 to 31");
    auto const share = store->figures({.measure = "survey_share"});
    EXPECT_THAT(*share,
                Contains(::testing::AllOf(
                    ::testing::Field(&Figure::area_name, "Uppsala"), ::testing::Field(&Figure::value, 27.5),
                    ::testing::Field(&Figure::n, 412), ::testing::Field(&Figure::low, 23.3))));
    EXPECT_EQ(import("figures", made_up("anmalda_brott_pahittade_2024.csv"), {.about = "klotter"}).kept(),
              2U);
    auto const wrong = [&](std::string const& row) {
        auto const report = import("figures", folder.write("s_2024.csv", "kommun;andel;n\n" + row + "\n"));
        return report.rows.empty() ? std::string{} : report.rows[0].message;
    };
    EXPECT_THAT(wrong("Heby;120;10"), HasSubstr("the share is 120, expected 0 to 100"));
    EXPECT_THAT(wrong("Heby;12;10,5"), HasSubstr("\"10,5\" cannot be understood"));
    EXPECT_EQ(wrong("Heby;12;10"), "");
    expect_sound();
}

TEST_F(Shops, FiguresOfTheCountyAreNeverTakenForAnotherCountys)
{
    auto const report = import("figures", folder.write("a_2024.csv",
                                                       "kommun;antal\nUppsala kommun;1\n381;2\nUppsalla;3\n"
                                                       "Stockholm;4\n180;5\nRiket;6\nSkåne län;7\n"
                                                       "Uppsala län;8\n"));
    EXPECT_EQ(report.kept(), 3U);
    EXPECT_EQ(report.outside, 4U);
    EXPECT_THAT(report.reasons, ElementsAre(Pair("unknown_place", 1)));
    auto const figures = *store->figures({});
    EXPECT_THAT(figures, Contains(::testing::AllOf(::testing::Field(&Figure::area_code, "0381"),
                                                   ::testing::Field(&Figure::value, 2.0))));
    auto const regions =
        import("figures", folder.write("b_2024.csv", "regsokod;befolkning\n0180R001;5\n0380R001;6\n"));
    EXPECT_EQ(regions.outside, 1U);
    EXPECT_EQ(regions.kept(), 1U);
    expect_sound();
}

TEST(KommunNames, KnowOnlyTheirOwnWhereTheCountyIsNoneOfSwedens)
{
    auto const read = [](std::string const& profile, std::string const& written) {
        auto const county = county_named(profile);
        auto const names = KommunNames::of(*county);
        return names ? names->read(written).which : throw std::runtime_error{names.error().message};
    };
    using Which = KommunNames::Which;
    EXPECT_EQ(read("uppsala", "Uppsala"), Which::own);
    EXPECT_EQ(read("uppsala",
                   " H\xc3\xa5"
                   "bo\xc2\xa0kommun "),
              Which::own);
    EXPECT_EQ(read("uppsala", "Uppsala l\xc3\xa4n"), Which::county);
    EXPECT_EQ(read("uppsala", "Bor\xc3\xa5s stad"), Which::elsewhere);
    EXPECT_EQ(read("uppsala", "G\xc3\xb6teborgs kommun"), Which::elsewhere);
    EXPECT_EQ(read("uppsala", "117"), Which::elsewhere);
    for (auto const* county : {"03", "03 Uppsala l\xc3\xa4n", "03 Uppsala", "3 Uppsala l\xc3\xa4n"})
        EXPECT_EQ(read("uppsala", county), Which::county) << county;
    for (auto const* other :
         {"00", "00 Riket", "00 Hela riket", "01", "01 Stockholms l\xc3\xa4n", "01 Stockholm"})
        EXPECT_EQ(read("uppsala", other), Which::elsewhere) << other;
    for (auto const* unknown : {"", "-", "38", "9999", "Upsala", "380 Uppsala", "Ort", "3", "3 Uppsala",
                                "4 S", "01 Uppsala", "10 \xc3\x85keri", "03 G\xc3\xa4vleborgs l\xc3\xa4n"})
        EXPECT_EQ(read("uppsala", unknown), Which::unknown) << unknown;
    EXPECT_EQ(read("houston", "0117"), Which::unknown);
    EXPECT_EQ(read("houston", "03"), Which::unknown);
    EXPECT_EQ(read("houston", "Stockholm"), Which::unknown);
}

TEST_F(Shops, FiguresOfOneRowAreCountedTogether)
{
    auto const take = [&](std::string const& rows) {
        return import("figures", folder.write("a_2024.csv", "kommun;antal;per 100 000\n" + rows));
    };
    EXPECT_EQ(take("Uppsala;5;1\n").new_, 1U);
    EXPECT_EQ(take("Uppsala;5;2\n").revised, 1U);
    EXPECT_EQ(take("Uppsala;5;2\n").unchanged, 1U);
    auto const twice = take("Uppsala;5;2\nUppsala;5;3\n");
    EXPECT_THAT(twice.reasons, ElementsAre(Pair("duplicate_id", 1)));
    EXPECT_EQ(twice.unchanged, 1U);
    expect_sound();
}

TEST_F(Shops, FiguresTellNoMoreAnswersThanThereCanBe)
{
    auto const report =
        import("figures", folder.write("a_2024.csv",
                                       "kommun;andel;n\nHeby;12;1e300\nTierp;12;9007199254740992\n"
                                       "Uppsala;12;9223372036854775808\n"));
    EXPECT_THAT(report.reasons, ElementsAre(Pair("bad_number", 2)));
    EXPECT_THAT(*store->figures({.measure = "survey_share"}),
                ElementsAre(::testing::Field(&Figure::n, std::int64_t{9'007'199'254'740'992})));
}

TEST_F(Shops, FiguresOfACensusAreFoundByTheirGeoid)
{
    auto const report =
        import("figures",
               folder.write("blocks_2020.csv", "geoid,population,lon,lat\n471570042003027,20,-90.05,35.13\n"),
               {.set = "blocks"});
    EXPECT_EQ(report.kept(), 1U);
    EXPECT_EQ(store->figures({.measure = "population"})->at(0).area_code, "471570042003027");
}

TEST(SecurityPoints, AreThirteenAndKnownByTheirHeadings)
{
    auto const points = SecurityPoints::load();
    ASSERT_TRUE(points) << points.error().message;
    EXPECT_THAT(points->points(), SizeIs(13));
    EXPECT_EQ(points->of_heading("Punkt 13"), 12U);
    EXPECT_EQ(points->of_heading("P7"), 6U);
    EXPECT_EQ(points->of_heading("7. Larm"), 6U);
    EXPECT_EQ(points->of_heading(" Överfallslarm och telefon "), 6U);
    for (auto const* heading : {"punkt 14", "0", "postnummer", "p", "", "latitud", "typ"})
        EXPECT_EQ(points->of_heading(heading), std::nullopt) << heading;
    EXPECT_FALSE(SecurityPoints::from_toml("", "x"));
    EXPECT_FALSE(SecurityPoints::from_toml("[[point]]\nnumber = 2\nsv = \"a\"\nen = \"b\"\n", "x"));
}

TEST(SecurityPoints, AreAnsweredInTheWordsOfRegisters)
{
    for (auto const* met : {"Ja", "x", "1", " uppfylld "})
        EXPECT_EQ(parse_point_answer(met), PointAnswer{1.0}) << met;
    for (auto const* not_met : {"nej", "0", "Saknas"})
        EXPECT_EQ(parse_point_answer(not_met), PointAnswer{0.0}) << not_met;
    EXPECT_EQ(parse_point_answer("delvis"), PointAnswer{0.5});
    EXPECT_EQ(parse_point_answer(""), PointAnswer{});
    EXPECT_EQ(parse_point_answer("kanske"), std::nullopt);
    EXPECT_EQ(to_text(*parse_register_date("2024-03-01 00:00:00")), "2024-03-01");
    EXPECT_EQ(parse_register_date("01/03/2024"), std::nullopt);
    EXPECT_EQ(parse_register_date("2024-03-011"), std::nullopt);
}

}  // namespace
}  // namespace riskbild::importers
