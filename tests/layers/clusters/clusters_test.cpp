#include "layers/clusters/clusters.hpp"

#include <gtest/gtest.h>

#include "layers/clusters/hull.hpp"
#include "layers/registry.hpp"
#include "tests/support/made_up_county.hpp"

namespace riskbild::layers {
namespace {

using riskbild::testing::kCorner;
using riskbild::testing::made_up_view;
using riskbild::testing::MadeUp;

/// A square of 3 × 3 incidents 50 m apart, a heap of five at one place, and two alone.
std::vector<MadeUp> scene()
{
    std::vector<MadeUp> incidents;
    for (int i = 0; i < 9; ++i) {
        incidents.push_back({.east = 1000.0 + 50.0 * (i % 3),
                             .north = 1000.0 + 50.0 * (i / 3),
                             .day = i == 8 ? "2025-04-01" : "2025-03-10",
                             .kind = i < 3 ? "damage" : "theft"});
    }
    for (int i = 0; i < 5; ++i) {
        incidents.push_back({.east = 5000, .north = 5000});
    }
    incidents.push_back({.east = 9000, .north = 1000});
    incidents.push_back({.east = 1000, .north = 9000});
    return incidents;
}

TEST(Clusters, AreListedMostFirstWithWhatTheyAre)
{
    auto const found = clusters(made_up_view(scene()), {}, {.eps = 60_m, .min_points = 3}).value();
    ASSERT_EQ(found.clusters.size(), 2U);
    auto const& square = found.clusters[0];
    EXPECT_EQ(square.rows.size(), 9U);
    EXPECT_EQ(square.cores, 9U);
    EXPECT_NEAR(square.middle.east, kCorner.east + 1050.0, 1e-6);
    EXPECT_NEAR(square.middle.north, kCorner.north + 1050.0, 1e-6);
    EXPECT_NEAR(square.hull_km2, 0.01, 1e-9);
    ASSERT_EQ(square.hull.size(), 1U);
    EXPECT_EQ(square.hull[0].outer.size(), 4U) << "corners only";
    EXPECT_EQ(riskbild::to_text(square.first), "2025-03-10");
    EXPECT_EQ(riskbild::to_text(square.last), "2025-04-01");
    EXPECT_EQ(found.clusters[1].rows.size(), 5U);
    EXPECT_EQ(found.clusters[1].hull_km2, 0.0);
    EXPECT_EQ(found.clusters[1].hull[0].outer.size(), 8U) << "drawn around the one place";
    EXPECT_EQ(found.noise, 2U);
    EXPECT_EQ(found.info.n, 16U);
}

TEST(Clusters, InTimeTooHoldOnlyWhatIsSoon)
{
    auto const found = clusters(made_up_view(scene()), {},
                                {.method = ClusterMethod::st_dbscan, .eps = 60_m, .days = 7, .min_points = 3})
                           .value();
    EXPECT_EQ(found.clusters[0].rows.size(), 8U) << "the one of April is alone";
    EXPECT_EQ(found.noise, 3U);
}

TEST(Clusters, LayerNamesTheIncidentsAndKindsBehind)
{
    auto const result =
        run_layer("clusters", made_up_view(scene()), {}, {{"eps", "60"}, {"min_points", "3"}}).value();
    auto const& table = result.tables.front();
    ASSERT_EQ(table.rows.size(), 2U);
    EXPECT_EQ(std::get<std::string>(table.rows[0].back()), "theft 6, damage 3");
    EXPECT_EQ(table.incidents[0].size(), 9U);
    EXPECT_EQ(std::get<std::int64_t>(table.rows[1][1]), 5);
    EXPECT_TRUE(std::holds_alternative<std::monostate>(table.rows[1][5])) << "no density without an area";
}

TEST(Clusters, RefuseAViewWithoutSingleIncidentsAndOptionsOfAnotherMethod)
{
    auto const refused = clusters(made_up_view(scene(), Role::public_), {}, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::forbidden);
    auto const days = run_layer("clusters", made_up_view({}), {}, {{"days", "3"}});
    ASSERT_FALSE(days);
    EXPECT_EQ(days.error().field, "days");
    EXPECT_TRUE(run_layer("clusters", made_up_view({}), {}, {{"days", "3"}, {"method", "st_dbscan"}}));
}

TEST(ConvexHull, HoldsEveryPlaceAndHasNoNeedlessCorner)
{
    EXPECT_EQ(convex_hull({{0, 0}, {4, 0}, {2, 1}, {4, 4}, {2, 0}, {0, 4}, {0, 0}, {4, 2}}),
              (Ring{{0, 0}, {4, 0}, {4, 4}, {0, 4}}));
    EXPECT_EQ(convex_hull({{0, 0}, {1, 1}, {2, 2}, {3, 3}}), (Ring{{0, 0}, {3, 3}})) << "a line is its ends";
    EXPECT_EQ(convex_hull({{5, 5}, {5, 5}}), (Ring{{5, 5}}));
    EXPECT_TRUE(convex_hull({}).empty());
}

}  // namespace
}  // namespace riskbild::layers
