#pragma once

#include <optional>

namespace riskbild::layers {

/// Below this no percentage is quoted: 4 that became 6 are not "50 % more".
inline constexpr double kLeastForPercent = 10.0;

/// How many percent `now` is above `before`, in amounts of the same unit; nothing where one of the counts
/// behind them is below ten.
[[nodiscard]] inline std::optional<double> percent_change(double before, double count_before, double now,
                                                          double count_now)
{
    if (count_before < kLeastForPercent || count_now < kLeastForPercent) {
        return std::nullopt;
    }
    return 100.0 * (now / before - 1.0);
}

}  // namespace riskbild::layers
