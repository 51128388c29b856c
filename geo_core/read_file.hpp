#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace riskbild {

/// All of a small file of ours: a profile, a table of kinds. Nothing where there is no such file, or a
/// folder.
[[nodiscard]] std::optional<std::string> read_file(std::filesystem::path const& file);

}  // namespace riskbild
