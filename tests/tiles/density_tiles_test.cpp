#include "tiles/raster/density_source.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "geo_core/profile.hpp"
#include "layers/density/density_kernel.hpp"
#include "layers/density/density_layer.hpp"
#include "tests/tiles/picture.hpp"
#include "tests/tiles/uppsala.hpp"
#include "tiles/raster/warp.hpp"
#include "tiles/raster/zoom_cells.hpp"

namespace riskbild::tiles {
namespace {

using namespace riskbild::testing;

Style style()
{
    return load_style(data_directory() / "styles" / "density.toml").value();
}

PixelValues pixels_of(TileSource const& source, Selection const& selection, TileId id, int wide = 1)
{
    return density_pixels(source, selection, id, wide).value().value();
}

TEST(DensityTiles, APixelShowsTheDensityAtItsPlace)
{
    auto const view = uppsala_view(scattered(3000, 21));
    auto const source = make_density_source(view, style());
    // Straight lines between cells of R/8 to R/20 miss a smooth bump by a hundredth of its height, and one
    // with a kink at its rim by more (zoom_cells.hpp).
    for (auto const& [options, part] : {std::pair{"radius=1000", 0.01},
                                        {"radius=400;kernel=epanechnikov", 0.07},
                                        {"kernel=gaussian;sigma=300", 0.01}}) {
        auto const selection = complete(*source, "", options);
        auto const wanted = layers::density_options(selection.options).value();
        auto const gaussian = wanted.kernel == layers::Kernel::gaussian;
        for (int const z : {11, 12, 14}) {  // from where a pixel is smaller than a cell and shows one place
            auto const id = tile_at({17.64, 59.86}, z);
            auto const pixels = pixels_of(*source, selection, id);
            auto const warp = PixelWarp{view.county().profile.crs, id};
            auto places = std::vector<MapPoint>{};
            auto shown = std::vector<double>{};
            for (int y = 3; y < 256; y += 23) {
                for (int x = 5; x < 256; x += 29) {
                    places.push_back(warp.at(x + 0.5, y + 0.5));
                    shown.push_back(
                        static_cast<double>(pixels.values[static_cast<std::size_t>(y * 256 + x)]));
                }
            }
            auto const right =
                layers::density_at_points({view.points().east, view.points().north}, places,
                                          {wanted.kernel, (gaussian ? wanted.sigma : wanted.radius).value()})
                    .value();
            auto const largest = 1e6 * *std::max_element(right.begin(), right.end());
            for (std::size_t i = 0; i < right.size(); ++i) {
                ASSERT_NEAR(shown[i], 1e6 * right[i], part * largest) << options << " zoom " << z;
            }
        }
    }
}

TEST(DensityTiles, CellsHoldWhatTheLayerSays)
{
    // The window around a tile and the whole county give the same values at the same cells.
    auto const view = uppsala_view(scattered(3000, 22));
    auto const source = make_density_source(view, style());
    auto const selection = complete(*source, "kinds=theft", "radius=800");
    auto const id = tile_at({17.64, 59.86}, 12);
    auto const pixels = pixels_of(*source, selection, id);
    auto const cell = cell_of_zoom(12, Metres{800.0}, Metres{kPixelMetres[12] * 256.0});
    auto const whole =
        layers::density(view, selection.filter, layers::density_options(selection.options).value(),
                        lattice_over(PixelWarp{view.county().profile.crs, id}.bounds().value(), cell))
            .value();
    auto const warp = PixelWarp{view.county().profile.crs, id};
    auto compared = 0;
    for (int y = 60; y < 200; y += 7) {
        for (int x = 60; x < 200; x += 7) {
            auto const expected = between_cells(whole.lattice, whole.values, warp.at(x + 0.5, y + 0.5));
            ASSERT_NEAR(static_cast<double>(pixels.values[static_cast<std::size_t>(y * 256 + x)]), expected,
                        1e-6 * expected + 1e-9);
            compared += expected > 0.0 ? 1 : 0;
        }
    }
    EXPECT_GT(compared, 100);
}

TEST(DensityTiles, NeighboursMeetWithoutASeam)
{
    auto const view = uppsala_view(scattered(20'000, 23));
    auto const source = make_density_source(view, style());
    auto const selection = complete(*source, "", "radius=600");
    auto bench = Workbench{};
    auto const classes = source->legend(selection).value().classes;
    auto drawn = 0;
    for (int const z : {7, 9, 11, 13}) {
        auto const left = tile_at({17.6, 59.86}, z);
        auto const right = TileId{left.z, left.x + 1, left.y};
        auto const wide = pixels_of(*source, selection, left, 2);
        auto const whole = read_picture(bench.painter.paint(wide, classes, style(), TileFormat::png).value());
        ASSERT_EQ(whole.width, 512);
        for (auto const& [id, from] : {std::pair{left, 0}, {right, 256}}) {
            auto const bytes = source->render(id, TileFormat::png, selection, bench).value();
            auto const tile = read_picture(bytes);
            ASSERT_EQ(tile.width, bytes.empty() ? 0 : 256);
            for (int y = 0; y < 256; ++y) {
                for (int const x : {0, 1, 127, 254, 255}) {
                    if (bytes.empty()) {
                        ASSERT_EQ(whole.at(from + x, y)[3], 0);
                        continue;
                    }
                    ASSERT_EQ(tile.at(x, y), whole.at(from + x, y))
                        << "zoom " << z << " pixel " << x << "," << y;
                    drawn += tile.at(x, y)[3] > 0 ? 1 : 0;
                }
            }
        }
    }
    EXPECT_GT(drawn, 500);
}

TEST(DensityTiles, PicturesHaveTheColoursOfTheLegend)
{
    auto const source = make_density_source(uppsala_view(scattered(3000, 24)), style());
    auto const selection = complete(*source);
    auto const legend = source->legend(selection).value();
    ASSERT_EQ(legend.classes.size(), style().colours.size());
    EXPECT_EQ(legend.info.n, 3000u);
    EXPECT_EQ(legend.info.unit, "incidents per km²");
    auto const id = tile_at({17.64, 59.86}, 10);
    auto const pixels = pixels_of(*source, selection, id);
    auto bench = Workbench{};
    auto const picture = read_picture(source->render(id, TileFormat::png, selection, bench).value());
    auto coloured = 0;
    for (int i = 0; i < 256 * 256; ++i) {
        auto const in_class =
            class_of(static_cast<double>(pixels.values[static_cast<std::size_t>(i)]), legend.classes);
        auto const pixel = picture.pixels[static_cast<std::size_t>(i)];
        if (in_class == legend.classes.size()) {
            ASSERT_EQ(pixel[3], 0) << i;
            continue;
        }
        ++coloured;
        auto const number = std::stoul(legend.classes[in_class].colour.substr(1), nullptr, 16);
        ASSERT_NEAR(pixel[0], static_cast<int>(number >> 16), 2);
        ASSERT_NEAR(pixel[1], static_cast<int>(number >> 8 & 0xff), 2);
        ASSERT_NEAR(pixel[2], static_cast<int>(number & 0xff), 2);
        ASSERT_NEAR(pixel[3], style().opacity * 255, 2);
    }
    EXPECT_GT(coloured, 1000);
}

TEST(DensityTiles, WebPShowsTheSamePicture)
{
    auto const source = make_density_source(uppsala_view(scattered(3000, 24)), style());
    auto const selection = complete(*source);
    auto const id = tile_at({17.64, 59.86}, 9);
    auto bench = Workbench{};
    auto const png = read_picture(source->render(id, TileFormat::png, selection, bench).value());
    auto const webp = read_picture(source->render(id, TileFormat::webp, selection, bench).value());
    if (webp.width == 0) {
        GTEST_SKIP() << "this GDAL reads no WebP";
    }
    auto const found = difference(png, webp);
    EXPECT_TRUE(found.same_size);
    EXPECT_LT(found.mean, 4.0);  // WebP at quality 80 rounds colours near edges
}

TEST(DensityTiles, FarFromEveryIncidentThereIsNoPicture)
{
    auto const source = make_density_source(uppsala_view({{.place = kUppsalaCathedral}}), style());
    auto bench = Workbench{};
    EXPECT_EQ(source->render({10, 0, 0}, TileFormat::png, complete(*source), bench).value(), "");
    EXPECT_EQ(source->render(tile_at({18.4, 60.5}, 12), TileFormat::png, complete(*source), bench).value(),
              "");
    EXPECT_NE(
        source->render(tile_at(kUppsalaCathedral, 12), TileFormat::png, complete(*source), bench).value(),
        "");
}

TEST(DensityTiles, WithoutIncidentsThereIsNeitherPictureNorClass)
{
    auto const source = make_density_source(uppsala_view({}), style());
    auto bench = Workbench{};
    EXPECT_EQ(source->render({0, 0, 0}, TileFormat::png, complete(*source), bench).value(), "");
    EXPECT_TRUE(source->legend(complete(*source)).value().classes.empty());
}

TEST(DensityTiles, EveryZoomIsDrawn)
{
    auto dots = scattered(2000, 25);
    for (int i = 0; i < 40; ++i) {
        dots.push_back({.place = kUppsalaCathedral});
    }
    auto const view = uppsala_view(dots);
    auto const source = make_density_source(view, style());
    auto bench = Workbench{};
    // From which zoom a bump is more than a speck.
    for (auto const& [options, from] : {std::pair{"radius=10", 16},
                                        {"radius=50", 14},
                                        {"radius=1000", 8},
                                        {"radius=auto", 8},
                                        {"edge=uniform", 8}}) {
        for (int z = 0; z <= 16; ++z) {
            auto const tile = source->render(tile_at(kUppsalaCathedral, z), TileFormat::png,
                                             complete(*source, "", options), bench);
            ASSERT_TRUE(tile) << options << " zoom " << z << ": " << tile.error().message;
            EXPECT_TRUE(z < from || !tile->empty()) << options << " zoom " << z;
        }
    }
}

TEST(DensityTiles, TheLegendReachesTheLargestDensityWhateverTheRadius)
{
    auto dots = scattered(2000, 25);
    for (int i = 0; i < 40; ++i) {
        dots.push_back({.place = kUppsalaCathedral});
    }
    auto const view = uppsala_view(dots);
    auto const source = make_density_source(view, style());
    for (double const radius : {10.0, 50.0, 250.0, 1000.0}) {
        auto const classes =
            source->legend(complete(*source, "", "radius=" + std::to_string(static_cast<int>(radius))))
                .value()
                .classes;
        ASSERT_FALSE(classes.empty()) << radius;
        auto const peak = 40.0 * 1e6 * layers::peak_of(layers::Kernel::quartic, radius);  // of these alone
        EXPECT_GE(classes.back().to, 0.97 * peak) << radius;
        EXPECT_LE(classes.back().from, 2.0 * peak) << radius;
    }
}

TEST(DensityTiles, NeighboursInEveryDirectionShowOneSurface)
{
    auto const view = uppsala_view(scattered(5000, 23));
    auto const source = make_density_source(view, style());
    for (auto const* const options : {"radius=600", "edge=uniform;radius=600", "edge=diggle;radius=600"}) {
        auto const selection = complete(*source, "", options);
        for (int const z : {10, 12}) {
            auto const corner = tile_at({17.6, 59.86}, z);
            auto const cell =
                cell_of_zoom(z, Metres{600.0}, Metres{kPixelMetres[static_cast<std::size_t>(z)] * 256.0});
            auto box = MapBox{{1e9, 1e9}, {-1e9, -1e9}};
            auto four = std::vector<TileId>{};
            for (std::uint32_t const dx : {0u, 1u}) {
                for (std::uint32_t const dy : {0u, 1u}) {
                    four.push_back({corner.z, corner.x + dx, corner.y + dy});
                    auto const part = PixelWarp{view.county().profile.crs, four.back()}.bounds().value();
                    box.min = {std::min(box.min.east, part.min.east),
                               std::min(box.min.north, part.min.north)};
                    box.max = {std::max(box.max.east, part.max.east),
                               std::max(box.max.north, part.max.north)};
                }
            }
            auto const by = 2.0 * cell.value();
            box = {{box.min.east - by, box.min.north - by}, {box.max.east + by, box.max.north + by}};
            auto const whole =
                layers::density(view, selection.filter, layers::density_options(selection.options).value(),
                                lattice_over(box, cell))
                    .value();
            auto seen = 0;
            for (auto const id : four) {
                auto const warp = PixelWarp{view.county().profile.crs, id};
                auto const pixels = pixels_of(*source, selection, id);
                for (int const y : {0, 1, 100, 254, 255}) {
                    for (int x = 0; x < 256; x += 5) {
                        auto const right =
                            between_cells(whole.lattice, whole.values, warp.at(x + 0.5, y + 0.5));
                        auto const shown =
                            static_cast<double>(pixels.values[static_cast<std::size_t>(y * 256 + x)]);
                        ASSERT_NEAR(shown, right, 1e-5 * right + 1e-9)
                            << options << " zoom " << z << " " << x << "," << y;
                        seen += right > 0.0 ? 1 : 0;
                    }
                }
            }
            EXPECT_GT(seen, 100) << options << " zoom " << z;
        }
    }
}

TEST(DensityTiles, LowZoomsKeepTheMeanDensity)
{
    // 100 incidents in one place: at zoom 4 the bump is smaller than a pixel, which shows the mean over
    // itself.
    auto dots = std::vector<Dot>{};
    for (int i = 0; i < 100; ++i) {
        dots.push_back({.place = kUppsalaCathedral});
    }
    auto const source = make_density_source(uppsala_view(dots), style());
    auto const selection = complete(*source, "", "radius=1000");
    for (int const z : {4, 6, 8, 10}) {
        auto const id = tile_at(kUppsalaCathedral, z);
        auto const warp = PixelWarp{uppsala_county()->profile.crs, id};
        auto const pixels = pixels_of(*source, selection, id);
        auto incidents = 0.0;
        for (int y = 0; y < 256; ++y) {
            for (int x = 0; x < 256; ++x) {
                auto const a = warp.at(x, y);
                auto const b = warp.at(x + 1, y);
                auto const c = warp.at(x, y + 1);
                auto const area = std::abs((b.east - a.east) * (c.north - a.north) -
                                           (b.north - a.north) * (c.east - a.east));
                incidents +=
                    static_cast<double>(pixels.values[static_cast<std::size_t>(y * 256 + x)]) * area / 1e6;
            }
        }
        EXPECT_NEAR(incidents, 100.0, 4.0) << "zoom " << z;
    }
}

}  // namespace
}  // namespace riskbild::tiles
