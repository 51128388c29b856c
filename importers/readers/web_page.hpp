#pragma once

#include <string>
#include <string_view>

#include "geo_core/result.hpp"

namespace riskbild::importers {

/// How much of a file's beginning tells whether it is a web page.
inline constexpr std::size_t kWebPageBeginning = 1024;

/// A web page where a table, feed or map was expected: what a server answers instead of a file when something
/// is wrong, whatever the file is called then. \return ErrorCode::unreadable with its title
Result<void> refuse_web_page(std::string_view beginning, std::string_view file_name);
/// The same of a file on disk; what cannot be read is no web page.
Result<void> refuse_web_page_at(std::string const& path);

}  // namespace riskbild::importers
