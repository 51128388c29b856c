#include "layers/moran/moran_layer.hpp"

#include <algorithm>

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

LayerResult run(View const& view, Options const& options = {}, std::string_view filter = "")
{
    auto result = run_layer("moran", view, parse_filter(filter).value(), options);
    EXPECT_TRUE(result) << result.error().message;
    return result.value();
}

TableCell of_unit(LayerResult const& result, std::string_view code, std::string_view column)
{
    return testing::cell(result.tables.front(), code, column);
}

/// A square of 4 × 4 km with thirty incidents in each cell, around a single one elsewhere, and some without a
/// point.
std::vector<MadeUp> a_hot_square()
{
    std::vector<MadeUp> incidents;
    for (int i = 0; i < 16 * 30; ++i) {
        incidents.push_back({.east = 3500.0 + 1000.0 * (i % 4), .north = 3500.0 + 1000.0 * (i / 4 % 4)});
    }
    incidents.push_back({.east = 15'500, .north = 15'500});
    for (int i = 0; i < 5; ++i) {
        incidents.push_back({.precision = Precision::kommun, .area = "02"});
    }
    return incidents;
}

TEST(MoranLayer, PointsOutTheCellsOfAHotSquare)
{
    auto const result = run(made_up_view(a_hot_square()), {{"unit", "cells"}});
    EXPECT_EQ(result.info.n, 481U);
    EXPECT_EQ(result.info.left_out[LeftOutReason::kommun_only], 5U);
    EXPECT_EQ(result.info.seed, 1U);
    EXPECT_EQ(fact(result.facts, "units"), TableCell{std::int64_t{400}});
    EXPECT_GT(std::get<double>(fact(result.facts, "moran_i")), 0.5);
    EXPECT_EQ(fact(result.facts, "moran_p"), TableCell{0.001});
    EXPECT_EQ(of_unit(result, "644000_6634000", "class"), TableCell{std::int64_t{1}});
    EXPECT_EQ(of_unit(result, "644000_6634000", "n"), TableCell{std::int64_t{30}});
    EXPECT_EQ(of_unit(result, "644000_6634000", "neighbours"), TableCell{std::int64_t{8}});
    EXPECT_EQ(of_unit(result, "643000_6633000", "class"), TableCell{std::int64_t{0}}) << "three of eight";
    EXPECT_EQ(fact(result.facts, "class_1"), TableCell{std::int64_t{12}}) << "all but the corners";
    EXPECT_EQ(fact(result.facts, "class_2"), TableCell{std::int64_t{0}}) << "empty among empty is no finding";
    EXPECT_EQ(of_unit(result, "655000_6645000", "class"), TableCell{std::int64_t{0}}) << "a single one";
    EXPECT_EQ(of_unit(result, "650000_6640000", "n"), TableCell{}) << "nothing there and nothing to say";
}

TEST(MoranLayer, ComparesAreasByWhatTheyHave)
{
    std::vector<MadeUp> incidents;
    auto const add = [&](char const* area, int count) {
        for (int i = 0; i < count; ++i) {
            incidents.push_back({.precision = Precision::kommun, .area = area});
        }
    };
    add("01", 10);
    add("02", 30);
    add("03", 20);
    add("04", 40);
    incidents.push_back({.precision = Precision::lan});
    auto const view = made_up_view(incidents);
    auto const counts = run(view, {{"value", "counts"}});
    EXPECT_EQ(counts.info.n, 100U);
    EXPECT_EQ(counts.info.left_out[LeftOutReason::lan_only], 1U);
    ASSERT_EQ(counts.tables.front().rows.size(), 4U);
    EXPECT_EQ(of_unit(counts, "01", "neighbours"), TableCell{std::int64_t{2}})
        << "not the one across the corner";
    EXPECT_EQ(of_unit(counts, "04", "n"), TableCell{std::int64_t{40}});
    // z = −15, 5, −5, 15 on a ring: Σ w z z̄ of neighbours = 0.
    EXPECT_NEAR(std::get<double>(fact(counts.facts, "moran_i")), 0.0, 1e-15);
    EXPECT_TRUE(notes(counts.info, "4 units are few"));
    EXPECT_TRUE(std::holds_alternative<MultiPolygon>(counts.tables.front().shapes[0]));

    auto const rates = run(view);
    EXPECT_EQ(rates.info.n, 60U);
    EXPECT_EQ(rates.tables.front().rows.size(), 3U);
    EXPECT_EQ(of_unit(rates, "03", "rate"), TableCell{4.0});
    EXPECT_EQ(of_unit(rates, "03", "class"), TableCell{std::int64_t{0}});
    EXPECT_EQ(of_unit(rates, "03", "p"), TableCell{});
    EXPECT_TRUE(notes(rates.info, "1 area has no known population, left out with 40 incidents"));
    EXPECT_TRUE(notes(rates.info, "Nothing can be told"));
}

/// Some of what could differ: p of every row.
std::vector<double> p_of(LayerResult const& result)
{
    std::vector<double> p;
    for (auto const& row : result.tables.front().rows) {
        p.push_back(std::get<double>(row.at(10)));
    }
    return p;
}

