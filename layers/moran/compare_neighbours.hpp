#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "layers/layer.hpp"
#include "layers/moran/local_moran.hpp"
#include "layers/moran/moran_units.hpp"

namespace riskbild::layers {

struct MoranOptions {
    MoranUnit unit = MoranUnit::areas;
    bool rates = true;  ///< of areas: per inhabitant, made comparable; else plain counts
    Metres cell{1000.0};
    std::uint32_t permutations = 99'999;
    double level = 0.05;  ///< share of false ones allowed among the units that are called significant
    std::uint64_t seed = 1;
    bool operator==(MoranOptions const&) const = default;
};

/// Areas or cells with all that is said of them.
struct MoranAnswer {
    MoranUnits units;
    std::optional<GlobalStatistic> moran;
    std::optional<PermutationTest> moran_test;
    std::optional<GlobalStatistic> geary;
    std::optional<GlobalStatistic> general;  ///< G
    std::vector<LocalMoran> locals;          ///< none where nothing can be told
    std::vector<double> p;
    std::vector<double> p_adjusted;
    std::vector<Quadrant> classes;
};

/// Tests the whole map, then every unit, and classes those that stay significant together. Tells `info` n,
/// what was left out and what to note of the units. \return as area_units() or cell_units(),
/// ErrorCode::too_large naming `permutations`, busy when stopped
Result<MoranAnswer> compare_neighbours(LayerQuestion const& question, MoranOptions const& options,
                                       LayerInfo& info);

}  // namespace riskbild::layers
