#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace riskbild::data {

/// Chance that can be repeated: the same seed and purpose give the same numbers on every machine.
///
/// xoshiro256** (Blackman and Vigna 2018), seeded by splitmix64. The standard library's distributions
/// differ between libraries and its logarithm between machines, so ours use neither.
/// A purpose of its own for every part keeps one part's numbers when another part draws more.
class Random {
public:
    Random(std::uint64_t seed, std::string_view purpose);

    std::uint64_t next();
    /// [0, 1)
    double unit();
    /// [low, high)
    double between(double low, double high);
    /// 0 … n-1, each as likely. \pre n > 0
    std::size_t below(std::size_t n);
    bool chance(double probability);
    /// Mean 0, standard deviation 1, as the sum of twelve draws: never beyond ±6.
    double normal();
    /// Mean 1. Von Neumann's method (1951), which only compares.
    double exponential();
    /// Index with a probability proportional to its weight. \pre some weight is above 0
    std::size_t weighted(std::span<double const> weights);

private:
    std::uint64_t state_[4];
};

}  // namespace riskbild::data
