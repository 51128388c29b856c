#include "tiles/mvt/mvt_layer.hpp"

#include <array>
#include <limits>

#include <gtest/gtest.h>

#include "tests/tiles/mvt_decoder.hpp"

namespace riskbild::tiles {
namespace {

using testing::decode_mvt;
using Tag = MvtLayer::Tag;

std::string tile_of(MvtLayer const& layer)
{
    auto tile = std::string{};
    layer.append_to(tile);
    return tile;
}

TEST(MvtLayer, WritesNothingWithoutFeatures)
{
    auto layer = MvtLayer{};
    layer.begin("a");
    (void)layer.key("k");
    EXPECT_EQ(tile_of(layer), "");
}

TEST(MvtLayer, ValuesOfEveryTypeComeBack)
{
    auto layer = MvtLayer{};
    layer.begin("a");
    auto const tags =
        std::array<Tag, 6>{{{layer.key("text"), layer.text("Åkerby")},
                            {layer.key("small"), layer.whole(0)},
                            {layer.key("large"), layer.whole(std::numeric_limits<std::int64_t>::max())},
                            {layer.key("least"), layer.whole(std::numeric_limits<std::int64_t>::min())},
                            {layer.key("number"), layer.number(-0.125)},
                            {layer.key("yes"), layer.truth(true)}}};
    layer.point(std::uint64_t{1} << 52, tags, {-64, 4160});
    auto const decoded = decode_mvt(tile_of(layer));
    ASSERT_EQ(decoded.size(), 1u);
    auto const& feature = decoded[0].features.at(0);
    EXPECT_EQ(feature.id, std::uint64_t{1} << 52);
    EXPECT_EQ(feature.text("text"), "Åkerby");
    EXPECT_EQ(feature.whole("small"), 0);
    EXPECT_EQ(feature.whole("large"), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(feature.whole("least"), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(std::get<double>(feature.properties.at("number")), -0.125);
    EXPECT_EQ(std::get<bool>(feature.properties.at("yes")), true);
    EXPECT_EQ(feature.parts.at(0).at(0), (testing::DecodedFeature::Vertex{-64, 4160}));
}

TEST(MvtLayer, EqualValuesAreStoredOnceHoweverManyThereAre)
{
    auto layer = MvtLayer{};
    layer.begin("a");
    auto const key = layer.key("n");
    for (int i = 0; i < 5000; ++i) {
        layer.point({}, std::array{Tag{key, layer.whole(i % 1700 - 800)}}, {i % 4096, 0});
    }
    auto const decoded = decode_mvt(tile_of(layer));  // throws for doubled values
    for (int i = 0; i < 5000; ++i) {
        ASSERT_EQ(decoded[0].features[static_cast<std::size_t>(i)].whole("n"), i % 1700 - 800);
    }
}

TEST(MvtLayer, QuickPointsReadLikeOthers)
{
    auto layer = MvtLayer{};
    auto slow = MvtLayer{};
    layer.begin("a");
    slow.begin("a");
    layer.expect_points(53);
    layer.expect_wholes(53);
    auto const key = layer.key("t");
    auto const slow_key = slow.key("t");
    for (int i = 0; i < 53; ++i) {  // ids up to 2^52
        auto const place = TilePoint{i * 14 - 64, 4160 - i * 14};
        auto const id = (std::uint64_t{1} << i) + 1;
        layer.quick_point(id, std::array{Tag{key, layer.quick_whole(1'600'000'000 + i)}}, place);
        slow.point(id, std::array{Tag{slow_key, slow.whole(1'600'000'000 + i)}}, place);
    }
    EXPECT_EQ(tile_of(layer), tile_of(slow));
    EXPECT_EQ(decode_mvt(tile_of(layer))[0].features.size(), 53u);
}

TEST(MvtLayer, BeginForgetsEverything)
{
    auto layer = MvtLayer{};
    auto fresh = MvtLayer{};
    layer.begin("old");
    for (int i = 0; i < 1000; ++i) {
        layer.point({}, std::array{Tag{layer.key("x"), layer.whole(i)}}, {1, 1});
    }
    for (auto* const one : {&layer, &fresh}) {
        one->begin("new");
        one->point({}, std::array{Tag{one->key("y"), one->whole(3)}, Tag{one->key("z"), one->text("t")}},
                   {5, 6});
    }
    EXPECT_EQ(tile_of(layer), tile_of(fresh));
}

TEST(MvtLayer, LinesAndPolygonsKeepTheirVertices)
{
    auto layer = MvtLayer{};
    layer.begin("a");
    auto const lines =
        std::vector<std::vector<TilePoint>>{{{0, 0}, {10, 5}, {20, 0}}, {{100, 100}, {90, 80}}};
    layer.lines(1, {}, lines);
    auto const rings = std::vector<std::vector<TilePoint>>{{{0, 0}, {100, 0}, {100, 100}, {0, 100}},
                                                           {{20, 20}, {20, 40}, {40, 40}}};
    layer.polygons(2, {}, rings);
    auto const decoded = decode_mvt(tile_of(layer));
    EXPECT_EQ(testing::as_text(decoded),
              "layer a extent 4096, 2 features\n"
              "  id 1 line (0,0)(10,5)(20,0) (100,100)(90,80)\n"
              "  id 2 polygon (0,0)(100,0)(100,100)(0,100) (20,20)(20,40)(40,40)\n");
}

TEST(MvtDecoder, RefusesBrokenTiles)
{
    auto layer = MvtLayer{};
    layer.begin("a");
    layer.point(1, std::array{Tag{layer.key("k"), layer.whole(1)}}, {1, 1});
    auto const good = tile_of(layer);
    EXPECT_NO_THROW(decode_mvt(good));
    EXPECT_ANY_THROW(decode_mvt(good.substr(0, good.size() - 1)));
    layer.begin("a");
    layer.point(1, std::array{Tag{5, 9}}, {1, 1});  // no such key, no such value
    EXPECT_ANY_THROW(decode_mvt(tile_of(layer)));
}

}  // namespace
}  // namespace riskbild::tiles
