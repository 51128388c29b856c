#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "importers/areas/area_file.hpp"
#include "importers/figures/figure_fields.hpp"
#include "made_files.hpp"
#include "place_world.hpp"

namespace riskbild::importers {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

TEST(AreaLabel, IsWithoutStrayBlanks)
{
    EXPECT_EQ(area_label(" Håbo (Håbo landsbygd ) "), "Håbo (Håbo landsbygd)");
    EXPECT_EQ(area_label("Heby  ( Östra\xc2\xa0Heby)"), "Heby (Östra Heby)");
    EXPECT_EQ(area_label(""), "");
}

TEST(FigureNumbers, AreReadAsSwedishTablesWriteThem)
{
    auto const number = [](char const* text) { return parse_figure(text)->value; };
    EXPECT_EQ(number("1 234"), 1234.0);
    EXPECT_EQ(number("1\xc2\xa0"
                     "234,5"),
              1234.5);
    EXPECT_EQ(number("32,5 %"), 32.5);
    EXPECT_EQ(number("-3"), -3.0);
    for (auto const* const withheld : {"", "..", "-", "–", "."})
        EXPECT_EQ(number(withheld), std::nullopt) << withheld;
    for (auto const* const none : {"x", "1,2,3", "nan", "inf", "12 st"})
        EXPECT_FALSE(parse_figure(none)) << none;
    EXPECT_EQ(parse_interval("28,1–36,9"), (std::pair{28.1, 36.9}));
    EXPECT_EQ(parse_interval("[28.1; 36.9]"), (std::pair{28.1, 36.9}));
    EXPECT_EQ(parse_interval("-2 - 3"), (std::pair{-2.0, 3.0}));
    EXPECT_FALSE(parse_interval("36–28"));
    EXPECT_FALSE(parse_interval("28"));
}

class Areas : public PlaceWorld {
protected:
    /// Squares in SWEREF 99 TM around Uppsala's midpoint: `names` with codes, 1 km each, side by side.
    std::string squares(std::string const& features)
    {
        return folder.write("squares.geojson",
                            R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":)"
                            R"("urn:ogc:def:crs:EPSG::3006"}},"features":[)" +
                                features + "]}");
    }
    static std::string feature(std::string const& code, std::string const& name, std::string const& rings,
                               std::string const& type = "Polygon")
    {
        return R"({"type":"Feature","properties":{"kod":")" + code + R"(","namn":")" + name +
               R"("},"geometry":{"type":")" + type + R"(","coordinates":)" + rings + "}}";
    }
    static std::string square(double east)
    {
        return fmt::format("[[[{0},6638000],[{1},6638000],[{1},6639000],[{0},6639000],[{0},6638000]]]", east,
                           east + 1000);
    }
    static std::string bow()
    {
        return "[[[650000,6638000],[651000,6639000],[651000,6638000],[650000,6639000],[650000,6638000]]]";
    }
};

TEST_F(Areas, AreTakenAsASetRepairedAndTold)
{
    auto const file =
        squares(feature("A", "Ett", square(646000)) + "," + feature("B", "Två", square(646900)) + "," +
                feature("C", "Rosett", bow()) + "," + feature("", "Ingen", square(640000)) + "," +
                feature("P", "Punkt", "[646000,6638000]", "Point") + "," +
                feature("S", "Skåne",
                        "[[[400000,6200000],[401000,6200000],[401000,6201000],"
                        "[400000,6200000]]]"));
    auto const report = import("areas", file, {.set = "own", .valid_from = 2020});
    EXPECT_EQ(report.read, 6U);
    EXPECT_EQ(report.new_, 3U);
    EXPECT_EQ(report.outside, 1U);
    EXPECT_THAT(report.reasons, ElementsAre(Pair("no_id", 1), Pair("no_polygon", 1)));
    EXPECT_THAT(report.notes, Contains(HasSubstr("Ett and Två overlap by 0.10 km²")));
    EXPECT_THAT(report.notes, Contains(HasSubstr("the border of Rosett was repaired: Self-intersection")));
    auto const sets = store->area_sets(true);
    ASSERT_EQ(sets->size(), 1U);
    auto const& areas = sets->front().areas;
    ASSERT_EQ(areas.size(), 3U);
    EXPECT_EQ(areas[0].area, store->county()->areas.by_name("Uppsala"));
    EXPECT_DOUBLE_EQ(square_metres(areas[0].shape), 1e6);
    EXPECT_DOUBLE_EQ(square_metres(areas[2].shape), 5e5);
    auto const again = import("areas", file, {.set = "own", .valid_from = 2020});
    EXPECT_EQ(again.unchanged, 3U);
    EXPECT_EQ(again.revision, report.revision);
    import("areas", file, {.set = "own", .valid_from = 2025});
    EXPECT_EQ(store->area_sets(false)->size(), 2U);
    expect_sound();
}

