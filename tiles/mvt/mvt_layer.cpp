#include "tiles/mvt/mvt_layer.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

namespace riskbild::tiles {

namespace {

constexpr std::size_t kVarintBytes = 10;
// Feature header 2, id 11, tags 2 + 8·(1 key byte + 5), type 2, geometry 2 + 1 + 5 + 5.
constexpr std::size_t kQuickPointBytes = 80;
constexpr std::size_t kFirstSlots = 256;

constexpr std::uint32_t kMoveTo = 1;
constexpr std::uint32_t kLineTo = 2;
constexpr std::uint32_t kClosePath = 7;

constexpr std::uint32_t command(std::uint32_t id, std::size_t count)
{
    return id | static_cast<std::uint32_t>(count << 3);
}

std::size_t varint_length(std::uint64_t v)
{
    return static_cast<std::size_t>(std::bit_width(v | 1) + 6) / 7;
}

void append_varint(std::string& to, std::uint64_t v)
{
    while (v >= 0x80) {
        to.push_back(static_cast<char>(v | 0x80));
        v >>= 7;
    }
    to.push_back(static_cast<char>(v));
}

void append_bytes(std::string& to, std::uint8_t const* bytes, std::size_t size)
{
    if (size > 0) {
        to.append(reinterpret_cast<char const*>(bytes), size);
    }
}

}  // namespace

void MvtLayer::Buffer::grow(std::size_t more)
{
    auto const used = size();
    bytes.resize(std::max((used + more) * 3 / 2, std::size_t{1024}));
    end = bytes.data() + used;
}

MvtLayer::MvtLayer()
{
    begin({});
}

void MvtLayer::begin(std::string_view name)
{
    name_ = name;
    keys_.clear();
    features_ = 0;
    values_count_ = 0;
    body_.clear();
    values_.clear();
    texts_.clear();
    numbers_.clear();
    truths_[0].reset();
    truths_[1].reset();
    wholes_count_ = 0;
    mask_ = 0;
}

MvtLayer::Index MvtLayer::key(std::string_view name)
{
    auto const found = std::find(keys_.begin(), keys_.end(), name);
    if (found != keys_.end()) {
        return static_cast<Index>(found - keys_.begin());
    }
    keys_.emplace_back(name);
    return static_cast<Index>(keys_.size() - 1);
}

MvtLayer::Index MvtLayer::text(std::string_view value)
{
    if (auto const found = texts_.find(value); found != texts_.end()) {
        return found->second;
    }
    return texts_.emplace(value, new_text(value)).first->second;
}

MvtLayer::Index MvtLayer::new_text(std::string_view value)
{
    values_.need(value.size() + 2 * kVarintBytes + 2);
    values_.byte(0x22);  // Layer.values
    values_.varint(1 + varint_length(value.size()) + value.size());
    values_.byte(0x0a);  // Value.string_value
    values_.varint(value.size());
    values_.raw(value.data(), value.size());
    return values_count_++;
}

void MvtLayer::make_slots(std::size_t wholes)
{
    if (wholes_.size() < wholes) {
        wholes_.resize(std::max(wholes, wholes_.size() * 2));
    }
    if (wholes * 2 <= mask_ + 1 && mask_ != 0) {
        return;
    }
    auto slots = std::bit_ceil(std::max(wholes * 2, kFirstSlots));
    if (wholes_count_ > 0) {
        slots *= 2;  // a layer that grows bit by bit is not spread anew each time
    }
    if (slots_.size() < slots) {
        slots_.resize(slots);
    }
    std::fill_n(slots_.begin(), slots, 0u);
    mask_ = slots - 1;
    for (std::uint32_t i = 0; i < wholes_count_; ++i) {
        auto slot = slot_of(wholes_[i].value);
        while (slots_[slot] != 0) {
            slot = (slot + 1) & mask_;
        }
        slots_[slot] = i + 1;
    }
}

MvtLayer::Index MvtLayer::number(double value)
{
    auto const bits = std::bit_cast<std::uint64_t>(value);
    if (auto const found = numbers_.find(bits); found != numbers_.end()) {
        return found->second;
    }
    values_.need(11);
    values_.byte(0x22);  // Layer.values
    values_.byte(9);
    values_.byte(0x19);  // Value.double_value
    for (int shift = 0; shift < 64; shift += 8) {
        values_.byte(static_cast<std::uint8_t>(bits >> shift));
    }
    numbers_.emplace(bits, values_count_);
    return values_count_++;
}

MvtLayer::Index MvtLayer::truth(bool value)
{
    auto& known = truths_[value ? 1 : 0];
    if (!known) {
        values_.need(4);
        values_.byte(0x22);  // Layer.values
        values_.byte(2);
        values_.byte(0x38);  // Value.bool_value
        values_.byte(value ? 1 : 0);
        known = values_count_++;
    }
    return *known;
}

void MvtLayer::expect_points(std::size_t count)
{
    body_.need(count * kQuickPointBytes);
}

void MvtLayer::expect_wholes(std::size_t count)
{
    make_slots(wholes_count_ + count);
}

void MvtLayer::point(std::optional<std::uint64_t> id, std::span<Tag const> tags, TilePoint place)
{
    geometry_.clear();
    geometry_.need(3 * kVarintBytes);
    geometry_.varint(command(kMoveTo, 1));
    geometry_.varint(zigzag(place.x));
    geometry_.varint(zigzag(place.y));
    feature(id, tags, 1);
}

void MvtLayer::lines(std::optional<std::uint64_t> id, std::span<Tag const> tags,
                     std::span<std::vector<TilePoint> const> paths)
{
    geometry_.clear();
    auto cursor = TilePoint{};
    for (auto const& path : paths) {
        assert(path.size() >= 2 && "a line has two vertices");
        geometry_.need((path.size() * 2 + 3) * kVarintBytes);
        for (std::size_t i = 0; i < path.size(); ++i) {
            if (i == 0) {
                geometry_.varint(command(kMoveTo, 1));
            } else if (i == 1) {
                geometry_.varint(command(kLineTo, path.size() - 1));
            }
            geometry_.varint(zigzag(path[i].x - cursor.x));
            geometry_.varint(zigzag(path[i].y - cursor.y));
            cursor = path[i];
        }
    }
    feature(id, tags, 2);
}

void MvtLayer::polygons(std::optional<std::uint64_t> id, std::span<Tag const> tags,
                        std::span<std::vector<TilePoint> const> rings)
{
    geometry_.clear();
    auto cursor = TilePoint{};
    for (auto const& ring : rings) {
        assert(ring.size() >= 3 && "a ring has three vertices");
        geometry_.need((ring.size() * 2 + 4) * kVarintBytes);
        for (std::size_t i = 0; i < ring.size(); ++i) {
            if (i == 0) {
                geometry_.varint(command(kMoveTo, 1));
            } else if (i == 1) {
                geometry_.varint(command(kLineTo, ring.size() - 1));
            }
            geometry_.varint(zigzag(ring[i].x - cursor.x));
            geometry_.varint(zigzag(ring[i].y - cursor.y));
            cursor = ring[i];
        }
        geometry_.varint(command(kClosePath, 1));
    }
    feature(id, tags, 3);
}

void MvtLayer::feature(std::optional<std::uint64_t> id, std::span<Tag const> tags, std::uint8_t type)
{
    std::size_t tags_length = 0;
    for (auto const tag : tags) {
        tags_length += varint_length(tag.key) + varint_length(tag.value);
    }
    auto const length = (id ? 1 + varint_length(*id) : 0) +
                        (tags.empty() ? 0 : 1 + varint_length(tags_length) + tags_length) + 2 + 1 +
                        varint_length(geometry_.size()) + geometry_.size();
    body_.need(length + 1 + kVarintBytes);
    body_.byte(0x12);  // Layer.features
    body_.varint(length);
    if (id) {
        body_.byte(0x08);  // Feature.id
        body_.varint(*id);
    }
    if (!tags.empty()) {
        body_.byte(0x12);  // Feature.tags
        body_.varint(tags_length);
        for (auto const tag : tags) {
            body_.varint(tag.key);
            body_.varint(tag.value);
        }
    }
    body_.byte(0x18);  // Feature.type
    body_.byte(type);
    body_.byte(0x22);  // Feature.geometry
    body_.varint(geometry_.size());
    body_.raw(geometry_.bytes.data(), geometry_.size());
    ++features_;
}

void MvtLayer::append_to(std::string& tile) const
{
    if (features_ == 0) {
        return;
    }
    std::size_t keys_length = 0;
    for (auto const& key : keys_) {
        keys_length += 1 + varint_length(key.size()) + key.size();
    }
    auto const name_length = 1 + varint_length(name_.size()) + name_.size();
    auto const tail_length = 1 + varint_length(kExtent) + 2;
    auto const length = name_length + body_.size() + keys_length + values_.size() + tail_length;
    tile.reserve(tile.size() + length + 1 + kVarintBytes);
    tile.push_back('\x1a');  // Tile.layers
    append_varint(tile, length);
    tile.push_back('\x0a');  // Layer.name
    append_varint(tile, name_.size());
    tile += name_;
    append_bytes(tile, body_.bytes.data(), body_.size());
    for (auto const& key : keys_) {
        tile.push_back('\x1a');  // Layer.keys
        append_varint(tile, key.size());
        tile += key;
    }
    append_bytes(tile, values_.bytes.data(), values_.size());
    tile.push_back('\x28');  // Layer.extent
    append_varint(tile, kExtent);
    tile.push_back('\x78');  // Layer.version
    tile.push_back('\x02');
}

}  // namespace riskbild::tiles
