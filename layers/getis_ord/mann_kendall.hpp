#pragma once

#include <span>

namespace riskbild::layers {

/// Whether a series goes up or down.
struct Trend {
    double s = 0.0;  ///< pairs that go up less pairs that go down
    double z = 0.0;  ///< standard score, corrected for continuity; 0 where nothing can be said
    double p = 1.0;  ///< two-sided
};

/// Mann and Kendall's test for a trend, with ties counted in the variance (Mann 1945; Kendall 1975). A series
/// below three values, or of equal ones, has none. The normal approximation is meant for eight values or
/// more.
[[nodiscard]] Trend mann_kendall(std::span<double const> series);

}  // namespace riskbild::layers
