#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "geo_core/units.hpp"

namespace riskbild::layers {

/// Who is whose neighbour, and how much it weighs: row i has the neighbours of unit i, in order of their
/// index. Units are areas, cells or points; the weight of a unit on itself is 0. Not always symmetric: the
/// nearest neighbour of a remote farm is in a village whose own neighbours are nearer.
class SpatialWeights {
public:
    struct Entry {
        std::uint32_t unit = 0;
        double weight = 1.0;
        bool operator==(Entry const&) const = default;
    };

    SpatialWeights() = default;
    /// \pre no row has its own unit, one unit twice, or one that is not there
    explicit SpatialWeights(std::vector<std::vector<Entry>> rows);

    [[nodiscard]] std::size_t size() const { return first_.size() - 1; }
    [[nodiscard]] std::span<Entry const> row(std::size_t unit) const
    {
        return std::span{entries_}.subspan(first_[unit], first_[unit + 1] - first_[unit]);
    }
    /// 0 for what is no neighbour.
    [[nodiscard]] double weight(std::size_t of, std::size_t neighbour) const;
    /// Units without neighbours: they have no say in what neighbours tell.
    [[nodiscard]] std::size_t without_neighbours() const;

private:
    std::vector<std::size_t> first_ = {0};
    std::vector<Entry> entries_;
};

/// Binary: 1 for each listed neighbour (contiguity of areas, a .gal file). \pre as SpatialWeights
[[nodiscard]] SpatialWeights contiguity(std::span<std::vector<std::size_t> const> neighbours);

/// Binary: cells that share a side or a corner (queen). \param cells indexes row · cols + col, ascending;
/// they are the units
[[nodiscard]] SpatialWeights queen_contiguity(std::span<std::size_t const> cells, std::size_t cols);

/// Binary: points at most so far away, both ends included; points at one place are neighbours. Metres.
[[nodiscard]] SpatialWeights within_distance(std::span<double const> east, std::span<double const> north,
                                             Metres distance);

/// Binary: the `k` nearest, fewer where there are fewer. Of equally near ones the southernmost, then the
/// westernmost, then the one listed first. Looks at every pair: for hundreds of areas, not for all incidents.
[[nodiscard]] SpatialWeights k_nearest(std::span<double const> east, std::span<double const> north,
                                       std::size_t k);

/// Each row divided by its sum, so that Σ w·y is the mean of the neighbours. Rows without neighbours stay so.
[[nodiscard]] SpatialWeights row_standardised(SpatialWeights const& weights);

/// What the moments of global statistics need of the weights (Cliff and Ord 1981).
struct WeightSums {
    double s0 = 0.0;  ///< Σ w
    double s1 = 0.0;  ///< ½ Σ (wᵢⱼ + wⱼᵢ)²
    double s2 = 0.0;  ///< Σ (row sum + column sum)²
};
[[nodiscard]] WeightSums sums_of(SpatialWeights const& weights);

}  // namespace riskbild::layers
