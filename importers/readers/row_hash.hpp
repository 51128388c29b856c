#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace riskbild::importers {

/// 128 bits over the content of a row: names rows without an id and finds rows that are alike. The same
/// on every machine and for ever, because it becomes part of report keys. FNV-1a (Fowler, Noll, Vo;
/// IETF draft-eastlake-fnv); not meant to withstand somebody who makes rows collide on purpose: two
/// such rows would still both be kept, numbered as if they were alike.
struct RowHash {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    auto operator<=>(RowHash const&) const = default;
    /// 32 hexadecimal digits.
    [[nodiscard]] std::string text() const;
};

[[nodiscard]] RowHash row_hash(std::string_view content);

}  // namespace riskbild::importers

template <>
struct std::hash<riskbild::importers::RowHash> {
    std::size_t operator()(riskbild::importers::RowHash const& key) const noexcept { return key.low; }
};
