#include "geo_core/random.hpp"

#include <array>
#include <cmath>
#include <map>
#include <span>
#include <string>

#include <gtest/gtest.h>

namespace riskbild {
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

TEST(Random, GivesEveryStreamItsOwnNumbers)
{
    Random one{7, "permutation", 1};
    Random again{7, "permutation", 1};
    Random other{7, "permutation", 2};
    auto const first = one.next();
    EXPECT_EQ(first, again.next());
    EXPECT_NE(first, other.next());
}

// 120 000 shuffles of four letters: each of the 24 orders 5 000 times, with a standard error of 69.
TEST(Random, ShufflesIntoEveryOrderAsOften)
{
    Random random{1, "shuffle"};
    std::map<std::string, int> orders;
    for (int i = 0; i < 120'000; ++i) {
        std::string letters = "abcd";
        random.shuffle(std::span{letters});
        ++orders[letters];
    }
    ASSERT_EQ(orders.size(), 24U);
    for (auto const& [order, n] : orders)
        EXPECT_NEAR(n, 5'000, 350) << order;
}

TEST(Random, QuickDrawsStayBelowAndReachEveryNumber)
{
    Random random{1, "quick"};
    std::array<int, 7> drawn{};
    for (int i = 0; i < 70'000; ++i)
        ++drawn.at(random.quick_below(7));
    for (auto const n : drawn)
        EXPECT_NEAR(n, 10'000, 500);
    EXPECT_EQ(random.quick_below(1), 0U);
}

}  // namespace
}  // namespace riskbild
