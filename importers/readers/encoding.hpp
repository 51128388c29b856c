#pragma once

#include <string>
#include <string_view>

namespace riskbild::importers {

/// How a source writes characters. `automatic` takes each record as UTF-8 where it is valid UTF-8 and
/// as Windows-1252 (of which Latin-1's letters are a part) where it is not: also a file that somebody
/// pasted together from both comes out right.
enum class Encoding { automatic, windows_1252 };

/// Strictly: no overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view bytes);

/// Appends `bytes`, read as Windows-1252, to `out` as UTF-8. The five bytes that Windows-1252 leaves
/// undefined become the control characters that Latin-1 has there.
void append_from_windows_1252(std::string_view bytes, std::string& out);

}  // namespace riskbild::importers
