#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "geo_core/units.hpp"

namespace riskbild::tiles {

/// How large a pixel of a 256-pixel tile is on the ground at 60° north: 40 075 016.686 m · cos 60° / 256 /
/// 2^z. One table for all counties, so that a zoom has one cell size; further south pixels are larger than
/// this and cells a little finer than they need be.
inline constexpr std::array<double, 17> kPixelMetres = [] {
    auto table = std::array<double, 17>{};
    for (std::size_t z = 0; z < table.size(); ++z) {
        table[z] = 40'075'016.686 * 0.5 / 256.0 / static_cast<double>(1U << z);
    }
    return table;
}();

/// Cells along a side of the area shown, at most: bounds the work at low zooms.
inline constexpr double kMostCellsAcross = 2000.0;

/// The cell size in which a surface smoothed with radius R is computed for a zoom: of the sizes 1, 2, 5, 10,
/// 20, 50 … m the largest that is
///   - not above one and a half pixels, or not above R/8 where that is more: between cells of R/8 a straight
///   line
///     misses a quartic bump by less than 1 % of its height (by 3 % between cells of R/4; an Epanechnikov
///     bump, kinked at its rim, by up to 7 %), so finer cells show nothing new;
///   - never above R/4, so that no bump falls between cells: pixels larger than that take the mean of
///   several.
/// But not so small that `across`, the side of a tile or of the county where that is less, has more than
/// kMostCellsAcross cells.
///
/// | zoom | pixel, m | cell for R = 250 m | 500 m | 1 km | 5 km |
/// |---|---|---|---|---|---|
/// | 6 | 1223 | 50 | 100 | 200 | 1000 |
/// | 8 | 306 | 50 | 100 | 200 | 500 |
/// | 10 | 76 | 50 | 100 | 100 | 500 |
/// | 12 | 19 | 20 | 50 | 100 | 500 |
/// | 16 | 1.2 | 20 | 50 | 100 | 500 |
[[nodiscard]] inline Metres cell_of_zoom(int zoom, Metres radius, Metres across)
{
    constexpr auto round_down = [](double value) {
        auto const decade = std::pow(10.0, std::floor(std::log10(value) + 1e-9));
        for (auto const digit : {5.0, 2.0}) {
            if (digit * decade <= value * (1.0 + 1e-9)) {
                return digit * decade;
            }
        }
        return decade;
    };
    auto const pixel = kPixelMetres[static_cast<std::size_t>(std::clamp(zoom, 0, 16))];
    auto const wanted = std::min(std::max(1.5 * pixel, radius.value() / 8.0), radius.value() / 4.0);
    auto cell = round_down(wanted);
    while (across.value() / cell > kMostCellsAcross) {
        cell = round_down(cell * 2.5);  // the next of 1, 2, 5, 10
    }
    return Metres{std::max(cell, 1.0)};
}

}  // namespace riskbild::tiles
