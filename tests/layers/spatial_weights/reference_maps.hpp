#pragma once

#include <optional>
#include <string>
#include <vector>

#include "layers/spatial_weights/spatial_weights.hpp"

namespace riskbild::layers::testing {

/// A published map: one value per area, who is whose neighbour, and what another program made of it.
struct ReferenceMap {
    std::vector<double> values;
    SpatialWeights binary;
    std::vector<std::vector<std::string>> expected;  ///< rows of the file of expectations, in order of area
};

/// methods.md §2; nothing where the files are absent.
std::optional<ReferenceMap> desmith();   ///< ten areas
std::optional<ReferenceMap> sids2();     ///< SIDR74, with expected_sids2_SIDR74.csv
std::optional<ReferenceMap> stl();       ///< HR8893, with expected_stl_HR8893.csv
std::optional<ReferenceMap> columbus();  ///< CRIME, queen, with ref_spdep_columbus_CRIME.csv

}  // namespace riskbild::layers::testing
