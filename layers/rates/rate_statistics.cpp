#include "layers/rates/rate_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/special_functions/gamma.hpp>

namespace riskbild::layers {
namespace {

/// What Marshall's estimator draws towards: the mean rate and the variance between true rates.
struct Prior {
    double mean = 0.0;
    double between = 0.0;
};

template <class Members>
Prior prior_of(std::span<std::uint64_t const> counts, std::span<std::int64_t const> populations,
               Members const& members)
{
    double count = 0.0;
    double population = 0.0;
    double areas = 0.0;
    for (std::size_t const i : members) {
        if (populations[i] > 0) {
            count += static_cast<double>(counts[i]);
            population += static_cast<double>(populations[i]);
            areas += 1.0;
        }
    }
    if (areas == 0.0) {
        return {};
    }
    Prior prior{count / population, 0.0};
    double spread = 0.0;
    for (std::size_t const i : members) {
        if (populations[i] > 0) {
            auto const p = static_cast<double>(populations[i]);
            double const difference = static_cast<double>(counts[i]) / p - prior.mean;
            spread += p * difference * difference;
        }
    }
    prior.between = std::max(0.0, spread / population - prior.mean / (population / areas));
    return prior;
}

double drawn(Prior const& prior, std::uint64_t count, std::int64_t population)
{
    if (population <= 0) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    auto const p = static_cast<double>(population);
    double const chance = prior.mean / p;
    if (!(prior.between + chance > 0.0)) {
        return prior.mean;
    }
    double const own = prior.between / (prior.between + chance);
    return own * (static_cast<double>(count) / p) + (1.0 - own) * prior.mean;
}

}  // namespace

Interval garwood_interval(std::uint64_t count, double level)
{
    double const tail = (1.0 - level) / 2.0;
    auto const c = static_cast<double>(count);
    return {count == 0 ? 0.0 : boost::math::gamma_p_inv(c, tail), boost::math::gamma_q_inv(c + 1.0, tail)};
}

Interval wilson_interval(std::uint64_t count, std::uint64_t of)
{
    if (of == 0)
        return {0.0, 1.0};
    constexpr double kZ = 1.959963984540054;  // the 97.5 % quantile of the normal distribution
    auto const n = static_cast<double>(of);
    auto const share = static_cast<double>(count) / n;
    auto const scale = 1.0 + kZ * kZ / n;
    auto const middle = (share + kZ * kZ / (2.0 * n)) / scale;
    auto const half = kZ / scale * std::sqrt(share * (1.0 - share) / n + kZ * kZ / (4.0 * n * n));
    return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

std::vector<double> empirical_bayes(std::span<std::uint64_t const> counts,
                                    std::span<std::int64_t const> populations)
{
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        all.push_back(i);
    }
    auto const prior = prior_of(counts, populations, all);
    std::vector<double> rates;
    for (auto const i : all) {
        rates.push_back(drawn(prior, counts[i], populations[i]));
    }
    return rates;
}

std::vector<double> empirical_bayes(std::span<std::uint64_t const> counts,
                                    std::span<std::int64_t const> populations,
                                    std::span<std::vector<std::size_t> const> neighbours)
{
    std::vector<double> rates;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        auto members = neighbours[i];
        members.push_back(i);
        rates.push_back(drawn(prior_of(counts, populations, members), counts[i], populations[i]));
    }
    return rates;
}

}  // namespace riskbild::layers
