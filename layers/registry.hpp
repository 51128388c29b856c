#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "layers/layer.hpp"

namespace riskbild::layers {

/// Every layer there is, in the order of menus.
[[nodiscard]] std::span<Layer const> all_layers();
[[nodiscard]] Layer const* find_layer(std::string_view name);
/// \return ErrorCode::not_found listing the layers there are
Result<Layer const*> layer_named(std::string_view name);

/// Computes a layer by name. `window` is for surfaces; others ignore it.
/// \return ErrorCode::not_found for no such layer, else as the layer itself
Result<LayerResult> run_layer(std::string_view name, View const& view, Filter const& filter,
                              Options const& options, Progress const& progress = {},
                              std::optional<Lattice> window = std::nullopt);

}  // namespace riskbild::layers