TEST_F(Areas, OfAFileThatIsNoneAreRefusedWithASentence)
{
    auto const message = [&](std::string const& path, PlaceOptions options = {.set = "x"}) {
        auto const report = try_import("areas", path, std::move(options));
        return report ? std::string{} : report.error().message;
    };
    EXPECT_THAT(message(folder.write("a.geojson", "{\"type\":")), HasSubstr("a.geojson"));
    EXPECT_THAT(message((folder.path() / "none.gpkg").string()), HasSubstr("there is no file"));
    auto const file = squares(feature("A", "Ett", square(646000)));
    EXPECT_THAT(message(file, {}), HasSubstr("--set"));
    EXPECT_THAT(message(file, {.set = "x", .code_field = "nr"}),
                HasSubstr("has no field nr; it has kod, namn"));
    auto const wkt = folder.write("w.csv", "kod,WKT\nA,\"POLYGON((0 0,1 0,1 1,0 0))\"\n");
    EXPECT_THAT(message(wkt), HasSubstr("does not tell its coordinate system"));
    EXPECT_THAT(message(folder.write("p.tab", "!table\n!version 900\n")),
                HasSubstr("read as fields separated by commas it has the fields !table"));
    EXPECT_TRUE(store->area_sets(false)->empty());
}

TEST_F(Areas, OfAFileThatPointsElsewhereAreNotLookedForThere)
{
    auto const error_of = [&](std::string const& path) {
        auto const report = try_import("areas", path, {.set = "x"});
        return report ? "taken" : report.error().message;
    };
    auto const secret = folder.write("secret.csv", "kod,namn\n1,hemlig\n");
    for (auto const* const name : {"areas.json", "areas.vrt", "areas.csv"})
        EXPECT_THAT(
            error_of(folder.write(name, "<OGRVRTDataSource><OGRVRTLayer name=\"secret\"><SrcDataSource>" +
                                            secret + "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>")),
            HasSubstr("only names other files (VRT), which are not opened"));
    auto const linked = folder.write(
        "linked.geojson", R"({"type":"FeatureCollection","crs":{"type":"link","properties":{"href":)"
                          R"("http://127.0.0.1:9/crs.wkt"}},"features":[)" +
                              feature("A", "Ett", square(646000)) + "]}");
    EXPECT_THAT(error_of(linked), HasSubstr("points to an address, which is not followed"));
    EXPECT_THAT(error_of((folder.path() / "uppsala.gpkg").string()), HasSubstr("is a store of Riskbild"));
    EXPECT_THAT(error_of("/vsicurl/http://127.0.0.1:9/areas.geojson"), HasSubstr("there is no file"));
    EXPECT_TRUE(store->area_sets(false)->empty());
}

TEST_F(Areas, AreNamedByTheFieldThatIsCalledLikeTheirSet)
{
    auto const file =
        folder.write("p.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature",)"
                                  R"("properties":{"size":7,"Precinct":"Airways"},"geometry":{)"
                                  R"("type":"Polygon","coordinates":[[[17.60,59.80],[17.62,59.80],)"
                                  R"([17.62,59.82],[17.60,59.80]]]}}]})");
    for (std::string const set : {"precinct", "precincts"}) {
        EXPECT_EQ(import("areas", file, {.set = set}).kept(), 1U);
        auto const sets = store->area_sets(false);
        EXPECT_EQ(sets->back().areas.front().code, "Airways");
        EXPECT_EQ(sets->back().areas.front().name, "Airways");
    }
    auto const other = try_import("areas", file, {.set = "beat"});
    ASSERT_FALSE(other);
    EXPECT_THAT(other.error().message, HasSubstr("name them with --code-field and --name-field"));
    auto const coded =
        import("areas", folder.write("c.csv", "precinct,name\n0380A,Airways\n"), {.set = "precinct"});
    EXPECT_THAT(coded.notes, Contains(HasSubstr("code from precinct, name from name")));
}

