#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>

#include "geo_core/result.hpp"
#include "server/http_options.hpp"

namespace riskbild::server {

/// GET and HEAD, and no body.
[[nodiscard]] Admission admit_reading(Request const& request);

/// HTTP/1.1 on the loopback address: one thread and one listening socket per core. Bodies come with a
/// Content-Length and no faster than they are asked for; everything malformed is refused before a handler
/// sees it. Until there are accounts, another address than 127.0.0.1 is refused.
///
/// The handler never sees: requests to a host name that is not this computer's own loopback (DNS
/// rebinding), requests that a browser makes for a page of another site (Fetch Metadata), and writing
/// requests for a page of any other origin, also of those that may read.
class HttpServer {
public:
    /// Binds and listens. \return ErrorCode::busy when the port is in use, ErrorCode::wrong_use for an
    /// address other than 127.0.0.1, ErrorCode::unwritable without permission for the port
    static Result<std::unique_ptr<HttpServer>> listen(HttpOptions options);
    ~HttpServer();

    [[nodiscard]] std::uint16_t port() const;

    /// Serves until stopped; every running request has been answered or given up when it returns.
    void run(Handler handler, Admit admit = admit_reading);

    /// Stops accepting, finishes running requests within the grace. From any thread; at most once.
    void stop();
    /// Asked when the server is stopped, by `stop()` or a signal: long computing shall then end.
    [[nodiscard]] std::stop_token stop_token() const;

    [[nodiscard]] std::size_t connections() const;

private:
    struct State;
    std::unique_ptr<State> state_;

public:
    explicit HttpServer(std::unique_ptr<State> state);  ///< for `listen` only: nobody else has a State
};

}  // namespace riskbild::server
