#include <algorithm>
#include <random>
#include <set>

#include <gtest/gtest.h>
#include <libdeflate.h>

#include "tests/tiles/mvt_decoder.hpp"
#include "tests/tiles/uppsala.hpp"
#include "tiles/finished_tile.hpp"
#include "tiles/mvt/incident_encoder.hpp"

namespace riskbild::tiles {
namespace {

using namespace riskbild::testing;

constexpr auto kCountyBox = LngLatBox{16.5, 59.3, 19.0, 60.8};

DecodedLayer encode(PointSet const& points, TileId id, IncidentDetail detail = IncidentDetail::automatic)
{
    static auto encoder = IncidentEncoder{};  // reused, as a worker does
    auto tile = std::string{};
    encoder.encode(points, id, detail, tile);
    return layer_of(tile, "incidents");
}

std::int64_t sum_of(DecodedLayer const& layer)
{
    auto sum = std::int64_t{0};
    for (auto const& feature : layer.features) {
        sum += feature.has("edge") ? 0 : feature.has("n") ? feature.whole("n") : 1;
    }
    return sum;
}

TEST(IncidentTiles, SumOverEveryZoomIsTheNumberOfIncidents)
{
    auto const view = uppsala_view(scattered(5000, 1));
    for (auto const* const filter : {"", "kinds=theft", "sources=police;period=2025-02-01..2025-06-01"}) {
        auto const points = PointSet::select(view, parse_filter(filter).value()).value();
        ASSERT_GT(points.size(), 100u);
        for (int z = 0; z <= 14; ++z) {
            auto sum = std::int64_t{0};
            for (auto const tile : tiles_over(kCountyBox, z)) {
                sum += sum_of(encode(points, tile));
            }
            EXPECT_EQ(sum, static_cast<std::int64_t>(points.size())) << "zoom " << z << " filter " << filter;
        }
    }
}

TEST(IncidentTiles, ASingleIncidentTellsWhatItIs)
{
    auto const view = uppsala_view({{.place = kUppsalaCathedral,
                                     .id = 77,
                                     .kind = "damage.graffiti",
                                     .sources = 0b101,
                                     .reports = 2,
                                     .precision = Precision::street}});
    auto const points = PointSet::select(view, {}).value();
    for (int const z : {0, 9, 13, 16}) {
        auto const layer = encode(points, tile_at(kUppsalaCathedral, z));
        ASSERT_EQ(layer.features.size(), 1u) << z;
        auto const& feature = layer.features[0];
        EXPECT_EQ(feature.id, 77u);
        EXPECT_EQ(feature.text("kind"), "damage.graffiti");
        EXPECT_EQ(feature.whole("from"), 1'735'732'800);
        EXPECT_EQ(feature.text("precision"), "street");
        EXPECT_EQ(feature.text("sources"), "police,ul");
        EXPECT_EQ(feature.whole("reports"), 2);
        EXPECT_FALSE(feature.has("n"));
        EXPECT_FALSE(feature.has("edge"));
    }
}

TEST(IncidentTiles, LowZoomsGatherIncidentsInCellsAtTheirMean)
{
    auto const east = LngLat{kUppsalaCathedral.lng + 0.0002, kUppsalaCathedral.lat};
    auto const view = uppsala_view({{.place = kUppsalaCathedral}, {.place = east}});
    auto const points = PointSet::select(view, {}).value();
    auto const tile = tile_at(kUppsalaCathedral, 8);
    auto const layer = encode(points, tile);
    ASSERT_EQ(layer.features.size(), 1u);
    EXPECT_EQ(layer.features[0].whole("n"), 2);
    EXPECT_EQ(layer.features[0].properties.size(), 1u);
    EXPECT_FALSE(layer.features[0].id.has_value());
    auto const mean =
        TileFrame{tile}.local(world_point({kUppsalaCathedral.lng + 0.0001, kUppsalaCathedral.lat}));
    EXPECT_NEAR(layer.features[0].parts[0][0].x, mean.x, 1);
    EXPECT_NEAR(layer.features[0].parts[0][0].y, mean.y, 1);
}

TEST(IncidentTiles, BufferHoldsTheNeighboursIncidentsMarkedAsEdge)
{
    auto const view = uppsala_view(scattered(3000, 2));
    auto const points = PointSet::select(view, {}).value();
    auto const keys = view.points().quadtree;
    auto edges = std::size_t{0};
    for (auto const tile : tiles_over({17.5, 59.8, 17.7, 59.9}, 14)) {
        auto const frame = TileFrame{tile};
        auto expected_own = std::set<std::uint64_t>{};
        auto expected_edge = std::set<std::uint64_t>{};
        for (std::size_t row = 0; row < keys.size(); ++row) {
            auto const place = world_point_of_key(keys[row]);
            if (frame.buffer_contains(place)) {
                (frame.contains(place) ? expected_own : expected_edge)
                    .insert(static_cast<std::uint64_t>(view.points().id[row]));
            }
        }
        auto own = std::set<std::uint64_t>{};
        auto edge = std::set<std::uint64_t>{};
        for (auto const& feature : encode(points, tile).features) {
            (feature.has("edge") ? edge : own).insert(*feature.id);
            EXPECT_GE(feature.parts[0][0].x, -kBuffer);
            EXPECT_LE(feature.parts[0][0].x, kExtent + kBuffer);
        }
        ASSERT_EQ(own, expected_own);
        ASSERT_EQ(edge, expected_edge);
        edges += edge.size();
    }
    EXPECT_GT(edges, 0u);
}

TEST(IncidentTiles, BufferIsTheSameByEveryWayToFindIt)
{
    // Well above the zoom of the index's grid, around it and below.
    auto const view = uppsala_view(scattered(20'000, 3));
    auto const points = PointSet::select(view, {}).value();
    auto const keys = view.points().quadtree;
    auto random = std::mt19937{8};
    for (int z = 0; z <= 18; ++z) {
        for (int i = 0; i < 4; ++i) {
            auto const tile = tile_at(lng_lat(world_point_of_key(keys[random() % keys.size()])), z);
            auto const frame = TileFrame{tile};
            auto const expected = std::count_if(keys.begin(), keys.end(), [&](std::uint64_t key) {
                return frame.buffer_contains(world_point_of_key(key));
            });
            auto encoder = IncidentEncoder{};
            auto bytes = std::string{};
            encoder.encode(points, tile, IncidentDetail::every_point, bytes);
            ASSERT_EQ(encoder.features(), static_cast<std::size_t>(expected)) << "z" << z;
        }
    }
}

TEST(IncidentTiles, CellsHaveNoCopiesAndStayInsideTheirTile)
{
    auto const view = uppsala_view(scattered(3000, 3));
    auto const points = PointSet::select(view, {}).value();
    for (auto const tile : tiles_over(kCountyBox, 10)) {
        for (auto const& feature : encode(points, tile).features) {
            EXPECT_FALSE(feature.has("edge"));
            EXPECT_GE(feature.parts[0][0].x, 0);
            EXPECT_LT(feature.parts[0][0].x, kExtent);
            EXPECT_GE(feature.parts[0][0].y, 0);
            EXPECT_LT(feature.parts[0][0].y, kExtent);
        }
    }
}

TEST(IncidentTiles, ABusyTileBecomesCellsAndStaysBelow500kB)
{
    // As unlike each other as incidents can be, so that compression finds little.
    auto random = std::mt19937_64{4};
    auto const corner = tile_at(kUppsalaCathedral, 14);
    auto const place_of = [](TileId id) { return lng_lat({id.x << (32 - id.z), id.y << (32 - id.z)}); };
    auto const [west, north] = place_of(corner);
    auto const [east, south] = place_of({corner.z, corner.x + 1, corner.y + 1});
    auto dots = std::vector<Dot>{};
    auto const share = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
    for (std::size_t i = 0; i < kMostIncidents; ++i) {
        dots.push_back({.place = {west + (east - west) * (0.001 + 0.998 * share()),
                                  south + (north - south) * (0.001 + 0.998 * share())},
                        .id = static_cast<std::int64_t>(random() >> 11),
                        .sources = 1 + random() % 7,
                        .reports = static_cast<std::uint8_t>(1 + random() % 200),
                        .from = static_cast<std::int64_t>(random() % 4'000'000'000)});
    }
    auto const tile = tile_at(kUppsalaCathedral, 14);
    auto const full = PointSet::select(uppsala_view(dots), {}).value();
    auto encoder = IncidentEncoder{};
    auto bytes = std::string{};
    encoder.encode(full, tile, IncidentDetail::automatic, bytes);
    EXPECT_EQ(encoder.features(), kMostIncidents);
    EXPECT_LT(finish(bytes, TileFormat::mvt).gzip.size(), 500'000u);

    dots.push_back({.place = kUppsalaCathedral, .id = 1});
    auto const too_many = PointSet::select(uppsala_view(dots), {}).value();
    auto const layer = encode(too_many, tile);
    EXPECT_LT(layer.features.size(), std::size_t{64 * 64 + 1});
    EXPECT_EQ(sum_of(layer), static_cast<std::int64_t>(dots.size()));
}

TEST(IncidentTiles, EveryPointCanBeAskedForAtLowZoom)
{
    auto const view = uppsala_view(scattered(2000, 5));
    auto const points = PointSet::select(view, {}).value();
    EXPECT_EQ(encode(points, {}, IncidentDetail::every_point).features.size(), 2000u);
}

TEST(IncidentTiles, ATileWithoutIncidentsIsEmpty)
{
    auto const view = uppsala_view(scattered(100, 6));
    auto const points = PointSet::select(view, {}).value();
    auto encoder = IncidentEncoder{};
    auto tile = std::string{};
    encoder.encode(points, {5, 0, 0}, IncidentDetail::automatic, tile);
    encoder.encode(points, {16, 65535, 65535}, IncidentDetail::automatic, tile);
    EXPECT_EQ(tile, "");
}

TEST(IncidentTiles, ProtectedKindsAndVaguePlacesAreNotThere)
{
    auto const view = uppsala_view({{.place = kUppsalaCathedral, .kind = "assault.close_relation"},
                                    {.place = kUppsalaCathedral, .precision = Precision::kommun}});
    auto const points = PointSet::select(view, {}).value();
    EXPECT_EQ(points.size(), 0u);
    EXPECT_EQ(points.left_out().total(), 2u);
}

}  // namespace
}  // namespace riskbild::tiles
