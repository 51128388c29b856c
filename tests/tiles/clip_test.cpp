#include "tiles/mvt/clip.hpp"

#include <cmath>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

#include "tests/tiles/mvt_decoder.hpp"

namespace riskbild::tiles {
namespace {

using testing::DecodedFeature;

constexpr auto kTile = TileId{10, 562, 297};

WorldPoint at(double x, double y)
{
    auto const frame = TileFrame{kTile};
    auto const unit = static_cast<double>(frame.side()) / kExtent;
    return {static_cast<std::uint32_t>(static_cast<double>(frame.x()) + x * unit),
            static_cast<std::uint32_t>(static_cast<double>(frame.y()) + y * unit)};
}

WorldPolygon polygon(std::vector<std::pair<double, double>> const& outer,
                     std::vector<std::vector<std::pair<double, double>>> const& inners = {})
{
    auto made = WorldPolygon{};
    for (auto const& [x, y] : outer) {
        made.outer.push_back(at(x, y));
        made.box.include(made.outer.back());
    }
    for (auto const& inner : inners) {
        auto& ring = made.inners.emplace_back();
        for (auto const& [x, y] : inner) {
            ring.push_back(at(x, y));
        }
    }
    return made;
}

DecodedFeature feature_of(std::vector<TilePath> const& rings)
{
    auto feature = DecodedFeature{};
    feature.type = 3;
    for (auto const& ring : rings) {
        auto& part = feature.parts.emplace_back();
        for (auto const p : ring) {
            part.push_back({p.x, p.y});
        }
    }
    return feature;
}

double area_of(std::vector<TilePath> const& rings)
{
    auto area = 0.0;
    for (auto const& part : feature_of(rings).parts) {
        area += testing::signed_area(part);
    }
    return area;
}

TEST(Clip, APolygonAroundTheTileFillsItsBuffer)
{
    auto const rings = clip_polygon(polygon({{-9000, -9000}, {9000, -9000}, {9000, 9000}, {-9000, 9000}}),
                                    TileFrame{kTile}, 1);
    ASSERT_EQ(rings.size(), 1u);
    EXPECT_EQ(rings[0].size(), 4u);
    EXPECT_EQ(area_of(rings), (4096.0 + 128.0) * (4096.0 + 128.0));
}

TEST(Clip, WindingIsRightWhicheverWayTheSourceWinds)
{
    auto const hole = std::vector<std::pair<double, double>>{{100, 100}, {200, 100}, {200, 200}, {100, 200}};
    auto const reversed = std::vector<std::pair<double, double>>{{0, 1000}, {1000, 1000}, {1000, 0}, {0, 0}};
    for (auto const& shape :
         {polygon({{0, 0}, {1000, 0}, {1000, 1000}, {0, 1000}}, {hole}), polygon(reversed, {hole})}) {
        auto const rings = clip_polygon(shape, TileFrame{kTile}, 1);
        ASSERT_EQ(rings.size(), 2u);
        auto const feature = feature_of(rings);
        EXPECT_NEAR(testing::signed_area(feature.parts[0]), 1'000'000, 3000);
        EXPECT_NEAR(testing::signed_area(feature.parts[1]), -10'000, 300);
        EXPECT_EQ(testing::why_invalid(feature), "");
    }
}

TEST(Clip, ACombCutThroughItsTeethBecomesSeveralPolygonsWithoutEdgesAlongTheCut)
{
    auto comb = std::vector<std::pair<double, double>>{{-500, 500}, {-500, 100}};
    for (int tooth = 0; tooth < 5; ++tooth) {
        comb.insert(comb.end(), {{1000, 100 + tooth * 80},
                                 {1000, 140 + tooth * 80},
                                 {-400, 140 + tooth * 80},
                                 {-400, 180 + tooth * 80}});
    }
    auto const rings = clip_polygon(polygon(comb), TileFrame{kTile}, 1);
    EXPECT_GE(rings.size(), 5u);
    EXPECT_EQ(testing::why_invalid(feature_of(rings)), "");
}

TEST(Clip, RandomShapesStayValidAfterSnapping)
{
    auto random = std::mt19937{17};
    auto const share = [&] { return static_cast<double>(random()) / 4294967296.0; };
    for (int i = 0; i < 400; ++i) {
        // Stars with many thin rays, some smaller than a unit, some larger than the tile.
        auto const size = std::exp(share() * 9.0);
        auto const x = share() * 5000 - 400;
        auto const y = share() * 5000 - 400;
        auto star = std::vector<std::pair<double, double>>{};
        auto const rays = 3 + static_cast<int>(share() * 60);
        for (int k = 0; k < rays; ++k) {
            auto const angle = 2.0 * std::numbers::pi * k / rays;
            auto const r = size * (0.05 + 0.95 * share());
            star.emplace_back(x + r * std::cos(angle), y + r * std::sin(angle));
        }
        for (int const step : {1, 4}) {
            auto const rings = clip_polygon(polygon(star), TileFrame{kTile}, step);
            if (!rings.empty()) {
                ASSERT_EQ(testing::why_invalid(feature_of(rings)), "") << "star " << i << " step " << step;
                ASSERT_GT(area_of(rings), 0.0);
            }
            for (auto const& ring : rings) {
                for (auto const p : ring) {
                    ASSERT_EQ(p.x % step, 0);
                    ASSERT_GE(p.x, -kBuffer);
                    ASSERT_LE(p.y, kExtent + kBuffer);
                }
            }
        }
    }
}

TEST(Clip, WhatIsSmallerThanAUnitVanishes)
{
    EXPECT_TRUE(
        clip_polygon(polygon({{10.1, 10.1}, {10.3, 10.1}, {10.3, 10.3}}), TileFrame{kTile}, 1).empty());
}

TEST(Clip, APolygonElsewhereVanishes)
{
    EXPECT_TRUE(clip_polygon(polygon({{9000, 0}, {9100, 0}, {9100, 100}}), TileFrame{kTile}, 1).empty());
}

TEST(Clip, ALineThatLeavesAndComesBackIsTwoLines)
{
    auto const line = std::vector<WorldPoint>{at(100, 100), at(100, -1000), at(300, -1000), at(300, 100)};
    auto const paths = clip_line(line, TileFrame{kTile}, 1);
    ASSERT_EQ(paths.size(), 2u);
    EXPECT_EQ(paths[0].back().y, -kBuffer);
    EXPECT_EQ(paths[1].front().y, -kBuffer);
    EXPECT_NEAR(paths[1].front().x, 300, 1);
}

TEST(Clip, ALineWithinOneUnitVanishes)
{
    EXPECT_TRUE(clip_line(std::vector{at(10.1, 10.1), at(10.2, 10.2)}, TileFrame{kTile}, 1).empty());
}

TEST(Clip, ALinePastACornerDoesNotTouch)
{
    EXPECT_TRUE(clip_line(std::vector{at(-200, 60), at(60, -200)}, TileFrame{kTile}, 1).empty());
}

}  // namespace
}  // namespace riskbild::tiles
