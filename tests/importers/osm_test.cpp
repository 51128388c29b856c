#include <array>
#include <chrono>
#include <fstream>
#include <map>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "importers/areas/shape_repair.hpp"
#include "importers/geocode/locate.hpp"
#include "importers/osm/osm_fields.hpp"
#include "importers/osm/street_merge.hpp"
#include "made_osm.hpp"
#include "place_world.hpp"

namespace riskbild::importers {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

OsmObject object(std::vector<OsmTag> tags)
{
    return {.id = "node/1", .tags = std::move(tags)};
}

TEST(OsmFields, TagsTellWhatAPlaceIs)
{
    EXPECT_EQ(osm_kind(object({{"shop", "kiosk"}})), (OsmKind{PlaceSort::shop, "shop=kiosk"}));
    EXPECT_EQ(osm_kind(object({{"amenity", "pub"}, {"name", "Krogen"}})),
              (OsmKind{PlaceSort::shop, "amenity=pub"}));
    EXPECT_EQ(osm_kind(object({{"place", "village"}, {"name", "Gåvsta"}})),
              (OsmKind{PlaceSort::urban_area, "place=village"}));
    EXPECT_FALSE(osm_kind(object({{"shop", "vacant"}})));
    EXPECT_FALSE(osm_kind(object({{"highway", "bus_stop"}})));  // without a name
    EXPECT_FALSE(osm_kind(object({{"amenity", "bench"}})));
    EXPECT_TRUE(is_street(object({{"highway", "residential"}, {"name", "Storgatan"}})));
    EXPECT_FALSE(is_street(object({{"highway", "proposed"}, {"name", "Storgatan"}})));
    EXPECT_THAT(house_numbers(object({{"addr:housenumber", "12; 14,"}})), ElementsAre("12", "14"));
    EXPECT_EQ(street_of(object({{"addr:place", "Torp"}})), "Torp");
    EXPECT_FALSE(is_of_interest(object({{"highway", "motorway_junction"}, {"name", "Trafikplats Fullerö"}})));
}

TEST(StreetMerge, PiecesThatLieTogetherAreOneStreet)
{
    auto const piece = [](std::int64_t id, std::uint32_t name, double east, AreaId area = AreaId{1}) {
        return StreetPiece{id, name, area, {{{east, 0}, {east + 100, 0}}}};
    };
    auto const streets = merged_streets({piece(7, 0, 100), piece(3, 0, 0), piece(9, 0, 340),
                                         piece(4, 0, 5000), piece(5, 1, 0), piece(6, 0, 0, AreaId{2})});
    ASSERT_EQ(streets.size(), 4U);
    EXPECT_EQ(streets[0].id, 3);
    EXPECT_EQ(streets[0].lines.size(), 3U);  // 140 m apart at the most
    EXPECT_EQ(streets[0].midpoint, (MapPoint{200, 0}));
    EXPECT_EQ(streets[1].id, 4);
    EXPECT_EQ(streets[2].id, 5);
    EXPECT_EQ(streets[3].area, AreaId{2});
}

TEST(StreetMerge, ManyPiecesOfOneNameAreMergedQuickly)
{
    std::vector<StreetPiece> pieces;
    constexpr int kPieces = 60'000;
    for (int i = 0; i < kPieces; ++i)
        pieces.push_back({i, 0, AreaId{1}, {{{200.0 * i, 0}, {200.0 * i + 100, 0}}}});
    auto const begin = std::chrono::steady_clock::now();
    auto const streets = merged_streets(std::move(pieces));
    ASSERT_EQ(streets.size(), 1U);
    EXPECT_EQ(streets.front().lines.size(), std::size_t{kPieces});
    // 0.1 s; by comparing each with each it was half a minute.
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{5});
}

TEST(ShapeRepair, ABorderThatCrossesItselfIsMadeSoundAndSaidSo)
{
    auto const bow = repaired({{{{0, 0}, {10, 10}, {10, 0}, {0, 10}}, {}}});
    EXPECT_THAT(bow.problem, HasSubstr("Self-intersection"));
    EXPECT_DOUBLE_EQ(square_metres(bow.shape), 50.0);
    auto const sound = repaired({{{{0, 0}, {10, 0}, {10, 10}, {0, 10}}, {{{2, 2}, {4, 2}, {4, 4}}}}});
    EXPECT_EQ(sound.problem, "");
    EXPECT_DOUBLE_EQ(square_metres(sound.shape), 98.0);
    EXPECT_TRUE(repaired({{{{0, 0}, {10, 0}, {20, 0}}, {}}}).shape.empty());
    EXPECT_TRUE(repaired({}).shape.empty());
    auto const inside = inner_point(sound.shape);
    ASSERT_TRUE(inside);
    EXPECT_TRUE((MapBox{{0, 0}, {10, 10}}.contains(*inside)));
    EXPECT_DOUBLE_EQ(common_square_metres(sound.shape, {{{{5, 0}, {15, 0}, {15, 10}, {5, 10}}, {}}}), 50.0);
}

