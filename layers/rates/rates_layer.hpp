#pragma once

#include "layers/layer.hpp"
#include "layers/rates/rates.hpp"

namespace riskbild::layers {

/// Rates as the registry holds them.
[[nodiscard]] Layer rates_layer();

/// \return ErrorCode::wrong_use naming the option
Result<RateOptions> rate_options(Options const& given);

}  // namespace riskbild::layers
