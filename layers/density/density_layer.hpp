#pragma once

#include "layers/density/density.hpp"
#include "layers/layer.hpp"

namespace riskbild::layers {

/// Density as the registry holds it.
[[nodiscard]] Layer density_layer();

/// \return ErrorCode::wrong_use naming the option
Result<DensityOptions> density_options(Options const& given);

}  // namespace riskbild::layers
