#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace riskbild {

/// Chance that can be repeated: the same seed and purpose give the same numbers on every machine.
///
/// xoshiro256** (Blackman and Vigna 2018), seeded by splitmix64. The standard library's distributions
/// differ between libraries and its logarithm between machines, so ours use neither.
/// A purpose of its own for every part keeps one part's numbers when another part draws more.
class Random {
public:
    Random(std::uint64_t seed, std::string_view purpose);
    /// One of many: each `stream` has its own numbers, so that work divided among threads draws the same
    /// however it is divided.
    Random(std::uint64_t seed, std::string_view purpose, std::uint64_t stream);

    std::uint64_t next()
    {
        auto const result = std::rotl(state_[1] * 5, 7) * 9;
        auto const t = state_[1] << 17;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= t;
        state_[3] = std::rotl(state_[3], 45);
        return result;
    }
    /// 0 … n-1, each as likely, without a division: the inner loop of permutations (Lemire 2019).
    /// \pre n > 0
    std::uint32_t quick_below(std::uint32_t n)
    {
        auto product = (next() >> 32) * n;
        if (auto low = static_cast<std::uint32_t>(product); low < n) {
            auto const least = (0U - n) % n;
            while (low < least) {
                product = (next() >> 32) * n;
                low = static_cast<std::uint32_t>(product);
            }
        }
        return static_cast<std::uint32_t>(product >> 32);
    }
    /// Puts a sequence in an order of which each is as likely (Fisher and Yates).
    template <class T>
    void shuffle(std::span<T> items)
    {
        for (std::size_t i = items.size(); i > 1; --i) {
            std::swap(items[i - 1], items[quick_below(static_cast<std::uint32_t>(i))]);
        }
    }
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

}  // namespace riskbild
