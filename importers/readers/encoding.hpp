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

/// Appends `bytes`, read as UTF-16, to `out` as UTF-8; what is no character becomes U+FFFD.
/// \param is_end whether nothing follows: else a unit or pair that is not complete waits
/// \return how many bytes were read
std::size_t append_from_utf16(std::string_view bytes, bool big_endian, bool is_end, std::string& out);

}  // namespace riskbild::importers
