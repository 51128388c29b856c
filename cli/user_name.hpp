#pragma once

#include <string>

namespace riskbild::cli {

/// Who is at the keyboard, as the system knows them: their full name where it has one, or the login.
[[nodiscard]] std::string user_name();

}  // namespace riskbild::cli
