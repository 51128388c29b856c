#pragma once

#include "layers/layer.hpp"
#include "layers/near_repeat/near_repeat.hpp"

namespace riskbild::layers {

/// Near repeats as the registry holds them.
[[nodiscard]] Layer near_repeat_layer();

}  // namespace riskbild::layers
