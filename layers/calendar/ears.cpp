#include "layers/calendar/ears.hpp"

#include <algorithm>
#include <cmath>

namespace riskbild::layers {
namespace {

constexpr std::size_t kBaseline = 7;
constexpr std::size_t kLag = 2;
constexpr std::size_t kCumulated = 3;

/// Deviations of counts[at] from the seven counts that end `lag` before it.
std::optional<double> deviation_at(std::span<std::uint32_t const> counts, std::size_t at, std::size_t lag)
{
    if (at < kBaseline + lag) {
        return std::nullopt;
    }
    auto const baseline = counts.subspan(at - lag - kBaseline, kBaseline);
    constexpr auto kN = static_cast<double>(kBaseline);
    double sum = 0.0;
    for (auto const count : baseline) {
        sum += count;
    }
    double squares = 0.0;
    for (auto const count : baseline) {
        squares += (count - sum / kN) * (count - sum / kN);
    }
    return (counts[at] - sum / kN) / std::max(std::sqrt(squares / (kN - 1.0)), kEarsLeastDeviation);
}

}  // namespace

Ears ears_at(std::span<std::uint32_t const> counts, std::size_t at)
{
    Ears ears{deviation_at(counts, at, 0), deviation_at(counts, at, kLag), std::nullopt};
    if (at + 1 < kBaseline + kLag + kCumulated) {
        return ears;
    }
    double sum = 0.0;
    for (std::size_t i = at + 1 - kCumulated; i <= at; ++i) {
        sum += std::max(0.0, deviation_at(counts, i, kLag).value_or(0.0) - 1.0);
    }
    ears.c3 = sum;
    return ears;
}

}  // namespace riskbild::layers
