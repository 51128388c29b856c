#include "tiles/mvt/background_source.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "geo_core/profile.hpp"
#include "tests/support/made_up_county.hpp"
#include "tests/tiles/mvt_decoder.hpp"
#include "tests/tiles/uppsala.hpp"

namespace riskbild::tiles {
namespace {

using namespace riskbild::testing;

std::unique_ptr<TileSource> background(View const& view)
{
    return std::move(make_background_source(view, data_directory() / "figures").value());
}

TEST(BackgroundTiles, WaterIsValidAtEveryZoom)
{
    auto const source = background(uppsala_view({}));
    auto bench = Workbench{};
    auto polygons = 0;
    for (int const z : {0, 4, 6, 7, 8, 9, 10, 11, 13}) {
        auto const list = tiles_over({16.5, 59.3, 19.0, 60.8}, z);
        auto const step = std::max<std::size_t>(1, list.size() / 60);
        for (std::size_t i = 0; i < list.size(); i += step) {
            for (auto const& feature :
                 layer_of(source->render(list[i], TileFormat::mvt, {}, bench).value(), "water").features) {
                ASSERT_EQ(why_invalid(feature), "") << z << "/" << list[i].x << "/" << list[i].y;
                ++polygons;
            }
        }
    }
    EXPECT_GT(polygons, 200);
}

TEST(BackgroundTiles, EveryUrbanAreaComesOnceInEveryZoom)
{
    auto const source = background(uppsala_view({}));
    auto bench = Workbench{};
    for (int const z : {0, 6, 9, 12}) {
        auto count = 0;
        auto uppsala = 0;
        for (auto const tile : tiles_over({16.5, 59.3, 19.0, 60.8}, z)) {
            for (auto const& feature :
                 layer_of(source->render(tile, TileFormat::mvt, {}, bench).value(), "urban_areas").features) {
                ++count;
                uppsala += feature.text("name") == "Uppsala" && feature.whole("population") > 150'000 ? 1 : 0;
            }
        }
        EXPECT_EQ(count, 79) << z;
        EXPECT_EQ(uppsala, 1) << z;
    }
}

TEST(BackgroundTiles, ABorderOfTwoAreasIsDrawnOnce)
{
    auto const view = made_up_view({});  // four squares: four inner borders, eight outer sides
    auto const source = background(view);
    auto bench = Workbench{};
    auto const middle = view.county().profile.crs.degrees({kCorner.east + 10'000, kCorner.north + 10'000});
    auto const tile = source->render(tile_at(middle, 7), TileFormat::mvt, {}, bench).value();
    auto length = std::map<std::string, double>{};
    for (auto const& feature : layer_of(tile, "borders").features) {
        for (auto const& line : feature.parts) {
            for (std::size_t i = 1; i < line.size(); ++i) {
                length[feature.text("kind")] +=
                    std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
            }
        }
    }
    EXPECT_NEAR(length["county"] / length["kommun"], 2.0, 0.02);
}

TEST(BackgroundTiles, OtherProfilesHaveNoWaterAndNoTowns)
{
    auto const view = made_up_view({});
    auto const source = background(view);
    auto bench = Workbench{};
    auto const layers = decode_mvt(source->render({0, 0, 0}, TileFormat::mvt, {}, bench).value());
    for (auto const& layer : layers) {
        EXPECT_TRUE(layer.name == "borders" || layer.name == "outside") << layer.name;
    }
    EXPECT_EQ(source->describe().attribution, "made up");
}

TEST(BackgroundTiles, TheOutsideLeavesTheCountyFreeAndNothingElse)
{
    auto const view = uppsala_view({});
    auto const source = background(view);
    auto bench = Workbench{};
    auto const outside_of_tile = [&](TileId id) {
        auto const layers = decode_mvt(source->render(id, TileFormat::mvt, {}, bench).value());
        return std::ranges::any_of(
            layers, [](auto const& layer) { return layer.name == "outside" && !layer.features.empty(); });
    };
    EXPECT_FALSE(outside_of_tile({12, 2248, 1192})) << "around the town of Uppsala";
    EXPECT_TRUE(outside_of_tile({10, 556, 298})) << "west of the county";
    EXPECT_TRUE(outside_of_tile({8, 140, 74})) << "across the border";
}

TEST(BackgroundTiles, TheCountysSeaReachesItsBorder)
{
    auto const view = uppsala_view({});
    auto const source = background(view);
    auto bench = Workbench{};
    auto const sea_at = [&](LngLat place) {
        auto const world = world_point(place);
        auto const layers = decode_mvt(
            source->render({12, world.x >> 20, world.y >> 20}, TileFormat::mvt, {}, bench).value());
        return std::ranges::any_of(layers, [](auto const& layer) { return layer.name == "water"; });
    };
    EXPECT_TRUE(sea_at({17.88, 60.90})) << "north of the water figures";
    EXPECT_TRUE(sea_at({19.08, 60.50})) << "east of them";
}

TEST(BackgroundTiles, NamesItsSources)
{
    auto const text = background(uppsala_view({}))->describe().attribution;
    for (auto const* const name : {"OpenStreetMap", "ODbL", "GSHHG", "LGPL", "SCB"}) {
        EXPECT_NE(text.find(name), std::string::npos) << name;
    }
}

TEST(BackgroundTiles, AMissingTableIsNamed)
{
    auto const source = make_background_source(uppsala_view({}), "nowhere");
    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().code, ErrorCode::unreadable);
    EXPECT_NE(source.error().message.find("uppsala_lan_water.csv"), std::string::npos);
}

}  // namespace
}  // namespace riskbild::tiles
