#include <gtest/gtest.h>

#include "geo_core/geometry.hpp"
#include "geo_core/ids.hpp"
#include "geo_core/lattice.hpp"
#include "geo_core/report.hpp"
#include "geo_core/units.hpp"

namespace riskbild {
namespace {

static_assert(!std::is_convertible_v<AreaId, IncidentId>);
static_assert(!std::is_convertible_v<KindId, AreaId>);
static_assert(!std::is_convertible_v<double, Metres>);
static_assert(!std::is_convertible_v<MapPoint, LngLat>);
static_assert(!std::is_constructible_v<PointPlace, AreaPlace>);
static_assert(!std::is_constructible_v<AreaPlace, PointPlace>);

TEST(Metres, AddsAndScales)
{
    EXPECT_EQ(1_km + 200_m, 1200_m);
    EXPECT_EQ(3 * 50_m, 150_m);
    EXPECT_DOUBLE_EQ(1_km / 200_m, 5.0);
}

TEST(WorldPoint, AgreesWithTheTileNumbersOfUppsala)
{
    auto const p = world_point({17.6389, 59.8586});
    EXPECT_EQ(p.x >> (32 - 12), 2248U);
    EXPECT_EQ(p.y >> (32 - 12), 1192U);
}

TEST(WorldPoint, ReturnsWithinACentimetre)
{
    LngLat const place{17.63892712, 59.85856412};
    auto const back = lng_lat(world_point(place));
    EXPECT_NEAR(back.lng, place.lng, 1e-7);
    EXPECT_NEAR(back.lat, place.lat, 1e-7);
}

TEST(WorldPoint, ClampsThePoles)
{
    EXPECT_EQ(world_point({0.0, 90.0}).y, 0U);
    EXPECT_EQ(world_point({0.0, -90.0}).y, 0xffffffffU);
}

TEST(QuadtreeKey, MakesEveryTileOneRange)
{
    auto const p = world_point({17.6389, 59.8586});
    for (std::uint8_t z = 0; z <= kMaxZoom; ++z) {
        TileId const tile{z, z == 0 ? 0 : p.x >> (32 - z), z == 0 ? 0 : p.y >> (32 - z)};
        auto const range = key_range(tile);
        EXPECT_LE(range.first, quadtree_key(p)) << int{z};
        EXPECT_GE(range.last, quadtree_key(p)) << int{z};
        if (z > 0) {
            auto const parent = key_range({static_cast<std::uint8_t>(z - 1), tile.x / 2, tile.y / 2});
            EXPECT_GE(range.first, parent.first);
            EXPECT_LE(range.last, parent.last);
        }
    }
}

TEST(TileId, IsInvalidBeyondItsZoom)
{
    EXPECT_TRUE((TileId{3, 7, 7}.valid()));
    EXPECT_FALSE((TileId{3, 8, 0}.valid()));
    EXPECT_FALSE((TileId{23, 0, 0}.valid()));
}

TEST(Lattice, TwoWindowsShareCellCentres)
{
    auto const wide = lattice_over({{640'010.0, 6'600'010.0}, {650'000.0, 6'610'000.0}}, 250_m);
    auto const narrow = lattice_over({{645'000.0, 6'605'100.0}, {646'000.0, 6'606'000.0}}, 250_m);
    EXPECT_EQ(wide.bounds().min, (MapPoint{640'000.0, 6'600'000.0}));
    auto const col = static_cast<std::int32_t>(narrow.first_col - wide.first_col);
    auto const row = static_cast<std::int32_t>(narrow.first_row - wide.first_row);
    EXPECT_EQ(narrow.centre(0, 0), wide.centre(col, row));
}

TEST(SquareMetres, SubtractsHolesFarFromTheOrigin)
{
    Polygon const square{
        {{640'000, 6'600'000}, {640'100, 6'600'000}, {640'100, 6'600'100}, {640'000, 6'600'100}},
        {{{640'010, 6'600'010}, {640'020, 6'600'010}, {640'020, 6'600'020}, {640'010, 6'600'020}}}};
    EXPECT_DOUBLE_EQ(square_metres({square}), 9'900.0);
}

}  // namespace
}  // namespace riskbild
