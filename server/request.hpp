#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo_core/result.hpp"
#include "server/http_edge.hpp"
#include "server/uploaded_file.hpp"

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
    std::string content_type;                     ///< as sent, with its parameters
    std::string expect;                           ///< as sent
    std::optional<std::uint64_t> content_length;  ///< absent also with a transfer coding
    bool has_body = false;

    std::string body;                          ///< where the route takes it into memory
    std::shared_ptr<UploadedFile const> file;  ///< where the route has it written to a file

    /// Any method that may change something: all but GET and HEAD.
    [[nodiscard]] bool is_writing() const { return method != "GET" && method != "HEAD"; }
    [[nodiscard]] std::optional<std::string_view> query_value(std::string_view name) const;
};

/// Decodes the address. \return ErrorCode::wrong_use for a bad escape, control characters, text that is
/// not UTF-8, `.` or `..` or an encoded slash in the path, a backslash, or a parameter given twice
Result<Request> parse_request(RequestHead const& head);

/// Whether a browser says that a page of this very server sent the request, or no browser sent it: what may
/// change something. A page of another origin, and one of no origin, may not. \pre is_own_host(request.host)
[[nodiscard]] bool comes_from_own_origin(Request const& request);

/// Whether a `Content-Type` is this one, whatever its parameters and case.
[[nodiscard]] bool is_media_type(std::string_view content_type, std::string_view wanted);

/// Whether a Host field names this computer's own loopback address and this port. Anything else is a
/// page of another name that was made to point here (DNS rebinding).
[[nodiscard]] bool is_own_host(std::string_view host, std::uint16_t port);

/// `%XX` for everything but unreserved characters and those of filters (`=;,:`), so that addresses stay
/// readable.
[[nodiscard]] std::string percent_encoded(std::string_view text);

}  // namespace riskbild::server
