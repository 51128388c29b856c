#include "tiles/mvt/key_index.hpp"

#include <algorithm>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "tiles/mvt/key_box.hpp"

namespace riskbild::tiles {
namespace {

std::vector<std::uint64_t> random_keys(std::size_t count)
{
    auto random = std::mt19937_64{3};
    auto keys = std::vector<std::uint64_t>{0, 0, ~std::uint64_t{0}};  // both ends of the world, one doubled
    while (keys.size() < count) {
        // Most in one corner, some at the same place, as incidents are.
        auto const key = random() % 4 == 0 ? random() : 0x3000000000000000 + random() % 0x100000000;
        keys.insert(keys.end(), 1 + random() % 3, key);
    }
    std::sort(keys.begin(), keys.end());
    return keys;
}

TEST(KeyIndex, FindsWhatALinearSearchFinds)
{
    for (std::size_t const count :
         {std::size_t{3}, std::size_t{63}, std::size_t{64}, std::size_t{65}, std::size_t{20'000}}) {
        auto const keys = random_keys(count);
        auto const index = KeyIndex{keys};
        auto random = std::mt19937_64{5};
        for (int i = 0; i < 2000; ++i) {
            auto const key = i % 2 == 0 ? keys[random() % keys.size()] + random() % 3 - 1 : random();
            auto const expected = std::lower_bound(keys.begin(), keys.end(), key) - keys.begin();
            ASSERT_EQ(index.lower(key), static_cast<std::size_t>(expected)) << count << " keys, key " << key;
        }
    }
}

TEST(KeyIndex, RowsOfATileAreThoseWhoseKeysLieInIt)
{
    auto const keys = random_keys(20'000);
    auto const index = KeyIndex{keys};
    auto random = std::mt19937{9};
    for (int i = 0; i < 3000; ++i) {
        auto const z = static_cast<std::uint8_t>(random() % 20);
        auto const place = world_point_of_key(keys[random() % keys.size()]);
        auto const tile = z == 0 ? TileId{} : TileId{z, place.x >> (32 - z), place.y >> (32 - z)};
        auto const range = key_range(tile);
        auto const first = std::lower_bound(keys.begin(), keys.end(), range.first) - keys.begin();
        auto const last = std::upper_bound(keys.begin(), keys.end(), range.last) - keys.begin();
        ASSERT_EQ(index.rows_of(tile),
                  (std::pair{static_cast<std::size_t>(first), static_cast<std::size_t>(last)}))
            << int{z};
    }
}

TEST(KeyIndex, TheGridHoldsEveryRowOnceAndNothingBeyond)
{
    for (std::size_t const count : {std::size_t{3}, std::size_t{64}, std::size_t{20'000}}) {
        auto keys = random_keys(count);
        keys.erase(keys.begin(), keys.begin() + 2);  // not from end to end of the world
        keys.pop_back();
        auto const index = KeyIndex{keys};
        auto const z = static_cast<std::uint8_t>(index.grid_zoom());
        auto const side = z == 0 ? 1 : std::uint32_t{1} << z;
        auto found = std::size_t{0};
        for (auto y = std::uint32_t{0}; y < side; ++y) {
            for (auto x = std::uint32_t{0}; x < side; ++x) {
                auto const rows = index.rows_in_grid(x, y);
                found += rows.second - rows.first;
                if (rows.first != rows.second) {
                    ASSERT_EQ(rows, index.rows_of({z, x, y}));
                    ASSERT_GE(keys[rows.first], key_range({z, x, y}).first);
                    ASSERT_LE(keys[rows.second - 1], key_range({z, x, y}).last);
                }
            }
        }
        EXPECT_EQ(found, keys.size());
        for (auto const beyond : {side, side + 1, ~std::uint32_t{0}}) {
            EXPECT_EQ(index.rows_in_grid(beyond, 0), index.rows_in_grid(0, beyond));
            EXPECT_EQ(index.rows_in_grid(beyond, 0), (KeyIndex::Rows{0, 0}));
        }
    }
}

TEST(KeyIndex, RowsOfTilesAboveTheGridReachFromTheirFirstCellToTheirLast)
{
    for (std::size_t count = 100; count < 10'000; count += count / 2) {  // so that some cells are empty
        auto const keys = random_keys(count);
        auto const index = KeyIndex{keys};
        for (int z = std::max(0, index.grid_zoom() - 3); z <= index.grid_zoom(); ++z) {
            for (std::uint32_t i = 0; i < std::uint32_t{1} << (2 * z); ++i) {
                auto const tile = TileId{static_cast<std::uint8_t>(z), i >> z, i & ((1U << z) - 1)};
                auto const range = key_range(tile);
                auto const first = std::lower_bound(keys.begin(), keys.end(), range.first) - keys.begin();
                auto const last = std::upper_bound(keys.begin(), keys.end(), range.last) - keys.begin();
                ASSERT_EQ(index.rows_of(tile),
                          (KeyIndex::Rows{static_cast<std::size_t>(first), static_cast<std::size_t>(last)}))
                    << count << " keys, " << z << "/" << tile.x << "/" << tile.y;
            }
        }
    }
}

TEST(KeyIndex, EmptyHasNoRows)
{
    auto const index = KeyIndex{{}};
    EXPECT_EQ(index.rows_of({}), (std::pair{std::size_t{0}, std::size_t{0}}));
}

TEST(KeyIndex, AKeyGivesItsPlaceBack)
{
    auto random = std::mt19937{11};
    for (int i = 0; i < 1000; ++i) {
        auto const place =
            WorldPoint{static_cast<std::uint32_t>(random()), static_cast<std::uint32_t>(random())};
        ASSERT_EQ(world_point_of_key(quadtree_key(place)), place);
    }
}

TEST(KeyBox, VisitsEveryRowInTheBoxOnce)
{
    auto const keys = random_keys(20'000);
    auto const index = KeyIndex{keys};
    auto random = std::mt19937{13};
    for (int i = 0; i < 100; ++i) {
        auto const centre = world_point_of_key(keys[random() % keys.size()]);
        auto const half = std::uint32_t{1} << (random() % 30);
        auto const low = [&](std::uint32_t v) { return v > half ? v - half : 0u; };
        auto const high = [&](std::uint32_t v) { return v < 0xffffffff - half ? v + half : 0xffffffffu; };
        auto const from = WorldPoint{low(centre.x), low(centre.y)};
        auto const to = WorldPoint{high(centre.x), high(centre.y)};
        auto visited = std::vector<std::size_t>{};
        visit_rows(index, KeyBox{from, to}, {}, 0, keys.size(),
                   [&](std::size_t row) { visited.push_back(row); });
        auto expected = std::vector<std::size_t>{};
        for (std::size_t row = 0; row < keys.size(); ++row) {
            auto const p = world_point_of_key(keys[row]);
            if (p.x >= from.x && p.x <= to.x && p.y >= from.y && p.y <= to.y) {
                expected.push_back(row);
            }
        }
        ASSERT_EQ(visited, expected);
    }
}

}  // namespace
}  // namespace riskbild::tiles
