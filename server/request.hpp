#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo_core/result.hpp"
#include "server/http_edge.hpp"

namespace riskbild::server {

/// One request, decoded and checked: what routes and endpoints read.
struct Request {
    std::string method;
    std::string path;                                        ///< decoded, begins with a slash
    std::vector<std::string> segments;                       ///< of the path, decoded; `/` has none
    std::vector<std::pair<std::string, std::string>> query;  ///< decoded, each name once
    std::string host;                                        ///< as sent
    std::string origin;
    std::string accept_encoding;
    std::string if_none_match;
    std::string fetch_site;  ///< Fetch Metadata, empty from programs other than browsers
    std::string fetch_mode;
    std::string fetch_dest;

    [[nodiscard]] std::optional<std::string_view> query_value(std::string_view name) const;
};

/// Decodes the address. \return ErrorCode::wrong_use for a bad escape, control characters, text that is
/// not UTF-8, `.` or `..` or an encoded slash in the path, a backslash, or a parameter given twice
Result<Request> parse_request(RequestHead const& head);

/// Whether a Host field names this computer's own loopback address and this port. Anything else is a
/// page of another name that was made to point here (DNS rebinding).
[[nodiscard]] bool is_own_host(std::string_view host, std::uint16_t port);

/// `%XX` for everything but unreserved characters and those of filters (`=;,:`), so that addresses stay
/// readable.
[[nodiscard]] std::string percent_encoded(std::string_view text);

}  // namespace riskbild::server
