#pragma once

#include <string_view>

namespace riskbild::server {

/// The server's log: standard error, one line each with time and level. Requests are logged at level
/// debug, which is off unless `--verbose` asks for it. Any thread may write.
void log_to_stderr(bool verbose);
[[nodiscard]] bool logs_requests();

void log_debug(std::string_view message);
void log_info(std::string_view message);
void log_warning(std::string_view message);
void log_error(std::string_view message);

}  // namespace riskbild::server
