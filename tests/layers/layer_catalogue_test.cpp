#include "layers/layer_catalogue.hpp"

#include <set>

#include <gtest/gtest.h>

#include "tests/support/made_up_county.hpp"

namespace riskbild::layers {
namespace {

using riskbild::testing::made_up_view;

View some()
{
    return made_up_view({{.east = 5000, .north = 5000}, {.east = 5000, .north = 5000}});
}

TEST(Catalogue, DescribesEveryLayerInBothLanguages)
{
    std::set<std::string> names;
    for (auto const& layer : layer_catalogue()) {
        names.insert(layer.name);
        EXPECT_FALSE(layer.title_sv.empty() || layer.title_en.empty() || layer.about_sv.empty() ||
                     layer.about_en.empty());
        for (auto const& option : layer.options) {
            EXPECT_FALSE(option.sv.empty() || option.en.empty()) << option.key;
            EXPECT_TRUE(complete_options(layer.name, {{option.key, option.default_value}})) << option.key;
        }
    }
    EXPECT_EQ(names, (std::set<std::string>{"density", "repeat_locations", "rates"}));
}

TEST(Catalogue, RunsEveryLayerWithItsDefaults)
{
    for (auto const& layer : layer_catalogue()) {
        auto const result = run_layer(layer.name, some(), {}, {});
        ASSERT_TRUE(result) << result.error().message;
        EXPECT_EQ(info_of(*result).layer, layer.name);
        EXPECT_EQ(info_of(*result).n, 2U);
        auto const shape = std::holds_alternative<Surface>(*result)      ? LayerShape::surface
                           : std::holds_alternative<AreaValues>(*result) ? LayerShape::areas
                                                                         : LayerShape::places;
        EXPECT_EQ(shape, layer.shape);
    }
}

TEST(Catalogue, DefaultsAreThoseOfTheStructs)
{
    EXPECT_EQ(density_options({}).value(), DensityOptions{});
    EXPECT_EQ(repeat_location_options({})->tolerance, RepeatLocationOptions{}.tolerance);
    EXPECT_EQ(repeat_location_options({})->min_count, RepeatLocationOptions{}.min_count);
    EXPECT_FALSE(repeat_location_options({})->places);
    EXPECT_EQ(rate_options({})->per, RateOptions{}.per);
    EXPECT_EQ(rate_options({})->yearly, RateOptions{}.yearly);
}

TEST(Catalogue, OptionsReachTheLayer)
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

TEST(Catalogue, RefusesNonsenseNamingTheKeyAndWhatIsAllowed)
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
          {"density", "colour", "red", "cell, edge, kernel, radius, sigma"},
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

TEST(Catalogue, AnUnknownLayerIsNotFoundAndTheOthersAreNamed)
{
    auto const result = run_layer("heat", some(), {}, {});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::not_found);
    EXPECT_NE(result.error().message.find("density, repeat_locations, rates"), std::string::npos);
}

TEST(Catalogue, TheSameWishHasOneText)
{
    auto const plain = complete_options("density", {}).value();
    EXPECT_EQ(to_text(plain), "cell=auto;edge=none;kernel=quartic;radius=1000");
    EXPECT_EQ(complete_options("density", {{"radius", "1000.0"}, {"edge", "none"}}).value(), plain);
    EXPECT_EQ(complete_options("density", {{"radius", "1e3"}}).value(), plain);
}

TEST(Catalogue, ACompleteWishIsAcceptedAgain)
{
    for (auto const& wish :
         {Options{}, Options{{"kernel", "gaussian"}}, Options{{"kernel", "gaussian"}, {"sigma", "200"}}}) {
        auto const complete = complete_options("density", wish).value();
        EXPECT_TRUE(density_options(complete)) << to_text(complete);
    }
}

}  // namespace
}  // namespace riskbild::layers
