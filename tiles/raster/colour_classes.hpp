#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "geo_core/result.hpp"
#include "tiles/tile_service.hpp"

namespace riskbild::tiles {

/// How a picture layer is coloured: `data/styles/<layer>.toml`.
struct Style {
    std::vector<std::string> colours;  ///< `#rrggbb`, least first
    double opacity = 1.0;              ///< of the fill
    std::string line_colour;           ///< empty: no outlines
    double line_width = 0.0;           ///< pixels
};

/// \return ErrorCode::unreadable naming the file and what is missing or wrong in it
Result<Style> load_style(std::filesystem::path const& file);

/// Classes that each reach about twice as far as the one below, on the round numbers 1, 2, 5, 10, 20 …, the
/// last one holding `largest`. For values that are spread over orders of magnitude, as densities are: a few
/// places would else take all classes but the first. What lies below the first class is not drawn.
/// \return no class when `largest` is not above zero
[[nodiscard]] std::vector<LegendClass> doubling_classes(double largest, std::span<std::string const> colours);

/// Classes of one round width from 0, the last one holding `largest`. For values of one order of magnitude,
/// as rates are.
[[nodiscard]] std::vector<LegendClass> even_classes(double largest, std::span<std::string const> colours);

/// Index of the class a value lies in, classes.size() below the first. Values above the last belong to it.
[[nodiscard]] std::size_t class_of(double value, std::span<LegendClass const> classes);

}  // namespace riskbild::tiles
