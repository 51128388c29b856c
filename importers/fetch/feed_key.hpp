#pragma once

#include <filesystem>
#include <string>

#include "geo_core/result.hpp"

namespace riskbild::importers {

/// An operator's key in an address, from a file that only its owner reads: on a command line every user of
/// the computer sees it.
///
///     address_with_key("https://example.se/ServiceAlerts.pb?key={key}", "ul.key")
///
/// The key is the file's one line, without blanks at its ends. `{key}` stands behind the question mark, as
/// what is there is never repeated in a message. Without `{key}` and without a file the address stays as it
/// is. \return ErrorCode::wrong_use where only one of the two is there, and for a file that holds no key;
/// ErrorCode::not_found
Result<std::string> address_with_key(std::string const& address, std::filesystem::path const& key_file);

}  // namespace riskbild::importers
