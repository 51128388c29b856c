#pragma once

#include <string>
#include <string_view>

#include "geo_core/result.hpp"
#include "server/answer.hpp"

namespace riskbild::server {

/// The only place where errors become HTTP status codes.
[[nodiscard]] int status_of(ErrorCode code);

/// `{"code":…,"message":…,"field":…}`. What is our own mistake goes to the log in full and to the client as
/// one sentence.
[[nodiscard]] Answer error_answer(Error const& error);
/// For what is wrong with HTTP itself: `method_not_allowed`, `misdirected`, `cross_site` …
[[nodiscard]] Answer error_answer(int status, std::string_view code, std::string_view message);

/// 405 with the methods that the address knows, as `GET, HEAD`.
[[nodiscard]] Answer method_not_allowed(std::string_view allow);

[[nodiscard]] Answer json_answer(std::string json);

/// 304 when the client has these bytes already, else the answer itself. \pre the answer has an etag
[[nodiscard]] Answer unless_known(Answer answer, std::string_view if_none_match);

/// Status line and all fields, ending in the empty line. Every answer carries the security headers.
/// \param date as HTTP writes it (IMF-fixdate)
[[nodiscard]] std::string head_text(Answer const& answer, bool keep_alive, std::string_view date);

}  // namespace riskbild::server
