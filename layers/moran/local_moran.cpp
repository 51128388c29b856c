#include "layers/moran/local_moran.hpp"

#include <algorithm>
#include <cmath>
#include <compare>
#include <map>
#include <numeric>
#include <utility>

#include "geo_core/random.hpp"

namespace riskbild::layers {
namespace {

constexpr std::size_t kLeastUnits = 4;
constexpr double kTie = 1e-10;  // in standard deviations: nearer than this, rounding alone may part equals

struct Moments {
    double mean = 0.0;
    double squares = 0.0;  // Σ (y − mean)²
};

std::optional<Moments> moments_of(std::span<double const> values, SpatialWeights const& weights)
{
    if (values.size() < kLeastUnits || weights.size() != values.size() ||
        weights.without_neighbours() == weights.size() ||
        std::ranges::all_of(values, [&](double value) { return value == values.front(); })) {
        return std::nullopt;
    }
    Moments moments;
    moments.mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
    for (double const value : values) {
        moments.squares += (value - moments.mean) * (value - moments.mean);
    }
    return moments;
}

/// Units for which chance has the same neighbours in store: one own value, one set of weights.
struct Alike {
    double z = 0.0;
    std::vector<double> weights;  // ascending: neighbours are drawn, so their order does not matter
    auto operator<=>(Alike const&) const = default;
};
using AlikeUnits = std::vector<std::pair<Alike, std::vector<std::size_t>>>;

/// In order of value and weights; without those that have no neighbours.
AlikeUnits alike_units(std::span<LocalMoran const> locals, SpatialWeights const& weights)
{
    std::map<Alike, std::vector<std::size_t>> alike;
    for (std::size_t unit = 0; unit < locals.size(); ++unit) {
        Alike key{locals[unit].z, {}};
        for (auto const& entry : weights.row(unit)) {
            key.weights.push_back(entry.weight);
        }
        std::ranges::sort(key.weights);
        if (!key.weights.empty()) {
            alike[std::move(key)].push_back(unit);
        }
    }
    return {alike.begin(), alike.end()};
}

/// Lags that chance gives: neighbours drawn without replacement from all units but one, ascending.
std::vector<double> chance_lags(Alike const& unit, std::span<double const> sorted_values,
                                std::uint32_t replicates, Random& random)
{
    auto others = std::vector<double>(sorted_values.begin(), sorted_values.end());
    others.erase(std::ranges::lower_bound(others, unit.z));
    std::vector<double> lags(replicates);
    for (auto& lag : lags) {
        // The order that the last draw left is as good a start as any.
        for (std::size_t i = 0; i < unit.weights.size(); ++i) {
            auto const left = static_cast<std::uint32_t>(others.size() - i);
            std::swap(others[i], others[i + random.quick_below(left)]);
            lag += unit.weights[i] * others[i];
        }
    }
    std::ranges::sort(lags);
    return lags;
}

}  // namespace

Quadrant quadrant_of(LocalMoran const& local)
{
    if (!local.neighbours || local.z == 0.0 || local.lag == 0.0) {
        return Quadrant::none;
    }
    if (local.z > 0.0) {
        return local.lag > 0.0 ? Quadrant::high_high : Quadrant::high_low;
    }
    return local.lag > 0.0 ? Quadrant::low_high : Quadrant::low_low;
}

std::optional<std::vector<LocalMoran>> local_morans_i(std::span<double const> values,
                                                      SpatialWeights const& weights)
{
    auto const moments = moments_of(values, weights);
    if (!moments) {
        return std::nullopt;
    }
    auto const n = static_cast<double>(values.size());
    double const deviation = std::sqrt(moments->squares / n);
    std::vector<LocalMoran> locals(values.size());
    for (std::size_t unit = 0; unit < values.size(); ++unit) {
        locals[unit].z = (values[unit] - moments->mean) / deviation;
    }
    for (std::size_t unit = 0; unit < values.size(); ++unit) {
        auto& local = locals[unit];
        double sum = 0.0;
        double squares = 0.0;
        for (auto const& entry : weights.row(unit)) {
            local.lag += entry.weight * locals[entry.unit].z;
            sum += entry.weight;
            squares += entry.weight * entry.weight;
        }
        local.neighbours = !weights.row(unit).empty();
        local.value = local.z * local.lag;
        local.expected = -local.z * local.z * sum / (n - 1.0);
        // The mean and variance of Σ w·z over draws without replacement from the other units.
        local.variance = local.z * local.z * (n / (n - 2.0)) * (squares - sum * sum / (n - 1.0)) *
                         (1.0 - local.z * local.z / (n - 1.0));
    }
    return locals;
}

std::optional<std::vector<PermutationTest>> permute_local_morans_i(std::span<LocalMoran const> locals,
                                                                   SpatialWeights const& weights,
                                                                   std::uint32_t replicates,
                                                                   std::uint64_t seed,
                                                                   Progress const& progress, unsigned threads)
{
    auto const alike = alike_units(locals, weights);
    std::vector<double> values;
    for (auto const& local : locals) {
        values.push_back(local.z);
    }
    std::ranges::sort(values);
    std::vector<PermutationTest> tests(locals.size());
    bool const finished =
        for_each_stretch(alike.size(), 1, threads, progress, [&](std::size_t first, std::size_t last) {
            for (auto i = first; i < last; ++i) {
                Random random{seed, "local moran", i};
                auto const lags = chance_lags(alike[i].first, values, replicates, random);
                for (auto const unit : alike[i].second) {
                    auto const least = std::ranges::lower_bound(lags, locals[unit].lag - kTie);
                    auto const most = std::ranges::upper_bound(lags, locals[unit].lag + kTie);
                    tests[unit] = {replicates, static_cast<std::uint64_t>(lags.end() - least),
                                   static_cast<std::uint64_t>(most - lags.begin())};
                }
            }
        });
    return finished ? std::optional{std::move(tests)} : std::nullopt;
}

std::size_t draws_of_local_permutation(std::span<LocalMoran const> locals, SpatialWeights const& weights)
{
    std::size_t draws = 0;
    for (auto const& [alike, units] : alike_units(locals, weights)) {
        draws += alike.weights.size();
    }
    return draws;
}

std::optional<std::vector<double>> local_gearys_c(std::span<double const> values,
                                                  SpatialWeights const& weights)
{
    auto const moments = moments_of(values, weights);
    if (!moments) {
        return std::nullopt;
    }
    double const variance = moments->squares / (static_cast<double>(values.size()) - 1.0);
    std::vector<double> locals;
    for (std::size_t unit = 0; unit < values.size(); ++unit) {
        double sum = 0.0;
        for (auto const& entry : weights.row(unit)) {
            double const difference = values[unit] - values[entry.unit];
            sum += entry.weight * difference * difference;
        }
        locals.push_back(sum / variance);
    }
    return locals;
}

}  // namespace riskbild::layers
