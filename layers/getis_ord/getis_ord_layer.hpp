#pragma once

#include "layers/getis_ord/getis_ord.hpp"
#include "layers/layer.hpp"

namespace riskbild::layers {

/// Hot spots as the registry holds them.
[[nodiscard]] Layer getis_ord_layer();

}  // namespace riskbild::layers
