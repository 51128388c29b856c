#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "geo_core/lattice.hpp"
#include "geo_core/units.hpp"
#include "layers/getis_ord/grid_g.hpp"
#include "layers/layer_result.hpp"

namespace riskbild::layers {

/// Which chance decides whether a cell stands out.
enum class HotSpotTest : std::uint8_t {
    both,         ///< the score, and drawing all cells of the neighbourhood at random
    analytic,     ///< the standard score, as if sums were normal
    permutation,  ///< drawing the neighbours at random, the cell's own value as it is
};
[[nodiscard]] std::string_view name_of(HotSpotTest test);

struct HotSpotOptions {
    Metres cell{250.0};
    OwnCell own = OwnCell::counts;  ///< Gi*, or Gi
    HotSpotTest test = HotSpotTest::both;
    bool cold = false;      ///< cold spots too: both tails instead of the upper
    bool corrected = true;  ///< for the number of cells tested (false discovery rate)
    int permutations = 999;
    std::uint64_t seed = 1;
    unsigned threads = 0;
};

/// How sure it is that a cell is hot (above 0) or cold (below): 3 to 99 %, 2 to 95 %, 1 to 90 %, 0 not.
using HotSpotClass = int;

struct HotSpots {
    LayerInfo info;
    Lattice lattice;
    std::vector<double> count;  ///< incidents in each cell; NaN: not part of the county
    GridG g;
    std::vector<double> p;              ///< of the standard score, as corrected
    std::vector<double> p_drawn;        ///< with all cells of the neighbourhood drawn; not corrected
    std::vector<double> p_permutation;  ///< with the neighbours drawn; not corrected: 999 draws cannot tell
                                        ///< apart what a correction of so many cells asks for
    std::vector<HotSpotClass> classes;
};

/// Cells that together with their eight neighbours hold more incidents than chance would put there.
///
/// Only incidents with a point enter. \return ErrorCode::forbidden for a view without single incidents;
/// ErrorCode::wrong_use naming the option; ErrorCode::too_large naming `cell`; ErrorCode::busy when stopped.
/// Method: docs/methods/getis_ord.md
Result<HotSpots> hot_spots(View const& view, Filter const& filter, HotSpotOptions const& options,
                           Progress const& progress = {});

}  // namespace riskbild::layers