class Osm : public PlaceWorld {
protected:
    static std::string osm(std::string const& name) { return (shared_data() / "osm" / name).string(); }
    std::map<PlaceSort, int> sorts()
    {
        std::map<PlaceSort, int> counts;
        for (auto const& place : places())
            ++counts[place.sort];
        return counts;
    }
};

class MadeOsm : public PlaceWorld {
protected:
    // Uppsala's accepted box ends at 19 degrees east.
    std::string extract(std::string const& opl)
    {
        auto path = (folder.path() / "made.osm.pbf").string();
        write_osm(path, opl);
        return path;
    }
    // A square of four ways and nodes from `id` on, 0.02 degrees wide.
    static std::string square_nodes(int id, double lng, double lat)
    {
        return fmt::format("n{} x{} y{}\nn{} x{} y{}\nn{} x{} y{}\nn{} x{} y{}\n", id, lng, lat, id + 1,
                           lng + 0.02, lat, id + 2, lng + 0.02, lat + 0.02, id + 3, lng, lat + 0.02);
    }
};

TEST_F(MadeOsm, AWayThatLeavesTheBoxAndComesBackHasTwoLines)
{
    auto const report =
        import("osm", extract("n1 x18.97 y59.9\nn2 x18.98 y59.9\nn3 x19.01 y59.9\nn4 x19.02 y59.91\n"
                              "n5 x18.98 y59.91\nn6 x18.97 y59.91\nn7 x18.96 y59.91\n"
                              "w1 Thighway=residential,name=Strandvägen Nn1,n2,n3,n4,n5,n6,n7\n"));
    EXPECT_EQ(report.kept(), 1U);
    auto const lines = place("street:way/1").lines;
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].size(), 2U);
    EXPECT_EQ(lines[1].size(), 3U);
    EXPECT_LT(length_of(lines), 2000.0);  // 1.7 km; joined across the border it was 2.8
    expect_sound();
}

TEST_F(MadeOsm, WhatButTouchesTheBoxOrIsNoPlaceIsCountedAlikeOnBothSides)
{
    auto const report = import("osm", extract("n1 x18.99 y59.9\nn2 x19.01 y59.9\n"
                                              "n3 x17.6 y59.8 Thighway=motorway_junction,name=Fullerö\n"
                                              "n4 x20.6 y59.8 Thighway=motorway_junction,name=Fjärran\n"
                                              "n7 x20.7 y59.8 Thighway=motorway_junction,name=Fjärmare\n"
                                              "n5 x17.6 y59.8 Tshop=kiosk\nn6 x20.6 y59.8 Tshop=kiosk\n"
                                              "w1 Thighway=residential,name=Gränsvägen Nn1,n2\n"));
    EXPECT_EQ(report.read, 3U);
    EXPECT_EQ(report.new_, 1U);     // the kiosk
    EXPECT_EQ(report.outside, 2U);  // the other and the street
}

TEST_F(MadeOsm, NodesBehindWaysAreRefusedAndNotTakenForBeyondTheBox)
{
    auto const report = try_import("osm", extract("w1 Thighway=residential,name=Storgatan Nn1,n2\n"
                                                  "n1 x17.61 y59.8\nn2 x17.62 y59.8\n"));
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::unreadable);
    EXPECT_THAT(report.error().message, HasSubstr("made.osm.pbf is not in order"));
    EXPECT_THAT(report.error().message, HasSubstr("osmium sort"));
    EXPECT_TRUE(places().empty());
}

TEST_F(MadeOsm, BordersAreCountedOfTheLevelsThatAreKept)
{
    auto const file = extract(
        square_nodes(1, 17.60, 59.80) + square_nodes(11, 17.70, 59.80) +
        "w1 Nn1,n2,n3\nw2 Nn3,n4,n1\nw3 Nn11,n12,n13\n"
        "w4 Tboundary=administrative,admin_level=8,name=Holmen Nn11,n12,n13,n14,n11\n"
        "r1 Ttype=boundary,boundary=administrative,admin_level=7,name=Ett,ref:scb=0380 Mw1@outer,w2@outer\n"
        "r2 Ttype=boundary,boundary=administrative,admin_level=7,name=Två Mw3@outer,w99@outer\n"
        "r3 Ttype=boundary,boundary=administrative,admin_level=2,name=Riket Mw98@outer\n"
        "r4 Ttype=boundary,boundary=administrative,admin_level=10,name=Kvarteret Mw1@outer,w2@outer\n");
    auto const report = import("osm", file);
    EXPECT_THAT(report.notes,
                Contains(HasSubstr("of level 4 to 9 that the extract does not have whole: 1 of 2")));
    auto const sets = store->area_sets(true);
    ASSERT_EQ(sets->size(), 2U);
    EXPECT_EQ(sets->front().name, "osm_level_7");
    ASSERT_EQ(sets->front().areas.size(), 1U);
    EXPECT_EQ(sets->front().areas.front().code, "0380");
    EXPECT_EQ(sets->back().areas.front().code, "way/4");
    auto const beside = import("areas", file, {.set = "kommuner"});
    EXPECT_EQ(beside.kept(), 1U);
    EXPECT_THAT(beside.notes,
                Contains(HasSubstr("a set beside the county's own kommuner, whose borders stay")));
    expect_sound();
}

