#include "layers/repeat_locations/concentration.hpp"

#include <gtest/gtest.h>

namespace riskbild::layers {
namespace {

// methods.md 3: "counts 5 2 1 1 1 and five 0: G .68 = G′; 2 1 1 and seven 0 (4 crimes, 10 places): G .75, G′
// .375".
TEST(Concentration, HasThePublishedGini)
{
    auto const ten = concentration({5, 2, 1, 1, 1}, 10);
    EXPECT_NEAR(ten.gini, 0.68, 1e-15);
    EXPECT_NEAR(ten.generalised_gini, 0.68, 1e-15);
    auto const four = concentration({2, 1, 1, 0, 0, 0, 0, 0, 0, 0}, 10);
    EXPECT_NEAR(four.gini, 0.75, 1e-15);
    EXPECT_NEAR(four.generalised_gini, 0.375, 1e-15);
}

TEST(Concentration, SharesAreOfTheFewestPlaces)
{
    auto const result = concentration({1, 5, 1, 2, 1}, 10);
    EXPECT_EQ(result.places_with_quarter, 1U);
    EXPECT_EQ(result.places_with_half, 1U) << "five of ten";
    EXPECT_DOUBLE_EQ(result.share_with_half, 0.1);
    auto const even = concentration({1, 1, 1, 1, 1, 1, 1, 1});
    EXPECT_EQ(even.places_with_quarter, 2U);
    EXPECT_DOUBLE_EQ(even.share_with_half, 0.5);
    EXPECT_NEAR(even.gini, 0.0, 1e-15);
    EXPECT_NEAR(even.generalised_gini, 0.0, 1e-15);
}

TEST(Concentration, LorenzStartsEmptyAndEndsWithEverything)
{
    using Corner = Concentration::Corner;
    auto const result = concentration({1, 5, 1, 2, 1}, 10);
    EXPECT_EQ(result.lorenz, (std::vector<Corner>{{0, 0}, {1, 5}, {2, 7}, {5, 10}, {10, 10}}));
}

TEST(Concentration, NothingIsNotConcentrated)
{
    auto const result = concentration({}, 10);
    EXPECT_EQ(result.incidents, 0U);
    EXPECT_EQ(result.gini, 0.0);
    EXPECT_EQ(result.places_with_half, 0U);
}

}  // namespace
}  // namespace riskbild::layers
