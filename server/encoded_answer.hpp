#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "server/answer.hpp"
#include "server/request.hpp"

namespace riskbild::server {

/// Bytes that exist plain and perhaps compressed. Borrowed from what `keeps` keeps alive.
struct EncodedBytes {
    std::string_view content_type;
    std::string_view etag;  ///< with quotes, of the plain bytes
    std::string_view identity;
    std::string_view gzip;  ///< empty: only plain
    std::shared_ptr<void const> keeps;
};

/// The form that this client takes, or 304 when it has one already. Each form has its own strong
/// entity tag (`"…-gz"` for the compressed one), since a strong tag promises the same bytes.
[[nodiscard]] Answer encoded_answer(EncodedBytes const& bytes, Caching caching, Request const& request);

}  // namespace riskbild::server
