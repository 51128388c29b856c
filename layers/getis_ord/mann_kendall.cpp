#include "layers/getis_ord/mann_kendall.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "layers/significance.hpp"

namespace riskbild::layers {

Trend mann_kendall(std::span<double const> series)
{
    Trend trend;
    auto const n = static_cast<double>(series.size());
    for (std::size_t i = 0; i < series.size(); ++i) {
        for (std::size_t j = i + 1; j < series.size(); ++j) {
            trend.s += series[j] > series[i] ? 1.0 : (series[j] < series[i] ? -1.0 : 0.0);
        }
    }
    std::vector<double> sorted(series.begin(), series.end());
    std::ranges::sort(sorted);
    double variance = n * (n - 1.0) * (2.0 * n + 5.0);
    for (std::size_t first = 0; first < sorted.size();) {
        auto const last = static_cast<std::size_t>(
            std::upper_bound(sorted.begin(), sorted.end(), sorted[first]) - sorted.begin());
        auto const t = static_cast<double>(last - first);
        variance -= t * (t - 1.0) * (2.0 * t + 5.0);
        first = last;
    }
    variance /= 18.0;
    if (series.size() < 3 || !(variance > 0.0) || trend.s == 0.0) {
        return trend;
    }
    trend.z = (trend.s - std::copysign(1.0, trend.s)) / std::sqrt(variance);
    trend.p = two_sided_p(trend.z);
    return trend;
}

}  // namespace riskbild::layers
