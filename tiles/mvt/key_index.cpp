#include "tiles/mvt/key_index.hpp"

#include <algorithm>

namespace riskbild::tiles {

namespace {

constexpr std::size_t kStride = 64;
constexpr std::size_t kFar = 1024;

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

std::pair<std::size_t, std::size_t> KeyIndex::rows_of(TileId tile) const
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

}  // namespace riskbild::tiles
