#include "layers/getis_ord/getis_ord.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "layers/county_cells.hpp"
#include "layers/registry.hpp"
#include "tests/support/made_up_county.hpp"

namespace riskbild::layers {
namespace {

using riskbild::testing::kCorner;
using riskbild::testing::made_up_view;
using riskbild::testing::MadeUp;

/// Sixty incidents in a block of 500 m, and one here and there.
std::vector<MadeUp> scene()
{
    std::vector<MadeUp> incidents;
    for (int i = 0; i < 60; ++i) {
        incidents.push_back(
            {.east = 5000.0 + (i % 10) * 50.0 + 5.0, .north = 5000.0 + (i / 10) * 80.0 + 5.0});
    }
    for (int i = 0; i < 30; ++i) {
        incidents.push_back({.east = 300.0 + 610.0 * i, .north = 18'000.0 - 450.0 * i});
    }
    return incidents;
}

TEST(CountyCells, CountEveryIncidentOnceAndKnowTheCounty)
{
    auto const view = made_up_view({{.east = 0, .north = 0},
                                    {.east = 999.5, .north = 0},
                                    {.east = 1000, .north = 0},
                                    {.east = 20'000, .north = 20'000, .area = "04"}});
    std::vector<std::uint32_t> rows = {0, 1, 2, 3};
    auto const cells = count_in_cells(view, rows, 1000_m).value();
    double n = 0.0;
    std::size_t of_county = 0;
    for (std::size_t i = 0; i < cells.count.size(); ++i) {
        n += cells.count[i];
        of_county += cells.of_county[i];
    }
    EXPECT_EQ(n, 4.0);
    EXPECT_EQ(of_county, 401U) << "20 × 20, and the one of the incident on the far corner";
    auto const first = cell_of(cells.lattice, kCorner).value();
    EXPECT_EQ(cells.count[first], 2.0) << "cells are half-open";
    EXPECT_EQ(cells.count[first + 1], 1.0);
    EXPECT_FALSE(cell_of(cells.lattice, {kCorner.east - 1.0, kCorner.north}));
}

TEST(CountyCells, SayWhichCellsWouldFit)
{
    auto const result = count_in_cells(made_up_view({}), {}, Metres{1.0});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::too_large);
    EXPECT_EQ(result.error().field, "cell");
    EXPECT_NE(result.error().message.find("cells of 5 m fit"), std::string::npos) << result.error().message;
    EXPECT_TRUE(count_in_cells(made_up_view({}), {}, Metres{5.0}));
}

TEST(GetisOrd, FindsTheBlockAndNotTheSingleOnes)
{
    auto const found = hot_spots(made_up_view(scene()), {}, {}).value();
    EXPECT_EQ(found.info.n, 90U);
    auto const class_at = [&](double east, double north) {
        return found.classes[cell_of(found.lattice, {kCorner.east + east, kCorner.north + north}).value()];
    };
    EXPECT_EQ(class_at(5100, 5100), 3);
    EXPECT_EQ(class_at(5100, 4900), 3) << "the cell below has it as neighbours";
    EXPECT_EQ(class_at(15'000, 15'000), 0);
    EXPECT_EQ(class_at(300, 18'000), 0) << "one incident alone";
    EXPECT_EQ(std::ranges::count_if(found.classes, [](int c) { return c < 0; }), 0);
}

TEST(GetisOrd, TheAnalyticTestAloneWouldCallSingleIncidentsHot)
{
    auto options = HotSpotOptions{.test = HotSpotTest::analytic, .corrected = false};
    auto const alone =
        hot_spots(made_up_view({{.east = 5000, .north = 5000}, {.east = 15'000, .north = 15'000}}), {},
                  options)
            .value();
    EXPECT_GE(std::ranges::count(alone.classes, 3), 18) << "z of one incident in an empty county is huge";
    bool warned = false;
    for (auto const& note : alone.info.notes) {
        warned = warned || note.en.find("analytic test exaggerates") != std::string::npos;
    }
    EXPECT_TRUE(warned);
}

TEST(GetisOrd, ColdSpotsAreFoundWhenAsked)
{
    // Four in every cell but a hole of 6 × 6 cells.
    std::vector<MadeUp> incidents;
    for (int row = 0; row < 40; ++row) {
        for (int col = 0; col < 40; ++col) {
            bool const hole = row >= 10 && row < 16 && col >= 10 && col < 16;
            for (int i = 0; i < (hole ? 0 : 4 + (row * 7 + col * 3) % 3); ++i) {
                incidents.push_back({.east = col * 500.0 + 100.0, .north = row * 500.0 + 100.0});
            }
        }
    }
    auto const options = HotSpotOptions{.cell = 500_m, .cold = true};
    auto const found = hot_spots(made_up_view(incidents), {}, options).value();
    auto const middle = cell_of(found.lattice, {kCorner.east + 6'400.0, kCorner.north + 6'400.0}).value();
    EXPECT_LE(found.classes[middle], -2);
}

TEST(GetisOrd, ExplainsACellByWhatIsAndWhatWasExpected)
{
    auto const view = made_up_view(scene());
    auto const* const layer = find_layer("getis_ord");
    auto const options = layer->complete({}).value();
    auto const why =
        layer->explain({view, {}, options, {}}, {kCorner.east + 5100.0, kCorner.north + 5100.0}).value();
    auto const fact = [&](std::string_view key) {
        for (auto const& one : why.facts) {
            if (one.quantity.key == key) {
                return std::get<double>(one.value);
            }
        }
        return -1.0;
    };
    EXPECT_EQ(fact("observed"), 60.0);
    EXPECT_NEAR(fact("expected"), 9.0 * 90.0 / 6400.0, 1e-9);
    EXPECT_EQ(why.all_incidents, 60U);
    EXPECT_EQ(why.incidents.size(), 60U);
    ASSERT_EQ(why.variants.size(), 2U);
    EXPECT_EQ(why.variants[0].value, "125");
    auto const outside = layer->explain({view, {}, options, {}}, {0.0, 0.0}).value();
    EXPECT_EQ(outside.facts.front().quantity.key, "outside");
}

TEST(GetisOrd, RefusesAViewWithoutSingleIncidentsAndCellsThatCannotBe)
{
    EXPECT_EQ(hot_spots(made_up_view(scene(), Role::public_), {}, {}).error().code, ErrorCode::forbidden);
    for (auto const* const cell : {"0", "-250", "nan", "1e9"}) {
        EXPECT_EQ(run_layer("getis_ord", made_up_view({}), {}, {{"cell", cell}}).error().field, "cell")
            << cell;
    }
}

}  // namespace
}  // namespace riskbild::layers
