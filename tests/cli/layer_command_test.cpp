#include <tuple>

#include "tests/cli/commands.hpp"

namespace riskbild::cli::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class LayerCommand : public Commands {};

TEST_F(LayerCommand, WritesEveryLayerInEveryFormatThatSuits)
{
    auto const sound = imported_store();
    struct Case {
        char const* layer;
        char const* file;
        char const* begins;
    };
    for (auto const& one : {Case{"density", "d.tif", "II"},
                            {"density", "d.csv", "east,north,density\r\n"},
                            {"rates", "r.gpkg", "SQLite format 3"},
                            {"rates", "r.geojson", "{"},
                            {"rates", "r.csv", "code,name,n,"},
                            {"repeat_locations", "p.gpkg", "SQLite format 3"},
                            {"repeat_locations", "p.geojson", "{"},
                            {"repeat_locations", "p.csv", "rank,east,north,"}}) {
        auto const file = folder / one.file;
        auto const ran = riskbild({"layer", one.layer, "--store", sound, "--out", file, "--json"});
        ASSERT_EQ(ran.exit_code, 0) << one.file << ran.out << ran.err;
        auto const answer = ran.json();
        EXPECT_EQ(answer["n"], 10) << one.file;
        EXPECT_EQ(answer["left_out"], 0) << one.file;
        EXPECT_TRUE(answer["reasons"].is_object());
        EXPECT_EQ(answer["period"]["from"], "2025-03-01");
        EXPECT_EQ(answer["bytes"], std::filesystem::file_size(file));
        EXPECT_EQ(read_file(file).substr(0, std::string(one.begins).size()), one.begins) << one.file;
        auto const again = riskbild({"layer", one.layer, "--store", sound, "--out", file});
        EXPECT_EQ(again.exit_code, 2) << "must not overwrite " << one.file;
        EXPECT_THAT(again.err, HasSubstr("--force"));
    }
    EXPECT_EQ(riskbild({"layer", "rates", "--store", sound, "--out", folder / "r.csv", "--force"}).exit_code,
              0);
    for (auto const& entry : std::filesystem::directory_iterator(folder.path()))
        EXPECT_THAT(entry.path().filename().string(), Not(HasSubstr(".part-")));
}

TEST_F(LayerCommand, PutsUnitNAndLeftOutIntoTheFile)
{
    auto const sound = imported_store();
    ASSERT_EQ(
        riskbild({"layer", "repeat_locations", "--store", sound, "--out", folder / "p.geojson"}).exit_code,
        0);
    auto const geojson = nlohmann::json::parse(read_file(folder / "p.geojson"));
    EXPECT_EQ(geojson["riskbild"]["n"], "10");
    EXPECT_EQ(geojson["riskbild"]["left_out"], "0");
    EXPECT_EQ(geojson["riskbild"]["period"], "2025-03-01..2025-03-11");
    ASSERT_EQ(geojson["features"].size(), 1U);
    EXPECT_EQ(geojson["features"][0]["properties"]["n"], 10);
    EXPECT_NEAR(geojson["features"][0]["geometry"]["coordinates"][0].get<double>(), 17.6389, 1e-6);
    EXPECT_NEAR(geojson["features"][0]["geometry"]["coordinates"][1].get<double>(), 59.8586, 1e-6);

    ASSERT_EQ(
        riskbild({"layer", "density", "--store", sound, "--out", folder / "d.tif", "--filter", "kinds=theft"})
            .exit_code,
        0);
    auto const info = run_program({"gdalinfo", "-json", folder / "d.tif"});
    if (info.exit_code == 127)
        GTEST_SKIP() << "gdalinfo is not installed";
    auto const tif = info.json();
    EXPECT_EQ(tif["metadata"][""]["n"], "10");
    EXPECT_EQ(tif["metadata"][""]["filter"], "kinds=theft");
    EXPECT_EQ(tif["bands"][0]["type"], "Float64");
    EXPECT_THAT(tif["coordinateSystem"]["wkt"].get<std::string>(), HasSubstr("3006"));

    ASSERT_EQ(riskbild({"layer", "rates", "--store", sound, "--out", folder / "r.gpkg"}).exit_code, 0);
    auto const rates = run_program({"ogrinfo", "-al", "-so", folder / "r.gpkg"});
    EXPECT_THAT(rates.out, HasSubstr("n=10"));
    EXPECT_THAT(rates.out, HasSubstr("Geometry: Multi Polygon"));
    EXPECT_THAT(rates.out, HasSubstr("Feature Count: 8"));
}

TEST_F(LayerCommand, WritesNoFileWhereAViewMayNotSee)
{
    auto const ran = riskbild({"layer", "repeat_locations", "--store", imported_store(), "--out",
                               folder / "p.csv", "--as", "public", "--json"});
    EXPECT_EQ(ran.exit_code, 1);
    EXPECT_EQ(ran.json()["code"], "forbidden");
    EXPECT_FALSE(std::filesystem::exists(folder / "p.csv"));
}

TEST_F(LayerCommand, MarksExportsOfTheDemoAsMadeUpAndNamesItsPlaces)
{
    ASSERT_EQ(riskbild({"demo", "--store", store, "--reports", "3000", "--no-serve"}).exit_code, 0);
    auto const exported = [&](char const* layer, std::string const& name) {
        auto const ran = riskbild({"layer", layer, "--store", store, "--out", folder / name});
        EXPECT_EQ(ran.exit_code, 0) << ran.err;
        return read_file(folder / name);
    };
    auto const made_up = HasSubstr("butiker, klotter, police, polis_uttag, ul");
    EXPECT_THAT(exported("rates", "r.csv"), Not(made_up));
    EXPECT_THAT(read_file(folder / "r.csv-metadata.json"), made_up);
    EXPECT_THAT(exported("density", "d.tif"), made_up);
    EXPECT_THAT(exported("rates", "r.geojson"), made_up);
    auto const places = exported("repeat_locations", "p.csv");
    EXPECT_THAT(places, HasSubstr("rank,east,north,area,area_name,n,"));
    EXPECT_THAT(places, HasSubstr(",\"Exempel"));
    EXPECT_THAT(exported("density", "d #1.csv"), Not(HasSubstr(",0\r\n"))) << "only cells where something is";
    auto const metadata = nlohmann::json::parse(read_file(folder / "d #1.csv-metadata.json"));
    EXPECT_EQ(metadata["url"], "d%20%231.csv");
    EXPECT_EQ(metadata["notes"][0]["lattice_cell"], "250");

    // Withheld is not nothing.
    auto const withheld = riskbild({"layer", "rates", "--store", store, "--out", folder / "w.csv", "--as",
                                    "public", "--filter", "kinds=drugs;period=2024-01-01..2025-01-01"});
    EXPECT_EQ(withheld.exit_code, 0) << withheld.err;
    EXPECT_THAT(withheld.out, HasSubstr("too small to publish"));
    EXPECT_THAT(withheld.out, Not(HasSubstr("no incident matches")));
}

TEST_F(LayerCommand, SaysWhereTheDataLieWhenNothingMatches)
{
    std::ignore = imported_store();
    auto const ran = riskbild({"layer", "density", "--store", store, "--out", folder / "d.tif", "--filter",
                               "period=1999-01-01..2000-01-01"});
    EXPECT_THAT(ran.out, HasSubstr("options cell=250, "));
    EXPECT_THAT(ran.out,
                HasSubstr("note: no incident matches the filter; there are incidents from 2025-03-01 up to"));
}

}  // namespace
}  // namespace riskbild::cli::testing
