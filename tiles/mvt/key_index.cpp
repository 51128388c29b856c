#include "tiles/mvt/key_index.hpp"

#include <algorithm>
#include <limits>

namespace riskbild::tiles {

namespace {

constexpr std::size_t kStride = 64;
constexpr std::size_t kFar = 1024;
constexpr std::size_t kKeysPerCell = 8;

// How many of the ascending keys are below `key`: binary search without a branch to mispredict.
std::size_t count_below(std::span<std::uint64_t const> keys, std::uint64_t key)
{
    auto const* base = keys.data();
    auto size = keys.size();
    while (size > 1) {
        auto const half = size / 2;
        base += base[half - 1] < key ? half : 0;
        size -= half;
    }
    return static_cast<std::size_t>(base - keys.data()) + (size == 1 && *base < key ? 1 : 0);
}

}  // namespace

KeyIndex::KeyIndex(std::span<std::uint64_t const> keys) : keys_(keys)
{
    sample_.reserve(keys.size() / kStride + 1);
    for (std::size_t i = 0; i < keys.size(); i += kStride) {
        sample_.push_back(keys[i]);
    }
    make_grid();
}

void KeyIndex::choose_grid(WorldPoint north_west, WorldPoint south_east)
{
    for (grid_zoom_ = kMaxZoom; grid_zoom_ > 0; --grid_zoom_) {
        auto const shift = 32 - grid_zoom_;
        west_ = north_west.x >> shift;
        north_ = north_west.y >> shift;
        cols_ = (south_east.x >> shift) - west_ + 1;
        lines_ = (south_east.y >> shift) - north_ + 1;
        if (std::uint64_t{cols_} * lines_ * kKeysPerCell <= keys_.size()) {
            return;
        }
    }
    west_ = north_ = 0;
    cols_ = lines_ = 1;
}

void KeyIndex::make_grid()
{
    if (keys_.empty() || keys_.size() > std::numeric_limits<std::uint32_t>::max()) {
        return;
    }
    // The bits of x and y keep their order when they are spread, so the extremes need not be taken apart.
    constexpr auto kXBits = 0x5555555555555555ULL;
    auto low = ~std::uint64_t{0};
    auto high = std::uint64_t{0};
    for (auto const key : keys_) {
        low = std::min(low & kXBits, key & kXBits) | std::min(low & ~kXBits, key & ~kXBits);
        high = std::max(high & kXBits, key & kXBits) | std::max(high & ~kXBits, key & ~kXBits);
    }
    choose_grid(world_point_of_key(low), world_point_of_key(high));
    grid_.resize(std::size_t{cols_} * lines_);
    auto const shift = 64 - 2 * grid_zoom_;
    auto const cell_of = [&](std::size_t row) { return shift == 64 ? 0 : keys_[row] >> shift; };
    for (std::size_t first = 0; first < keys_.size();) {
        auto last = first + 1;
        while (last < keys_.size() && cell_of(last) == cell_of(first)) {
            ++last;
        }
        auto const place = world_point_of_key(keys_[first]);
        auto const number = [&](std::uint32_t v) { return grid_zoom_ == 0 ? 0 : v >> (32 - grid_zoom_); };
        grid_[std::size_t{number(place.y) - north_} * cols_ + (number(place.x) - west_)] = {
            static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last)};
        first = last;
    }
}

std::size_t KeyIndex::lower(std::uint64_t key) const
{
    // The first sample not below `key` bounds the run from above, the one before it from below.
    auto const block = count_below(sample_, key);
    if (block == 0) {
        return 0;
    }
    auto const first = (block - 1) * kStride + 1;
    return first + count_below(keys_.subspan(first, std::min(block * kStride, keys_.size()) - first), key);
}

KeyIndex::Rows KeyIndex::search(TileId tile) const
{
    auto const range = key_range(tile);
    auto const first = lower(range.first);
    // Most tiles asked for hold few rows, so the end is near: look in doubling steps.
    auto step = kStride;
    while (first + step < keys_.size() && keys_[first + step - 1] <= range.last) {
        step *= 2;
        if (step > kFar) {
            return {first, range.last == ~std::uint64_t{0} ? keys_.size() : lower(range.last + 1)};
        }
    }
    auto const near = keys_.subspan(first, std::min(step, keys_.size() - first));
    auto const rows = range.last == ~std::uint64_t{0} ? near.size() : count_below(near, range.last + 1);
    return {first, first + rows};
}

// A tile above the grid's: its rows stand together, from the first of its cells to the last.
KeyIndex::Rows KeyIndex::rows_over(TileId tile, int levels) const
{
    auto const side = std::uint32_t{1} << levels;
    auto rows = Rows{keys_.size(), 0};
    for (auto y = tile.y << levels; y < (tile.y << levels) + side; ++y) {
        for (auto x = tile.x << levels; x < (tile.x << levels) + side; ++x) {
            auto const [first, last] = rows_in_grid(x, y);
            if (first < last) {
                rows = {std::min(rows.first, first), std::max(rows.second, last)};
            }
        }
    }
    return rows;
}

KeyIndex::Rows KeyIndex::rows_of(TileId tile) const
{
    constexpr int kFewLevels = 2;
    auto const levels = grid_zoom_ - static_cast<int>(tile.z);
    if (levels > kFewLevels) {
        return search(tile);
    }
    auto const [first, last] =
        levels >= 0 ? rows_over(tile, levels) : rows_in_grid(tile.x >> -levels, tile.y >> -levels);
    if (first >= last || (levels < 0 && last - first > kFar)) {
        return search(tile);
    }
    if (levels >= 0) {
        return {first, last};
    }
    auto const range = key_range(tile);
    auto const cell = keys_.subspan(first, last - first);
    auto const begin = count_below(cell, range.first);
    auto const rest = cell.subspan(begin);
    auto const rows = range.last == ~std::uint64_t{0} ? rest.size() : count_below(rest, range.last + 1);
    return {first + begin, first + begin + rows};
}

}  // namespace riskbild::tiles
