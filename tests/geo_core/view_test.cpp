#include <algorithm>
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "geo_core/view.hpp"
#include "tests/support/made_up_county.hpp"

namespace riskbild {
namespace {

using testing::made_up_snapshot;
using testing::made_up_view;
using testing::MadeUp;

Filter filter(std::string_view text)
{
    return parse_filter(text).value();
}

std::vector<std::int64_t> ids_of(View const& view, std::string_view text)
{
    std::vector<std::int64_t> ids;
    auto const selection = view.select_points(filter(text)).value();
    for (auto const row : selection.rows)
        ids.push_back(view.points().id[row]);
    std::ranges::sort(ids);
    return ids;
}

using Ids = std::vector<std::int64_t>;

TEST(View, APeriodMatchesTheIntervalsStartInLocalTime)
{
    auto const view = made_up_view({{.day = "2025-01-31", .hour = 23}, {.day = "2025-02-01", .hour = 0}});
    EXPECT_EQ(ids_of(view, "period=2025-01-01..2025-02-01"), Ids{1});
    EXPECT_EQ(ids_of(view, "period=2025-02-01..2025-03-01"), Ids{2});
}

TEST(View, HoursAndWeekdaysAreLocal)
{
    auto const view = made_up_view({{.day = "2025-03-10", .hour = 23}, {.day = "2025-07-12", .hour = 1}});
    EXPECT_EQ(ids_of(view, "hours=22..2"), (Ids{1, 2}));
    EXPECT_EQ(ids_of(view, "hours=23"), Ids{1});
    EXPECT_EQ(ids_of(view, "weekdays=mon"), Ids{1});
    EXPECT_EQ(ids_of(view, "weekdays=sat"), Ids{2});
}

TEST(View, ADateWithoutTimeMatchesNoHourAndIsCountedAsLeftOut)
{
    auto const view =
        made_up_view({{.day = "2025-03-30", .hour = 0, .length_minutes = 23 * 60}, {.hour = 0}});
    EXPECT_EQ(ids_of(view, "hours=0..4"), Ids{2});
    EXPECT_EQ(view.select_points(filter("hours=0..4")).value().left_out[LeftOutReason::hour_unknown], 1U);
    EXPECT_EQ(ids_of(view, ""), (Ids{1, 2}));
}

TEST(View, AKindStandsForAllBelowIt)
{
    auto const view = made_up_view({{.kind = "theft"}, {.kind = "theft.bicycle"}, {.kind = "damage"}});
    EXPECT_EQ(ids_of(view, "kinds=theft"), (Ids{1, 2}));
    EXPECT_EQ(ids_of(view, "kinds=theft.bicycle"), Ids{2});
}

TEST(View, FiltersBySourceAreaAndPrecision)
{
    auto const view = made_up_view(
        {{.sources = 1}, {.east = 15'000, .precision = Precision::street, .sources = 2}, {.sources = 3}});
    EXPECT_EQ(ids_of(view, "sources=b"), (Ids{2, 3}));
    EXPECT_EQ(ids_of(view, "areas=02"), Ids{2});
    EXPECT_EQ(ids_of(view, "precision=address"), (Ids{1, 3}));
}

TEST(View, NamesWhatTheCountyDoesNotHave)
{
    auto const view = made_up_view({});
    EXPECT_EQ(view.select_points(filter("kinds=piracy")).error().field, "kinds");
    EXPECT_EQ(view.select_points(filter("sources=z")).error().field, "sources");
    EXPECT_EQ(view.count_by_area(filter("areas=99")).error().field, "areas");
    EXPECT_EQ(view.select_points(filter("kinds=cykel")).error().message,
              "there is no kind \"cykel\"; did you mean theft.bicycle (Cykelstöld)?");
    EXPECT_EQ(view.select_points(filter("sources=z")).error().message,
              "the store has no source \"z\"; it has a, b");
    EXPECT_EQ(view.select_points(filter("areas=99")).error().message,
              "there is no area \"99\"; there are 01 Syd Väst, 02 Syd Öst, 03 Nord Väst, 04 Nord Öst");
}

TEST(View, WhatIsNoPointIsLeftOutWithItsReason)
{
    auto const view = made_up_view({{},
                                    {.precision = Precision::locality, .area = "01"},
                                    {.precision = Precision::kommun, .area = "01"},
                                    {.precision = Precision::lan},
                                    {.kind = "sexual.rape", .area = "01"},
                                    {.kind = "sexual", .precision = Precision::kommun, .area = "01"}});
    auto const selection = view.select_points({}).value();
    EXPECT_EQ(selection.rows.size(), 1U);
    EXPECT_EQ(selection.left_out[LeftOutReason::locality_only], 1U);
    EXPECT_EQ(selection.left_out[LeftOutReason::kommun_only], 1U);
    EXPECT_EQ(selection.left_out[LeftOutReason::lan_only], 1U);
    EXPECT_EQ(selection.left_out[LeftOutReason::protected_kind], 2U);
    EXPECT_EQ(selection.left_out.total(), 5U);
    EXPECT_EQ(view.count({}).value(), 6U);
}

TEST(View, AProtectedIncidentHasNoReachablePoint)
{
    auto const view = made_up_view({{.kind = "sexual.rape"}, {.kind = "theft"}});
    ASSERT_EQ(view.points().size(), 1U);
    EXPECT_EQ(view.points().id[0], 2);
    EXPECT_EQ(view.without_point().size(), 1U);
    EXPECT_EQ(view.count_by_area({}).value().count[0], 2U) << "it still counts in its kommun";
}

TEST(View, ACardOfAProtectedKindIsCoarse)
{
    auto const view = made_up_view({{.kind = "sexual.rape"}});
    IncidentDetails details;
    details.incident.kind = view.county().kinds.by_code("sexual.rape").value();
    details.incident.place =
        PointPlace{.point = testing::kCorner, .precision = Precision::exact, .area = AreaId{0}};
    details.voices.push_back({.kind_code = "sexual.rape",
                              .precision = Precision::exact,
                              .place_text = "Exempelgatan 1",
                              .text = "…"});
    view.redact(details);
    EXPECT_FALSE(point_of(details.incident.place));
    EXPECT_EQ(area_of(details.incident.place), AreaId{0});
    EXPECT_EQ(details.voices[0].place_text, "");
    EXPECT_EQ(details.voices[0].text, "");
    EXPECT_EQ(details.voices[0].precision, Precision::kommun);
}

TEST(View, OneVoiceOfAProtectedKindMakesTheWholeCardCoarse)
{
    auto const view = made_up_view({});
    IncidentDetails details;
    details.incident.kind = view.county().kinds.by_code("theft").value();
    details.incident.place = PointPlace{.point = testing::kCorner};
    details.voices = {{.kind_code = "theft", .place_text = "Exempelgatan 1"}, {.kind_code = "sexual"}};
    view.redact(details);
    EXPECT_FALSE(point_of(details.incident.place));
    EXPECT_EQ(details.voices[0].place_text, "");
}

TEST(View, ThePublicGetsNoIncidentByAnyDoor)
{
    auto const view = made_up_view({{}, {.precision = Precision::kommun, .area = "01"}}, Role::public_);
    EXPECT_EQ(view.points().size(), 0U);
    EXPECT_EQ(view.without_point().size(), 0U);
    EXPECT_EQ(view.select_points({}).error().code, ErrorCode::forbidden);
    EXPECT_EQ(view.count_by_area({}).error().code, ErrorCode::forbidden);
    EXPECT_EQ(view.count_by_day({}).error().code, ErrorCode::forbidden);
    EXPECT_EQ(view.count({}).error().code, ErrorCode::forbidden);
    EXPECT_FALSE(view.may_open(IncidentId{1}));
}

TEST(View, AnalystAndPublicHaveDifferentDigests)
{
    EXPECT_NE(policy_of(Role::analyst).digest(), policy_of(Role::public_).digest());
}

TEST(View, CountsByDayIncludeDaysWithoutAny)
{
    auto const view = made_up_view(
        {{.day = "2025-03-01"}, {.day = "2025-03-04"}, {.day = "2025-03-04", .precision = Precision::lan}});
    auto const days = view.count_by_day({}).value();
    EXPECT_EQ(to_text(days.first), "2025-03-01");
    EXPECT_EQ(days.count, (std::vector<std::uint32_t>{1, 0, 0, 2}));
    auto const part = view.count_by_day(filter("period=2025-03-02..2025-04-01")).value();
    EXPECT_EQ(to_text(part.first), "2025-03-02");
    EXPECT_EQ(part.count, (std::vector<std::uint32_t>{0, 0, 2}));
}

TEST(View, ExtentIsHalfOpen)
{
    std::vector<MadeUp> incidents{{.day = "2025-03-01"}, {.day = "2025-03-04"}};
    auto const view = made_up_view(incidents);
    EXPECT_EQ(to_text(view.extent()->from), "2025-03-01");
    EXPECT_EQ(to_text(view.extent()->to), "2025-03-05");
    EXPECT_FALSE(made_up_view({}).extent());

    // The public view learns no day of a single incident, only which years are published.
    EXPECT_FALSE(made_up_view(incidents, Role::public_).extent());
    incidents.push_back({.day = "2026-02-03"});
    EXPECT_EQ(to_text(made_up_view(incidents, Role::public_).extent()->from), "2025-01-01");
    EXPECT_EQ(to_text(made_up_view(incidents, Role::public_).extent()->to), "2026-01-01");
}

/// Everything that a view shows of its incidents, row by row.
std::vector<std::string> rows_of(View const& view)
{
    std::vector<std::string> rows;
    auto const add = [&](IncidentColumns const& c, std::size_t i) {
        rows.push_back(fmt::format("{} {} {} {} {} {} {} {} {} {}", c.id[i], c.from[i], c.length[i],
                                   c.local_day[i], c.local_hour[i], c.kind[i], c.area[i], c.sources[i],
                                   c.precision[i], c.reports[i]));
    };
    auto const points = view.points();
    for (std::size_t i = 0; i < points.size(); ++i) {
        add(points, i);
        rows.back() += fmt::format(" {} {} {}", points.east[i], points.north[i], points.quadtree[i]);
    }
    auto const others = view.without_point();
    for (std::size_t i = 0; i < others.size(); ++i)
        add(others, i);
    return rows;
}

TEST(Snapshot, AnyOrderOfRowsGivesTheSameColumns)
{
    std::vector<MadeUp> incidents;
    for (int i = 0; i < 200; ++i)  // several at one position, several of a protected kind
        incidents.push_back({.east = 97.0 * (i % 10),
                             .north = 131.0 * (i % 5),
                             .hour = i % 24,
                             .kind = i % 11 ? "theft" : "sexual",
                             .precision = i % 7 ? Precision::exact : Precision::lan,
                             .length_minutes = 1 + i * 17,
                             .sources = 1U + static_cast<unsigned>(i) % 3,
                             .id = 1000 - i});
    auto const expected = rows_of(made_up_view(incidents));
    ASSERT_EQ(expected.size(), 200U);
    std::mt19937 random{5};
    for (int round = 0; round < 4; ++round) {
        std::ranges::shuffle(incidents, random);
        auto const view = made_up_view(incidents);
        EXPECT_EQ(rows_of(view), expected);
        EXPECT_TRUE(std::ranges::is_sorted(view.points().quadtree));
    }
}

TEST(Snapshot, TakesAtMost80BytesAnIncident)
{
    auto const snapshot = made_up_snapshot(std::vector<MadeUp>(1000));
    EXPECT_LE(snapshot->bytes(), 80'000U);
}

}  // namespace
}  // namespace riskbild
