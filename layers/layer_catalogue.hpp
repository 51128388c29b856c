#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "layers/density.hpp"
#include "layers/layer_result.hpp"
#include "layers/rates.hpp"
#include "layers/repeat_locations.hpp"

namespace riskbild::layers {

/// One option as help texts, forms and the parser know it: a number in a range, some words, or either.
struct OptionDescription {
    std::string key;
    std::string default_value;       ///< as text
    std::vector<std::string> words;  ///< allowed words, first the most usual
    bool number = false;             ///< whether numbers in [low, high] are allowed
    bool whole = false;              ///< only whole numbers
    double low = 0.0;
    double high = 0.0;
    std::string unit;  ///< `m`, or empty
    std::string sv;    ///< one sentence
    std::string en;

    /// `10 to 100000 m, auto, scott, nrd or likelihood`
    [[nodiscard]] std::string allowed() const;
};

enum class LayerShape : std::uint8_t { surface, areas, places };

struct LayerDescription {
    std::string name;
    std::string title_sv;
    std::string title_en;
    std::string about_sv;  ///< one sentence that a caseworker understands
    std::string about_en;
    LayerShape shape = LayerShape::surface;
    std::string unit;
    std::vector<OptionDescription> options;  ///< in order of key
};

/// Every layer there is, in the order of menus.
[[nodiscard]] std::span<LayerDescription const> layer_catalogue();
[[nodiscard]] LayerDescription const* find_layer(std::string_view name);

using LayerResult = std::variant<Surface, AreaValues, RepeatLocations>;
[[nodiscard]] LayerInfo const& info_of(LayerResult const& result);

/// Checks every option of a layer: known key, allowed word or number in range. Absent ones become defaults,
/// so that two ways of asking for the same give the same text (addresses, caches). \return
/// ErrorCode::wrong_use with the key in `field` and what is allowed; ErrorCode::not_found for no such layer.
Result<Options> complete_options(std::string_view layer, Options const& options);

Result<DensityOptions> density_options(Options const& options);
Result<RepeatLocationOptions> repeat_location_options(Options const& options);
Result<RateOptions> rate_options(Options const& options);

/// Computes a layer by name. `window` is for surfaces; others ignore it.
/// \return ErrorCode::not_found listing the layers there are, else as the layer itself.
Result<LayerResult> run_layer(std::string_view name, View const& view, Filter const& filter,
                              Options const& options, Progress const& progress = {},
                              std::optional<Lattice> window = std::nullopt);

}  // namespace riskbild::layers
