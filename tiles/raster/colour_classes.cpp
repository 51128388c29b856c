#include "tiles/raster/colour_classes.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace riskbild::tiles {

namespace {

// The k-th of …, 0.5, 1, 2, 5, 10, 20, …; number 0 is 1. Through text, so that 0.2 is 0.2.
double round_number(int k)
{
    auto const decade = k >= 0 ? k / 3 : -((-k + 2) / 3);
    constexpr int kDigits[] = {1, 2, 5};
    return std::stod(fmt::format("{}e{}", kDigits[k - decade * 3], decade));
}

// Number of the largest round number not above the value. \pre value > 0
int round_below(double value)
{
    auto k = static_cast<int>(std::floor(std::log10(value))) * 3 + 3;
    while (round_number(k) > value) {
        --k;
    }
    return k;
}

bool is_colour(std::string const& text)
{
    return text.size() == 7 && text[0] == '#' &&
           std::all_of(text.begin() + 1, text.end(), [](unsigned char c) { return std::isxdigit(c) != 0; });
}

}  // namespace

Result<Style> load_style(std::filesystem::path const& file)
{
    auto const name = file.filename().string();
    auto table = toml::table{};
    try {
        table = toml::parse_file(file.string());
    } catch (toml::parse_error const& error) {
        return fail(ErrorCode::unreadable, fmt::format("style {}: {}", name, error.description()));
    }
    auto style = Style{};
    if (auto const* colours = table["colours"].as_array()) {
        for (auto const& colour : *colours) {
            style.colours.push_back(colour.value_or(std::string{}));
        }
    }
    if (style.colours.empty() || !std::all_of(style.colours.begin(), style.colours.end(), is_colour)) {
        return fail(ErrorCode::unreadable, fmt::format("style {}: expected colours = [\"#rrggbb\", …]", name),
                    "colours");
    }
    style.opacity = table["opacity"].value_or(1.0);
    style.line_colour = table["line_colour"].value_or(std::string{});
    style.line_width = table["line_width"].value_or(0.0);
    if (!(style.opacity >= 0.0 && style.opacity <= 1.0)) {
        return fail(ErrorCode::unreadable, fmt::format("style {}: expected opacity from 0 to 1", name),
                    "opacity");
    }
    if (!style.line_colour.empty() && !is_colour(style.line_colour)) {
        return fail(ErrorCode::unreadable, fmt::format("style {}: expected line_colour = \"#rrggbb\"", name),
                    "line_colour");
    }
    return style;
}

std::vector<LegendClass> doubling_classes(double largest, std::span<std::string const> colours)
{
    if (!(largest > 0.0) || !std::isfinite(largest)) {
        return {};
    }
    auto const top = round_below(largest);
    auto const first = top - static_cast<int>(colours.size()) + 1;
    auto classes = std::vector<LegendClass>{};
    for (std::size_t i = 0; i < colours.size(); ++i) {
        auto const k = first + static_cast<int>(i);
        classes.push_back({round_number(k), round_number(k + 1), colours[i]});
    }
    return classes;
}

std::vector<LegendClass> even_classes(double largest, std::span<std::string const> colours)
{
    if (!(largest > 0.0) || !std::isfinite(largest)) {
        return {};
    }
    auto const count = static_cast<double>(colours.size());
    auto k = round_below(largest / count);
    while (round_number(k) * count < largest) {
        ++k;
    }
    auto const width = round_number(k);
    auto classes = std::vector<LegendClass>{};
    for (std::size_t i = 0; i < colours.size(); ++i) {
        classes.push_back({static_cast<double>(i) * width, static_cast<double>(i + 1) * width, colours[i]});
    }
    return classes;
}

std::size_t class_of(double value, std::span<LegendClass const> classes)
{
    if (classes.empty() || !(value >= classes.front().from)) {
        return classes.size();
    }
    auto const above = std::upper_bound(classes.begin(), classes.end(), value,
                                        [](double v, LegendClass const& c) { return v < c.from; });
    return static_cast<std::size_t>(above - classes.begin()) - 1;
}

}  // namespace riskbild::tiles
