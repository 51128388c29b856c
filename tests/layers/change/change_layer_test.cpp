#include "layers/change/change_layer.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "layers/registry.hpp"
#include "tests/layers/results.hpp"
#include "tests/support/made_up_county.hpp"

namespace riskbild::layers {
namespace {

using riskbild::testing::kCorner;
using riskbild::testing::made_up_view;
using riskbild::testing::MadeUp;
using testing::fact;
using testing::notes;

LayerResult run(View const& view, std::string_view filter = "", Options const& options = {})
{
    auto result = run_layer("change", view, parse_filter(filter).value(), options);
    EXPECT_TRUE(result) << result.error().message;
    return result.value();
}

TableCell of_area(LayerResult const& result, std::string_view code, std::string_view column)
{
    return testing::cell(result.tables.front(), code, column);
}

double in_cell(LayerResult const& result, double east, double north, std::string_view band)
{
    auto const& lattice = result.grid->lattice;
    auto const col = static_cast<std::int64_t>(std::floor((kCorner.east + east) / lattice.cell.value()));
    auto const row = static_cast<std::int64_t>(std::floor((kCorner.north + north) / lattice.cell.value()));
    auto const found =
        std::ranges::find_if(result.grid->bands, [&](Band const& one) { return one.quantity.key == band; });
    return found->values.at(
        static_cast<std::size_t>((row - lattice.first_row) * lattice.cols + col - lattice.first_col));
}

void add(std::vector<MadeUp>& incidents, int count, MadeUp const& like)
{
    incidents.insert(incidents.end(), static_cast<std::size_t>(count), like);
}

/// 2024 and 2025, known from the first to the last day: a shop with 5 and then 30, a square with 12 and 11, a
/// third with 2 and 1; a kommun with 40 and then 12 without a point; others outside both periods.
std::vector<MadeUp> example()
{
    std::vector<MadeUp> incidents;
    add(incidents, 1, {.day = "2024-01-01", .kind = "damage", .precision = Precision::lan});
    add(incidents, 5, {.east = 500, .north = 500, .day = "2024-05-01"});
    add(incidents, 30, {.east = 500, .north = 500, .day = "2025-05-01"});
    add(incidents, 12, {.east = 2500, .north = 500, .day = "2024-12-31", .hour = 23});
    add(incidents, 11, {.east = 2500, .north = 500, .day = "2025-01-01", .hour = 0});
    add(incidents, 2, {.east = 4500, .north = 500, .day = "2024-06-01"});
    add(incidents, 1, {.east = 4500, .north = 500, .day = "2025-06-01"});
    add(incidents, 40, {.day = "2024-03-01", .precision = Precision::kommun, .area = "02"});
    add(incidents, 12, {.day = "2025-03-01", .precision = Precision::kommun, .area = "02"});
    add(incidents, 1, {.day = "2025-12-31", .kind = "damage", .precision = Precision::lan});
    return incidents;
}

TEST(ChangeLayer, ComparesAreasWithEverythingAndCellsWithPoints)
{
    auto const result = run(made_up_view(example()));
    EXPECT_EQ(result.info.n, 113U);
    EXPECT_EQ(result.info.left_out[LeftOutReason::lan_only], 2U);
    EXPECT_EQ(result.info.period,
              (Period{parse_date("2024-01-01").value(), parse_date("2026-01-01").value()}));
    EXPECT_TRUE(notes(result.info, "2025-01-01 to 2025-12-31 against 2024-01-01 to 2024-12-31."));
    EXPECT_TRUE(notes(result.info, "52 of 113 incidents have no point and are counted in the areas only."));

    EXPECT_EQ(of_area(result, "01", "n_before"), TableCell{std::int64_t{19}});
    EXPECT_EQ(of_area(result, "01", "n_after"), TableCell{std::int64_t{42}});
    EXPECT_EQ(of_area(result, "01", "class"), TableCell{std::int64_t{1}});
    EXPECT_EQ(of_area(result, "01", "per_day_before"), TableCell{19.0 / 366.0});
    EXPECT_NEAR(std::get<double>(of_area(result, "01", "change")),
                100.0 * (42.0 / 365.0 / (19.0 / 366.0) - 1.0), 1e-9);
    EXPECT_EQ(of_area(result, "02", "class"), TableCell{std::int64_t{-1}});
    EXPECT_EQ(of_area(result, "03", "n_after"), TableCell{std::int64_t{0}});
    EXPECT_EQ(of_area(result, "03", "class"), TableCell{}) << "nothing to tell from";
    EXPECT_EQ(of_area(result, "03", "p"), TableCell{});

    EXPECT_EQ(in_cell(result, 500, 500, "class"), 1.0);
    EXPECT_NEAR(in_cell(result, 500, 500, "ratio"), 30.0 / 365.0 / (5.0 / 366.0), 1e-12);
    EXPECT_TRUE(std::isnan(in_cell(result, 500, 500, "change"))) << "five are too few for a percentage";
    EXPECT_EQ(in_cell(result, 2500, 500, "class"), 0.0);
    EXPECT_FALSE(std::isnan(in_cell(result, 2500, 500, "change")));
    EXPECT_TRUE(std::isnan(in_cell(result, 4500, 500, "class"))) << "three cannot be clear";
    EXPECT_EQ(in_cell(result, 4500, 500, "n_before"), 2.0);
    EXPECT_EQ(in_cell(result, 9500, 9500, "n_after"), 0.0);
    EXPECT_TRUE(std::isnan(in_cell(result, 9500, 9500, "p")));
    EXPECT_EQ(result.grid->bands.front().quantity.key, "class") << "what the map draws";

    EXPECT_EQ(fact(result.facts, "n_before"), TableCell{std::int64_t{59}});
    EXPECT_EQ(fact(result.facts, "cells_more"), TableCell{std::int64_t{1}});
    EXPECT_EQ(fact(result.facts, "cells_unclear"), TableCell{std::int64_t{1}});
    EXPECT_EQ(fact(result.facts, "areas_fewer"), TableCell{std::int64_t{1}});
    EXPECT_EQ(fact(result.facts, "days_before"), TableCell{std::int64_t{366}});
}

TEST(ChangeLayer, APlaceWithNoneBeforeHasNoRatioButAClass)
{
    auto incidents = example();
    add(incidents, 9, {.east = 9500, .north = 9500, .day = "2025-02-01"});
    auto const result = run(made_up_view(incidents));
    EXPECT_EQ(in_cell(result, 9500, 9500, "class"), 1.0);
    EXPECT_TRUE(std::isnan(in_cell(result, 9500, 9500, "ratio")));
    EXPECT_TRUE(std::isnan(in_cell(result, 9500, 9500, "high")));
    EXPECT_GT(in_cell(result, 9500, 9500, "low"), 1.0);
}

TEST(ChangeLayer, APointInNoAreaIsInACellOnly)
{
    auto incidents = example();
    add(incidents, 7, {.east = -50, .north = 500, .day = "2025-02-01"});
    auto const result = run(made_up_view(incidents));
    EXPECT_EQ(result.info.n, 113U);
    EXPECT_EQ(result.info.left_out[LeftOutReason::area_unknown], 7U);
    EXPECT_EQ(in_cell(result, -50, 500, "n_after"), 7.0);
    EXPECT_TRUE(notes(result.info, "52 of 113 incidents have no point and are counted in the areas only."));
}

TEST(ChangeLayer, TheFiltersPeriodSaysWhereTheLaterOneEnds)
{
    auto incidents = example();
    add(incidents, 1, {.day = "2023-01-01", .precision = Precision::lan});
    auto const view = made_up_view(incidents);
    auto const earlier = run(view, "period=2024-06-01..2025-01-01");
    EXPECT_EQ(fact(earlier.facts, "after_to"), TableCell{std::string{"2025-01-01"}});
    EXPECT_EQ(fact(earlier.facts, "before_from"), TableCell{std::string{"2023-01-01"}});
    EXPECT_EQ(fact(earlier.facts, "n_after"), TableCell{std::int64_t{59}});
    auto const later = run(view, "period=2024-06-01..2030-01-01");
    EXPECT_EQ(fact(later.facts, "after_to"), TableCell{std::string{"2026-01-01"}})
        << "no later than the data";
    auto const given = run(view, "period=2024-06-01..2025-01-01",
                           {{"after_from", "2025-04-01"}, {"after_to", "2025-07-01"}});
    EXPECT_EQ(fact(given.facts, "before_from"), TableCell{std::string{"2024-04-01"}});
    EXPECT_EQ(fact(given.facts, "n_before"), TableCell{std::int64_t{7}});
    EXPECT_EQ(fact(given.facts, "n_after"), TableCell{std::int64_t{31}});
}

TEST(ChangeLayer, SaysWhatIsNotKnownAndCountsKnownDaysOnly)
{
    auto const half =
        run(made_up_view(example()), "", {{"before_from", "2023-07-05"}, {"before_to", "2025-01-01"}});
    EXPECT_EQ(fact(half.facts, "days_before"), TableCell{std::int64_t{366}});
    EXPECT_TRUE(notes(
        half.info, "Of the earlier period, 2023-07-05 to 2024-12-31, the sources tell only 2024-01-01 to"));
    EXPECT_EQ(of_area(half, "01", "per_day_before"), TableCell{19.0 / 366.0});
    auto const none =
        run(made_up_view(example()), "", {{"before_from", "2020-01-01"}, {"before_to", "2021-01-01"}});
    EXPECT_TRUE(notes(none.info, "The sources tell nothing of the earlier period"));
    EXPECT_EQ(of_area(none, "01", "class"), TableCell{});
    EXPECT_EQ(of_area(none, "01", "per_day_before"), TableCell{});
    EXPECT_EQ(of_area(none, "01", "n_after"), TableCell{std::int64_t{42}});
    EXPECT_TRUE(std::isnan(in_cell(none, 500, 500, "class")));
    EXPECT_TRUE(run_layer("change", made_up_view({}), {}, {})) << "also of nothing";
}

TEST(ChangeLayer, KeepsToTheFilter)
{
    auto const view = made_up_view(example());
    auto const one = run(view, "areas=01");
    EXPECT_EQ(one.tables.front().rows.size(), 1U);
    EXPECT_TRUE(std::isnan(in_cell(one, 15'500, 500, "n_before"))) << "not meant is not none";
    EXPECT_EQ(in_cell(one, 9500, 9500, "n_before"), 0.0);
    auto const sundays = run(view, "weekdays=sun");
    EXPECT_EQ(fact(sundays.facts, "days_after"), TableCell{std::int64_t{52}});
}

TEST(ChangeLayer, MovesNothingWhenTheIncidentsAreInAnotherOrder)
{
    auto incidents = example();
    auto const once = run(made_up_view(incidents));
    std::ranges::reverse(incidents);
    auto const again = run(made_up_view(incidents));
    EXPECT_TRUE(once.tables.front().rows == again.tables.front().rows);
    EXPECT_EQ(in_cell(once, 500, 500, "p_adjusted"), in_cell(again, 500, 500, "p_adjusted"));
}

TEST(ChangeLayer, ExplainsACell)
{
    auto const view = made_up_view(example());
    auto const& layer = *find_layer("change");
    Filter const filter;
    auto const options = layer.complete({}).value();
    auto const why = layer.explain({view, filter, options}, {kCorner.east + 400, kCorner.north + 300});
    ASSERT_TRUE(why) << why.error().message;
    EXPECT_EQ(fact(why->facts, "n_before"), TableCell{std::int64_t{5}});
    EXPECT_EQ(fact(why->facts, "n_after"), TableCell{std::int64_t{30}});
    EXPECT_EQ(fact(why->facts, "class"), TableCell{std::int64_t{1}});
    EXPECT_EQ(why->all_incidents, 35U);
    ASSERT_EQ(why->incidents.size(), 35U);
    EXPECT_EQ(why->incidents.front(), IncidentId{36});
    EXPECT_EQ(why->incidents.back(), IncidentId{2});
    ASSERT_EQ(why->variants.size(), 2U);
    EXPECT_EQ(why->variants[0].value, "500");
    EXPECT_EQ(why->variants[0].fact.value, TableCell{}) << "in the half of the cell where it did not happen";
    EXPECT_EQ(why->variants[1].value, "2000");
    EXPECT_EQ(why->variants[1].fact.value, fact(why->facts, "ratio"));
    EXPECT_EQ(layer.explain({view, filter, options}, {0, 0}).error().code, ErrorCode::not_found);
}

TEST(ChangeLayer, RefusesNonsenseAndTooMuch)
{
    for (auto const& [key, value] :
         Options{{"after_to", "2025-02-30"}, {"cell", "10"}, {"level", "1"}, {"before", "x"}}) {
        auto const wrong = run_layer("change", made_up_view(example()), {}, {{key, value}});
        ASSERT_FALSE(wrong) << key;
        EXPECT_EQ(wrong.error().code, ErrorCode::wrong_use);
        EXPECT_EQ(wrong.error().field, key);
    }
    auto const overlapping = run_layer("change", made_up_view(example()), {}, {{"before_to", "2025-08-01"}});
    ASSERT_FALSE(overlapping);
    EXPECT_EQ(overlapping.error().field, "before_to");
    auto const refused = run_layer("change", made_up_view(example(), Role::public_), {}, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::forbidden);
    auto const stopped = run_layer("change", made_up_view(example()), {}, {}, [](double) { return false; });
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::busy);
}

TEST(ChangeLayer, HasTheDefaultsOfItsStructAndTakesOptions)
{
    EXPECT_EQ(change_options({}).value(), ChangeOptions{});
    auto const options = change_options(
        {{"after_from", "2025-01-01"}, {"before_to", "2024-01-01"}, {"cell", "500"}, {"level", "0.1"}});
    EXPECT_EQ(options->periods.after_from, parse_date("2025-01-01"));
    EXPECT_EQ(options->periods.before_to, parse_date("2024-01-01"));
    EXPECT_FALSE(options->periods.after_to);
    EXPECT_EQ(options->cell, Metres{500});
    EXPECT_EQ(options->level, 0.1);
}

}  // namespace
}  // namespace riskbild::layers
