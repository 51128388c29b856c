#include "layers/rates/rate_ratio.hpp"

#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/layers/numbers.hpp"

namespace riskbild::layers {
namespace {

/// R 4.2.2: poisson.test(c(11, 6 + 8 + 7), c(800, 1083 + 1050 + 878)), the example of its manual (Eriksson,
/// Falk and Vahlne 1978: leukaemia), there with the later rate first.
TEST(RateRatio, GivesTheNumbersOfThePublishedExample)
{
    auto const result = rate_ratio(6 + 8 + 7, 1083 + 1050 + 878, 11, 800);
    EXPECT_NEAR(result.p, 0.07967, 5e-6);
    EXPECT_NEAR(result.interval.low, 0.8584264, 5e-8);
    EXPECT_NEAR(result.interval.high, 4.2772659, 5e-8);
    EXPECT_NEAR(result.ratio, 1.971488, 5e-7);
}

TEST(RateRatio, AgreesWithExactSumsOfFractions)
{
    struct Case {
        std::uint64_t first;
        std::uint64_t first_days;
        std::uint64_t second;
        std::uint64_t second_days;
    };
    std::vector<Case> const cases = {
        {0, 365, 0, 365}, {0, 365, 5, 365},   {5, 365, 0, 365},  {3, 365, 3, 365}, {2, 365, 8, 365},
        {8, 365, 2, 365}, {12, 366, 30, 365}, {30, 31, 12, 28},  {1, 7, 9, 70},    {9, 70, 1, 7},
        {4, 10, 16, 40},  {40, 3, 11, 1},     {70, 365, 51, 365}};
    std::string input;
    for (auto const& one : cases) {
        input += fmt::format("{} {} {} {}\n", one.first, one.first_days, one.second, one.second_days);
    }
    auto const reference = testing::ask_python("rate_ratio.py", input);
    if (!reference) {
        GTEST_SKIP() << "python3 is absent";
    }
    ASSERT_EQ(reference->size(), 3 * cases.size());
    for (std::size_t i = 0; i < cases.size(); ++i) {
        auto const& one = cases[i];
        auto const result = rate_ratio(one.first, static_cast<double>(one.first_days), one.second,
                                       static_cast<double>(one.second_days));
        EXPECT_NEAR(result.p, (*reference)[3 * i], 1e-12) << i;
        EXPECT_NEAR(result.interval.low, (*reference)[3 * i + 1], 1e-8 * (1 + (*reference)[3 * i + 1])) << i;
        if (one.first == 0) {
            EXPECT_TRUE(std::isinf(result.interval.high) && std::isinf((*reference)[3 * i + 2])) << i;
        } else {
            EXPECT_NEAR(result.interval.high, (*reference)[3 * i + 2], 1e-8 * (*reference)[3 * i + 2]) << i;
        }
    }
}

TEST(RateRatio, LooksTheSameFromTheOtherSide)
{
    auto const forth = rate_ratio(12, 366, 30, 365);
    auto const back = rate_ratio(30, 365, 12, 366);
    EXPECT_NEAR(forth.ratio * back.ratio, 1.0, 1e-14);
    EXPECT_NEAR(forth.interval.low * back.interval.high, 1.0, 1e-9);
    EXPECT_NEAR(forth.p, back.p, 1e-14);
}

TEST(RateRatio, CountsTies)
{
    // Equal times: 2 and 8 of ten are as likely, so p is twice the tail (1 + 10 + 45)/1024.
    EXPECT_NEAR(rate_ratio(2, 1, 8, 1).p, 2.0 * 56.0 / 1024.0, 1e-14);
    EXPECT_DOUBLE_EQ(rate_ratio(5, 1, 5, 1).p, 1.0);
    EXPECT_DOUBLE_EQ(rate_ratio(4, 1, 5, 1).p, 1.0);
}

TEST(RateRatio, NothingTellsNothing)
{
    auto const none = rate_ratio(0, 365, 0, 365);
    EXPECT_TRUE(std::isnan(none.ratio));
    EXPECT_EQ(none.interval.low, 0.0);
    EXPECT_TRUE(std::isinf(none.interval.high));
    EXPECT_EQ(none.p, 1.0);
}

TEST(RateRatio, StandsLargeCounts)
{
    auto const result = rate_ratio(1'000'000, 365, 1'003'000, 365);
    EXPECT_NEAR(result.ratio, 1.003, 1e-12);
    EXPECT_NEAR(result.p, 0.03402, 1e-4) << "2(1 − Φ(3000 / √2 003 000))";
    EXPECT_LT(result.interval.low, 1.003);
    EXPECT_GT(result.interval.low, 1.0);
}

}  // namespace
}  // namespace riskbild::layers
