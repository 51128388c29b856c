#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo_core/parallel.hpp"
#include "geo_core/result.hpp"

namespace riskbild::layers {

inline constexpr std::int32_t kNoise = -1;

/// Which cluster each point belongs to.
struct Clustering {
    std::vector<std::int32_t> cluster;  ///< of each point, from 0; kNoise: of none
    std::vector<std::uint8_t> core;     ///< whether each point is one of the dense ones
    std::int32_t clusters = 0;

    [[nodiscard]] std::uint64_t noise() const;
    [[nodiscard]] std::uint64_t cores() const;
};

struct DbscanOptions {
    double eps = 100.0;             ///< at most this far apart is near, in the unit of the coordinates
    std::uint32_t min_points = 10;  ///< so many near a point, itself counted, make it a core
    unsigned threads = 0;           ///< 0 = as many as the machine has; never changes the result
};

/// What a search for dense places cannot do. \return ErrorCode::wrong_use naming `eps`, `min_points` or
/// `points`
Result<void> check_density(std::span<double const> east, std::span<double const> north, double eps,
                           std::uint32_t min_points);

/// Dense places and whoever lies at their edge (Ester, Kriegel, Sander and Xu 1996).
///
/// Exact: the same clusters as comparing all pairs, by squared distances. Clusters are numbered by their
/// first core point in the order given. A border point belongs to its nearest core; of two as near to the one
/// further south, then west: so neither the order of the points nor the number of threads decides who is with
/// whom. Memory is about 60 bytes a point. \return ErrorCode::wrong_use naming `eps`, `min_points` or
/// `points`; ErrorCode::busy when stopped. Method: docs/methods/clusters.md
Result<Clustering> dbscan(std::span<double const> east, std::span<double const> north,
                          DbscanOptions const& options, Progress const& progress = {});

}  // namespace riskbild::layers
