#include "tiles/mvt/repeat_location_source.hpp"

#include <gtest/gtest.h>

#include "layers/repeat_locations/repeat_locations_layer.hpp"
#include "tests/tiles/mvt_decoder.hpp"
#include "tests/tiles/uppsala.hpp"

namespace riskbild::tiles {
namespace {

using namespace riskbild::testing;

std::vector<Dot> repeats(int places, std::int64_t first_id = 1)
{
    auto dots = std::vector<Dot>{};
    for (int i = 0; i < places; ++i) {
        auto const place = LngLat{17.0 + 0.005 * (i % 200), 59.6 + 0.004 * (i / 200)};
        for (int k = 0; k < 2 + i % 3; ++k) {
            dots.push_back({.place = place,
                            .id = first_id + static_cast<std::int64_t>(dots.size()),
                            .from = 1'735'732'800 + 86'400 * k});
        }
    }
    return dots;
}

TEST(RepeatLocationTiles, APlaceTellsRankCountAndDays)
{
    auto dots = repeats(3);
    dots.push_back({.place = {17.9, 59.9}, .id = 99});  // a place with one incident is none
    auto const source = make_repeat_location_source(uppsala_view(dots));
    auto bench = Workbench{};
    auto const tile = source->render({0, 0, 0}, TileFormat::mvt, complete(*source), bench).value();
    auto const layer = layer_of(tile, "repeat_locations");
    ASSERT_EQ(layer.features.size(), 3u);
    EXPECT_EQ(layer.features[0].whole("rank"), 1);
    EXPECT_EQ(layer.features[0].id, 1u);
    EXPECT_EQ(layer.features[0].whole("n"), 4);
    EXPECT_EQ(layer.features[0].text("first"), "2025-01-01");
    EXPECT_EQ(layer.features[0].text("last"), "2025-01-04");
    EXPECT_EQ(layer.features[2].whole("n"), 2);
}

TEST(RepeatLocationTiles, SumOverEveryZoomIsTheNumberOfIncidentsAtThem)
{
    auto const dots = repeats(5000);
    auto const source = make_repeat_location_source(uppsala_view(dots));
    auto bench = Workbench{};
    for (int const z : {0, 5, 8, 9, 11, 13}) {
        auto sum = std::int64_t{0};
        auto alone = std::size_t{0};
        for (auto const tile : tiles_over({16.9, 59.5, 18.2, 59.8}, z)) {
            auto const layer = layer_of(
                source->render(tile, TileFormat::mvt, complete(*source), bench).value(), "repeat_locations");
            for (auto const& feature : layer.features) {
                sum += feature.whole("n");
                alone += feature.has("rank") ? 1 : 0;
                EXPECT_LT(feature.parts[0][0].x, 4096);
            }
        }
        EXPECT_EQ(sum, static_cast<std::int64_t>(dots.size())) << z;
        EXPECT_EQ(alone, z < 8 ? 2000u : alone);
    }
}

TEST(RepeatLocationTiles, OptionsAreTheLayers)
{
    auto const source = make_repeat_location_source(uppsala_view(repeats(3)));
    EXPECT_EQ(source->complete({{"min_count", "x"}}).error().code, ErrorCode::wrong_use);
    auto bench = Workbench{};
    auto const tile =
        source->render({0, 0, 0}, TileFormat::mvt, complete(*source, "", "min_count=4"), bench).value();
    EXPECT_EQ(layer_of(tile, "repeat_locations").features.size(), 1u);
}

}  // namespace
}  // namespace riskbild::tiles
