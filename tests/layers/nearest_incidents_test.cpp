#include "layers/nearest_incidents.hpp"

#include <gtest/gtest.h>

#include "layers/layer.hpp"
#include "tests/support/made_up_county.hpp"

namespace riskbild::layers {
namespace {

using riskbild::testing::made_up_view;
using riskbild::testing::MadeUp;

TEST(NearestIncidents, OfAnAreaAreListedNewestFirstWithAndWithoutAPoint)
{
    auto const view = made_up_view({{.east = 1, .north = 1, .day = "2025-01-01"},
                                    {.east = 2, .north = 2, .day = "2025-03-01"},
                                    {.day = "2025-02-01", .precision = Precision::kommun, .area = "01"},
                                    {.east = 15'000, .north = 1, .day = "2025-06-01"},
                                    {.east = 3, .north = 3, .day = "2025-03-01"}});
    auto const near = incidents_of_area(view, {}, AreaId{0}).value();
    EXPECT_EQ(near.newest, (std::vector{IncidentId{5}, IncidentId{2}, IncidentId{3}, IncidentId{1}}));
    EXPECT_EQ(near.all, 4U);
    EXPECT_EQ(incidents_of_area(view, parse_filter("period=2025-02-01..2025-03-01").value(), AreaId{0})->all,
              1U);
    EXPECT_FALSE(incidents_of_area(made_up_view({}, Role::public_), {}, AreaId{0}));
}

TEST(NearestIncidents, AreAHundredAtMost)
{
    auto const view = made_up_view(std::vector<MadeUp>(250, MadeUp{.east = 1, .north = 1}));
    auto const near = incidents_of_area(view, {}, AreaId{0}).value();
    EXPECT_EQ(near.newest.size(), kMostExplaining);
    EXPECT_EQ(near.newest.front(), IncidentId{250});
    EXPECT_EQ(near.all, 250U);
}

}  // namespace
}  // namespace riskbild::layers
