#include "tiles/result_source.hpp"

#include <gtest/gtest.h>

#include "layers/registry.hpp"
#include "tests/tiles/mvt_decoder.hpp"
#include "tests/tiles/uppsala.hpp"

namespace riskbild::tiles {
namespace {

using namespace riskbild::testing;

Style amounts()
{
    return {
        .colours = {"#ffffb2", "#fd8d3c", "#b10026"}, .opacity = 1.0, .line_colour = {}, .line_width = 0.0};
}

std::unique_ptr<TileSource> source_of(char const* layer, std::vector<Dot> const& dots)
{
    return make_result_source(std::make_shared<LayerResults const>(uppsala_view(dots)),
                              *layers::find_layer(layer), amounts());
}

/// So many incidents within a few metres of a place.
std::vector<Dot> heap(LngLat place, int n)
{
    auto dots = std::vector<Dot>{};
    for (int i = 0; i < n; ++i) {
        dots.push_back({.place = {place.lng + 1e-5 * (i % 3), place.lat + 1e-5 * (i / 3 % 3)}});
    }
    return dots;
}

TEST(ResultTiles, ATableWithPlacesBecomesFeaturesWithItsColumnsAndClass)
{
    auto const source = source_of("clusters", heap(kUppsalaCathedral, 40));
    EXPECT_EQ(source->describe().formats, std::vector{TileFormat::mvt});
    auto bench = Workbench{};
    auto const selection = complete(*source);
    auto const id = tile_at(kUppsalaCathedral, 14);
    auto const layer = layer_of(source->render(id, TileFormat::mvt, selection, bench).value(), "clusters");
    ASSERT_EQ(layer.features.size(), 1u);
    EXPECT_EQ(layer.features[0].whole("row"), 0);
    EXPECT_EQ(layer.features[0].whole("n"), 40);
    auto const legend = source->legend(selection).value();
    EXPECT_EQ(legend.info.n, 40u);
    auto const number = static_cast<std::size_t>(layer.features[0].whole("class"));
    ASSERT_LT(number, legend.classes.size());
    EXPECT_LE(legend.classes[number].from, 40.0);
    EXPECT_TRUE(source->render({14, 0, 0}, TileFormat::mvt, selection, bench).value().empty());
}

TEST(ResultTiles, AGridOfClassesBecomesPicturesWithNamedClasses)
{
    auto const source = source_of("getis_ord", heap(kUppsalaCathedral, 40));
    auto const formats = source->describe().formats;
    EXPECT_NE(std::ranges::find(formats, TileFormat::png), formats.end());
    auto const selection = complete(*source);
    auto const legend = source->legend(selection).value();
    ASSERT_EQ(legend.classes.size(), 6u) << "the class that is not drawn is not in the legend";
    EXPECT_EQ(legend.classes[0].sv, "Het, 99 % säkerhet");
    EXPECT_EQ(legend.classes[0].en, "Hot, 99 % confidence");
    auto bench = Workbench{};
    auto const here =
        source->render(tile_at(kUppsalaCathedral, 12), TileFormat::png, selection, bench).value();
    EXPECT_EQ(here.substr(1, 3), "PNG");
    auto const county =
        source->render(tile_at(kUppsalaCathedral, 6), TileFormat::png, selection, bench).value();
    EXPECT_FALSE(county.empty()) << "a few hot cells are not lost where a pixel holds many";
    EXPECT_TRUE(source->render(tile_at({17.0, 59.6}, 12), TileFormat::png, selection, bench).value().empty());
}

TEST(ResultTiles, WhatTilesAndLegendShowIsComputedOnce)
{
    auto const results = std::make_shared<LayerResults const>(uppsala_view(heap(kUppsalaCathedral, 20)));
    auto const wish = wish_for("clusters", {}, {}).value();
    auto const first = results->get(wish, {}).value();
    EXPECT_EQ(results->get(wish, {}).value(), first);
    EXPECT_NE(results->get(wish_for("clusters", {}, {{"eps", "100"}}).value(), {}).value(), first);
    EXPECT_EQ(wish_for("clusters", {}, {{"eps", "200.0"}})->name(), wish.name());
    EXPECT_EQ(wish_for("nothing", {}, {}).error().code, ErrorCode::not_found);
    EXPECT_EQ(wish_for("clusters", {}, {{"eps", "-1"}}).error().field, "eps");
}

TEST(ResultTiles, EveryDrawnLayerOfTheRegistryHasTiles)
{
    for (auto const& layer : layers::all_layers()) {
        if (!is_drawn(layer.description)) {
            continue;
        }
        auto const source = source_of(layer.description.name.c_str(), heap(kUppsalaCathedral, 30));
        auto const described = source->describe();
        EXPECT_FALSE(described.formats.empty()) << described.name;
        auto bench = Workbench{};
        for (auto const format : described.formats) {
            auto const tile =
                source->render(tile_at(kUppsalaCathedral, 12), format, complete(*source), bench);
            EXPECT_TRUE(tile) << described.name;
        }
    }
}

}  // namespace
}  // namespace riskbild::tiles