TEST_F(Areas, AreReadWhateverTheFileIsCalledAndHoweverItIsPacked)
{
    auto const text = read_all(squares(feature("A", "Ett", square(646000))));
    auto const kept = [&](std::string const& set, std::string const& name, std::string const& bytes) {
        return import("areas", folder.write(name, bytes), {.set = set}).kept();
    };
    EXPECT_EQ(kept("plain", "areas.txt", text), 1U);
    EXPECT_EQ(kept("packed", "areas.geojson.xz", packed(text, Packer::xz)), 1U);
    EXPECT_EQ(kept("zipped", "areas.zip", zip_of({{"areas.geojson", text}})), 1U);
    EXPECT_EQ(
        kept("sheet", "areas.xlsx", xlsx_of({{"Blad1", {{"Kod", "Namn"}, {"0380A", "Uppsala (Ett)"}}}})), 1U);
    EXPECT_EQ(kept("old", "latin1.csv", "kod;namn\r\n0380B;Uppsala (\xc5rsta)\r\n"), 1U);
    auto const sets = store->area_sets(false);
    auto const old = std::ranges::find(*sets, "old", &StoredAreaSet::name);
    ASSERT_NE(old, sets->end());
    EXPECT_EQ(old->areas.front().name, "Uppsala (Årsta)");
    auto const odd = import(
        "areas", folder.write("odd.csv", "kod,namn\n0380C,Uppsala,3\n0380D,Uppsala (D)\n"), {.set = "odd"});
    EXPECT_THAT(odd.reasons, ElementsAre(Pair("wrong_columns", 1)));
    EXPECT_EQ(odd.rows.at(0).payload, R"({"kod":"0380C","namn":"Uppsala","column_3":"3"})");
}

TEST_F(Areas, OfOneOfSeveralLayersAreThoseThatAreNamed)
{
    auto const error_of = [&](std::string const& path, PlaceOptions const& options) {
        auto const report = try_import("areas", path, options);
        return report ? fmt::format("read {}", report->read) : report.error().message;
    };
    auto const kept_codes = [&](std::string const& path, PlaceOptions const& options) {
        import("areas", path, options);
        std::string codes;
        auto const sets = store->area_sets(false);
        for (auto const& set : *sets)
            if (set.name == options.set)
                for (auto const& area : set.areas)
                    codes += area.code;
        return codes;
    };
    auto const map = folder.path() / "two.gpkg", shapes = folder.path() / "shapes";
    for (auto const& [layer, code, east] :
         {std::tuple{"ett", "A", 646000.0}, std::tuple{"tva", "B", 647000.0}}) {
        auto const from = squares(feature(code, "Namn", square(east)));
        copy_layer(from, map, "GPKG", layer);
        copy_layer(from, shapes, "ESRI Shapefile", layer);
    }
    Members members;
    for (auto const& part : std::filesystem::directory_iterator{shapes})
        members.emplace_back(part.path().filename().string(), read_all(part.path()));
    auto const zip = folder.write("two.zip", zip_of(members));
    Cells const heading{{"Kod", "Namn"}, {"0380A", "Uppsala (Ett)"}};
    auto const sheets = folder.write(
        "two.xlsx", xlsx_of({{"ett", heading}, {"tva", {{"Kod", "Namn"}, {"0380B", "Uppsala (Två)"}}}}));

    EXPECT_EQ(error_of(map.string(), {.set = "x"}),
              "two.gpkg: holds 2 layers; name one with --layer: ett (1 rows), tva (1 rows)");
    EXPECT_THAT(error_of(map.string(), {.layer = "tre", .set = "x"}), HasSubstr("there is no layer \"tre\""));
    EXPECT_THAT(error_of(zip, {.set = "x"}), HasSubstr("name one with --layer: "));
    EXPECT_THAT(error_of(sheets, {.set = "x"}), HasSubstr("name one with --layer: "));
    EXPECT_EQ(kept_codes(map.string(), {.layer = "tva", .set = "map"}), "B");
    EXPECT_EQ(kept_codes(zip, {.layer = "tva", .set = "zip"}), "B");
    EXPECT_EQ(kept_codes(sheets, {.layer = "tva", .set = "sheets"}), "0380B");
}