TEST(MoranLayer, TheSameSeedGivesTheSameAnswer)
{
    auto incidents = a_hot_square();
    for (int i = 0; i < 60; ++i) {
        incidents.push_back({.east = 500.0 + 1000.0 * (i * 7 % 20), .north = 500.0 + 1000.0 * (i * 3 % 20)});
    }
    Options const options = {{"unit", "cells"}, {"permutations", "199"}};
    auto const once = p_of(run(made_up_view(incidents), options));
    EXPECT_TRUE(once == p_of(run(made_up_view(incidents), options)));
    auto another_seed = options;
    another_seed["seed"] = "2";
    EXPECT_FALSE(once == p_of(run(made_up_view(incidents), another_seed)));
    for (std::size_t i = 0; i < incidents.size(); ++i) {
        incidents[i].id = static_cast<std::int64_t>(1000 - i);
    }
    std::ranges::reverse(incidents);
    EXPECT_TRUE(once == p_of(run(made_up_view(incidents), options))) << "whatever the order of the incidents";
}

TEST(MoranLayer, WhatTheFilterDoesNotMeanIsNoZero)
{
    auto const view = made_up_view(a_hot_square());
    auto const cells = run(view, {{"unit", "cells"}}, "areas=01");
    EXPECT_EQ(fact(cells.facts, "units"), TableCell{std::int64_t{100}});
    auto const areas = run(view, {{"value", "counts"}}, "areas=01,02");
    EXPECT_EQ(areas.tables.front().rows.size(), 2U);
}

TEST(MoranLayer, SaysHowClearAPatternItCanFind)
{
    auto const result = run(made_up_view(a_hot_square()), {{"unit", "cells"}, {"permutations", "99"}});
    EXPECT_TRUE(
        notes(result.info,
              "With 99 permutations p is never below 2 in 100: a unit is pointed out only where 160 or more "
              "are as clear."));
}

TEST(MoranLayer, ExplainsAPlace)
{
    auto const view = made_up_view(a_hot_square());
    auto const& layer = *find_layer("moran");
    Filter const filter;
    auto const options = layer.complete({{"unit", "cells"}}).value();
    auto const why = layer.explain({view, filter, options}, {kCorner.east + 4200, kCorner.north + 4700});
    ASSERT_TRUE(why) << why.error().message;
    EXPECT_EQ(fact(why->facts, "code"), TableCell{std::string{"644000_6634000"}});
    EXPECT_EQ(fact(why->facts, "class"), TableCell{std::int64_t{1}});
    EXPECT_EQ(why->all_incidents, 30U);
    EXPECT_EQ(why->incidents.size(), 30U);
    auto const nowhere = layer.explain({view, filter, options}, {0, 0});
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().code, ErrorCode::not_found);
    auto const of_areas = layer.complete({{"value", "counts"}}).value();
    auto const area = layer.explain({view, filter, of_areas}, {kCorner.east + 15'000, kCorner.north + 1});
    EXPECT_EQ(fact(area->facts, "name"), TableCell{std::string{"Syd Öst"}});
    EXPECT_EQ(area->all_incidents, 5U);
}

TEST(MoranLayer, RefusesWhatDoesNotFit)
{
    struct Case {
        Options options;
        char const* field;
    };
    for (auto const& wrong :
         {Case{{{"unit", "cells"}, {"value", "rates"}}, "value"}, Case{{{"cell", "500"}}, "cell"},
          Case{{{"unit", "streets"}}, "unit"}, Case{{{"permutations", "10"}}, "permutations"},
          Case{{{"level", "0"}}, "level"}, Case{{{"unit", "cells"}, {"cell", "50"}}, "cell"}}) {
        auto const result = run_layer("moran", made_up_view({}), {}, wrong.options);
        ASSERT_FALSE(result) << wrong.field;
        EXPECT_EQ(result.error().code, ErrorCode::wrong_use);
        EXPECT_EQ(result.error().field, wrong.field);
    }
    for (auto const* unit : {"areas", "cells"}) {
        auto const refused =
            run_layer("moran", made_up_view(a_hot_square(), Role::public_), {}, {{"unit", unit}});
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::forbidden);
    }
    auto const stopped = run_layer("moran", made_up_view(a_hot_square()), {}, {{"unit", "cells"}},
                                   [](double done) { return done < 0.5; });
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::busy);
}

TEST(MoranLayer, HasTheDefaultsOfItsStructAndTakesOptions)
{
    EXPECT_EQ(moran_options({}).value(), MoranOptions{});
    auto const cells = moran_options(
        {{"unit", "cells"}, {"cell", "500"}, {"permutations", "199"}, {"level", "0.1"}, {"seed", "7"}});
    EXPECT_EQ(cells->unit, MoranUnit::cells);
    EXPECT_EQ(cells->cell, Metres{500});
    EXPECT_EQ(cells->permutations, 199U);
    EXPECT_EQ(cells->level, 0.1);
    EXPECT_EQ(cells->seed, 7U);
    EXPECT_FALSE(moran_options({{"value", "counts"}})->rates);
    auto const complete = find_layer("moran")->complete({{"unit", "cells"}}).value();
    EXPECT_TRUE(moran_options(complete)) << "a complete wish is accepted again";
    EXPECT_TRUE(run_layer("moran", made_up_view({}), {}, {{"unit", "cells"}})) << "also of nothing";
}

}  // namespace
}  // namespace riskbild::layers