TEST_F(Osm, LiechtensteinIsFoundByItsOwnAddresses)
{
    RISKBILD_NEEDS_REAL_FILES();
    new_store("liechtenstein");
    auto const report = import("osm", osm("liechtenstein.osm.pbf"));
    EXPECT_EQ(report.set_aside, 7U);  // house numbers of no street
    auto const counts = sorts();
    EXPECT_EQ(counts.at(PlaceSort::address), 1001);
    EXPECT_EQ(counts.at(PlaceSort::urban_area), 19);
    auto const sets = store->area_sets(true);
    ASSERT_EQ(sets->size(), 2U);
    EXPECT_EQ(sets->back().name, "osm_level_8");
    EXPECT_EQ(sets->back().areas.size(), 11U);  // the Gemeinden
    double country = 0;
    for (auto const& area : sets->back().areas)
        country += square_metres(area.shape);
    EXPECT_NEAR(country / 1e6, 160.0, 1.5);  // 160 km², Amt für Statistik

    auto const gazetteer = Gazetteer::of(*store);
    ASSERT_TRUE(gazetteer);
    int found = 0, ambiguous = 0, elsewhere = 0;
    for (auto const& place : places()) {
        if (place.sort != PlaceSort::address)
            continue;
        auto const answer = locate(*gazetteer, {.address = place.name, .locality = place.locality});
        auto const point = point_of(answer.place);
        if (answer.how.starts_with("ambiguous"))
            ++ambiguous;
        else if (point &&
                 std::hypot(point->east - place.point->east, point->north - place.point->north) <= 100)
            ++found;
        else {
            ++elsewhere;
            ADD_FAILURE() << place.name << ", " << place.locality << ": " << answer.how;
        }
    }
    EXPECT_EQ(found + ambiguous + elsewhere, 1001);
    EXPECT_LT(ambiguous, 60);
    RecordProperty("ambiguous", ambiguous);
    expect_sound();
}

TEST_F(Osm, TheSameExtractAgainChangesNothing)
{
    RISKBILD_NEEDS_REAL_FILES();
    new_store("helsinki");
    auto const first = import("osm", osm("helsinki_center.osm.pbf"));
    auto const second = import("osm", osm("helsinki_center.osm.pbf"));
    EXPECT_EQ(second.revision, first.revision);
    EXPECT_EQ(second.unchanged, first.new_);
    EXPECT_GT(sorts().at(PlaceSort::shop), 900);
    // The borders of Helsinki reach beyond the extract.
    EXPECT_THAT(first.notes, Contains(HasSubstr("does not have whole")));
    EXPECT_TRUE(store->area_sets(false)->empty());
}

TEST_F(Osm, AnExtractOfElsewhereIsAllOutside)
{
    RISKBILD_NEEDS_REAL_FILES();
    auto const report = import("osm", osm("helsinki_center.osm.pbf"));
    EXPECT_EQ(report.kept(), 0U);
    EXPECT_EQ(report.outside, report.read);
    EXPECT_THAT(report.notes, Contains(HasSubstr("is it the right extract?")));
}

TEST_F(Osm, ADamagedExtractIsRefusedAndLeavesNothing)
{
    RISKBILD_NEEDS_REAL_FILES();
    auto bytes = read_all(osm("helsinki_center.osm.pbf"));
    auto const cut = try_import("osm", folder.write("cut.osm.pbf", bytes.substr(0, bytes.size() / 2)));
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().code, ErrorCode::unreadable);
    EXPECT_THAT(cut.error().message, HasSubstr("cut.osm.pbf cannot be read"));
    for (std::size_t i = 2000; i < bytes.size(); i += 5000)
        bytes[i] = static_cast<char>(bytes[i] ^ 0x55);
    EXPECT_FALSE(try_import("osm", folder.write("bad.osm.pbf", bytes)));
    EXPECT_FALSE(try_import("osm", folder.write("text.osm.pbf", "no extract at all")));
    EXPECT_FALSE(try_import("osm", folder.write("empty.osm.pbf", "")));
    EXPECT_TRUE(places().empty());
    EXPECT_EQ(store->revision()->value(), 0);
}

}  // namespace
}  // namespace riskbild::importers