TEST_F(Areas, OfTheOnlyLayerThatHasSomeAreReadAndTheOthersTold)
{
    auto const map = folder.path() / "areas.gpkg";
    write_layer(map, "GPKG", "skolor", 3006, {{.x = 646000, .y = 6638000, .fields = {{"namn", "Skolan"}}}});
    copy_layer(squares(feature("A", "Ett", square(646000))), map, "GPKG", "omraden");
    auto const report = import("areas", map.string(), {.set = "x"});
    EXPECT_EQ(report.kept(), 1U);
    EXPECT_THAT(report.notes, Contains(HasSubstr("without areas, which are not read: skolor")));
}

TEST_F(Areas, OfAllFoldersOfAKmlFileAreOneSet)
{
    auto const part = [](char const* name, char const* area, double west) {
        return fmt::format(
            "<Folder><name>{0}</name><Placemark><name>{1}</name><Polygon><outerBoundaryIs>"
            "<LinearRing><coordinates>{2},59.80 {3},59.80 {3},59.82 {2},59.80</coordinates>"
            "</LinearRing></outerBoundaryIs></Polygon></Placemark></Folder>",
            name, area, west, west + 0.01);
    };
    auto const kml = [&](char const* area_in_the_south) {
        return folder.write("delar.kml",
                            R"(<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>)" +
                                part("Norr", "Svartbäcken", 17.60) + part("Syd", area_in_the_south, 17.62) +
                                "</Document></kml>");
    };
    auto const same = try_import("areas", kml("Svartbäcken"), {.set = "x"});
    ASSERT_FALSE(same);
    EXPECT_EQ(same.error().field, "layer");
    EXPECT_THAT(same.error().message, HasSubstr("Svartbäcken is in the folders Norr and Syd"));
    auto const file = kml("Sunnersta");
    auto const report = import("areas", file, {.set = "x"});
    EXPECT_EQ(report.kept(), 2U);
    EXPECT_THAT(report.notes, Contains(HasSubstr("its folders are read as one set: Norr, Syd")));
    EXPECT_EQ(import("areas", file, {.layer = "Syd", .set = "syd"}).kept(), 1U);
}

TEST_F(Areas, ReplaceTheBuiltInBordersAndTellHowFarTheyAreGeneralised)
{
    RISKBILD_NEEDS_REAL_FILES();
    auto const profile = *load_profile("uppsala");
    auto const file = [](char const* name) { return (shared_data() / "areas" / name).string(); };
    auto const detailed =
        own_areas_from(file("osm_uppsala_lan_kommuner_detailed_wgs84.geojson"), profile, {});
    ASSERT_TRUE(detailed) << detailed.error().message;
    EXPECT_EQ(detailed->areas.areas().size(), 8U);
    EXPECT_NE(detailed->areas.by_name("Östhammar"), kNoArea);
    EXPECT_EQ(detailed->areas[detailed->areas.by_code("0380")].population, 245329);
    EXPECT_LT(detailed->areas.generalised(), 20_m);
    EXPECT_THAT(detailed->notes, Not(Contains(HasSubstr("warning"))));
    auto const coarse = own_areas_from(file("uppsala_lan_kommuner_sweref99tm.geojson"), profile, {});
    ASSERT_TRUE(coarse);
    EXPECT_GT(coarse->areas.generalised(), kWarnGeneralised);
    EXPECT_THAT(coarse->notes, Contains(HasSubstr("warning: borders may lie more than 250 m")));
    auto const told =
        own_areas_from(file("uppsala_lan_kommuner_sweref99tm.geojson"), profile, {.generalised = 50_m});
    EXPECT_EQ(told->areas.generalised(), 50_m);
}

