#pragma once

#include "layers/layer.hpp"
#include "layers/relative_risk/relative_risk.hpp"

namespace riskbild::layers {

/// Relative risk as the registry holds it.
[[nodiscard]] Layer relative_risk_layer();

}  // namespace riskbild::layers
