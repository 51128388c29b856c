#include "data/example/random.hpp"

#include <array>
#include <cmath>

#include <gtest/gtest.h>

namespace riskbild::data {
namespace {

// The numbers come from a second implementation, in Python, of xoshiro256**, splitmix64 and FNV-1a.
TEST(Random, DrawsTheSameNumbersAsAnIndependentImplementation)
{
    Random random{2026, "test"};
    EXPECT_EQ(random.next(), 0x39daa786d74552c5ULL);
    EXPECT_EQ(random.next(), 0x59f5e44b3e061debULL);
    EXPECT_EQ(random.next(), 0x8ff567f6abde2acdULL);
}

TEST(Random, GivesEveryPurposeItsOwnNumbers)
{
    Random one{7, "streets"};
    Random other{7, "events"};
    EXPECT_NE(one.next(), other.next());
}

// With 200 000 draws the standard error of a mean is 0.0022 at most; 0.01 is more than four of them.
TEST(Random, NormalHasMeanZeroAndDeviationOne)
{
    Random random{1, "normal"};
    auto sum = 0.0;
    auto squares = 0.0;
    constexpr int n = 200'000;
    for (int i = 0; i < n; ++i) {
        auto const x = random.normal();
        sum += x;
        squares += x * x;
    }
    EXPECT_NEAR(sum / n, 0.0, 0.01);
    EXPECT_NEAR(squares / n, 1.0, 0.015);
}

TEST(Random, ExponentialExceedsItsMeanOnceInE)
{
    Random random{1, "exponential"};
    auto sum = 0.0;
    auto above = 0;
    constexpr int n = 200'000;
    for (int i = 0; i < n; ++i) {
        auto const x = random.exponential();
        sum += x;
        above += x > 1.0 ? 1 : 0;
    }
    EXPECT_NEAR(sum / n, 1.0, 0.01);
    EXPECT_NEAR(static_cast<double>(above) / n, std::exp(-1.0), 0.005);
}

TEST(Random, WeightedNeverDrawsWhatHasNoWeight)
{
    Random random{1, "weights"};
    std::array const weights{0.0, 3.0, 0.0, 1.0, 0.0};
    std::array<int, 5> drawn{};
    for (int i = 0; i < 40'000; ++i)
        ++drawn[random.weighted(weights)];
    EXPECT_EQ(drawn[0] + drawn[2] + drawn[4], 0);
    EXPECT_NEAR(drawn[1], 30'000, 500);
}

}  // namespace
}  // namespace riskbild::data
