#pragma once

#include <cmath>
#include <limits>

namespace riskbild::layers {

/// A statistic of the whole map, with what chance alone would give.
struct GlobalStatistic {
    double value = 0.0;
    double expected = 0.0;
    double variance_random = 0.0;  ///< were the values put down in random order
    double variance_normal =
        std::numeric_limits<double>::quiet_NaN();  ///< were they normal draws; NaN where that is not known

    [[nodiscard]] double z_random() const { return (value - expected) / std::sqrt(variance_random); }
    [[nodiscard]] double z_normal() const { return (value - expected) / std::sqrt(variance_normal); }
};

}  // namespace riskbild::layers
