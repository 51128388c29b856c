#include "layers/moran/rate_scores.hpp"

#include <cmath>

namespace riskbild::layers {

std::vector<double> rate_scores(std::span<std::uint64_t const> counts,
                                std::span<std::int64_t const> populations)
{
    double count = 0.0;
    double population = 0.0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        count += static_cast<double>(counts[i]);
        population += static_cast<double>(populations[i]);
    }
    if (!(count > 0.0)) {
        return std::vector<double>(counts.size(), 0.0);
    }
    double const mean = count / population;
    double spread = 0.0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        auto const p = static_cast<double>(populations[i]);
        double const difference = static_cast<double>(counts[i]) / p - mean;
        spread += p * difference * difference;
    }
    double const between = spread / population - mean * static_cast<double>(counts.size()) / population;
    std::vector<double> scores;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        auto const p = static_cast<double>(populations[i]);
        double const chance = mean / p;
        // Less spread than chance alone would give: only chance is left to divide by.
        double const variance = between + chance > 0.0 ? between + chance : chance;
        scores.push_back((static_cast<double>(counts[i]) / p - mean) / std::sqrt(variance));
    }
    return scores;
}

}  // namespace riskbild::layers
