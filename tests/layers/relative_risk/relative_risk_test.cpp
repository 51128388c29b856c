#include "layers/relative_risk/relative_risk.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "layers/county_cells.hpp"
#include "layers/registry.hpp"
#include "layers/significance.hpp"
#include "tests/layers/numbers.hpp"
#include "tests/support/made_up_county.hpp"

namespace riskbild::layers {
namespace {

using riskbild::testing::kCorner;
using riskbild::testing::made_up_view;
using riskbild::testing::MadeUp;

TEST(Roughness, IsTheIntegralOfTheSquaredKernel)
{
    for (auto const kernel : kKernels) {
        double const end = cut_of(kernel, 1.0);
        constexpr int kSteps = 200'000;
        double sum = 0.0;
        for (int i = 0; i < kSteps; ++i) {
            double const d = (i + 0.5) * end / kSteps;
            double const k = kernel_value(kernel, 1.0, d * d);
            sum += k * k * 2.0 * std::numbers::pi * d * end / kSteps;
        }
        EXPECT_NEAR(roughness_of(kernel), sum, 1e-5 * sum) << name_of(kernel);
    }
}

TEST(RiskRatio, IsOneWhereSharesAreAlike)
{
    auto const same = risk_ratio(0.002, 0.01, 20, 100, Kernel::quartic, 500);
    EXPECT_NEAR(same.log_ratio, 0.0, 1e-15);
    auto const twice = risk_ratio(0.004, 0.01, 20, 100, Kernel::quartic, 500);
    EXPECT_NEAR(std::exp(twice.log_ratio), 2.0, 1e-12);
    EXPECT_GT(twice.z, 0.0);
    EXPECT_NEAR(risk_ratio(0.016, 0.04, 80, 400, Kernel::quartic, 500).z, 2.0 * twice.z, 1e-9)
        << "four times as much of everything is twice as sure";
}

/// Were kinds given out at random, p at a place is below 0.05 about one time in twenty: that is what p means.
TEST(RiskRatio, HasTheLevelItSays)
{
    testing::Chance chance{12};
    constexpr int kRounds = 4'000;
    constexpr double kReach = 1.0;
    int high = 0;
    for (int round = 0; round < kRounds; ++round) {
        double cases = 0.0, others = 0.0;
        int n = 0, m = 0;
        for (int i = 0; i < 900; ++i) {
            double const x = 6.0 * chance.next() - 3.0;
            double const y = 6.0 * chance.next() - 3.0;
            bool const is_case = chance.next() < 0.3;
            (is_case ? n : m) += 1;
            (is_case ? cases : others) += kernel_value(Kernel::quartic, kReach, x * x + y * y);
        }
        high += upper_tail_p(risk_ratio(cases, others, n, m, Kernel::quartic, kReach).z) <= 0.05 ? 1 : 0;
    }
    // Asymptotic, with some 12 cases in effect: the level is met to about a third of it.
    EXPECT_NEAR(high, 0.05 * kRounds, 0.35 * 0.05 * kRounds);
}

/// Thefts and damage alike everywhere, but twice as many thefts in the east.
std::vector<MadeUp> scene()
{
    std::vector<MadeUp> incidents;
    for (int i = 0; i < 40; ++i) {
        for (int j = 0; j < 40; ++j) {
            double const east = 250.0 + 500.0 * i;
            double const north = 250.0 + 500.0 * j;
            incidents.push_back({.east = east, .north = north, .kind = "damage"});
            incidents.push_back({.east = east + 60.0, .north = north, .kind = "theft"});
            if (i >= 30) {
                incidents.push_back({.east = east, .north = north + 70.0, .kind = "theft"});
                incidents.push_back({.east = east, .north = north - 70.0, .kind = "theft"});
            }
        }
    }
    return incidents;
}

TEST(RelativeRisk, FindsWhereAKindIsMoreThanItsShare)
{
    Filter thefts;
    thefts.kinds = {"theft"};
    auto const found = relative_risk(made_up_view(scene()), thefts, {}).value();
    EXPECT_EQ(found.info.n, 1600U + 800U);
    EXPECT_EQ(found.others, 1600U);
    auto const at = [&](double east, double north) {
        return cell_of(found.lattice, {kCorner.east + east, kCorner.north + north}).value();
    };
    EXPECT_EQ(found.classes[at(18'000, 10'000)], 3);
    EXPECT_NEAR(found.ratio[at(18'000, 10'000)], 2.0, 0.05) << "3 : 1 there, 2 400 : 1 600 in all";
    EXPECT_EQ(found.classes[at(5'000, 10'000)], 0) << "z is ln(2/3)/0.27: not sure yet";
    auto const wider = relative_risk(made_up_view(scene()), thefts, {.radius = 4000_m}).value();
    EXPECT_EQ(wider.classes[at(5'000, 10'000)], -3) << "with four times as many in reach it is";
    EXPECT_NEAR(found.ratio[at(5'000, 10'000)], 1.0 / 1.5, 0.02);
}

TEST(RelativeRisk, ComparesNothingWithoutKindsAndSaysSo)
{
    auto const found = relative_risk(made_up_view(scene()), {}, {}).value();
    EXPECT_EQ(found.others, 0U);
    EXPECT_TRUE(std::ranges::all_of(found.classes, [](int c) { return c == 0; }));
    EXPECT_EQ(found.info.notes.front().en, "Choose kinds: they are compared with all others.");
}

TEST(RelativeRisk, SaysNothingWhereThereAreTooFew)
{
    Filter thefts;
    thefts.kinds = {"theft"};
    auto const found = relative_risk(made_up_view({{.east = 5'000, .north = 5'000},
                                                   {.east = 5'000, .north = 5'000, .kind = "damage"}}),
                                     thefts, {})
                           .value();
    EXPECT_TRUE(std::ranges::all_of(found.ratio, [](double r) { return std::isnan(r); }));
}

TEST(RelativeRisk, RefusesAViewWithoutSingleIncidentsAndCellsBeyondTheRadius)
{
    EXPECT_EQ(relative_risk(made_up_view(scene(), Role::public_), {}, {}).error().code, ErrorCode::forbidden);
    EXPECT_EQ(
        run_layer("relative_risk", made_up_view({}), {}, {{"cell", "500"}, {"radius", "100"}}).error().field,
        "cell");
}

TEST(RelativeRisk, ExplainsAPlaceByWhatTheOthersLetExpect)
{
    Filter thefts;
    thefts.kinds = {"theft"};
    auto const view = made_up_view(scene());
    auto const* const layer = find_layer("relative_risk");
    auto const options = layer->complete({}).value();
    auto const why =
        layer->explain({view, thefts, options, {}}, {kCorner.east + 18'000.0, kCorner.north + 10'000.0})
            .value();
    auto const observed = static_cast<double>(std::get<std::int64_t>(why.facts[0].value));
    EXPECT_NEAR(observed / std::get<double>(why.facts[1].value), 2.0, 0.1);
    EXPECT_EQ(why.variants.size(), 2U);
    EXPECT_EQ(why.incidents.size(), kMostExplaining);
}

}  // namespace
}  // namespace riskbild::layers
