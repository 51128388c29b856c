#include "tiles/mvt/tile_frame.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace riskbild::tiles {
namespace {

TEST(TileFrame, RoundsAsLroundDoes)
{
    auto random = std::mt19937{7};
    for (int z = 0; z <= kMaxZoom; ++z) {
        auto const column = z == 0 ? 0u : static_cast<std::uint32_t>(random()) >> (32 - z);
        auto const frame = TileFrame{{static_cast<std::uint8_t>(z), column, column}};
        auto const scale = 4096.0 / static_cast<double>(frame.side());
        for (int i = 0; i < 2000; ++i) {
            auto const near = [&](std::int64_t origin) {
                auto const at =
                    origin +
                    static_cast<std::int64_t>(random() % (static_cast<std::uint64_t>(frame.side()) * 2)) -
                    frame.side() / 2;
                return static_cast<std::uint32_t>(std::clamp<std::int64_t>(at, 0, 0xffffffff));
            };
            auto const p = WorldPoint{near(frame.x()), near(frame.y())};
            auto const local = frame.local(p);
            ASSERT_EQ(local.x,
                      std::lround((static_cast<double>(p.x) - static_cast<double>(frame.x())) * scale))
                << z;
            ASSERT_EQ(local.y,
                      std::lround((static_cast<double>(p.y) - static_cast<double>(frame.y())) * scale))
                << z;
        }
    }
}

TEST(TileFrame, HalvesGoAwayFromZeroOnBothSides)
{
    auto const frame = TileFrame{{16, 100, 100}};  // 16 world units a tile unit
    auto const x = static_cast<std::uint32_t>(frame.x());
    auto const y = static_cast<std::uint32_t>(frame.y());
    EXPECT_EQ(frame.local({x + 8, y + 7}), (TilePoint{1, 0}));
    EXPECT_EQ(frame.local({x - 8, y - 7}), (TilePoint{-1, 0}));
}

TEST(TileFrame, BufferIsOneSixtyFourthOfTheSide)
{
    auto const frame = TileFrame{{10, 560, 295}};
    EXPECT_EQ(frame.buffer() * 64, frame.side());
    auto const x = static_cast<std::uint32_t>(frame.x());
    auto const b = static_cast<std::uint32_t>(frame.buffer());
    auto const y = static_cast<std::uint32_t>(frame.y());
    EXPECT_TRUE(frame.buffer_contains({x - b, y}));
    EXPECT_FALSE(frame.buffer_contains({x - b - 1, y}));
}

}  // namespace
}  // namespace riskbild::tiles
