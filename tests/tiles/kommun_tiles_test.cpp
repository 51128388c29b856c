#include "tiles/kommun_source.hpp"

#include <set>

#include <gtest/gtest.h>

#include "geo_core/profile.hpp"
#include "layers/rates/rates_layer.hpp"
#include "tests/support/made_up_county.hpp"
#include "tests/tiles/mvt_decoder.hpp"
#include "tests/tiles/picture.hpp"
#include "tests/tiles/uppsala.hpp"

namespace riskbild::tiles {
namespace {

using namespace riskbild::testing;

Style style()
{
    return load_style(data_directory() / "styles" / "kommuner.toml").value();
}

TEST(KommunTiles, EveryTileOfEveryZoomHasValidRings)
{
    auto const source = make_kommun_source(uppsala_view(scattered(500, 1)), style());
    auto bench = Workbench{};
    auto const selection = complete(*source);
    auto polygons = 0;
    for (int const z : {0, 3, 5, 6, 7, 8, 9, 10, 11, 12}) {
        auto list = tiles_over({16.5, 59.3, 19.0, 60.8}, z);
        auto const step = std::max<std::size_t>(1, list.size() / 60);
        for (std::size_t i = 0; i < list.size(); i += step) {
            auto const tile = source->render(list[i], TileFormat::mvt, selection, bench).value();
            for (auto const& feature : layer_of(tile, "kommuner").features) {
                ASSERT_EQ(why_invalid(feature), "")
                    << z << "/" << list[i].x << "/" << list[i].y << " " << feature.text("name");
                ++polygons;
            }
        }
    }
    EXPECT_GT(polygons, 100);
}

TEST(KommunTiles, CarryWhatTheRatesLayerSays)
{
    auto const view = uppsala_view(scattered(500, 1));
    auto const source = make_kommun_source(view, style());
    auto bench = Workbench{};
    auto const selection = complete(*source, "kinds=theft", "per=100000");
    auto const tile = source->render({5, 17, 9}, TileFormat::mvt, selection, bench).value();
    auto const layer = layer_of(tile, "kommuner");
    auto const rates =
        layers::rates(view, selection.filter, layers::rate_options(selection.options).value()).value();
    ASSERT_EQ(layer.features.size(), 8u);
    for (auto const& feature : layer.features) {
        auto const& row = rates.rows.at(static_cast<std::size_t>(feature.whole("id")));
        EXPECT_EQ(feature.whole("n"), static_cast<std::int64_t>(*row.count));
        EXPECT_EQ(feature.whole("population"), row.population);
        EXPECT_EQ(std::get<double>(feature.properties.at("rate")), *row.rate);
        EXPECT_EQ(std::get<double>(feature.properties.at("low")), row.low);
        EXPECT_EQ(std::get<double>(feature.properties.at("high")), row.high);
        EXPECT_EQ(feature.text("name"), view.county().areas[row.area].name);
        EXPECT_EQ(feature.text("code"), view.county().areas[row.area].code);
    }
}

TEST(KommunTiles, NeighboursShareTheirBorderAtEveryZoom)
{
    auto const view = made_up_view({{.east = 5000, .north = 5000}});
    auto const source = make_kommun_source(view, style());
    auto bench = Workbench{};
    auto const middle = view.county().profile.crs.degrees({kCorner.east + 10'000, kCorner.north + 10'000});
    for (int const z : {6, 9, 10, 11, 13}) {
        auto const tile =
            source->render(tile_at(middle, z), TileFormat::mvt, complete(*source), bench).value();
        auto times = std::map<std::pair<std::int32_t, std::int32_t>, int>{};
        for (auto const& feature : layer_of(tile, "kommuner").features) {
            for (auto const v : feature.parts[0]) {
                ++times[{v.x, v.y}];
            }
        }
        auto const local = TileFrame{tile_at(middle, z)}.local(world_point(middle));
        auto const at_middle = std::count_if(times.begin(), times.end(), [&](auto const& entry) {
            return std::abs(entry.first.first - local.x) <= 4 &&
                   std::abs(entry.first.second - local.y) <= 4 && entry.second == 4;
        });
        EXPECT_EQ(at_middle, 1) << "zoom " << z;
    }
}

TEST(KommunTiles, PictureHasTheColourOfTheAreasClass)
{
    auto const view = uppsala_view(scattered(500, 1));
    auto const source = make_kommun_source(view, style());
    auto bench = Workbench{};
    auto const selection = complete(*source);
    auto const legend = source->legend(selection).value();
    auto const rates = layers::rates(view, {}, {}).value();
    auto const place = LngLat{17.2, 60.05};  // deep in one kommun
    auto const id = tile_at(place, 10);
    auto const area = view.county().areas.at(view.county().profile.crs.metres(place));
    auto const expected = legend.classes.at(class_of(*rates.rows[area.value()].rate, legend.classes)).colour;
    auto const picture = read_picture(source->render(id, TileFormat::png, selection, bench).value());
    ASSERT_EQ(picture.width, 256);
    auto const local = TileFrame{id}.local(world_point(place));
    auto const pixel = picture.at(local.x / 16, local.y / 16);
    auto const number = std::stoul(expected.substr(1), nullptr, 16);
    EXPECT_NEAR(pixel[0], static_cast<int>(number >> 16), 3);
    EXPECT_NEAR(pixel[1], static_cast<int>(number >> 8 & 0xff), 3);
    EXPECT_NEAR(pixel[2], static_cast<int>(number & 0xff), 3);
    EXPECT_NEAR(pixel[3], style().opacity * 255, 3);
}

TEST(KommunTiles, OutsideTheCountyIsEmpty)
{
    auto const source = make_kommun_source(uppsala_view({}), style());
    auto bench = Workbench{};
    for (auto const format : {TileFormat::mvt, TileFormat::png, TileFormat::webp}) {
        EXPECT_EQ(source->render({10, 0, 0}, format, complete(*source), bench).value(), "");
    }
}

}  // namespace
}  // namespace riskbild::tiles
