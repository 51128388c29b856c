#include "layers/repeat_locations/repeat_locations.hpp"

#include <algorithm>
#include <limits>

#include <gtest/gtest.h>

#include "tests/layers/numbers.hpp"
#include "tests/support/made_up_county.hpp"

namespace riskbild::layers {
namespace {

using riskbild::testing::kCorner;
using riskbild::testing::made_up_view;
using riskbild::testing::MadeUp;

RepeatLocations find(View const& view, RepeatLocationOptions const& options = {},
                     std::string_view filter = "")
{
    auto result = repeat_locations(view, parse_filter(filter).value(), options);
    EXPECT_TRUE(result) << result.error().message;
    return result.value();
}

/// A shop hit four times (once 20 m off), a bicycle rack twice, three places once, and two known only to a
/// kommun.
std::vector<MadeUp> example()
{
    return {{.east = 100, .north = 100, .day = "2025-03-03", .kind = "theft"},
            {.east = 100, .north = 100, .day = "2025-03-01", .kind = "damage"},
            {.east = 100, .north = 120, .day = "2025-03-10", .kind = "theft"},
            {.east = 100, .north = 100, .day = "2025-04-01", .kind = "theft"},
            {.east = 15'000, .north = 100, .day = "2025-03-05", .kind = "theft.bicycle"},
            {.east = 15'000, .north = 100, .day = "2025-03-05", .kind = "theft.bicycle"},
            {.east = 3000, .north = 3000, .day = "2025-03-02"},
            {.east = 4000, .north = 3000, .day = "2025-03-02"},
            {.east = 5000, .north = 3000, .day = "2025-03-31"},
            {.day = "2025-03-02", .precision = Precision::kommun, .area = "01"},
            {.day = "2025-03-02", .precision = Precision::kommun, .area = "02"}};
}

TEST(RepeatLocations, ListsPlacesMostHitFirst)
{
    auto const found = find(made_up_view(example()));
    ASSERT_EQ(found.places.size(), 2U);
    auto const& shop = found.places[0];
    EXPECT_EQ(shop.position, (MapPoint{kCorner.east + 100, kCorner.north + 100}));
    EXPECT_EQ(shop.count, 4U);
    EXPECT_EQ(shop.area, AreaId{0});
    EXPECT_EQ(riskbild::to_text(shop.first), "2025-03-01");
    EXPECT_EQ(riskbild::to_text(shop.last), "2025-04-01");
    EXPECT_DOUBLE_EQ(shop.share, 4.0 / 9.0);
    auto const gaps = found.gaps_of(shop);
    EXPECT_EQ(std::vector<std::int32_t>(gaps.begin(), gaps.end()), (std::vector<std::int32_t>{2, 7, 22}));
    EXPECT_EQ(shop.median_gap_days, 7.0);
    auto const ids = found.incidents_of(shop);
    EXPECT_EQ(std::vector<IncidentId>(ids.begin(), ids.end()),
              (std::vector{IncidentId{2}, IncidentId{1}, IncidentId{3}, IncidentId{4}}));

    auto const& rack = found.places[1];
    EXPECT_EQ(rack.count, 2U);
    EXPECT_EQ(rack.area, AreaId{1});
    EXPECT_DOUBLE_EQ(rack.cumulative_share, 6.0 / 9.0);
    EXPECT_EQ(rack.median_gap_days, 0.0);
}

TEST(RepeatLocations, CountsKindsMostFirst)
{
    auto const view = made_up_view(example());
    auto const found = find(view);
    auto const kind = [&](char const* code) { return view.county().kinds.by_code(code).value(); };
    auto const kinds = found.kinds_of(found.places[0]);
    EXPECT_EQ(std::vector<KindCount>(kinds.begin(), kinds.end()),
              (std::vector<KindCount>{{kind("theft"), 3}, {kind("damage"), 1}}));
    ASSERT_EQ(found.kinds_of(found.places[1]).size(), 1U);
    EXPECT_EQ(found.kinds_of(found.places[1])[0], (KindCount{kind("theft.bicycle"), 2}));
}

TEST(RepeatLocations, SumsUpWhatRepeats)
{
    auto const found = find(made_up_view(example()));
    EXPECT_EQ(found.all_places, 5U);
    EXPECT_EQ(found.repeat_places, 2U);
    EXPECT_EQ(found.repeat_incidents, 6U);
    EXPECT_EQ(found.gaps.total, 4U);
    EXPECT_EQ(found.gaps.same_day, 1U);
    EXPECT_EQ(found.gaps.count, (std::array<std::uint64_t, 6>{2, 1, 0, 1, 0, 0})) << "0 and 2 | 7 | 22";
    EXPECT_EQ(found.spread.places, 5U);
    EXPECT_EQ(found.spread.incidents, 9U);
    EXPECT_EQ(found.curve.incidents, 9U);
}

// Data end with 2025-04-01. Followed: shop 2, 7, 22 repeated and 0 at the end; rack 0 repeated and 27; the
// three others 30, 30, 1. On day 0 one of nine repeats: 8/9; on day 2 one of the six that are left (one ended
// on day 0, one on day 1): times 5/6.
TEST(RepeatLocations, FollowsEachIncidentToTheEndOfTheData)
{
    auto const found = find(made_up_view(example()));
    EXPECT_NEAR(found.curve.repeated_before(1), 1.0 - 8.0 / 9.0, 1e-15);
    EXPECT_NEAR(found.curve.repeated_before(7), 1.0 - 8.0 / 9.0 * 5.0 / 6.0, 1e-15);
    auto const shorter = find(made_up_view(example()), {}, "period=2025-03-01..2025-03-20");
    EXPECT_EQ(shorter.info.n, 7U);
    EXPECT_EQ(riskbild::to_text(shorter.followed_to), "2025-03-19")
        << "the period's last day, though the data go on";
    EXPECT_NE(shorter.curve.repeated_before(28), found.curve.repeated_before(28));
    EXPECT_EQ(riskbild::to_text(found.followed_to), "2025-04-01");
    auto const longer = find(made_up_view(example()), {}, "period=2025-03-01..2035-03-20");
    EXPECT_EQ(longer.curve.repeated_before(7), found.curve.repeated_before(7))
        << "the data end before the period";
}

// Source b has sent nothing after January: its places were not followed in March.
TEST(RepeatLocations, FollowsASourceOnlyAsFarAsItsDataGo)
{
    auto const view = made_up_view({{.day = "2025-01-01", .sources = 2},
                                    {.day = "2025-01-04", .sources = 2},
                                    {.east = 900, .day = "2025-01-31", .kind = "damage", .sources = 2},
                                    {.east = 5000, .day = "2025-03-31", .sources = 1}});
    auto const found = find(view, {}, "kinds=theft;sources=b");
    EXPECT_EQ(riskbild::to_text(found.followed_to), "2025-01-31")
        << "another kind shows that the source still told";
    ASSERT_EQ(found.curve.steps.size(), 1U);
    EXPECT_EQ(found.curve.steps[0].day, 3);
    EXPECT_EQ(found.curve.steps[0].followed, 2U);
    EXPECT_EQ(riskbild::to_text(find(view, {}, "kinds=theft").followed_to), "2025-03-31");
}

TEST(RepeatLocations, ToleranceDecidesWhatIsOnePlace)
{
    auto const strict = find(made_up_view(example()), {.tolerance = Metres{0}});
    EXPECT_EQ(strict.places[0].count, 3U);
    EXPECT_EQ(strict.all_places, 6U);
    auto const loose = find(made_up_view(example()), {.tolerance = Metres{20}});
    EXPECT_EQ(loose.places[0].count, 4U);
}

TEST(RepeatLocations, MinCountShortensTheListAndNothingElse)
{
    auto const found = find(made_up_view(example()), {.min_count = 3});
    EXPECT_EQ(found.places.size(), 1U);
    EXPECT_EQ(found.repeat_places, 2U);
    EXPECT_EQ(found.gaps.total, 4U);
    EXPECT_EQ(find(made_up_view(example()), {.min_count = 1}).places.size(), 5U);
    EXPECT_DOUBLE_EQ(find(made_up_view(example()), {.min_count = 1}).places.back().cumulative_share, 1.0);
}

TEST(RepeatLocations, EqualCountsAreSortedByTheLatestThenFromTheSouth)
{
    auto const found = find(made_up_view({{.east = 500, .north = 900, .day = "2025-01-01"},
                                          {.east = 700, .north = 300, .day = "2025-01-01"},
                                          {.east = 600, .north = 300, .day = "2025-01-01"},
                                          {.east = 100, .north = 500, .day = "2025-02-01"}}),
                            {.min_count = 1});
    std::vector<MapPoint> positions;
    for (auto const& place : found.places) {
        positions.push_back({place.position.east - kCorner.east, place.position.north - kCorner.north});
    }
    EXPECT_EQ(positions, (std::vector<MapPoint>{{100, 500}, {600, 300}, {700, 300}, {500, 900}}));
}

TEST(RepeatLocations, IncidentsKnownOnlyToAnAreaDoNotMakeAPlace)
{
    auto const found = find(made_up_view({{.precision = Precision::kommun, .area = "01"},
                                          {.precision = Precision::kommun, .area = "01"},
                                          {.precision = Precision::lan}}),
                            {.min_count = 1});
    EXPECT_TRUE(found.places.empty());
    EXPECT_EQ(found.info.n, 0U);
    EXPECT_EQ(found.info.left_out[LeftOutReason::kommun_only], 2U);
    EXPECT_EQ(found.info.left_out[LeftOutReason::lan_only], 1U);
    EXPECT_FALSE(found.gaps.median_days);
}

TEST(RepeatLocations, TheOrderOfTheRowsDoesNotMatter)
{
    auto incidents = example();
    auto const forward = find(made_up_view(incidents));
    std::reverse(incidents.begin(), incidents.end());
    auto const backward = find(made_up_view(incidents));
    ASSERT_EQ(forward.places.size(), backward.places.size());
    for (std::size_t i = 0; i < forward.places.size(); ++i) {
        EXPECT_EQ(forward.places[i].position, backward.places[i].position);
        EXPECT_EQ(forward.places[i].median_gap_days, backward.places[i].median_gap_days);
    }
}

TEST(RepeatLocations, SaysWhenStreetsAndLongTimesMayMislead)
{
    auto const found =
        find(made_up_view({{.precision = Precision::street}, {.length_minutes = 3 * 24 * 60}}));
    EXPECT_EQ(found.info.notes.size(), 3U);
    EXPECT_EQ(find(made_up_view({{}, {}})).info.notes.size(), 1U);
    EXPECT_EQ(find(made_up_view({{}})).info.parameters[2],
              (std::pair<std::string, std::string>{"tolerance", "25"}));
}

TEST(RepeatLocations, ThePublicDoesNotSeeSinglePlaces)
{
    auto const found = repeat_locations(made_up_view(example(), Role::public_), {}, {});
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, ErrorCode::forbidden);
}

TEST(RepeatLocations, RefusesNonsenseNamingTheOption)
{
    auto const view = made_up_view(example());
    auto const field = [&](RepeatLocationOptions const& options) {
        auto const found = repeat_locations(view, {}, options);
        EXPECT_FALSE(found);
        return found.error().field;
    };
    EXPECT_EQ(field({.tolerance = Metres{-1}}), "tolerance");
    EXPECT_EQ(field({.tolerance = Metres{std::numeric_limits<double>::quiet_NaN()}}), "tolerance");
    EXPECT_EQ(field({.tolerance = Metres{501}}), "tolerance");
    EXPECT_EQ(field({.min_count = 0}), "min_count");
    EXPECT_EQ(field({.places = 3}), "places");
    EXPECT_EQ(find(view, {.places = 100}).spread.places, 100U);
}

}  // namespace
}  // namespace riskbild::layers
