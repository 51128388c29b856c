#pragma once

#include <cstdint>
#include <vector>

#include "geo_core/parallel.hpp"
#include "geo_core/result.hpp"

namespace riskbild::layers {

/// Values of cells in rows, the southernmost first; NaN: the cell is not part of the map.
struct CellValues {
    std::int32_t cols = 0;
    std::int32_t rows = 0;
    std::vector<double> values;
};

/// Whether a cell counts among its own neighbours: Gi* asks of a cell and those around it, Gi of those
/// around.
enum class OwnCell : std::uint8_t { counts, does_not };

struct GridGRun {
    OwnCell own = OwnCell::counts;
    int permutations = 999;  ///< 0: none
    std::uint64_t seed = 1;
    unsigned threads = 0;  ///< 0 = as many as the machine has; never changes the result
};

/// Of every cell; NaN where it is not part of the map, or where nothing can be said.
struct GridG {
    std::vector<double> sum;           ///< of the cell (for Gi*) and its neighbours
    std::vector<double> z;             ///< standard score of the sum
    std::vector<double> p_high;        ///< by conditional permutation: chance of so high a sum or higher
    std::vector<double> p_low;         ///< … of so low a sum or lower
    std::vector<double> p_drawn_high;  ///< the same, were the cell's own value drawn too
    std::vector<double> p_drawn_low;
    std::size_t cells = 0;  ///< that are part of the map
    double mean = 0.0;      ///< of their values
    std::size_t nulls = 0;  ///< different null distributions that were drawn
};

/// Getis and Ord's Gi* or Gi of cells, with the eight around as neighbours (fewer at the edge), each
/// weighing 1.
///
/// z as Ord and Getis (1995): n, mean and deviation are of all cells for Gi*, of all others for Gi. The
/// permutations are conditional: a cell keeps its own value and draws its neighbours from all other cells
/// without putting them back. That null distribution depends on nothing but the cell's own value and its
/// number of neighbours, so it is drawn once for each such pair instead of for each cell. Beside them stand
/// chances with all cells of the neighbourhood drawn: the conditional ones say nothing of a full cell among
/// empty ones. Ties count. The same seed gives the same, with any number of threads. \return
/// ErrorCode::wrong_use naming `cells` or `permutations`; ErrorCode::busy when stopped. Method:
/// docs/methods/getis_ord.md
Result<GridG> grid_g(CellValues const& cells, GridGRun const& run, Progress const& progress = {});

}  // namespace riskbild::layers
