#include <filesystem>

#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "imported_points.hpp"
#include "importers/points/points_importer.hpp"
#include "importers/readers/open_table.hpp"
#include "made_files.hpp"
#include "test_files.hpp"

namespace riskbild::importers {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

// A table read to its end, as text: `a|b` a row; or what is wrong.
struct ReadTable {
    std::string error;
    std::vector<std::string> columns;
    std::vector<std::string> rows;
    std::vector<std::string> faults;
    std::vector<MapPoint> points;
    std::string form;
    std::vector<std::string> notes;
    int epsg = 0;
};

ReadTable read_table(Result<ByteSource> source, TableOptions const& options = {})
{
    ReadTable read;
    auto table = source ? open_table(*source, options) : Failure{source.error()};
    if (!table) {
        read.error = table.error().message;
        return read;
    }
    auto& t = **table;
    read.columns = t.columns();
    read.epsg = t.point_epsg();
    for (auto round : {1, 2}) {  // reading it again gives the same
        std::vector<std::string> rows;
        while (true) {
            auto const more = t.next();
            if (!more) {
                read.error = more.error().message;
                return read;
            }
            if (!*more)
                break;
            if (round == 1 && t.fault())
                read.faults.push_back(
                    fmt::format("{} {}: {}", t.row(), t.fault()->reason, t.fault()->message));
            if (round == 1 && t.point())
                read.points.push_back(*t.point());
            rows.push_back(fmt::format("{}", fmt::join(t.fields(), "|")));
            for (auto const& extra : t.extra_fields())
                rows.back() += fmt::format("+{}={}", extra.column, extra.text);
        }
        EXPECT_TRUE(round == 1 || rows == read.rows);
        read.rows = rows;
        read.form = t.form();
        read.notes = t.notes();
        EXPECT_TRUE(round == 2 || t.rewind());
    }
    return read;
}

ReadTable read_bytes(std::string bytes, TableOptions const& options = {})
{
    return read_table(ByteSource::from_memory("t", std::move(bytes)), options);
}

TEST(Tables, AreReadFromUtf16)
{
    for (auto const big_endian : {false, true}) {
        std::u16string const text = u"\xfeffid\tplats\r\n1\tSkutskär \xd83d\xde00\r\n2\tHåbo\r\n";
        std::string bytes;
        for (auto const c : text) {
            auto const high = static_cast<char>(c >> 8);
            auto const low = static_cast<char>(c & 0xff);
            bytes += big_endian ? std::string{high, low} : std::string{low, high};
        }
        auto const table = read_bytes(bytes);
        EXPECT_THAT(table.columns, ElementsAre("id", "plats"));
        EXPECT_THAT(table.rows, ElementsAre("1|Skutskär 😀", "2|Håbo"));
        EXPECT_EQ(table.form, "fields separated by tabs, UTF-16");
    }
    std::string long_text = "\xff\xfe";
    for (int i = 0; i < 300'000; ++i)
        long_text += std::string{"a\0,\0", 4} + (i % 20 == 19 ? std::string{"\n\0", 2} : std::string{});
    EXPECT_EQ(read_bytes(long_text).rows.size(), 14'999U);
}

TEST(Tables, HaveLimits)
{
    std::string const csv = "a,b\n1,2\n3," + std::string(100, 'x') + "\n5,6\n";
    auto const table = read_bytes(csv, {.csv = {}, .layer = {}, .limits = {.rows = 10, .field_bytes = 50}});
    EXPECT_THAT(table.faults, ElementsAre("2 too_long: b is 100 bytes long, at most 50 are read"));
    EXPECT_EQ(read_bytes(csv, {.csv = {}, .layer = {}, .limits = {.rows = 2}}).error,
              "t: more than 2 rows, the most that are read of one file; split it");
}

TEST(Tables, FlattenJson)
{
    auto const table =
        read_bytes(R"({"id":1,"location":{"name":"Håbo","gps":"59.6,17.5"},"tags":["a","b"],"n":17.50})"
                   "\n"
                   R"({"id":2,"location":null,"things":[{"x":1}]})");
    EXPECT_THAT(table.columns,
                ElementsAre("id", "location", "location.gps", "location.name", "n", "tags", "things"));
    EXPECT_THAT(table.rows, ElementsAre("1||59.6,17.5|Håbo|17.50|a, b|", "2||||||[{\"x\":1}]"));
    EXPECT_EQ(table.form, "JSON Lines");
}

TEST(Tables, KeepFieldsThatLaterRecordsOfJsonBring)
{
    std::string json;
    for (int i = 0; i < 1000; ++i)
        json += fmt::format("{{\"id\":{}}}\n", i);
    json += "{\"id\":1000,\"late\":\"x\"}\n";
    auto const table = read_bytes(json);
    EXPECT_THAT(table.columns, ElementsAre("id"));
    EXPECT_EQ(table.rows.back(), "1000+late=x");
    EXPECT_THAT(table.notes, ElementsAre(HasSubstr("1 row has fields that the first 1000 did not have")));
}

constexpr auto kFeature =
    R"({"type":"Feature","id":7,"properties":{"kind":"theft"},"geometry":{"type":"Point","coordinates":[17.6,59.80]}})";

TEST(Tables, ReadGeoJson)
{
    std::string const line =
        R"({"type":"Feature","properties":{"kind":"road"},"geometry":{"type":"LineString",)"
        R"("coordinates":[[1,2],[3,4]]}})";
    auto const table = read_bytes(R"({ "type": "FeatureCollection", "name": "features", "features" : [)" +
                                  std::string{kFeature} + "," + line + R"(], "bbox": [1,2,3,4] })");
    EXPECT_EQ(table.error, "");
    EXPECT_THAT(table.columns, ElementsAre("id", "kind", "geometry"));
    EXPECT_EQ(table.rows[0], "7|theft|POINT (17.6 59.80)");
    EXPECT_THAT(table.rows[1], HasSubstr("LineString"));
    EXPECT_EQ(table.points.size(), 1U);
    EXPECT_EQ(table.epsg, 4326);
    EXPECT_EQ(table.form, "GeoJSON, EPSG:4326");
    auto const lines = read_bytes("\x1e" + std::string{kFeature} + "\n\x1e" + kFeature + "\n");
    EXPECT_EQ(lines.rows.size(), 2U);
    EXPECT_EQ(lines.form, "GeoJSON, one feature a line, EPSG:4326");
}

TEST(Tables, PassOverABrokenLineOfJsonLines)
{
    auto const table = read_bytes(
        "{\"id\":1,\"kind\":\"theft\"},\n"
        "{\"id\":2,\"kind\":\"the\n"
        "\x1e{\"id\":3,\"kind\":\r\n{\"code\":\"a\\nb\"}}\r\n"
        "{\"id\":4,\"kind\":\"B\xe5lsta\",} {\"id\":5}\r\n"
        "{\"id\":6,\"at\":[{\"x\":1}\n"
        "  {\"id\":7,\"kind\":\"theft\"}}\n"
        "Error: timeout, {\n"
        "{\"id\":8,\"ki");
    EXPECT_EQ(table.error, "");
    EXPECT_THAT(table.columns, ElementsAre("id", "kind", "kind.code"));
    EXPECT_THAT(table.rows, ElementsAre("1|theft|", R"({"id":2,"kind":"the)", "3||a\nb",
                                        R"({"id":4,"kind":"Bålsta",})", "5||", R"({"id":6,"at":[{"x":1})",
                                        "7|theft|", "}", "Error: timeout, {", R"({"id":8,"ki)"));
    EXPECT_THAT(table.faults,
                ElementsAre("2 bad_record: the object on this line does not end", HasSubstr("4 bad_record: "),
                            "6 bad_record: the object on this line does not end",
                            "8 bad_record: found \"}\", expected an object",
                            "9 bad_record: found \"E\", expected an object",
                            "10 bad_record: the file is cut off in the middle of an object"));
    EXPECT_EQ(read_bytes("{\"id\":1\n{\"id\":2").error, "t row 1: the object on this line does not end");
}

TEST(Tables, RefuseGeoJsonThatIsCutOffOrPointsElsewhere)
{
    std::string const feature = kFeature;
    EXPECT_THAT(read_bytes(R"({"type":"FeatureCollection","features":[)" + feature + ",").error,
                HasSubstr("t row 2: the file is cut off"));
    EXPECT_THAT(read_bytes(R"({"type":"FeatureCollection","features":[)" + feature + "]").error,
                HasSubstr("cut off or broken behind the features"));
    auto const with_crs = [&](std::string const& crs) {
        return read_bytes(R"({"type":"FeatureCollection","crs":)" + crs + R"(,"features":[)" + feature +
                          "]}");
    };
    EXPECT_THAT(with_crs(R"({"type":"link","properties":{"href":"http://127.0.0.1:9/crs.wkt"}})").error,
                HasSubstr("lies behind an address, which is not followed"));
    EXPECT_EQ(with_crs(R"({"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3006"}})").epsg, 3006);
    EXPECT_THAT(with_crs(R"({"type":"name","properties":{"name":"mine"}})").error, HasSubstr("is not known"));
    EXPECT_THAT(read_bytes(R"({"type":"FeatureCollection","features":[)" + feature +
                           R"(],"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3006"}}})")
                    .error,
                HasSubstr("behind the features"));
}

Cells const kSheet{{"Nr", "När", "Lng", "Lat", "Text"},
                   {"1", "#45726.927083333336", "17.638899999999999", "=59.8586", "Klotter"},
                   {},
                   {"2", "#45727", "17.6", "59", ""}};

TEST(Tables, ReadASpreadsheet)
{
    TemporaryFolder const folder;
    auto const path = folder.write("lista.xlsx", xlsx_of({{"Blad1", kSheet}}));
    auto const table = read_table(ByteSource::open(path));
    EXPECT_EQ(table.error, "");
    EXPECT_THAT(table.columns, ElementsAre("Nr", "När", "Lng", "Lat", "Text"));
    EXPECT_THAT(table.rows, ElementsAre("1|2025-03-10 22:15:00|17.6389|59.8586|Klotter",
                                        "2|2025-03-11 00:00:00|17.6|59|"));
    EXPECT_EQ(table.form, "XLSX, sheet Blad1");
    // Whatever it is called, and from memory or a pipe.
    EXPECT_EQ(read_bytes(xlsx_of({{"Blad1", kSheet}})).rows, table.rows);
}

TEST(Tables, FindTheHeadingBelowATitle)
{
    auto sheet = kSheet;
    sheet.insert(sheet.begin(), {{"Anmälningar 2025"}, {}});
    auto const table = read_bytes(xlsx_of({{"Blad1", sheet}}, "A1:E1"));
    EXPECT_THAT(table.columns, ElementsAre("Nr", "När", "Lng", "Lat", "Text"));
    EXPECT_EQ(table.rows.size(), 2U);
    EXPECT_THAT(table.notes,
                Contains("the heading is row 2 of those that are not empty; above it stands \"Anmälningar "
                         "2025\""));
}

TEST(Tables, AskWhichSheetIsMeant)
{
    auto const two = xlsx_of({{"Januari", kSheet}, {"Februari", kSheet}});
    EXPECT_EQ(read_bytes(two).error,
              "t: holds 2 sheets; name one with --layer: Januari (4 rows), Februari (4 rows)");
    EXPECT_EQ(read_bytes(two, {.csv = {}, .layer = "Februari", .limits = {}}).rows.size(), 2U);
    EXPECT_THAT(read_bytes(two, {.csv = {}, .layer = "Febuari", .limits = {}}).error,
                HasSubstr("there is no sheet \"Febuari\"; did you mean Februari?"));
    EXPECT_EQ(read_bytes(xlsx_of({{"Data", kSheet}, {"Tom", {}}})).rows.size(), 2U)
        << "the other one is empty";
}

TEST(Tables, RefuseASpreadsheetThatUnpacksToTooMuch)
{
    auto source = ByteSource::from_memory(
        "t.xlsx", xlsx_of({{"A", Cells(20'000, {"1", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})}}),
        {.bytes = 1'000'000});
    auto const table = open_table(source, {});
    ASSERT_FALSE(table);
    EXPECT_THAT(table.error().message, HasSubstr("more than 1000000 bytes of data"));
}

std::vector<MapPointRow> const kRows{{648000.5, 6637000.25, {{"id", "1"}, {"plats", "Håbo"}}},
                                     {648100, 6637100, {{"id", "2"}, {"plats", ""}}}};

TEST(Tables, ReadMapLayers)
{
    TemporaryFolder const folder;
    for (auto const& [driver, ending] :
         {std::pair{"GPKG", "gpkg"}, {"FlatGeobuf", "fgb"}, {"ESRI Shapefile", "shp"}, {"GML", "gml"}}) {
        auto const file = folder.path() / (std::string{"points."} + ending);
        write_layer(file, driver, "points", 3006, kRows);
        auto const table = read_table(ByteSource::open(file.string()));
        ASSERT_EQ(table.error, "") << driver;
        EXPECT_EQ(table.epsg, 3006) << driver;
        ASSERT_EQ(table.points.size(), 2U) << driver;
        EXPECT_THAT(table.points, Contains(MapPoint{648000.5, 6637000.25})) << driver;
        EXPECT_THAT(table.rows,
                    Contains(testing::AllOf(HasSubstr("Håbo"), HasSubstr("POINT (648000.5 6637000.25)"))))
            << driver;
        EXPECT_THAT(table.columns, testing::IsSupersetOf({"id", "plats", "geometry"})) << driver;
    }
    write_layer(folder.path() / "p.kml", "KML", "points", 4326,
                {{17.6, 59.8, {{"Name", "x"}, {"plats", "Håbo"}}}});
    auto const kml = read_table(ByteSource::open((folder.path() / "p.kml").string()));
    EXPECT_EQ(kml.error, "");
    ASSERT_EQ(kml.points.size(), 1U);
    EXPECT_EQ(kml.points[0], (MapPoint{17.6, 59.8}));
}

TEST(Tables, ReadAShapefileFromAnArchive)
{
    TemporaryFolder const folder;
    write_layer(folder.path() / "points.shp", "ESRI Shapefile", "points", 3006, kRows);
    Members members;
    for (auto const* ending : {".shp", ".dbf", ".shx", ".prj", ".cpg"})
        members.emplace_back(std::string{"data/points"} + ending,
                             read_all(folder.path() / (std::string{"points"} + ending)));
    auto const table = read_bytes(zip_of(members));
    EXPECT_EQ(table.error, "");
    EXPECT_EQ(table.points.size(), 2U);
    EXPECT_EQ(table.form, "Shapefile, EPSG:3006");
    auto twice = members;
    for (auto [name, bytes] : members)
        twice.emplace_back("data/other" + name.substr(name.size() - 4), bytes);
    EXPECT_EQ(read_bytes(zip_of(twice)).error,
              "t: holds several shapefiles; name one with --layer: points, other");
    EXPECT_EQ(read_bytes(zip_of(twice), {.csv = {}, .layer = "other", .limits = {}}).points.size(), 2U);
}

TEST(Tables, ReadKmlFromAnArchiveOfSeveralFiles)
{
    TemporaryFolder const folder;
    auto const file = folder.path() / "p.kml";
    write_layer(file, "KML", "points", 4326, {{17.6, 59.8, {{"Name", "x"}}}});
    for (auto const& members :
         {Members{{"doc.kml", read_all(file)}}, Members{{"doc.kml", read_all(file)}, {"files/a.png", "x"}}}) {
        auto const table = read_bytes(zip_of(members));
        EXPECT_EQ(table.error, "");
        EXPECT_EQ(table.points.size(), 1U);
    }
}

TEST(Tables, SayWhatAShapefileLacks)
{
    TemporaryFolder const folder;
    write_layer(folder.path() / "points.shp", "ESRI Shapefile", "points", 3006, kRows);
    fs::remove(folder.path() / "points.prj");
    auto const path = (folder.path() / "points.shp").string();
    auto const table = read_table(ByteSource::open(path));
    EXPECT_EQ(table.epsg, 0);
    EXPECT_EQ(table.form, "Shapefile, no coordinate system");
    fs::remove(folder.path() / "points.dbf");
    EXPECT_EQ(read_table(ByteSource::open(path)).error,
              "points.shp: has no columns; is the .dbf file missing beside it?");
}

// GDAL's reader of ODS gives up on a large sheet and hands out the rows that it has; of KML and GML it reads
// on until the file breaks off.
TEST(Tables, NeverPassHalfATableForAWholeOne)
{
    TemporaryFolder const folder;
    std::vector<MapPointRow> const many(40'000,
                                        {0, 0, {{"a", std::string(300, 'x')}, {"b", std::string(300, 'y')}}});
    auto const ods = folder.path() / "large.ods";
    write_layer(ods, "ODS", "Blad1", 0, many, false);
    auto const table = read_table(ByteSource::open(ods.string()));
    EXPECT_TRUE(table.rows.size() == many.size() ||
                table.error.find("cannot be read to its end") != std::string::npos)
        << table.rows.size() << table.error;
    for (auto const& [driver, ending] : {std::pair{"KML", "kml"}, {"GML", "gml"}}) {
        auto const whole = folder.path() / (std::string{"whole."} + ending);
        write_layer(whole, driver, "points", 4326,
                    std::vector<MapPointRow>(2000, {17.6, 59.8, {{"Name", "x"}}}));
        auto const bytes = read_all(whole);
        EXPECT_EQ(read_bytes(bytes).rows.size(), 2000U) << driver;
        EXPECT_NE(read_bytes(bytes.substr(0, bytes.size() / 2)).error, "") << driver;
    }
}

TEST(Tables, RefuseAStoreOfOursAndGeoPackagesThatReachElsewhere)
{
    TemporaryFolder const folder;
    auto const store = (folder.path() / "county.gpkg").string();
    ASSERT_TRUE(create_store(store, *load_profile("uppsala")));
    EXPECT_EQ(read_table(ByteSource::open(store)).error,
              "county.gpkg: is a store of Riskbild, not a table to import; name it with --store");

    struct Forged {
        std::string name, page, sql;
    };
    auto made = 0;
    for (auto const& [name, page, sql] :
         {Forged{"secrets", "0", "CREATE VIRTUAL TABLE secrets USING"},
          Forged{"secrets", "5", "CREATE VIRTUAL TABLE secrets USING"},
          Forged{"secrets", "0", "CREATE/**/ VIRTUAL TABLE secrets USING"},
          Forged{"secrets using rtree(", "0", "CREATE VIRTUAL TABLE \"secrets using rtree(\" USING"}}) {
        auto const reaching = (folder.path() / ("reaching" + std::to_string(++made) + ".gpkg")).string();
        write_layer(reaching, "GPKG", "points", 3006, kRows);
        sqlite3* db = nullptr;
        ASSERT_EQ(sqlite3_open(reaching.c_str(), &db), SQLITE_OK);
        auto const forge = "PRAGMA writable_schema = 1; INSERT INTO sqlite_master VALUES ('table', '" + name +
                           "', '" + name + "', " + page + ", '" + sql +
                           " VirtualText(''/etc/passwd'', ''UTF-8'')')";
        ASSERT_EQ(sqlite3_exec(db, forge.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(db);
        EXPECT_THAT(read_table(ByteSource::open(reaching)).error, HasSubstr("may read other files")) << sql;
    }
}

TEST(Tables, RefuseFilesThatOnlyNameOthers)
{
    TemporaryFolder const folder;
    auto const csv = folder.write("secret.csv", "a,b\n1,2\n");
    for (std::string const start : {"", "<?xml version=\"1.0\"?>\n<!-- x -->\n"})
        EXPECT_THAT(read_bytes(start + "<OGRVRTDataSource><OGRVRTLayer name=\"secret\"><SrcDataSource>" +
                               csv + "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>")
                        .error,
                    HasSubstr("only names other files (VRT), which are not opened"));
    EXPECT_THAT(read_bytes("<?xml version=\"1.0\"?><rss/>").error,
                HasSubstr("is XML (rss) that is neither KML nor GML"));
}

TEST(Tables, NameTheFilesOfAnArchiveToChooseFrom)
{
    EXPECT_EQ(read_bytes(zip_of({{"a.csv", "a\n"}, {"b.csv", "b\n"}})).error,
              "t: holds several files; name one as t/a.csv: a.csv, b.csv");
}

TEST(Tables, OfAnyFormatBecomeReports)
{
    TemporaryFolder const folder;
    auto const file = folder.path() / "points.gpkg";
    write_layer(file, "GPKG", "points", 3006, kRows);
    auto const columns = profile(
        "source='t'\ntitle='T'\nid='id'\n[time]\nfixed='2025-01-01..2025-02-01'\n[position]\ngeometry=true\n"
        "[kind]\nfixed='theft'\n[words]\nplace='plats'\n");
    FakeStore store{county_of_squares()};
    auto source = ByteSource::open(file.string());
    auto const report =
        import_points(store, *source, {.columns = columns, .now = at("2026-06-01T12:00:00Z")});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->new_, 2U);
    auto const place = std::get<PointPlace>(store.report("1").place);
    EXPECT_NEAR(place.point.east, 648000.5, 0.001);
    EXPECT_NEAR(place.point.north, 6637000.25, 0.001);
    EXPECT_EQ(store.report("1").occurred,
              (TimeInterval{at("2024-12-31T23:00:00Z"), at("2025-01-31T23:00:00Z")}));
    EXPECT_EQ(store.report("1").observed_at, at("2025-01-31T23:00:00Z"));
    EXPECT_THAT(report->notes, Contains(HasSubstr("GeoPackage, layer points, EPSG:3006")));

    write_layer(folder.path() / "bare.gpkg", "GPKG", "list", 0, kRows, false);
    auto bare = ByteSource::open((folder.path() / "bare.gpkg").string());
    auto const without = import_points(store, *bare, {.columns = columns, .now = at("2026-06-01T12:00:00Z")});
    EXPECT_THAT(without.error().message,
                HasSubstr("lacks the column geometry, which the column profile test needs"));
}

TEST(Tables, OfGeometryWithoutACoordinateSystemAskForIt)
{
    TemporaryFolder const folder;
    write_layer(folder.path() / "points.shp", "ESRI Shapefile", "points", 0, kRows);
    std::string const toml =
        "source='t'\ntitle='T'\nid='id'\n[time]\nfixed='2025-01-01..2025-02-01'\n[kind]\nfixed='theft'\n"
        "[position]\ngeometry=true\n";
    auto const import = [&](std::string const& more) {
        auto store = FakeStore{county_of_squares()};
        auto source = ByteSource::open((folder.path() / "points.shp").string());
        auto const report = import_points(
            store, *source, {.columns = profile(toml + more), .now = at("2026-06-01T12:00:00Z")});
        return report ? fmt::format("kept {}", report->kept()) : report.error().message;
    };
    EXPECT_THAT(import(""),
                HasSubstr("does not say its coordinate system (is the .prj file missing beside it?)"));
    EXPECT_EQ(import("epsg=3006\n"), "kept 2");
}

TEST(Tables, ReadNorthAndEastTheOtherWayRoundOnlyWhenTold)
{
    std::string const toml =
        "source='t'\ntitle='T'\nid='id'\n[time]\nfrom='from'\n[kind]\nfixed='theft'\n[position]\nx='x'\ny='y'"
        "\nepsg=3006\n";
    std::string const csv = "id,from,x,y\n1,2025-03-10,6637000,648000\n2,2025-03-10,648000,6637000\n";
    auto const offered = import_csv(csv, profile(toml));
    ASSERT_EQ(offered->report->rows.size(), 1U);
    EXPECT_EQ(offered->report->rows[0].reason, "swapped_position");
    EXPECT_THAT(offered->report->rows[0].message, HasSubstr("swap = true"));
    auto const applied = import_csv(csv, profile(toml + "swap=true\n"));
    EXPECT_EQ(applied->report->kept(), 1U);
    EXPECT_EQ(applied->report->rows[0].row, 2U);
}

TEST(Tables, WithDatesInThreeStylesKeepThoseOfTheProfile)
{
    auto const imported = import_rows(
        "1,2025-03-10,,theft,17.6,59.8,,,\n2,31/03/2025,,theft,17.6,59.8,,,\n3,03/31/"
        "2025,,theft,17.6,59.8,,,\n"
        "4,03/04/2025,,theft,17.6,59.8,,,\n");
    EXPECT_EQ(imported->report->kept(), 1U);
    ASSERT_EQ(imported->report->rows.size(), 3U);
    EXPECT_THAT(imported->report->rows[0].message, HasSubstr("is written as day, month, year"));
    EXPECT_THAT(imported->report->rows[1].message, HasSubstr("is written as month, day, year"));
    EXPECT_EQ(imported->report->rows[2].reason, "bad_time");
}

}  // namespace
}  // namespace riskbild::importers
