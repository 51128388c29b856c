#include "layers/moran/moran.hpp"

#include <algorithm>
#include <cmath>

#include "geo_core/random.hpp"
#include "layers/significance.hpp"

namespace riskbild::layers {
namespace {

constexpr std::size_t kLeastUnits = 4;
constexpr std::size_t kReplicatesAtOnce = 16;
// Sums of the same numbers in another order differ by rounding: nearer than this they tie.
constexpr double kTie = 1e-10;

/// Values about their mean.
struct Centred {
    std::vector<double> z;
    double squares = 0.0;   // Σ z²
    double kurtosis = 0.0;  // n Σ z⁴ / (Σ z²)²
    double n = 0.0;
};

/// Nothing where nothing varies.
std::optional<Centred> centred(std::span<double const> values, SpatialWeights const& weights, double s0)
{
    if (values.size() < kLeastUnits || weights.size() != values.size() || !(s0 > 0.0) ||
        std::ranges::all_of(values, [&](double value) { return value == values.front(); })) {
        return std::nullopt;
    }
    Centred centred;
    centred.n = static_cast<double>(values.size());
    double sum = 0.0;
    for (double const value : values) {
        sum += value;
    }
    double fourth = 0.0;
    for (double const value : values) {
        double const z = value - sum / centred.n;
        centred.z.push_back(z);
        centred.squares += z * z;
        fourth += z * z * z * z;
    }
    centred.kurtosis = centred.n * fourth / (centred.squares * centred.squares);
    return centred;
}

double cross_products(std::span<double const> z, SpatialWeights const& weights)
{
    double sum = 0.0;
    for (std::size_t unit = 0; unit < z.size(); ++unit) {
        double lag = 0.0;
        for (auto const& entry : weights.row(unit)) {
            lag += entry.weight * z[entry.unit];
        }
        sum += z[unit] * lag;
    }
    return sum;
}

}  // namespace

std::optional<GlobalStatistic> morans_i(std::span<double const> values, SpatialWeights const& weights)
{
    auto const [s0, s1, s2] = sums_of(weights);
    auto const about_mean = centred(values, weights, s0);
    if (!about_mean) {
        return std::nullopt;
    }
    double const n = about_mean->n;
    double const s00 = s0 * s0;
    GlobalStatistic result;
    result.value = n / s0 * cross_products(about_mean->z, weights) / about_mean->squares;
    result.expected = -1.0 / (n - 1.0);
    double const expected_squared = result.expected * result.expected;
    result.variance_normal = (n * n * s1 - n * s2 + 3.0 * s00) / ((n * n - 1.0) * s00) - expected_squared;
    double const b2 = about_mean->kurtosis;
    result.variance_random = (n * ((n * n - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * s00) -
                              b2 * ((n * n - n) * s1 - 2.0 * n * s2 + 6.0 * s00)) /
                                 ((n - 1.0) * (n - 2.0) * (n - 3.0) * s00) -
                             expected_squared;
    return result;
}

std::optional<GlobalStatistic> gearys_c(std::span<double const> values, SpatialWeights const& weights)
{
    auto const [s0, s1, s2] = sums_of(weights);
    auto const about_mean = centred(values, weights, s0);
    if (!about_mean) {
        return std::nullopt;
    }
    double differences = 0.0;
    for (std::size_t unit = 0; unit < values.size(); ++unit) {
        for (auto const& entry : weights.row(unit)) {
            double const difference = values[unit] - values[entry.unit];
            differences += entry.weight * difference * difference;
        }
    }
    double const n = about_mean->n;
    double const s00 = s0 * s0;
    double const b2 = about_mean->kurtosis;
    GlobalStatistic result;
    result.value = (n - 1.0) * differences / (2.0 * s0 * about_mean->squares);
    result.expected = 1.0;
    result.variance_normal = ((2.0 * s1 + s2) * (n - 1.0) - 4.0 * s00) / (2.0 * (n + 1.0) * s00);
    result.variance_random = ((n - 1.0) * s1 * (n * n - 3.0 * n + 3.0 - (n - 1.0) * b2) -
                              0.25 * (n - 1.0) * s2 * (n * n + 3.0 * n - 6.0 - (n * n - n + 2.0) * b2) +
                              s00 * (n * n - 3.0 - (n - 1.0) * (n - 1.0) * b2)) /
                             (n * (n - 2.0) * (n - 3.0) * s00);
    return result;
}

double PermutationTest::p_upper() const
{
    return permutation_p(at_least, replicates);
}

double PermutationTest::p_lower() const
{
    return permutation_p(at_most, replicates);
}

double PermutationTest::p_two_sided() const
{
    return std::min(1.0, 2.0 * std::min(p_upper(), p_lower()));
}

std::optional<PermutationTest> permute_morans_i(std::span<double const> values, SpatialWeights const& weights,
                                                std::uint32_t replicates, std::uint64_t seed,
                                                Progress const& progress, unsigned threads)
{
    double const s0 = sums_of(weights).s0;
    auto const about_mean = centred(values, weights, s0);
    if (!about_mean) {
        return std::nullopt;
    }
    auto const scale = about_mean->squares / about_mean->n * s0;
    double const observed = cross_products(about_mean->z, weights) / scale;
    std::vector<double> found(replicates);
    bool const finished = for_each_stretch(
        replicates, kReplicatesAtOnce, threads, progress, [&](std::size_t first, std::size_t last) {
            for (auto replicate = first; replicate < last; ++replicate) {
                Random random{seed, "moran", replicate};
                auto shuffled = about_mean->z;
                random.shuffle(std::span{shuffled});
                found[replicate] = cross_products(shuffled, weights) / scale;
            }
        });
    if (!finished) {
        return std::nullopt;
    }
    PermutationTest test{.replicates = replicates};
    for (double const one : found) {
        test.at_least += one >= observed - kTie ? 1U : 0U;
        test.at_most += one <= observed + kTie ? 1U : 0U;
    }
    return test;
}

}  // namespace riskbild::layers
