#include "layers/quality/change_points.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace riskbild::layers {
namespace {

/// Twice the negative log-likelihood at the mean, without what does not depend on the mean.
double poisson_cost(std::uint64_t total, std::size_t n)
{
    auto const sum = static_cast<double>(total);
    return total == 0 ? 0.0 : 2.0 * (sum - sum * std::log(sum / static_cast<double>(n)));
}

}  // namespace

std::vector<LevelSegment> level_segments(std::span<std::uint32_t const> counts, double penalty,
                                         double dispersion, std::size_t shortest)
{
    auto const n = counts.size();
    if (n == 0)
        return {};
    std::vector<std::uint64_t> sum(n + 1, 0);
    for (std::size_t t = 0; t < n; ++t)
        sum[t + 1] = sum[t] + counts[t];
    auto const cost = [&](std::size_t s, std::size_t t) {
        return poisson_cost(sum[t] - sum[s], t - s) / dispersion;
    };

    std::vector<double> best(n + 1, std::numeric_limits<double>::infinity());
    std::vector<std::size_t> before(n + 1, 0);
    best[0] = -penalty;
    struct Candidate {
        std::size_t change;
        std::size_t last_use;
    };
    std::vector<Candidate> alive;  // where the last change may be, ascending
    for (auto t = std::min(shortest, n); t <= n; ++t) {
        // A segment must have its length, except one that is all there is.
        if (auto const newest = t >= shortest ? t - shortest : 0; std::isfinite(best[newest]))
            alive.push_back({newest, n});
        for (auto const& [s, last_use] : alive) {
            auto const value = best[s] + cost(s, t) + penalty;
            if (value < best[t]) {
                best[t] = value;
                before[t] = s;
            }
        }
        // Splitting never costs more than not splitting, so what is worse by now stays worse, from where a
        // split here leaves the length of a segment.
        for (auto& [s, last_use] : alive)
            if (best[s] + cost(s, t) > best[t])
                last_use = std::min(last_use, t + shortest - 1);
        std::erase_if(alive, [&](Candidate const& candidate) { return candidate.last_use <= t; });
    }

    std::vector<LevelSegment> segments;
    for (auto t = n; t > 0; t = before[t]) {
        auto const s = before[t];
        segments.push_back({s, t, static_cast<double>(sum[t] - sum[s]) / static_cast<double>(t - s)});
    }
    std::ranges::reverse(segments);
    return segments;
}

double dispersion_of(std::span<std::uint32_t const> counts)
{
    auto sum = 0.0;
    std::size_t pairs = 0;
    for (std::size_t t = 1; t < counts.size(); ++t) {
        auto const a = static_cast<double>(counts[t - 1]);
        auto const b = static_cast<double>(counts[t]);
        if (a + b == 0.0)
            continue;
        sum += (b - a) * (b - a) / (a + b);
        ++pairs;
    }
    return pairs == 0 ? 1.0 : sum / static_cast<double>(pairs);
}

double chance_of_none(double mean, double dispersion)
{
    constexpr double kPoisson = 1.0 + 1e-9;
    return dispersion < kPoisson ? std::exp(-mean) : std::pow(dispersion, -mean / (dispersion - 1.0));
}

std::int32_t unlikely_silence(double mean, double dispersion, std::int32_t days, double expected)
{
    if (mean <= 0.0)
        return 0;
    auto const none = chance_of_none(mean, dispersion);
    auto runs = static_cast<double>(days) * (1.0 - none);  // that begin, of any length
    for (std::int32_t length = 1; length <= days; ++length) {
        runs *= none;
        if (runs < expected)
            return length;
    }
    return 0;
}

}  // namespace riskbild::layers
