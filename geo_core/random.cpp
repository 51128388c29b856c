#include "geo_core/random.hpp"

#include <cassert>

namespace riskbild {
namespace {

std::uint64_t splitmix64(std::uint64_t& state)
{
    state += 0x9e3779b97f4a7c15ULL;
    auto z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

// FNV-1a
std::uint64_t hash_of(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (auto const c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return hash;
}

}  // namespace

Random::Random(std::uint64_t seed, std::string_view purpose)
{
    auto mixed = seed ^ hash_of(purpose);
    for (auto& word : state_)
        word = splitmix64(mixed);
}

Random::Random(std::uint64_t seed, std::string_view purpose, std::uint64_t stream)
{
    auto mixed = seed ^ hash_of(purpose);
    mixed = splitmix64(mixed) ^ stream;
    for (auto& word : state_)
        word = splitmix64(mixed);
}

double Random::unit()
{
    return static_cast<double>(next() >> 11) * 0x1p-53;
}

double Random::between(double low, double high)
{
    return low + (high - low) * unit();
}

std::size_t Random::below(std::size_t n)
{
    assert(n > 0 && "nothing to choose from");
    auto const limit = ~std::uint64_t{0} - ~std::uint64_t{0} % n;
    auto draw = next();
    while (draw >= limit)
        draw = next();
    return static_cast<std::size_t>(draw % n);
}

bool Random::chance(double probability)
{
    return unit() < probability;
}

double Random::normal()
{
    auto sum = -6.0;
    for (int i = 0; i < 12; ++i)
        sum += unit();
    return sum;
}

double Random::exponential()
{
    for (auto whole = 0.0;; whole += 1.0) {
        auto const first = unit();
        auto last = first;
        auto falling = 1;
        for (auto draw = unit(); draw < last; draw = unit()) {
            last = draw;
            ++falling;
        }
        if (falling % 2 == 1)
            return whole + first;
    }
}

std::size_t Random::weighted(std::span<double const> weights)
{
    auto total = 0.0;
    for (auto const weight : weights)
        total += weight;
    assert(total > 0.0 && "some weight must be above 0");
    auto left = unit() * total;
    std::size_t last_possible = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] <= 0.0)
            continue;
        last_possible = i;
        left -= weights[i];
        if (left < 0.0)
            break;
    }
    return last_possible;
}

}  // namespace riskbild
