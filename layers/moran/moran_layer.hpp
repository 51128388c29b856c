#pragma once

#include "layers/layer.hpp"
#include "layers/moran/compare_neighbours.hpp"

namespace riskbild::layers {

/// Whether neighbouring areas or cells are alike, and which stand out, as the registry holds it. Method:
/// docs/methods/moran.md
[[nodiscard]] Layer moran_layer();

/// \return ErrorCode::wrong_use naming the option
Result<MoranOptions> moran_options(Options const& given);

}  // namespace riskbild::layers