TEST_F(Areas, OfEachSortPutUppsalasStopsIntoKommunerAsAnIndependentCountDoes)
{
    RISKBILD_NEEDS_REAL_FILES();
    auto const profile = *load_profile("uppsala");
    for (auto const& [name, expected] : {std::pair{"osm_uppsala_lan_kommuner_detailed_wgs84.geojson", 4027},
                                         std::pair{"uppsala_lan_kommuner_sweref99tm.geojson", 3934}}) {
        auto const own = own_areas_from((shared_data() / "areas" / name).string(), profile, {});
        ASSERT_TRUE(own);
        store = std::move(*create_store(folder.path() / (std::string{name} + ".gpkg"), profile, own->areas));
        import("gtfs", (shared_data() / "transit" / "gtfs_ul_2023").string());
        int inside = 0;
        for (auto const& place : places()) {
            if (place.sort != PlaceSort::stop_area || !place.name.ends_with(')') || !place.point)
                continue;
            auto const opening = place.name.rfind('(');
            auto const area =
                own->areas.by_name(place.name.substr(opening + 1, place.name.size() - opening - 2));
            inside += area != kNoArea && own->areas.at(*place.point) == area ? 1 : 0;
        }
        EXPECT_EQ(inside, expected) << name;
    }
}

class Figures : public PlaceWorld {
protected:
    static constexpr char const* kOffences =
        "\xef\xbb\xbfKommun;Antal;Per 100 000 inv.\r\nUppsala;1 234;503\r\nHåbo kommun;..;-\r\nGävle;12;5\r\n"
        "Heby;x;1\r\nUppsala län;2 000;510\r\n";
};

TEST_F(Figures, OfOffencesAreKeptByKommunAndYear)
{
    auto const file = folder.write("klotter_2023.csv", kOffences);
    auto const report = import("figures", file, {.about = "klotter"});
    EXPECT_EQ(report.new_, 3U);
    EXPECT_EQ(report.outside, 1U);
    EXPECT_THAT(report.reasons, ElementsAre(Pair("bad_number", 1)));
    auto const figures = store->figures({.measure = "reported_offences", .area_set = kOwnAreas});
    ASSERT_EQ(figures->size(), 4U);  // number and rate of two kommuner
    EXPECT_EQ(figures->front().area_code, "0305");
    EXPECT_EQ(figures->front().value, std::nullopt);
    EXPECT_EQ(figures->back().area_code, "0380");
    EXPECT_EQ(figures->back().period, "2023-01-01..2024-01-01");
    EXPECT_EQ(figures->back().about, "klotter");
    auto const again = import("figures", file, {.about = "klotter"});
    EXPECT_EQ(again.revision, report.revision);
    auto const next =
        import("figures", folder.write("klotter_2024.csv", "Kommun;Antal\nUppsala;1300\nHeby;1;2\n"),
               {.about = "klotter"});
    EXPECT_EQ(next.rows.at(0).payload, R"({"Kommun":"Heby","Antal":"1","column_3":"2"})");
    EXPECT_EQ(store->figures({.measure = "reported_offences"})->size(), 7U);
    expect_sound();
}

TEST_F(Figures, OfTheCountryAndOfOthersAreOutsideWhateverTheSet)
{
    std::string const rows =
        "00 Riket;1\n01 Stockholms län;2\n03 Uppsala län;3\n0114 Upplands Väsby;4\n0114;5\nRiket;6\n";
    auto const kept = [&](std::string const& set, std::string const& more) {
        auto const file = folder.write(set + "_2023.csv", "område;befolkning\n" + rows + more);
        auto const report = import("figures", file, {.source_name = set, .set = set});
        EXPECT_EQ(report.set_aside, 0U) << set;
        std::vector<std::string> codes;
        auto const figures = store->figures({.source = set});
        for (auto const& figure : *figures)
            codes.push_back(fmt::format("{} {} {}", figure.area_set, figure.area_code, figure.area_name));
        std::ranges::sort(codes);
        return codes;
    };
    auto const* const county = "county uppsala 03 Uppsala län";
    EXPECT_THAT(kept("areas", "0380 Uppsala;7\n01;9\n"), ElementsAre("areas 0380 0380 Uppsala", county));
    EXPECT_THAT(kept("regso", "0380 Uppsala;7\nUppsala (Luthagen);8\n"),
                ElementsAre("areas 0380 0380 Uppsala", county, "regso  Uppsala (Luthagen)"));
    EXPECT_THAT(
        kept("polisomrade", "03;9\n"),
        ElementsAre(county, "polisomrade  0114", "polisomrade  0114 Upplands Väsby", "polisomrade  03"));
}

