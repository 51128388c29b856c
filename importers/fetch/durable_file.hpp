#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "geo_core/result.hpp"

namespace riskbild::importers {

/// How the hidden names begin under which files are written.
inline constexpr std::string_view kHalfFile = ".part-";

/// Writes a file that is there whole or not at all, on the disk before this returns: under a hidden name
/// first, which is then changed. Replaces one of that name. \return ErrorCode::full, ErrorCode::unwritable
Result<void> write_durably(std::filesystem::path const& file, std::string_view bytes);

/// Gives a file another name in a folder of the same disk; on the disk before this returns.
Result<void> move_durably(std::filesystem::path const& from, std::filesystem::path const& to);

/// The bytes as gzip, the same for the same bytes.
[[nodiscard]] Result<std::string> gzip(std::string_view bytes);

}  // namespace riskbild::importers
