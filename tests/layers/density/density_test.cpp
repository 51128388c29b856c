#include "layers/density/density.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>
#include <sstream>

#include <gmock/gmock.h>

#include "tests/layers/numbers.hpp"
#include "tests/support/made_up_county.hpp"

namespace riskbild::layers {
namespace {

using riskbild::testing::kCorner;
using riskbild::testing::made_up_view;
using riskbild::testing::MadeUp;
using testing::Chance;

/// Thefts all over the county, on whole metres.
std::vector<MadeUp> thefts(std::size_t count)
{
    Chance chance{51};
    std::vector<MadeUp> incidents;
    for (std::size_t i = 0; i < count; ++i) {
        incidents.push_back(
            {.east = std::floor(20'000 * chance.next()), .north = std::floor(20'000 * chance.next())});
    }
    return incidents;
}

Surface compute(View const& view, DensityOptions const& options = {},
                std::optional<Lattice> window = std::nullopt)
{
    auto surface = density(view, {}, options, window);
    EXPECT_TRUE(surface) << surface.error().message;
    return surface.value();
}

double volume(Surface const& surface)
{
    double const cell = surface.lattice.cell.value() / 1000.0;
    return std::accumulate(surface.values.begin(), surface.values.end(), 0.0,
                           [](double sum, double v) { return std::isnan(v) ? sum : sum + v; }) *
           cell * cell;
}

std::string parameter(LayerInfo const& info, std::string const& key)
{
    for (auto const& [name, value] : info.parameters) {
        if (name == key) {
            return value;
        }
    }
    return {};
}

TEST(Density, IsIncidentsPerSquareKilometre)
{
    std::vector<MadeUp> incidents;
    for (int i = 0; i < 30; ++i) {
        incidents.push_back({.east = 10'125, .north = 10'125});
    }
    auto const surface = compute(made_up_view(incidents));
    EXPECT_EQ(surface.info.unit, "incidents per km²");
    EXPECT_NEAR(volume(surface), 30.0, 0.05) << "cells times km² give back the incidents, but for sampling";
    // The middle cell's centre is the place: 30 · 3/(π · 1 km²).
    EXPECT_NEAR(*std::max_element(surface.values.begin(), surface.values.end()), 90.0 / 3.14159265358979,
                1e-9);
}

TEST(Density, AgreesWithTheDefinitionAtTheCellsCentres)
{
    auto const view = made_up_view(thefts(800));
    testing::Points points;
    for (std::size_t i = 0; i < view.points().size(); ++i) {
        points.add(view.points().east[i], view.points().north[i]);
    }
    auto const surface = compute(view);
    for (std::int32_t i = 0; i < 100; ++i) {
        std::int32_t const col = (i * 37) % surface.lattice.cols;
        std::int32_t const row = (i * 53) % surface.lattice.rows;
        auto const centre = surface.lattice.centre(col, row);
        double const expected =
            1e6 * testing::by_definition(points, centre.east, centre.north, Kernel::quartic, 1000.0);
        EXPECT_NEAR(surface.values[static_cast<std::size_t>(row * surface.lattice.cols + col)], expected,
                    1e-9 * expected + 1e-12 * 30.0);
    }
}

TEST(Density, AgreesWithThePythonReference)
{
    std::ostringstream input;
    input.precision(17);
    auto const incidents = thefts(120);
    auto const view = made_up_view(incidents);
    auto const cells = Lattice{250_m, 2560, 26520, 20, 20};
    for (auto const kernel : kKernels) {
        input << name_of(kernel) << ' ' << (kernel == Kernel::gaussian ? 400.0 : 1500.0) << '\n';
    }
    input << "at";
    for (std::int32_t row = 0; row < 20; ++row) {
        for (std::int32_t col = 0; col < 20; ++col) {
            input << ' ' << cells.centre(col, row).east << ' ' << cells.centre(col, row).north;
        }
    }
    input << "\npoints";
    for (auto const& incident : incidents) {
        input << ' ' << kCorner.east + incident.east << ' ' << kCorner.north + incident.north;
    }
    auto const expected = testing::ask_python("kernel_density.py", input.str());
    if (!expected) {
        GTEST_SKIP() << "python3 is not here";
    }
    ASSERT_EQ(expected->size(), std::size(kKernels) * 400);
    auto at = expected->begin();
    for (auto const kernel : kKernels) {
        auto const surface =
            compute(view, {.kernel = kernel, .radius = Metres{1500}, .sigma = Metres{400}}, cells);
        double const tiny = 1e-12 * *std::max_element(surface.values.begin(), surface.values.end());
        for (double const value : surface.values) {
            double const published = *at++ * 1e6;
            ASSERT_NEAR(value, published, 1e-9 * published + tiny) << name_of(kernel);
        }
    }
}

TEST(Density, StatesWhatItIs)
{
    auto incidents = thefts(20);
    incidents[3].day = "2025-06-30";
    auto const view = made_up_view(incidents);
    auto const filter = parse_filter("kinds=theft;period=2025-01-01..2025-07-01").value();
    auto const surface = density(view, filter, {}).value();
    auto const& info = surface.info;
    EXPECT_EQ(info.layer, "density");
    EXPECT_EQ(info.n, 20U);
    EXPECT_EQ(info.left_out.total(), 0U);
    EXPECT_EQ(info.filter, "kinds=theft;period=2025-01-01..2025-07-01");
    EXPECT_EQ(info.period, filter.period);
    EXPECT_EQ(info.view, "analyst");
    EXPECT_EQ(info.revision, Revision{1});
    EXPECT_EQ(parameter(info, "radius"), "1000");
    EXPECT_EQ(parameter(info, "kernel"), "quartic");
    EXPECT_EQ(parameter(info, "cell"), "250");
    EXPECT_EQ(parameter(info, "edge"), "none");
    EXPECT_FALSE(info.seed);
    EXPECT_EQ(compute(view).info.period, view.extent());
}

// methods.md 0.1: "No point, no point statistic. The police feed's positions are kommun midpoints."
TEST(Density, IncidentsKnownOnlyToAnAreaDoNotEnterAndAreCounted)
{
    auto const only_areas = made_up_view({{.precision = Precision::kommun, .area = "01"},
                                          {.precision = Precision::kommun, .area = "02"},
                                          {.precision = Precision::locality, .area = "02"},
                                          {.precision = Precision::lan},
                                          {.kind = "sexual"}});
    auto const surface = compute(only_areas);
    EXPECT_EQ(surface.info.n, 0U);
    EXPECT_EQ(surface.info.left_out[LeftOutReason::kommun_only], 2U);
    EXPECT_EQ(surface.info.left_out[LeftOutReason::locality_only], 1U);
    EXPECT_EQ(surface.info.left_out[LeftOutReason::lan_only], 1U);
    EXPECT_EQ(surface.info.left_out[LeftOutReason::protected_kind], 1U);
    EXPECT_EQ(volume(surface), 0.0);
    EXPECT_FALSE(surface.values.empty());
}

TEST(Density, CoversTheCountyOnTheOneLattice)
{
    auto const surface = compute(made_up_view(thefts(5)));
    EXPECT_EQ(surface.lattice, lattice_over(riskbild::testing::made_up_county()->areas.bounds(), 250_m));
    EXPECT_EQ(compute(made_up_view(thefts(5)), {.radius = Metres{150}}).lattice.cell, 25_m);
    EXPECT_EQ(compute(made_up_view(thefts(5)), {.kernel = Kernel::gaussian}).lattice.cell, 100_m);
}

TEST(Density, AWindowIsComputedOnItsOwnCells)
{
    auto const view = made_up_view(thefts(300));
    auto const whole = compute(view, {.cell = Metres{100}});
    Lattice const window{100_m, 6450, 66350, 40, 30};
    auto const part = compute(view, {}, window);
    EXPECT_EQ(part.lattice, window);
    EXPECT_EQ(part.info.n, 300U);
    for (std::int32_t row = 0; row < 30; ++row) {
        for (std::int32_t col = 0; col < 40; ++col) {
            auto const in_whole =
                static_cast<std::size_t>((row + 66350 - whole.lattice.first_row) * whole.lattice.cols +
                                         (col + 6450 - whole.lattice.first_col));
            EXPECT_NEAR(part.values[static_cast<std::size_t>(row * 40 + col)], whole.values[in_whole], 1e-11);
        }
    }
}

TEST(Density, WeightsOfKindsCountHarm)
{
    auto const view =
        made_up_view({{.east = 5000, .north = 5000}, {.east = 5000, .north = 5000, .kind = "damage"}});
    auto const& kinds = view.county().kinds;
    std::vector<double> weights(kinds.kinds().size(), 0.0);
    weights[kinds.by_code("theft")->value()] = 7.0;
    auto const weighted = compute(view, {.kind_weights = weights});
    auto const plain = density(view, parse_filter("kinds=theft").value(), {}).value();
    for (std::size_t i = 0; i < plain.values.size(); ++i) {
        ASSERT_NEAR(weighted.values[i], 7.0 * plain.values[i], 1e-12);
    }
    EXPECT_EQ(weighted.info.unit, "weighted incidents per km²");
    EXPECT_EQ(density(view, {}, {.kind_weights = {1.0}}).error().field, "kind_weights");
}

TEST(Density, EdgeCorrectionRestoresAnEvenCounty)
{
    std::vector<MadeUp> grid;  // one incident every 500 m: 4 per km² everywhere
    for (int i = 0; i < 40; ++i) {
        for (int j = 0; j < 40; ++j) {
            grid.push_back({.east = 250.0 + 500.0 * i, .north = 250.0 + 500.0 * j});
        }
    }
    auto const view = made_up_view(grid);
    auto const corner = [](Surface const& surface) { return surface.values.front(); };
    EXPECT_LT(corner(compute(view, {.radius = 2_km})), 2.0);
    auto const uniform = compute(view, {.radius = 2_km, .edge = EdgeCorrection::uniform});
    auto const diggle = compute(view, {.radius = 2_km, .edge = EdgeCorrection::diggle});
    EXPECT_NEAR(corner(uniform), 4.0, 0.2);
    EXPECT_NEAR(volume(diggle), 1600.0, 2.0) << "Diggle's correction keeps the number of incidents";
    EXPECT_FALSE(uniform.info.notes.empty());
}

TEST(Density, WithEdgeCorrectionWhatLiesOutsideTheCountyIsLeftOut)
{
    auto const view = made_up_view({{.east = 5000, .north = 5000}, {.east = -100, .north = 5000}});
    EXPECT_EQ(compute(view).info.n, 2U) << "without, it tells something of the border";
    auto const surface = compute(view, {.edge = EdgeCorrection::diggle}, Lattice{250_m, 2550, 26520, 60, 60});
    EXPECT_EQ(surface.info.n, 1U);
    EXPECT_EQ(surface.info.left_out[LeftOutReason::area_unknown], 1U);
    EXPECT_TRUE(std::isnan(surface.values.front())) << "not computed is not zero";
}

TEST(Density, RulesChooseWholeMetresAndSayWhich)
{
    auto const view = made_up_view(thefts(300));
    for (auto const rule :
         {RadiusRule::automatic, RadiusRule::scott, RadiusRule::nrd, RadiusRule::likelihood}) {
        auto const surface = compute(view, {.rule = rule});
        EXPECT_EQ(parameter(surface.info, "rule"), name_of(rule));
        double const radius = std::stod(parameter(surface.info, "radius"));
        EXPECT_GT(radius, 500.0) << name_of(rule);
        EXPECT_LT(radius, 40'000.0) << name_of(rule);
        EXPECT_EQ(radius, std::round(radius));
    }
    auto const quartic = compute(view, {.rule = RadiusRule::scott});
    auto const gaussian = compute(view, {.kernel = Kernel::gaussian, .rule = RadiusRule::scott});
    EXPECT_NEAR(std::stod(parameter(quartic.info, "radius")),
                std::stod(parameter(gaussian.info, "sigma")) * std::sqrt(8.0), 2.0);
}

TEST(Density, LikelihoodWithoutOptimumIsRefusedNotGuessed)
{
    auto incidents = thefts(50);
    for (int i = 0; i < 50; ++i) {
        incidents.push_back(incidents[static_cast<std::size_t>(i)]);
    }
    auto const surface = density(made_up_view(incidents), {}, {.rule = RadiusRule::likelihood});
    ASSERT_FALSE(surface);
    EXPECT_NE(surface.error().message.find("no optimum in range"), std::string::npos);
    EXPECT_EQ(surface.error().field, "radius");
}

TEST(Density, RefusesNonsenseNamingTheOption)
{
    auto const view = made_up_view(thefts(5));
    double const nan = std::numeric_limits<double>::quiet_NaN();
    auto const field = [&](DensityOptions const& options) {
        auto const surface = density(view, {}, options);
        EXPECT_FALSE(surface);
        EXPECT_EQ(surface.error().code, ErrorCode::wrong_use);
        return surface.error().field;
    };
    EXPECT_EQ(field({.radius = Metres{-5}}), "radius");
    EXPECT_EQ(field({.radius = Metres{nan}}), "radius");
    EXPECT_EQ(field({.radius = Metres{1e9}}), "radius");
    EXPECT_EQ(field({.kernel = Kernel::gaussian, .sigma = Metres{0}}), "sigma");
    EXPECT_EQ(field({.cell = Metres{nan}}), "cell");
    EXPECT_EQ(field({.cell = Metres{1e-3}}), "cell");
    EXPECT_EQ(field({.radius = Metres{100}, .cell = Metres{250}}), "cell");
}

TEST(Density, TooManyCellsSayHowManyAndWhatFits)
{
    // The county is 20 km wide: cells of 1 m would be 400 million, but cells of 10 m are only 4 million and
    // fit.
    auto const view = made_up_view(thefts(5));
    EXPECT_TRUE(density(view, {}, {.radius = 10_km, .cell = Metres{10}}));
    auto const surface = density(view, {}, {}, Lattice{1_m, 0, 0, 20'000, 20'000});
    ASSERT_FALSE(surface);
    EXPECT_NE(surface.error().message.find("16777216"), std::string::npos);
}

/// One county of 200 km a side.
View wide_view()
{
    auto county = *riskbild::testing::made_up_county();
    Ring const square{{500'000, 6'500'000}, {700'000, 6'500'000}, {700'000, 6'700'000}, {500'000, 6'700'000}};
    county.areas =
        AreaSet{"areas", "made up", Metres{0.0}, {{"01", "Stora", {Polygon{square, {}}}, 0, 2024}}};
    std::vector<SnapshotRow> rows(1);
    rows[0] = {.id = IncidentId{1},
               .to = Instant{} + std::chrono::minutes{1},
               .point = {600'000, 6'600'000},
               .sources = 1,
               .kind = *county.kinds.by_code("theft"),
               .precision = Precision::exact};
    return View{
        Snapshot::build(std::make_shared<County const>(std::move(county)), Revision{1}, std::move(rows)),
        Role::analyst};
}

TEST(Density, OverAWideCountyTheCellsAreTheFinestThatFit)
{
    auto const view = wide_view();
    EXPECT_EQ(compute(view, {.radius = Metres{250}}).lattice.cell, 50_m);
    EXPECT_EQ(compute(view, {.radius = Metres{100}}).lattice.cell, 50_m) << "a quarter would be too many";
    auto const refused = density(view, {}, {.radius = Metres{40}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().field, "radius");
    EXPECT_NE(refused.error().message.find("the smallest radius is 50 m"), std::string::npos)
        << refused.error().message;
    EXPECT_TRUE(density(view, {}, {.radius = Metres{40}}, Lattice{10_m, 59'990, 659'990, 20, 20}));
}

TEST(DensityEstimate, TheLargestIsThatOfAFineSurface)
{
    auto incidents = thefts(600);
    for (int i = 0; i < 25; ++i) {
        incidents.push_back({.east = 3'333.0 + i, .north = 4'444.0});
    }
    auto const view = made_up_view(incidents);
    for (auto const kernel : kKernels) {
        for (auto const edge : {EdgeCorrection::none, EdgeCorrection::uniform, EdgeCorrection::diggle}) {
            DensityOptions const options{
                .kernel = kernel, .radius = Metres{80}, .sigma = Metres{28}, .edge = edge};
            auto const estimate = DensityEstimate::make(view, {}, options).value();
            auto const fine = compute(view, options, lattice_over(view.county().areas.bounds(), 10_m));
            double right = 0.0;
            for (double const value : fine.values) {
                right = std::max(right, value);
            }
            ASSERT_GT(right, 0.0);
            EXPECT_NEAR(estimate.largest().value() / right, 1.0, 0.08)
                << name_of(kernel) << ' ' << name_of(edge);
        }
    }
    EXPECT_EQ(DensityEstimate::make(made_up_view({}), {}, {}).value().largest().value(), 0.0);
}

TEST(DensityEstimate, PointsNearAWindowAreEnough)
{
    auto const view = made_up_view(thefts(2000));
    Lattice const window{50_m, 12'900, 132'700, 40, 40};
    for (auto const edge : {EdgeCorrection::none, EdgeCorrection::uniform, EdgeCorrection::diggle}) {
        auto const estimate = DensityEstimate::make(view, {}, {.edge = edge}).value();
        auto const reach = estimate.reach().value();
        auto const box = window.bounds();
        std::vector<std::uint32_t> near;
        auto const points = view.points();
        for (std::uint32_t i = 0; i < estimate.size(); ++i) {
            auto const row = estimate.rows()[i];
            if (points.east[row] > box.min.east - reach && points.east[row] < box.max.east + reach &&
                points.north[row] > box.min.north - reach && points.north[row] < box.max.north + reach) {
                near.push_back(i);
            }
        }
        ASSERT_LT(near.size(), estimate.size() / 2);
        auto const all = estimate.over(window).value();
        auto const some = estimate.over(window, {}, near).value();
        for (std::size_t i = 0; i < all.size(); ++i) {
            ASSERT_NEAR(some[i], all[i], 1e-9 * all[i] + 1e-12);
        }
    }
}

TEST(DensityEstimate, LongWorkAtTheBorderCanBeStopped)
{
    auto const view = made_up_view(thefts(2000));
    auto const never = [](double) { return false; };
    for (auto const edge : {EdgeCorrection::uniform, EdgeCorrection::diggle}) {
        DensityOptions const options{.edge = edge, .threads = 1};
        EXPECT_EQ(DensityEstimate::make(view, {}, options, never).error().code, ErrorCode::busy);
        auto const estimate = DensityEstimate::make(view, {}, options).value();
        EXPECT_EQ(estimate.over(Lattice{250_m, 2560, 26520, 20, 20}, never).error().code, ErrorCode::busy);
    }
}

/// Enough in 2024 to publish one cell, too few for another, and one in 2025 so that 2024 is complete.
View public_view()
{
    std::vector<MadeUp> incidents;
    for (int i = 0; i < 12; ++i) {
        incidents.push_back({.east = 5500, .north = 5500, .day = "2024-05-01"});
        incidents.push_back({.east = 15'500, .north = 5500, .day = "2024-05-01"});
    }
    incidents.push_back({.east = 8500, .north = 8500, .day = "2024-06-01"});
    incidents.push_back({.day = "2025-01-02"});
    return made_up_view(incidents, Role::public_);
}

TEST(Density, ThePublicGetsOnlyThePublishedGrid)
{
    auto const view = public_view();
    auto const filter = parse_filter("kinds=theft;period=2024-01-01..2025-01-01").value();
    auto const surface = density(view, filter, {}).value();
    EXPECT_EQ(surface.lattice, view.publication()->lattice);
    EXPECT_EQ(surface.lattice.cell, 1_km);
    std::vector<double> shown;
    std::ranges::copy_if(surface.values, std::back_inserter(shown), [](double v) { return !std::isnan(v); });
    EXPECT_THAT(shown, ::testing::Not(::testing::Contains(0.0))) << "empty and withheld look alike";
    EXPECT_EQ(*std::ranges::max_element(shown), 12.0);
    EXPECT_EQ(surface.info.n % 12, 0U) << "the single incident at (8500, 8500) is not told";
    EXPECT_EQ(surface.info.view, "public");
    double const sum = std::accumulate(shown.begin(), shown.end(), 0.0);
    EXPECT_EQ(sum, static_cast<double>(surface.info.n));
    EXPECT_EQ(surface.info.left_out.total(), 0U) << "how many are withheld would reveal them";
    EXPECT_FALSE(surface.info.notes.empty());
}

TEST(Density, ThePublicIsRefusedEverythingElse)
{
    auto const view = public_view();
    auto const filter = parse_filter("kinds=theft;period=2024-01-01..2025-01-01").value();
    EXPECT_EQ(density(view, filter, {.radius = Metres{500}}).error().code, ErrorCode::forbidden);
    EXPECT_EQ(density(view, filter, {.cell = Metres{100}}).error().code, ErrorCode::forbidden);
    EXPECT_EQ(density(view, filter, {}, Lattice{100_m, 6400, 66300, 10, 10}).error().code,
              ErrorCode::forbidden);
    for (auto const* const text :
         {"", "kinds=theft", "period=2024-01-01..2025-01-01",
          "kinds=theft.bicycle;period=2024-01-01..2025-01-01", "kinds=theft;period=2024-01-01..2024-12-31",
          "kinds=theft;period=2025-01-01..2026-01-01", "kinds=damage,theft;period=2024-01-01..2025-01-01",
          "areas=01;kinds=theft;period=2024-01-01..2025-01-01",
          "hours=3;kinds=theft;period=2024-01-01..2025-01-01"}) {
        auto const surface = density(view, parse_filter(text).value(), {});
        ASSERT_FALSE(surface) << text;
        EXPECT_EQ(surface.error().code, ErrorCode::forbidden) << text;
        EXPECT_EQ(surface.error().field, "filter");
    }
}

}  // namespace
}  // namespace riskbild::layers
