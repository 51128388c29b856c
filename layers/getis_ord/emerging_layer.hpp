#pragma once

#include "layers/getis_ord/emerging.hpp"
#include "layers/layer.hpp"

namespace riskbild::layers {

/// Emerging hot spots as the registry holds them.
[[nodiscard]] Layer emerging_layer();

}  // namespace riskbild::layers
