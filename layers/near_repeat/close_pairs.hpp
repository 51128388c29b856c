#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "layers/near_repeat/knox.hpp"
#include "layers/near_repeat/space_time.hpp"

namespace riskbild::layers {

/// Bands of distance as half-open steps of squared or city-block distances: a distance lies in the band whose
/// number is how many of the later edges it reaches. (a, b] is [a', b') with the next number after each.
class DistanceSteps {
public:
    explicit DistanceSteps(KnoxBands const& bands) : metric_(bands.metric)
    {
        for (double const edge : bands.distance) {
            bool const later = bands.closed == Closed::right && !edges_.empty();
            double const step = metric_ == Metric::euclidean ? edge * edge : edge;
            edges_.push_back(later ? std::nextafter(step, std::numeric_limits<double>::infinity()) : step);
        }
    }
    [[nodiscard]] std::size_t bands() const { return edges_.size() - 1; }
    [[nodiscard]] double between(double east, double north) const
    {
        return metric_ == Metric::euclidean ? east * east + north * north : std::abs(east) + std::abs(north);
    }
    /// `bands()` where the distance lies in none.
    [[nodiscard]] std::size_t band_of(double distance) const
    {
        std::size_t band = distance < edges_.front() ? bands() : 0;
        for (std::size_t k = 1; k < edges_.size(); ++k) {
            band += distance >= edges_[k] ? 1U : 0U;
        }
        return std::min(band, bands());
    }

private:
    Metric metric_;
    std::vector<double> edges_;
};

/// Neighbours of one point, by band of distance.
class Neighbours {
public:
    explicit Neighbours(std::size_t bands) : of_band_(bands + 1), count_(bands + 1) {}

    /// Those that come after point `i` in the grid's order: every pair is met once.
    void find(ReachGrid const& grid, DistanceSteps const& steps, std::size_t i)
    {
        std::ranges::fill(count_, 0);
        double const east = grid.east()[i];
        double const north = grid.north()[i];
        grid.visit_later(i, [&](std::size_t first, std::size_t last) {
            make_room(last - first);
            // Who lies in no band is put down too, in a list of its own: cheaper than a branch.
            for (std::size_t j = first; j < last; ++j) {
                auto const band =
                    steps.band_of(steps.between(grid.east()[j] - east, grid.north()[j] - north));
                of_band_[band][count_[band]++] = static_cast<std::uint32_t>(j);
            }
        });
    }
    [[nodiscard]] std::span<std::uint32_t const> of_band(std::size_t band) const
    {
        return {of_band_[band].data(), count_[band]};
    }

private:
    void make_room(std::size_t more)
    {
        for (std::size_t band = 0; band < of_band_.size(); ++band) {
            if (of_band_[band].size() < count_[band] + more) {
                of_band_[band].resize(2 * (count_[band] + more));
            }
        }
    }

    std::vector<std::vector<std::uint32_t>> of_band_;
    std::vector<std::size_t> count_;
};

}  // namespace riskbild::layers
