#pragma once

#include <string_view>

#include <toml++/toml.h>

#include "geo_core/result.hpp"

namespace riskbild {

/// \param name of the file, for the error
/// \return ErrorCode::unreadable with the line, where `text` is no TOML
[[nodiscard]] Result<toml::table> parse_toml(std::string_view text, std::string_view name);

}  // namespace riskbild
