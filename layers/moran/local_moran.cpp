#include "layers/moran/local_moran.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "geo_core/random.hpp"

namespace riskbild::layers {
namespace {

constexpr std::size_t kLeastUnits = 4;
constexpr std::size_t kUnitsAtOnce = 64;  // draws go on from unit to unit: part of the answer, as the seed is
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

/// Draws without replacement from all units but one.
class Others {
public:
    explicit Others(std::size_t units) : order_(units - 1) { std::iota(order_.begin(), order_.end(), 0U); }

    /// Σ of `weights` times the values of as many units, each other than `own` and drawn at random.
    double draw(std::span<SpatialWeights::Entry const> weights, std::span<LocalMoran const> locals,
                std::size_t own, Random& random)
    {
        double sum = 0.0;
        for (std::size_t i = 0; i < weights.size(); ++i) {
            auto const left = static_cast<std::uint32_t>(order_.size() - i);
            std::swap(order_[i], order_[i + random.quick_below(left)]);
            sum += weights[i].weight * locals[order_[i] + (order_[i] >= own ? 1U : 0U)].z;
        }
        return sum;
    }

private:
    std::vector<std::uint32_t> order_;  // whatever order the last draw left is as good a start as any
};

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
    std::vector<PermutationTest> tests(locals.size());
    bool const finished = for_each_stretch(
        locals.size(), kUnitsAtOnce, threads, progress, [&](std::size_t first, std::size_t last) {
            Others others{locals.size()};
            for (auto unit = first; unit < last; ++unit) {
                auto const row = weights.row(unit);
                if (row.empty()) {
                    continue;
                }
                auto& test = tests[unit];
                test.replicates = replicates;
                Random random{seed, "local moran", unit};
                for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
                    double const lag = others.draw(row, locals, unit, random);
                    test.at_least += lag >= locals[unit].lag - kTie ? 1U : 0U;
                    test.at_most += lag <= locals[unit].lag + kTie ? 1U : 0U;
                }
            }
        });
    return finished ? std::optional{std::move(tests)} : std::nullopt;
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