TEST_F(Figures, OfSurveysHaveTheirInterval)
{
    auto const file = folder.write("trygg.csv",
                                   "Område,Fråga,År,Andel,n,Intervall\n"
                                   "Enköping,Otrygg ute sent,2022,\"32,5\",410,\"28,1–36,9\"\n"
                                   "Enköping,Otrygg ute sent,20222,\"32,5\",410,\"28,1–36,9\"\n"
                                   "Enköping,Otrygg ute sent,2021,\"32,5\",410,\"36–28\"\n");
    auto const missing = try_import("figures", file);
    ASSERT_FALSE(missing);
    EXPECT_THAT(missing.error().message, HasSubstr("--set"));
    auto const report = import("figures", file, {.set = kOwnAreas});
    EXPECT_THAT(report.reasons, ElementsAre(Pair("bad_number", 1), Pair("bad_time", 1)));
    auto const figures = store->figures({});
    ASSERT_EQ(figures->size(), 1U);
    auto const& figure = figures->front();
    EXPECT_EQ(figure.measure, "survey_share");
    EXPECT_EQ(figure.about, "Otrygg ute sent");
    EXPECT_EQ(figure.value, 32.5);
    EXPECT_EQ(figure.n, 410);
    EXPECT_EQ(figure.low, 28.1);
    EXPECT_EQ(figure.high, 36.9);
}

TEST_F(Figures, OfATableWithoutWhatIsNeededAreRefusedWithASentence)
{
    auto const message = [&](std::string const& name, std::string const& text, PlaceOptions options = {}) {
        auto const report = try_import("figures", folder.write(name, text), std::move(options));
        return report ? std::string{} : report.error().message;
    };
    EXPECT_THAT(message("a_2023.csv", "x,y\n1,2\n"), HasSubstr("no column that tells the area"));
    EXPECT_THAT(message("a_2023.csv", "kommun,y\nHeby,2\n"), HasSubstr("no column that tells the number"));
    EXPECT_THAT(message("a.csv", "kommun,antal\nHeby,2\n"), HasSubstr("--year"));
    EXPECT_THAT(message("a.csv", "kommun,antal\nHeby,2\n", {.year = "23"}), HasSubstr("the year is \"23\""));
    EXPECT_THAT(message("a_2023.csv", "kommun,värde\nHeby,2\n"), HasSubstr("--measure"));
    EXPECT_EQ(message("a_2023.csv", "kommun,värde\nHeby,2\n", {.measure = "jobs"}), "");
}

TEST_F(Figures, OfRegsoAreJoinedToTheirSetByName)
{
    RISKBILD_NEEDS_REAL_FILES();
    auto const file = (shared_data() / "areas" / "regso_uppsala_lan_population_2023.csv").string();
    auto const before = import("figures", file);
    EXPECT_EQ(before.kept(), 123U);
    EXPECT_THAT(before.notes, Contains(HasSubstr("the store has no area set regso")));
    EXPECT_EQ(import("areas", file, {.set = "regso"}).kept(), 123U);
    auto const after = import("figures", file, {.source_name = "scb"});
    EXPECT_EQ(after.kept(), 123U);
    double county = 0;
    auto const figures = store->figures({.measure = "population", .source = "scb"});
    for (auto const& figure : *figures) {
        EXPECT_FALSE(figure.area_code.empty()) << figure.area_name;
        county += *figure.value;
    }
    EXPECT_EQ(county, 404'589);  // the file's own column, summed by another program
    expect_sound();
}

}  // namespace
}  // namespace riskbild::importers
