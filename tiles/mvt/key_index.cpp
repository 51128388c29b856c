#include "tiles/mvt/key_index.hpp"

#include <algorithm>

namespace riskbild::tiles {

namespace {

constexpr std::size_t kStride = 64;

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
    auto const block = static_cast<std::size_t>(std::lower_bound(sample_.begin(), sample_.end(), key) - sample_.begin());
    if (block == 0) {
        return 0;
    }
    auto const first = keys_.begin() + static_cast<std::ptrdiff_t>((block - 1) * kStride + 1);
    auto const last = keys_.begin() + static_cast<std::ptrdiff_t>(std::min(block * kStride, keys_.size()));
    return static_cast<std::size_t>(std::lower_bound(first, last, key) - keys_.begin());
}

std::pair<std::size_t, std::size_t> KeyIndex::rows_of(TileId tile) const
{
    auto const range = key_range(tile);
    auto const first = lower(range.first);
    // `last` is inclusive and the last tile of the world has no key above it.
    auto const last = range.last == ~std::uint64_t{0} ? keys_.size() : lower(range.last + 1);
    return {first, last};
}

}  // namespace riskbild::tiles
