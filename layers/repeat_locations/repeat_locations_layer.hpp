#pragma once

#include "layers/layer.hpp"
#include "layers/repeat_locations/repeat_locations.hpp"

namespace riskbild::layers {

/// Repeat locations as the registry holds them.
[[nodiscard]] Layer repeat_locations_layer();

/// \return ErrorCode::wrong_use naming the option
Result<RepeatLocationOptions> repeat_location_options(Options const& given);

}  // namespace riskbild::layers
