#pragma once

#include <algorithm>
#include <cstdint>

#include "geo_core/geometry.hpp"
#include "tiles/mvt/key_index.hpp"
#include "tiles/mvt/tile_frame.hpp"

namespace riskbild::tiles {

/// A rectangle of the world in terms of quadtree keys, all edges included. The bits of x and of y keep their
/// order when they are spread, so a key is compared with the sides without being taken apart.
class KeyBox {
public:
    constexpr KeyBox(WorldPoint north_west, WorldPoint south_east) : from_(north_west), to_(south_east)
    {
        auto const low = quadtree_key(north_west);
        auto const high = quadtree_key(south_east);
        west_ = low & kXBits;
        north_ = low & ~kXBits;
        east_ = high & kXBits;
        south_ = high & ~kXBits;
    }

    /// A tile with its buffer.
    [[nodiscard]] static constexpr KeyBox buffered(TileFrame const& frame)
    {
        auto const clamped = [](std::int64_t v) {
            return static_cast<std::uint32_t>(std::clamp<std::int64_t>(v, 0, 0xffffffff));
        };
        auto const b = frame.buffer();
        return {{clamped(frame.x() - b), clamped(frame.y() - b)},
                {clamped(frame.x() + frame.side() + b - 1), clamped(frame.y() + frame.side() + b - 1)}};
    }

    [[nodiscard]] constexpr bool contains(std::uint64_t key) const
    {
        auto const x = key & kXBits;
        auto const y = key & ~kXBits;
        return (x >= west_) & (x <= east_) & (y >= north_) & (y <= south_);
    }

    enum class Overlap { none, part, all };
    [[nodiscard]] constexpr Overlap overlap(TileId tile) const
    {
        auto const frame = TileFrame{tile};
        auto const right = frame.x() + frame.side() - 1;
        auto const bottom = frame.y() + frame.side() - 1;
        if (frame.x() > to_.x || frame.y() > to_.y || right < from_.x || bottom < from_.y) {
            return Overlap::none;
        }
        auto const within = frame.x() >= from_.x && frame.y() >= from_.y && right <= to_.x && bottom <= to_.y;
        return within ? Overlap::all : Overlap::part;
    }

private:
    static constexpr std::uint64_t kXBits = 0x5555555555555555ULL;
    WorldPoint from_, to_;
    std::uint64_t west_, north_, east_, south_;
};

/// Calls `visit(row)` for the rows `[first, last)` of `tile` that lie in the box, by dividing the tile where
/// that is quicker than testing every row.
template <class Visit>
void visit_rows(KeyIndex const& index, KeyBox const& box, TileId tile, std::size_t first, std::size_t last,
                Visit const& visit)
{
    constexpr std::size_t kFewRows = 96;
    if (first == last) {
        return;
    }
    auto const overlap = box.overlap(tile);
    if (overlap == KeyBox::Overlap::none) {
        return;
    }
    auto const keys = index.keys();
    if (overlap == KeyBox::Overlap::all || last - first <= kFewRows || tile.z >= kMaxZoom) {
        for (auto row = first; row < last; ++row) {
            if (box.contains(keys[row])) {
                visit(row);
            }
        }
        return;
    }
    auto from = first;
    for (std::uint32_t quarter = 0; quarter < 4; ++quarter) {
        auto const child = TileId{static_cast<std::uint8_t>(tile.z + 1), tile.x * 2 + (quarter & 1),
                                  tile.y * 2 + (quarter >> 1)};
        auto to = last;
        if (quarter < 3) {
            auto const begin = keys.begin() + static_cast<std::ptrdiff_t>(from);
            auto const end = keys.begin() + static_cast<std::ptrdiff_t>(last);
            to = static_cast<std::size_t>(std::upper_bound(begin, end, key_range(child).last) - keys.begin());
        }
        visit_rows(index, box, child, from, to, visit);
        from = to;
    }
}

}  // namespace riskbild::tiles
