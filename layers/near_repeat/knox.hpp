#pragma once

#include <cstdint>
#include <vector>

#include "geo_core/parallel.hpp"
#include "geo_core/result.hpp"
#include "layers/near_repeat/space_time.hpp"
#include "layers/simd.hpp"

namespace riskbild::layers {

/// Which end of a band belongs to it: [a, b), or (a, b] with the very first end too.
enum class Closed : std::uint8_t { left, right };

struct KnoxBands {
    std::vector<double> distance;  ///< edges, each larger than the one before, in the unit of the coordinates
    std::vector<std::int32_t> days;  ///< edges, in the unit of the times
    Closed closed = Closed::left;
    Metric metric = Metric::euclidean;

    [[nodiscard]] std::size_t distance_bands() const { return distance.size() - 1; }
    [[nodiscard]] std::size_t time_bands() const { return days.size() - 1; }
};

/// One band of distance with one band of time.
struct KnoxCell {
    std::uint64_t observed = 0;  ///< pairs
    double expected = 0.0;  ///< under permuted times: (pairs at the distance × pairs at the time) / all pairs
    double deviation = 0.0;     ///< standard deviation under permuted times, exact
    double mean = 0.0;          ///< of the permutations, where there were any
    std::uint64_t reached = 0;  ///< permutations with as many pairs or more
    double p = 1.0;             ///< (reached + 1)/(permutations + 1): chance of so many or more
};

struct KnoxTable {
    std::uint64_t points = 0;
    std::uint64_t pairs = 0;                    ///< of all points
    std::vector<std::uint64_t> distance_pairs;  ///< in each band of distance, whatever the time
    std::vector<std::uint64_t> time_pairs;      ///< in each band of time, whatever the distance
    std::vector<KnoxCell> cells;                ///< by distance band, then time band
    int permutations = 0;

    [[nodiscard]] KnoxCell const& at(std::size_t distance, std::size_t time) const
    {
        return cells[distance * time_pairs.size() + time];
    }
};

struct KnoxRun {
    int permutations = 999;
    /// Most pairs × permutations: some twenty minutes of two cores.
    double most_work = 5e12;
    std::uint64_t seed = 1;
    unsigned threads = 0;         ///< 0 = as many as the machine has; never changes the result
    Simd simd = Simd::best_here;  ///< nor does this
};

inline constexpr std::size_t kMostKnoxBands = 20;
inline constexpr int kMostPermutations = 99'999;

/// How many pairs of points are close in space and in time, against what chance alone would give.
///
/// Counts every pair once, in the band of its distance and of the days between. The null hypothesis keeps the
/// places and shuffles the times among them, which keeps all clustering in space alone and in time alone
/// (Knox 1964; Besag and Diggle 1977); its expectation and variance are computed exactly (Barton and David
/// 1966), p by Monte Carlo with ties counted. Each permutation draws from its own stream of `seed`, so
/// threads change nothing. Distances are compared squared, without a root. Pairs are not kept but found anew
/// for many permutations at a time: memory is 64 bytes a point, up to 64 MB more where that saves time.
/// \return ErrorCode::wrong_use naming `distance`, `days`, `permutations` or `points`; ErrorCode::too_large
/// with how many permutations would fit; ErrorCode::busy when stopped
Result<KnoxTable> knox(SpaceTimePoints const& points, KnoxBands const& bands, KnoxRun const& run,
                       Progress const& progress = {});

}  // namespace riskbild::layers
