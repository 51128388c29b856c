#pragma once

#include "layers/layer.hpp"

namespace riskbild::layers {

/// When in the week things happen, as the registry holds it. All incidents that match enter, with a point or
/// without: time needs no place. \see AoristicCounter
[[nodiscard]] Layer aoristic_layer();

}  // namespace riskbild::layers
