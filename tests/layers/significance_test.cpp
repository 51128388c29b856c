#include "layers/significance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "tests/layers/numbers.hpp"

namespace riskbild::layers {
namespace {

/// The example of Benjamini and Hochberg (1995, section 4.1): fifteen tests, four stay significant at 5 %
/// where Bonferroni leaves three.
TEST(Significance, FindsTheFourOfTheExampleInTheOriginalPaper)
{
    std::vector<double> const p = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                   0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
    auto const adjusted = benjamini_hochberg(p);
    EXPECT_EQ(std::count_if(adjusted.begin(), adjusted.end(), [](double q) { return q <= 0.05; }), 4);
    EXPECT_DOUBLE_EQ(adjusted[0], 0.0015);
    EXPECT_DOUBLE_EQ(adjusted[3], 0.0095 * 15 / 4);
    EXPECT_DOUBLE_EQ(adjusted[5], 0.0298 * 15 / 7) << "a larger rank with a smaller value counts";
    EXPECT_DOUBLE_EQ(adjusted[14], 1.0);
}

/// methods.md §2: the corrected p-values of Gi* for the sudden deaths in North Carolina, made with R's
/// p.adjust.
TEST(Significance, AdjustsAsAnotherProgramDoes)
{
    auto const file = testing::shared_file("data/reference/expected_sids2_SIDR74.csv");
    if (!file) {
        GTEST_SKIP() << "expected_sids2_SIDR74.csv is absent";
    }
    std::vector<double> p, expected;
    for (auto const& row : testing::read_rows(*file)) {
        p.push_back(std::stod(row[13]));
        expected.push_back(std::stod(row[14]));
    }
    ASSERT_EQ(p.size(), 100U);
    auto const adjusted = benjamini_hochberg(p);
    for (std::size_t i = 0; i < p.size(); ++i) {
        EXPECT_NEAR(adjusted[i], expected[i], 1e-13) << i;
    }
}

TEST(Significance, DoesNotDependOnTheOrderAndPassesOverWhatIsNoTest)
{
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    auto const plain = benjamini_hochberg(std::vector{0.01, 0.04, 0.03, 0.5, 0.03});
    auto const mixed = benjamini_hochberg(std::vector{0.5, nan, 0.03, 0.03, 0.04, nan, 0.01});
    EXPECT_EQ(mixed[6], plain[0]);
    EXPECT_EQ(mixed[4], plain[1]);
    EXPECT_EQ(mixed[2], plain[2]);
    EXPECT_EQ(mixed[3], plain[4]);
    EXPECT_EQ(mixed[0], plain[3]);
    EXPECT_TRUE(std::isnan(mixed[1]) && std::isnan(mixed[5]));
    EXPECT_DOUBLE_EQ(plain[2], 0.05) << "equal values get equal ones";
    EXPECT_TRUE(benjamini_hochberg({}).empty());
    EXPECT_DOUBLE_EQ(benjamini_hochberg(std::vector{0.3})[0], 0.3);
}

TEST(Significance, OfAPermutationTestIsNeverZero)
{
    EXPECT_DOUBLE_EQ(permutation_p(0, 999), 0.001);
    EXPECT_DOUBLE_EQ(permutation_p(999, 999), 1.0);
    EXPECT_DOUBLE_EQ(permutation_p(49, 999), 0.05);
}

TEST(Significance, KnowsTheTailsOfTheNormalDistribution)
{
    EXPECT_NEAR(upper_tail_p(1.959963984540054), 0.025, 1e-15);
    EXPECT_NEAR(two_sided_p(-1.959963984540054), 0.05, 1e-15);
    EXPECT_DOUBLE_EQ(upper_tail_p(0.0), 0.5);
    EXPECT_NEAR(upper_tail_p(-3.0) + upper_tail_p(3.0), 1.0, 1e-15);
    EXPECT_NEAR(upper_tail_p(10.0) / 7.619853024160527e-24, 1.0, 1e-12) << "also far out";
}

}  // namespace
}  // namespace riskbild::layers
