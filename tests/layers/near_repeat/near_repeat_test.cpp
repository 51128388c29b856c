#include "layers/near_repeat/near_repeat.hpp"

#include <gtest/gtest.h>

#include "layers/registry.hpp"
#include "tests/support/made_up_county.hpp"

namespace riskbild::layers {
namespace {

using riskbild::testing::made_up_view;
using riskbild::testing::MadeUp;

std::string day_text(int day)
{
    return riskbild::to_text(LocalDate{date::local_days{date::year{2025} / 1 / 1} + date::days{day}});
}

/// Twenty places far apart, each hit again 60 m away two days later; and twenty that nothing follows.
std::vector<MadeUp> followed()
{
    std::vector<MadeUp> incidents;
    for (int i = 0; i < 20; ++i) {
        double const east = 500.0 + 900.0 * (i % 10);
        double const north = 1000.0 + 5000.0 * (i / 10);
        incidents.push_back({.east = east, .north = north, .day = day_text(15 * i)});
        incidents.push_back({.east = east + 60.0, .north = north, .day = day_text(15 * i + 2)});
        incidents.push_back({.east = east, .north = north + 2500.0, .day = day_text(15 * i + 7)});
    }
    return incidents;
}

TEST(NearRepeat, FindsThatIncidentsFollowEachOtherAndHowFar)
{
    auto const found = near_repeat(made_up_view(followed()), {}, {}).value();
    EXPECT_EQ(found.info.n, 60U);
    auto const& near_and_soon = found.table.at(1, 0);
    EXPECT_EQ(near_and_soon.observed, 20U);
    EXPECT_EQ(found.table.distance_pairs[1], 20U);
    EXPECT_LE(near_and_soon.p, 0.001);
    for (std::size_t d = 0; d < found.bands.distance_bands(); ++d) {
        for (std::size_t t = 0; t < found.bands.time_bands(); ++t) {
            EXPECT_EQ(found.raised[d * found.bands.time_bands() + t] != 0, d == 1 && t == 0) << d << ' ' << t;
        }
    }
    EXPECT_EQ(found.chains.chains.size(), 20U);
}

TEST(NearRepeat, RaisesTheRiskAroundRecentIncidentsUntilTheBandEnds)
{
    // The last followed pair is of the days 285 and 287, the last of all of 292.
    NearRepeatOptions options;
    options.as_of = LocalDate{date::local_days{date::year{2025} / 1 / 1} + date::days{290}};
    auto const found = near_repeat(made_up_view(followed()), {}, options).value();
    ASSERT_EQ(found.now.size(), 2U) << "those of the days 285 and 287, and not that of 292, which is to come";
    EXPECT_EQ(found.now[0].radius, 100_m);
    EXPECT_EQ(found.now[0].days_left, 4) << "of day 287: raised through day 293";
    EXPECT_EQ(found.now[1].days_left, 2);
    auto const& cell = found.table.at(1, 0);
    double const ratio = static_cast<double>(cell.observed) / cell.expected;
    EXPECT_DOUBLE_EQ(found.now[0].ratio, ratio);
    double highest = 0.0;
    std::size_t raised = 0;
    for (std::size_t i = 0; i < found.ratio.size(); ++i) {
        highest = std::max(highest, found.ratio[i]);
        raised += found.ratio[i] > 0.0 ? 1 : 0;
    }
    EXPECT_DOUBLE_EQ(highest, ratio);
    EXPECT_GE(raised, 3U) << "two discs of 100 m in cells of 100 m";
    EXPECT_LE(raised, 12U);
}

TEST(NearRepeat, SaysSoWhereNothingIsRaised)
{
    auto const found = near_repeat(made_up_view({{.east = 100, .north = 100}}), {}, {}).value();
    EXPECT_TRUE(found.now.empty());
    EXPECT_EQ(found.ratio.size(), found.lattice.size());
    bool said = false;
    for (auto const& note : found.info.notes) {
        said = said || note.en.find("the map of raised risk is empty") != std::string::npos;
    }
    EXPECT_TRUE(said);
}

TEST(NearRepeat, RefusesAViewWithoutSingleIncidents)
{
    auto const result = near_repeat(made_up_view(followed(), Role::public_), {}, {});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::forbidden);
}

TEST(NearRepeat, RefusesOptionsThatContradictEachOther)
{
    auto const refused = [](Options const& options) {
        auto const result = run_layer("near_repeat", made_up_view({}), {}, options);
        return result ? std::string{} : result.error().field;
    };
    EXPECT_EQ(refused({{"distance", "100,50"}}), "distance");
    EXPECT_EQ(refused({{"distance", "100,200"}, {"same_place", "150"}}), "distance");
    EXPECT_EQ(refused({{"days", "0,7"}}), "days");
    EXPECT_EQ(refused({{"permutations", "0"}}), "permutations");
    EXPECT_EQ(refused({{"as_of", "2025-13-01"}}), "as_of");
    EXPECT_EQ(refused({{"distance", "100,200"}, {"days", "3,10"}}), "");
}

}  // namespace
}  // namespace riskbild::layers
