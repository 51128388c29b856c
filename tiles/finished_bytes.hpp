#pragma once

#include <string>
#include <string_view>

namespace riskbild::tiles {

/// 32 hexadecimal digits that name some bytes. No guard against forgers, but two contents never meet by
/// chance.
[[nodiscard]] std::string name_of_bytes(std::string_view bytes);

/// As gzip; empty where that would save less than a tenth.
[[nodiscard]] std::string gzipped(std::string_view bytes);

}  // namespace riskbild::tiles
