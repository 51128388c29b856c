#pragma once

#include <string_view>

namespace riskbild::server {

/// Without spaces and tabs at its ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);
/// ASCII letters only.
[[nodiscard]] bool same_ignoring_case(std::string_view a, std::string_view b);
/// Whether a comma-separated list has this word, ignoring case.
[[nodiscard]] bool list_contains(std::string_view list, std::string_view word);

/// Whether a client that sent this `Accept-Encoding` takes gzip (RFC 9110, 12.5.3): by name with a
/// weight above 0, or by `*`. A malformed list takes nothing but the plain bytes.
[[nodiscard]] bool accepts_gzip(std::string_view accept_encoding);

/// Whether `If-None-Match` names this entity tag: by weak comparison, in a list, or by `*`
/// (RFC 9110, 13.1.2). \param etag with its quotes
[[nodiscard]] bool matches_etag(std::string_view if_none_match, std::string_view etag);

}  // namespace riskbild::server
