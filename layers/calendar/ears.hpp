#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace riskbild::layers {

/// Standard deviations of the Early Aberration Reporting System (Hutwagner et al. 2003): how far a count
/// stands above the seven before it. Made for days with little history; here used for weeks. Nothing where
/// the history is too short.
struct Ears {
    std::optional<double> c1;  ///< against t−7 … t−1
    std::optional<double> c2;  ///< against t−9 … t−3, so that a slow rise does not hide itself
    std::optional<double> c3;  ///< Σ max(0, C2 − 1) of this count and the two before: small rises in a row
};

inline constexpr double kEarsAlarm = 3.0;           ///< C1 and C2 above this
inline constexpr double kEarsCumulatedAlarm = 2.0;  ///< C3 above this
/// Equal counts have no deviation, and one more would be infinitely many of them.
inline constexpr double kEarsLeastDeviation = 0.5;

/// \pre at < counts.size()
[[nodiscard]] Ears ears_at(std::span<std::uint32_t const> counts, std::size_t at);

}  // namespace riskbild::layers
