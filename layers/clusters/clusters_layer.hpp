#pragma once

#include "layers/clusters/clusters.hpp"
#include "layers/layer.hpp"

namespace riskbild::layers {

/// Clusters as the registry holds them.
[[nodiscard]] Layer clusters_layer();

}  // namespace riskbild::layers
