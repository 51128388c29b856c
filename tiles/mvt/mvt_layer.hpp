#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "tiles/mvt/tile_frame.hpp"

namespace riskbild::tiles {

/// One layer of a vector tile being written, to Mapbox Vector Tile specification 2.1.
///
/// Keys and values are interned: asked twice, the same number comes back. Buffers keep their memory from
/// tile to tile, so one layer object per thread costs no allocation once warm. Protocol buffer fields are
/// named by the section of the specification's `vector_tile.proto`.
///
///     layer.begin("incidents");
///     auto const n = layer.key("n");
///     layer.point({}, std::array{Tag{n, layer.whole(17)}}, {2048, 2048});
///     layer.append_to(tile);
class MvtLayer {
public:
    using Index = std::uint32_t;
    struct Tag {
        Index key = 0;
        Index value = 0;
    };

    MvtLayer();

    /// Forgets everything and starts a layer.
    void begin(std::string_view name);

    [[nodiscard]] Index key(std::string_view name);
    [[nodiscard]] Index text(std::string_view value);
    /// A text that the caller knows not to be there yet: no search. Do not mix with `text`.
    [[nodiscard]] Index new_text(std::string_view value);
    [[nodiscard]] Index whole(std::int64_t value)
    {
        expect_wholes(1);
        return quick_whole(value);
    }
    /// Makes room for this many different numbers more.
    void expect_wholes(std::size_t count);
    /// Without a check of room. \pre expect_wholes
    [[nodiscard]] Index quick_whole(std::int64_t value);
    [[nodiscard]] Index number(double value);
    [[nodiscard]] Index truth(bool value);

    /// Makes room for this many more calls of `quick_point`.
    void expect_points(std::size_t count);
    /// A point feature of at most eight tags, without a check of room. \pre expect_points, and fewer than
    /// 128 keys
    template <std::size_t N>
    void quick_point(std::uint64_t id, std::array<Tag, N> const& tags, TilePoint place);

    void point(std::optional<std::uint64_t> id, std::span<Tag const> tags, TilePoint place);
    /// Lines of at least two vertices each; consecutive vertices differ.
    void lines(std::optional<std::uint64_t> id, std::span<Tag const> tags,
               std::span<std::vector<TilePoint> const> paths);
    /// Rings without repetition of their first vertex: an outer ring, clockwise as seen on the screen
    /// (positive by the surveyor's formula, section 4.3.4.4), then its holes the other way; again for
    /// each further polygon.
    void polygons(std::optional<std::uint64_t> id, std::span<Tag const> tags,
                  std::span<std::vector<TilePoint> const> rings);

    [[nodiscard]] std::size_t features() const { return features_; }

    /// Adds the layer to a tile; adds nothing when no feature was written.
    void append_to(std::string& tile) const;

private:
    // The inner loops keep the write position in a local variable: a store through a byte pointer could
    // change any member, so members would be read again after every byte.
    [[nodiscard]] static std::uint8_t* put_varint(std::uint8_t* to, std::uint64_t v)
    {
        while (v >= 0x80) {
            *to++ = static_cast<std::uint8_t>(v | 0x80);
            v >>= 7;
        }
        *to++ = static_cast<std::uint8_t>(v);
        return to;
    }
    // Bytes whose end is a bare pointer, so that the inner loop is stores only.
    struct Buffer {
        std::vector<std::uint8_t> bytes;
        std::uint8_t* end = nullptr;
        void clear() { end = bytes.data(); }
        [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(end - bytes.data()); }
        void need(std::size_t more)
        {
            if (static_cast<std::size_t>(bytes.data() + bytes.size() - end) < more) {
                grow(more);
            }
        }
        void grow(std::size_t more);
        void byte(std::uint8_t b) { *end++ = b; }
        void varint(std::uint64_t v) { end = put_varint(end, v); }
        void raw(void const* data, std::size_t size)
        {
            std::memcpy(end, data, size);
            end += size;
        }
    };

