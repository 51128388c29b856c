#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace riskbild::server {

/// How long an answer may be kept.
enum class Caching : std::uint8_t {
    no_store,           ///< JSON of the API and errors
    no_cache,           ///< kept, but asked for again each time: the viewer's page
    immutable_private,  ///< tiles under their token, in the browser only
    immutable_public,   ///< the viewer's files whose names carry their hash
};

/// An answer before it is written. Bytes are either its own or borrowed from what `keeps` keeps alive.
struct Answer {
    int status = 200;
    std::string content_type;
    std::string body;
    std::string_view borrowed;  ///< used instead of `body` when `keeps` is set
    std::shared_ptr<void const> keeps;
    Caching caching = Caching::no_store;
    std::string etag;  ///< with quotes, or empty
    bool gzip = false;
    bool varies_by_encoding = false;
    std::string allow;         ///< of a 405: the methods that the address knows
    std::string allow_origin;  ///< an origin that may read this, or empty: none but our own
    bool close = false;        ///< nothing more is read from this connection

    [[nodiscard]] std::string_view bytes() const { return keeps ? borrowed : std::string_view(body); }
};

/// Takes the answer to one request. Called exactly once, from any thread.
using Reply = std::function<void(Answer)>;

}  // namespace riskbild::server
