#pragma once

#include <string>

namespace riskbild::testing {

/// Compares with `tests/golden/tiles/<name>`. With RISKBILD_BLESS=1 in the environment the file is rewritten
/// instead; review the difference. \return what differs, or empty
std::string differs_from_golden(std::string const& name, std::string const& text);

/// Bytes of a golden file, after having written `bytes` to it when blessing. Empty when there is none.
std::string golden_bytes(std::string const& name, std::string const& bytes);

}  // namespace riskbild::testing
