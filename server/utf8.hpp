#pragma once

#include <cstddef>
#include <string_view>

namespace riskbild::server {

/// Length of the well-formed UTF-8 sequence that a text begins with: 1 to 4, or 0 when it begins with
/// none (also for overlong forms, surrogates and values above U+10FFFF). \pre the text is not empty
[[nodiscard]] std::size_t utf8_length(std::string_view text);

[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace riskbild::server
