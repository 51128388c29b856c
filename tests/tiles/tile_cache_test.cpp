#include "tiles/tile_cache.hpp"

#include <gtest/gtest.h>

namespace riskbild::tiles {
namespace {

std::shared_ptr<FinishedTile const> tile_of(std::size_t bytes)
{
    return std::make_shared<FinishedTile const>(FinishedTile{{}, {}, std::string(bytes, 'x'), {}});
}

TEST(TileCache, NeverHoldsMoreThanAllowed)
{
    auto cache = TileCache{100'000};
    for (int i = 0; i < 500; ++i) {
        cache.keep(std::to_string(i), tile_of(static_cast<std::size_t>(i * 10)));
        ASSERT_LE(cache.bytes(), 100'000u);
    }
    EXPECT_GT(cache.evicted(), 400u);
    EXPECT_NE(cache.find("499"), nullptr);
    EXPECT_EQ(cache.find("0"), nullptr);
}

TEST(TileCache, KeepsWhatIsAskedFor)
{
    auto cache = TileCache{10'000};
    cache.keep("wanted", tile_of(2000));
    for (int i = 0; i < 50; ++i) {
        cache.keep(std::to_string(i), tile_of(2000));
        ASSERT_NE(cache.find("wanted"), nullptr);
    }
}

TEST(TileCache, ATileLargerThanTheCacheIsNotKept)
{
    auto cache = TileCache{1000};
    cache.keep("small", tile_of(10));
    cache.keep("large", tile_of(2000));
    EXPECT_EQ(cache.find("large"), nullptr);
    EXPECT_NE(cache.find("small"), nullptr);
}

TEST(TileCache, CountsCompressedBytesToo)
{
    auto cache = TileCache{100'000};
    cache.keep("a", std::make_shared<FinishedTile const>(
                        FinishedTile{{}, {}, std::string(5000, 'x'), std::string(3000, 'y')}));
    EXPECT_GE(cache.bytes(), 8000u);
}

}  // namespace
}  // namespace riskbild::tiles
