#pragma once

#include "layers/density/density.hpp"
#include "layers/layer.hpp"

namespace riskbild::layers {

/// Why the density of a place is what it is: beside the mean of the county and with half and double the
/// radius, and the incidents in reach. The place is in the store's metres. \return as DensityEstimate::make,
/// and ErrorCode::forbidden for a view without single incidents
Result<Explanation> explain_density(LayerQuestion const& question, DensityOptions const& options,
                                    MapPoint place);

}  // namespace riskbild::layers