    [[nodiscard]] static std::uint32_t zigzag(std::int32_t v)
    {
        return (static_cast<std::uint32_t>(v) << 1) ^ static_cast<std::uint32_t>(v >> 31);
    }
    void feature(std::optional<std::uint64_t> id, std::span<Tag const> tags, std::uint8_t type);
    void make_slots(std::size_t wholes);
    void write_whole(std::int64_t value);
    [[nodiscard]] std::size_t slot_of(std::int64_t value) const
    {
        return static_cast<std::size_t>((static_cast<std::uint64_t>(value) * 0x9e3779b97f4a7c15ULL) >> 32) &
               mask_;
    }

    std::string name_;
    std::vector<std::string> keys_;
    std::size_t features_ = 0;
    Index values_count_ = 0;
    Buffer body_;    // encoded features
    Buffer values_;  // encoded values, in order of index
    Buffer geometry_;
    std::map<std::string, Index, std::less<>> texts_;
    std::map<std::uint64_t, Index> numbers_;  // by bit pattern
    std::optional<Index> truths_[2];
    // Whole numbers by open addressing: a slot holds 1 + position in wholes_, 0 = free. Slots of four bytes
    // keep a tile of a hundred thousand numbers within the processor's cache.
    struct Whole {
        std::int64_t value = 0;
        Index index = 0;
    };
    std::vector<Whole> wholes_;
    std::uint32_t wholes_count_ = 0;
    std::vector<std::uint32_t> slots_;
    std::size_t mask_ = 0;  // slots in use less one; slots in use are a power of two, at most half taken
};

inline MvtLayer::Index MvtLayer::quick_whole(std::int64_t value)
{
    auto slot = slot_of(value);
    for (; slots_[slot] != 0; slot = (slot + 1) & mask_) {
        if (auto const& known = wholes_[slots_[slot] - 1]; known.value == value) {
            return known.index;
        }
    }
    wholes_[wholes_count_] = {value, values_count_};
    slots_[slot] = ++wholes_count_;
    write_whole(value);
    return values_count_++;
}

inline void MvtLayer::write_whole(std::int64_t value)
{
    auto const negative = value < 0;
    auto const bits =
        negative ? ~(static_cast<std::uint64_t>(value) << 1) : static_cast<std::uint64_t>(value);
    values_.need(13);
    auto* to = values_.end;
    *to++ = 0x22;  // Layer.values
    auto* const length = to++;
    *to++ = negative ? 0x30 : 0x28;  // Value.sint_value or Value.uint_value
    to = put_varint(to, bits);
    *length = static_cast<std::uint8_t>(to - length - 1);
    values_.end = to;
}

// Inlined and unrolled, so that the tags stay in registers.
template <std::size_t N>
[[gnu::always_inline]] inline void MvtLayer::quick_point(std::uint64_t id, std::array<Tag, N> const& tags,
                                                         TilePoint place)
{
    static_assert(N <= 8);
    // Every length here is below 128 and so one byte, written once it is known.
    auto* to = body_.end;
    *to++ = 0x12;  // Layer.features
    auto* const feature_length = to++;
    *to++ = 0x08;  // Feature.id
    to = put_varint(to, id);
    *to++ = 0x12;  // Feature.tags
    auto* const tags_length = to++;
    auto const put_tag = [&to](Tag tag) {
        *to++ = static_cast<std::uint8_t>(tag.key);
        to = put_varint(to, tag.value);
    };
    std::apply([&](auto... tag) { (put_tag(tag), ...); }, tags);
    *tags_length = static_cast<std::uint8_t>(to - tags_length - 1);
    *to++ = 0x18;  // Feature.type = POINT
    *to++ = 1;
    *to++ = 0x22;  // Feature.geometry
    auto* const geometry_length = to++;
    *to++ = 9;  // MoveTo, once
    to = put_varint(to, zigzag(place.x));
    to = put_varint(to, zigzag(place.y));
    *geometry_length = static_cast<std::uint8_t>(to - geometry_length - 1);
    *feature_length = static_cast<std::uint8_t>(to - feature_length - 1);
    body_.end = to;
    ++features_;
}

}  // namespace riskbild::tiles
