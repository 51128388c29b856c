#include <cmath>
#include <filesystem>
#include <fstream>
#include <vector>

#include <gtest/gtest.h>

#include "geo_core/area.hpp"
#include "geo_core/border_segments.hpp"
#include "geo_core/figure_table.hpp"
#include "geo_core/profile.hpp"
#include "tests/support/made_up_county.hpp"

namespace riskbild {
namespace {

using testing::kCorner;
using testing::made_up_county;

AreaSet const& kommuner()
{
    static auto const areas = load_areas(load_profile("uppsala").value()).value();
    return areas;
}

TEST(AreaSet, APlaceOnASharedBorderLiesInExactlyOneArea)
{
    auto const& areas = made_up_county()->areas;
    for (int i = 0; i <= 40; ++i) {
        MapPoint const on_border{kCorner.east + 10'000.0, kCorner.north + i * 499.0};
        int inside = 0;
        for (auto const& area : areas.areas())
            inside += AreaSet{"", "", 0_m, {area}}.at(on_border) != kNoArea;
        EXPECT_EQ(inside, 1) << i;
    }
}

TEST(AreaSet, FindsNothingOutside)
{
    auto const& areas = made_up_county()->areas;
    EXPECT_EQ(areas.at({kCorner.east - 1.0, kCorner.north + 5.0}), kNoArea);
    EXPECT_EQ(areas.at({0.0, 0.0}), kNoArea);
    EXPECT_EQ(areas.at({std::nan(""), kCorner.north}), kNoArea);
    EXPECT_EQ(AreaSet{}.at(kCorner), kNoArea);
}

TEST(AreaSet, RespectsHoles)
{
    Area const ring{"01",
                    "Ring",
                    {{{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {{{40, 40}, {60, 40}, {60, 60}, {40, 60}}}}}};
    AreaSet const areas{"", "", 0_m, {ring}};
    EXPECT_NE(areas.at({20, 50}), kNoArea);
    EXPECT_EQ(areas.at({50, 50}), kNoArea);
}

TEST(AreaSet, FindsByNameWhateverTheCase)
{
    auto const& areas = kommuner();
    EXPECT_EQ(areas[areas.by_name("ÖSTHAMMAR")].code, "0382");
    EXPECT_EQ(areas[areas.by_name("älvkarleby")].code, "0319");
    EXPECT_EQ(areas.by_name("Söderhamn"), kNoArea);
    EXPECT_EQ(areas.by_code("0380"), areas.by_name("Uppsala"));
    EXPECT_EQ(areas.by_code("9999"), kNoArea);
}

TEST(Kommuner, AreEightWithPopulationAndDoNotOverlap)
{
    auto const all = kommuner().areas();
    ASSERT_EQ(all.size(), 8U);
    std::int64_t population = 0;
    double area = 0.0;
    for (auto const& kommun : all) {
        population += kommun.population;
        area += square_metres(kommun.shape);
    }
    EXPECT_EQ(population, 404'589);
    // A grid of points over the county hits each at most once, and as often as the area says.
    int hits = 0;
    auto const box = kommuner().bounds();
    for (double east = box.min.east + 250.0; east < box.max.east; east += 500.0)
        for (double north = box.min.north + 250.0; north < box.max.north; north += 500.0)
            hits += kommuner().at({east, north}) != kNoArea;
    EXPECT_NEAR(hits * 250'000.0, area, 0.002 * area);
}

TEST(Kommuner, HoldTheirSeats)
{
    auto const crs = load_profile("uppsala").value().crs;
    auto const name_at = [&](double lng, double lat) {
        return kommuner()[kommuner().at(crs.metres({lng, lat}))].name;
    };
    EXPECT_EQ(name_at(17.6389, 59.8586), "Uppsala");
    EXPECT_EQ(name_at(17.0778, 59.6357), "Enköping");
    EXPECT_EQ(name_at(17.5175, 60.3436), "Tierp");
    EXPECT_EQ(name_at(17.5277, 59.5690), "Håbo");
    EXPECT_EQ(name_at(18.3700, 60.2590), "Östhammar");
}

TEST(ForEachFigure, FindsColumnsByNameAndNamesWhatItCannotUnderstand)
{
    auto const file = std::filesystem::path{::testing::TempDir()} / "riskbild_figures.csv";
    std::ofstream{file} << "b,a\r\n2,1\r\n4,x\r\n";
    std::vector<double> seen;
    auto const take = [&](FigureRow const& row) {
        auto const number = figure_number(row[0]);
        seen.push_back(number.value_or(-1.0));
        return number.has_value();
    };
    auto const read = for_each_figure(file, {"a"}, take);
    EXPECT_EQ(seen, (std::vector<double>{1.0, -1.0}));
    EXPECT_EQ(read.error().message, "riskbild_figures.csv row 2: \"4,x\" cannot be understood");
    EXPECT_EQ(for_each_figure(file, {"c"}, take).error().field, "c");
    EXPECT_EQ(for_each_figure("no/such/file.csv", {"a"}, take).error().code, ErrorCode::not_found);
    std::filesystem::remove(file);
}

TEST(LowerCase, KnowsSwedishLetters)
{
    EXPECT_EQ(lower_case("ÅÄÖ É Upplands VÄSBY ×"), "åäö é upplands väsby ×");
}

TEST(LoadProfile, ListsWhatThereIs)
{
    auto const profile = load_profile("atlantis");
    ASSERT_FALSE(profile);
    EXPECT_EQ(profile.error().code, ErrorCode::not_found);
    EXPECT_NE(profile.error().message.find("uppsala"), std::string::npos);
}

TEST(LoadProfile, EveryProfileOpensWithItsAreas)
{
    for (auto const& name : profile_names()) {
        auto const profile = load_profile(name);
        ASSERT_TRUE(profile) << profile.error().message;
        auto const areas = load_areas(*profile);
        ASSERT_TRUE(areas) << areas.error().message;
        EXPECT_FALSE(areas->areas().empty()) << name;
    }
}

TEST(ParseProfile, NamesTheKeyAtFault)
{
    auto const field_of = [](std::string const& toml) { return parse_profile(toml, "p").error().field; };
    std::string const head = "title.sv='a'\ntitle.en='a'\n";
    EXPECT_EQ(field_of(head), "epsg");
    EXPECT_EQ(field_of(head + "epsg=4326\n"), "epsg");
    EXPECT_EQ(field_of(head + "epsg=3006\n"), "time_zone");
    EXPECT_EQ(field_of(head + "epsg=3006\ntime_zone='Mars/Olympus'\n"), "time_zone");
    EXPECT_EQ(field_of(head + "epsg=3006\ntime_zone='Europe/Stockholm'\naccepted_box=[19,59,17,60]\n"),
              "accepted_box");
    EXPECT_EQ(parse_profile("epsg=", "p").error().code, ErrorCode::unreadable);
}

TEST(BorderSegments, NeighboursShareAStretchOfBorderNotOnlyACorner)
{
    auto const neighbours = BorderSegments(made_up_county()->areas).neighbours();
    ASSERT_EQ(neighbours.size(), 4U);
    EXPECT_EQ(neighbours[0], (std::vector<std::size_t>{1, 2}));
    EXPECT_EQ(neighbours[3], (std::vector<std::size_t>{1, 2}));
}

TEST(BorderSegments, EveryPieceOfTheKommunerBelongsToOneOrTwo)
{
    BorderSegments const segments(kommuner());
    std::size_t shared = 0;
    for (auto const& area : kommuner().areas()) {
        auto const& ring = area.shape.front().outer;
        for (std::size_t i = 0; i < ring.size(); ++i) {
            auto const& a = ring[i];
            auto const& b = ring[(i + 1) % ring.size()];
            auto const there = segments.areas_at(a, b);
            EXPECT_EQ(there.data(), segments.areas_at(b, a).data());
            ASSERT_GE(there.size(), 1U);
            ASSERT_LE(there.size(), 2U);
            shared += there.size() - 1;
        }
    }
    EXPECT_GT(shared, 100U);
    EXPECT_TRUE(segments.areas_at({0, 0}, {1, 1}).empty());
}

}  // namespace
}  // namespace riskbild
