#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "geo_core/report.hpp"

namespace riskbild::store {

/// BLAKE2b of 128 bits: tells contents apart, and never two the same by chance.
using ContentHash = std::array<std::byte, 16>;
[[nodiscard]] ContentHash content_hash(std::string_view content);
[[nodiscard]] std::string to_hex(ContentHash const& hash);

/// 60 bits over a report key: what a public id is made of.
[[nodiscard]] std::uint64_t public_number(ReportKey const& key);

inline constexpr int kPublicIdLength = 12;

/// The first `length` of twelve characters of Crockford's base 32 in lower case (no i, l, o, u).
[[nodiscard]] std::string public_id(std::uint64_t number, int length = kPublicIdLength);

/// Sixteen random hexadecimal digits.
[[nodiscard]] std::string random_epoch();

}  // namespace riskbild::store
