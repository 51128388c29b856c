#include "tiles/raster/colour_classes.hpp"

#include <gtest/gtest.h>

#include "geo_core/profile.hpp"

namespace riskbild::tiles {
namespace {

std::vector<std::string> const kThree = {"#000001", "#000002", "#000003"};

TEST(DoublingClasses, StandOnRoundNumbersUpToTheLargest)
{
    auto const classes = doubling_classes(37.0, kThree);
    ASSERT_EQ(classes.size(), 3u);
    EXPECT_EQ(classes[0].from, 5.0);
    EXPECT_EQ(classes[1].from, 10.0);
    EXPECT_EQ(classes[2].from, 20.0);
    EXPECT_EQ(classes[2].to, 50.0);
    EXPECT_EQ(classes[2].colour, "#000003");
}

TEST(DoublingClasses, HoldTheLargestForEveryMagnitude)
{
    for (double largest = 1e-7; largest < 1e7; largest *= 1.37) {
        auto const classes = doubling_classes(largest, kThree);
        EXPECT_LE(classes.back().from, largest);
        EXPECT_GE(classes.back().to, largest);
        for (std::size_t i = 1; i < classes.size(); ++i) {
            EXPECT_EQ(classes[i - 1].to, classes[i].from);
        }
    }
    EXPECT_EQ(doubling_classes(0.2, kThree).back().from, 0.2);
}

TEST(DoublingClasses, AreNoneWithoutAnything)
{
    EXPECT_TRUE(doubling_classes(0.0, kThree).empty());
}

TEST(EvenClasses, HaveOneRoundWidthAndHoldTheLargest)
{
    for (double largest = 1e-3; largest < 1e6; largest *= 1.23) {
        auto const classes = even_classes(largest, kThree);
        ASSERT_EQ(classes.size(), 3u);
        EXPECT_EQ(classes[0].from, 0.0);
        EXPECT_GE(classes.back().to, largest);
        EXPECT_NEAR(classes[2].from, 2.0 * classes[0].to, 1e-12 * largest);
    }
}

TEST(ClassOf, IsHalfOpenAndTheLastTakesTheRest)
{
    auto const classes = doubling_classes(37.0, kThree);
    EXPECT_EQ(class_of(4.999, classes), 3u);
    EXPECT_EQ(class_of(5.0, classes), 0u);
    EXPECT_EQ(class_of(10.0, classes), 1u);
    EXPECT_EQ(class_of(1e9, classes), 2u);
}

TEST(Style, ShippedStylesAreReadable)
{
    for (auto const* const name : {"density.toml", "kommuner.toml"}) {
        auto const style = load_style(data_directory() / "styles" / name);
        ASSERT_TRUE(style) << style.error().message;
        EXPECT_GE(style->colours.size(), 5u);
    }
}

TEST(Style, AMissingFileIsNamed)
{
    auto const style = load_style("no_such.toml");
    ASSERT_FALSE(style);
    EXPECT_NE(style.error().message.find("no_such.toml"), std::string::npos);
}

}  // namespace
}  // namespace riskbild::tiles
