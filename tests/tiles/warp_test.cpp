#include "tiles/raster/warp.hpp"

#include <cmath>

#include <limits>

#include <gtest/gtest.h>

#include "tests/tiles/uppsala.hpp"
#include "tiles/raster/map_painter.hpp"
#include "tiles/raster/zoom_cells.hpp"

namespace riskbild::tiles {
namespace {

using namespace riskbild::testing;

// Where a pixel truly lies, by PROJ, against where the net says.
double worst_error_in_pixels(Crs const& crs, TileId id)
{
    auto const warp = PixelWarp{crs, id};
    auto const frame = TileFrame{id};
    auto const pixel = static_cast<double>(frame.side()) / kPixels;
    auto worst = 0.0;
    for (int y = 0; y < kPixels; y += 5) {
        for (int x = 0; x < kPixels; x += 5) {
            auto const true_place = [&](double px, double py) {
                return crs.metres(
                    lng_lat({static_cast<std::uint32_t>(static_cast<double>(frame.x()) + px * pixel),
                             static_cast<std::uint32_t>(static_cast<double>(frame.y()) + py * pixel)}));
            };
            auto const place = true_place(x + 0.5, y + 0.5);
            auto const next = true_place(x + 1.5, y + 0.5);
            auto const size = std::hypot(next.east - place.east, next.north - place.north);
            auto const net = warp.at(x + 0.5, y + 0.5);
            worst = std::max(worst, std::hypot(net.east - place.east, net.north - place.north) / size);
        }
    }
    return worst;
}

TEST(PixelWarp, IsWithinATwentiethOfAPixel)
{
    auto const crs = uppsala_county()->profile.crs;
    for (int z = 6; z <= 16; ++z) {
        EXPECT_LT(worst_error_in_pixels(crs, tile_at(kUppsalaCathedral, z)), 0.05) << "zoom " << z;
    }
}

TEST(PixelWarp, AWiderPictureHasTheSamePlaces)
{
    auto const crs = uppsala_county()->profile.crs;
    auto const id = tile_at(kUppsalaCathedral, 9);
    auto const wide = PixelWarp{crs, id, 2};
    auto const right = PixelWarp{crs, {id.z, id.x + 1, id.y}};
    EXPECT_EQ(wide.width(), 512);
    for (double const x : {0.5, 17.3, 255.5}) {
        EXPECT_EQ(wide.at(256.0 + x, 99.5), right.at(x, 99.5));
    }
}

TEST(BetweenCells, IsExactAtCentresAndStraightBetween)
{
    auto const lattice = Lattice{Metres{10.0}, 100, 200, 3, 2};
    auto const values = std::vector<double>{1, 2, 3, 4, 5, 6};
    EXPECT_EQ(between_cells(lattice, values, lattice.centre(1, 0)), 2.0);
    EXPECT_EQ(between_cells(lattice, values, lattice.centre(2, 1)), 6.0);
    EXPECT_DOUBLE_EQ(between_cells(lattice, values, {1010.0, 2010.0}), 3.0);
    EXPECT_EQ(between_cells(lattice, values, {1000.0, 2000.0}), 1.0);
    EXPECT_EQ(between_cells(lattice, values, {999.0, 2000.0}), 0.0);

    // Cells that are not computed leave it to the others.
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    auto holed = values;
    holed[0] = nan;
    EXPECT_DOUBLE_EQ(between_cells(lattice, holed, lattice.centre(0, 0)), 0.0);
    EXPECT_FALSE(std::isnan(between_cells(lattice, holed, {1010.0, 2010.0})));
    EXPECT_EQ(between_cells(lattice, std::vector<double>(values.size(), nan), {1010.0, 2010.0}), 0.0);
}

TEST(OfCell, IsTheValueOfTheCellAPlaceLiesIn)
{
    auto const lattice = Lattice{Metres{10.0}, 100, 200, 3, 2};
    auto const values = std::vector<double>{1, 2, 3, 4, 5, 6};
    EXPECT_EQ(of_cell(lattice, values, {1009.9, 2000.0}), 1.0);
    EXPECT_EQ(of_cell(lattice, values, {1010.0, 2010.0}), 5.0);
    EXPECT_EQ(of_cell(lattice, values, {1030.0, 2010.0}), 0.0);
}

TEST(CellOfZoom, IsAsItsTableSays)
{
    auto const cell = [](int z, double r) {
        return cell_of_zoom(z, Metres{r}, Metres{kPixelMetres[static_cast<std::size_t>(z)] * 256.0}).value();
    };
    EXPECT_EQ(cell(8, 250), 50.0);
    EXPECT_EQ(cell(8, 1000), 200.0);
    EXPECT_EQ(cell(10, 500), 100.0);
    EXPECT_EQ(cell(9, 1000), 200.0);
    EXPECT_EQ(cell(12, 250), 20.0);
    EXPECT_EQ(cell(16, 1000), 100.0);
    EXPECT_EQ(cell(16, 10), 1.0);
}

TEST(CellOfZoom, BoundsTheNumberOfCells)
{
    for (int z = 0; z <= 16; ++z) {
        auto const across = Metres{std::min(kPixelMetres[static_cast<std::size_t>(z)] * 256.0, 170'000.0)};
        EXPECT_LE(across / cell_of_zoom(z, Metres{10.0}, across), kMostCellsAcross);
    }
}

}  // namespace
}  // namespace riskbild::tiles
