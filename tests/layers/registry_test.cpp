#include "layers/registry.hpp"

#include <set>

#include <gtest/gtest.h>

#include "layers/density/density_layer.hpp"
#include "layers/rates/rates_layer.hpp"
#include "layers/repeat_locations/repeat_locations_layer.hpp"
#include "tests/support/made_up_county.hpp"

namespace riskbild::layers {
namespace {

using riskbild::testing::made_up_view;

View some()
{
    return made_up_view({{.east = 5000, .north = 5000}, {.east = 5000, .north = 5000}});
}

TEST(Registry, DescribesEveryLayerInBothLanguages)
{
    std::set<std::string> names;
    for (auto const& one : all_layers()) {
        auto const& layer = one.description;
        names.insert(layer.name);
        EXPECT_FALSE(layer.title_sv.empty() || layer.title_en.empty() || layer.about_sv.empty() ||
                     layer.about_en.empty());
        for (auto const& option : layer.options) {
            EXPECT_FALSE(option.sv.empty() || option.en.empty()) << option.key;
            EXPECT_TRUE(option.canonical(option.default_value)) << option.key;
        }
    }
    EXPECT_EQ(names.size(), all_layers().size()) << "every name is one layer's";
    for (auto const* const name : {"density", "repeat_locations", "rates", "near_repeat"}) {
        EXPECT_TRUE(names.contains(name)) << name;
    }
}

TEST(Registry, RunsEveryLayerWithItsDefaultsAndGivesWhatItsDescriptionSays)
{
    for (auto const& layer : all_layers()) {
        auto const& about = layer.description;
        auto const result = run_layer(about.name, some(), {}, {});
        ASSERT_TRUE(result) << about.name << ": " << result.error().message;
        EXPECT_EQ(result->info.layer, about.name);
        EXPECT_EQ(result->info.n, 2U) << about.name;
        EXPECT_EQ(result->grid.has_value(), about.has_grid) << about.name;
        if (result->grid) {
            for (auto const& band : result->grid->bands) {
                EXPECT_EQ(band.values.size(), result->grid->lattice.size()) << about.name;
            }
        }
        ASSERT_EQ(result->tables.size(), about.tables.size()) << about.name;
        for (std::size_t i = 0; i < about.tables.size(); ++i) {
            auto const& table = result->tables[i];
            EXPECT_EQ(table.key, about.tables[i].key) << about.name;
            EXPECT_EQ(table.shapes.size(), about.tables[i].has_places ? table.rows.size() : 0U) << about.name;
            for (auto const& row : table.rows) {
                EXPECT_EQ(row.size(), table.columns.size()) << about.name << ' ' << table.key;
            }
        }
    }
}

/// Whatever is known to a kommun only must not become a point: neither in a layer of today nor in one that is
/// added tomorrow.
TEST(Registry, EveryPointLayerLeavesOutWhatIsKnownToAnAreaOnly)
{
    std::vector<riskbild::testing::MadeUp> with_midpoints = {{.east = 5000, .north = 5000},
                                                             {.east = 5010, .north = 5000}};
    auto const only_points = made_up_view(with_midpoints);
    for (int i = 0; i < 40; ++i) {
        with_midpoints.push_back({.precision = Precision::kommun, .area = "01"});
    }
    auto const both = made_up_view(with_midpoints);
    int looked_at = 0;
    for (auto const& layer : all_layers()) {
        if (!layer.description.of_points) {
            continue;
        }
        ++looked_at;
        auto const& name = layer.description.name;
        auto const expected = run_layer(name, only_points, {}, {});
        auto const result = run_layer(name, both, {}, {});
        ASSERT_TRUE(result && expected) << name;
        EXPECT_EQ(result->info.n, 2U) << name;
        EXPECT_EQ(result->info.left_out[LeftOutReason::kommun_only], 40U) << name;
        ASSERT_EQ(result->tables.size(), expected->tables.size());
        for (std::size_t i = 0; i < result->tables.size(); ++i) {
            EXPECT_EQ(result->tables[i].rows, expected->tables[i].rows) << name;
        }
    }
    EXPECT_GE(looked_at, 2);
}

TEST(Registry, DefaultsAreThoseOfTheStructs)
{
    EXPECT_EQ(density_options({}).value(), DensityOptions{});
    EXPECT_EQ(repeat_location_options({})->tolerance, RepeatLocationOptions{}.tolerance);
    EXPECT_EQ(repeat_location_options({})->min_count, RepeatLocationOptions{}.min_count);
    EXPECT_FALSE(repeat_location_options({})->places);
    EXPECT_EQ(rate_options({})->per, RateOptions{}.per);
    EXPECT_EQ(rate_options({})->yearly, RateOptions{}.yearly);
}

TEST(Registry, OptionsReachTheLayer)
{
    auto const options =
        density_options({{"kernel", "gaussian"}, {"sigma", "62.5"}, {"cell", "50"}, {"edge", "diggle"}})
            .value();
    EXPECT_EQ(options.kernel, Kernel::gaussian);
    EXPECT_EQ(options.sigma, Metres{62.5});
    EXPECT_EQ(options.cell, 50_m);
    EXPECT_EQ(options.edge, EdgeCorrection::diggle);
    EXPECT_EQ(density_options({{"radius", "likelihood"}})->rule, RadiusRule::likelihood);
    EXPECT_EQ(density_options({{"radius", "auto"}})->rule, RadiusRule::automatic);
    EXPECT_EQ(repeat_location_options({{"places", "190000"}})->places, 190'000U);
    EXPECT_TRUE(rate_options({{"yearly", "yes"}})->yearly);
    EXPECT_EQ(rate_options({{"smoothing", "neighbours"}})->smoothing, Smoothing::neighbours);
}

TEST(Registry, RefusesNonsenseNamingTheKeyAndWhatIsAllowed)
{
    struct Case {
        char const* layer;
        char const* key;
        char const* value;
        char const* said;
    };
    for (auto const& wrong :
         {Case{"density", "radius", "-5", "10 to 100000 m, auto, scott, nrd or likelihood"},
          {"density", "radius", "nan", "10 to 100000 m"},
          {"density", "radius", "inf", "10 to 100000 m"},
          {"density", "radius", "1e99", "10 to 100000 m"},
          {"density", "radius", "500m", "10 to 100000 m"},
          {"density", "radius", "", "10 to 100000 m"},
          {"density", "cell", "0", "10 to 10000 m or auto"},
          {"density", "kernel", "round", "quartic, epanechnikov, triangular, uniform or gaussian"},
          {"density", "colour", "red", "adaptive, cell, edge, kernel, radius, sigma"},
          {"density", "sigma", "500", "give radius"},
          {"repeat_locations", "tolerance", "-1", "0 to 500 m"},
          {"repeat_locations", "min_count", "2.5", "a whole number from 1 to 100000"},
          {"repeat_locations", "places", "many", "or unknown"},
          {"rates", "per", "0", "1 to 1000000"},
          {"rates", "yearly", "true", "no or yes"}}) {
        auto const result = run_layer(wrong.layer, some(), {}, {{wrong.key, wrong.value}});
        ASSERT_FALSE(result) << wrong.key << '=' << wrong.value;
        EXPECT_EQ(result.error().code, ErrorCode::wrong_use);
        EXPECT_EQ(result.error().field, wrong.key);
        EXPECT_NE(result.error().message.find(wrong.said), std::string::npos) << result.error().message;
    }
    EXPECT_EQ(density_options({{"kernel", "gaussian"}, {"radius", "500"}}).error().field, "radius");
}

TEST(Registry, EveryOptionOfEveryLayerRefusesNonsenseNamingItselfAndWhatIsAllowed)
{
    std::size_t tried = 0;
    for (auto const& layer : all_layers()) {
        for (auto const& option : layer.description.options) {
            for (auto const* const nonsense : {"", "nan", "inf", "-1e300", "1e300", "1e9999", "-1", "abc",
                                               "0x10", "1 2", "7,3", "3,3", "1,nan", ",", "2025-02-30"}) {
                if (std::ranges::find(option.words, nonsense) != option.words.end()) {
                    continue;
                }
                auto const result = run_layer(layer.description.name, some(), {}, {{option.key, nonsense}});
                ASSERT_FALSE(result) << layer.description.name << ' ' << option.key << '=' << nonsense;
                EXPECT_EQ(result.error().code, ErrorCode::wrong_use) << option.key << '=' << nonsense;
                EXPECT_EQ(result.error().field, option.key) << nonsense;
                EXPECT_NE(result.error().message.find(option.allowed()), std::string::npos)
                    << result.error().message;
                ++tried;
            }
        }
    }
    EXPECT_GT(tried, 200U);
}

TEST(Registry, AnUnknownLayerIsNotFoundAndTheOthersAreNamed)
{
    auto const result = run_layer("heat", some(), {}, {});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::not_found);
    EXPECT_NE(result.error().message.find("density, repeat_locations, rates"), std::string::npos);
}

TEST(Registry, TheSameWishHasOneText)
{
    auto const plain = find_layer("density")->complete({}).value();
    EXPECT_EQ(to_text(plain), "adaptive=no;cell=auto;edge=none;kernel=quartic;radius=1000");
    EXPECT_EQ(find_layer("density")->complete({{"radius", "1000.0"}, {"edge", "none"}}).value(), plain);
    EXPECT_EQ(find_layer("density")->complete({{"radius", "1e3"}}).value(), plain);
}

TEST(Registry, ACompleteWishIsAcceptedAgain)
{
    for (auto const& wish :
         {Options{}, Options{{"kernel", "gaussian"}}, Options{{"kernel", "gaussian"}, {"sigma", "200"}}}) {
        auto const complete = find_layer("density")->complete(wish).value();
        EXPECT_TRUE(density_options(complete)) << to_text(complete);
    }
}

}  // namespace
}  // namespace riskbild::layers
