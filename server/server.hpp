#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "geo_core/policy.hpp"
#include "geo_core/result.hpp"
#include "server/http_server.hpp"
#include "tiles/tile_service.hpp"

namespace riskbild::server {

struct ServerOptions {
    std::filesystem::path store;
    std::filesystem::path viewer{};  ///< folder of the built viewer; may be absent
    HttpOptions http{};
    tiles::TileServiceOptions tiles{};
    std::chrono::milliseconds ask_store_every{1000};  ///< whether another process has written to it
    bool verbose = false;                             ///< log every request
};

/// `riskbild serve`: API, tiles and viewer of one store in one process, on 127.0.0.1 only.
///
///     auto server = Server::start({.store = "county.gpkg", .http = {.port = 8080, .stop_on_signals =
///     true}}); std::cerr << (*server)->greeting();
///     (*server)->run();
class Server {
public:
    /// Opens the store, reads the county and listens. \return the store's errors, ErrorCode::busy when the
    /// port is in use, ErrorCode::wrong_use for an address other than 127.0.0.1
    static Result<std::unique_ptr<Server>> start(ServerOptions options);
    ~Server();

    [[nodiscard]] std::uint16_t port() const;
    /// What to say at the start: address, store, revision, incidents, who sees what. Lines.
    [[nodiscard]] std::string greeting() const;
    /// Until stopped by `stop()` or a signal; running requests are finished, long computations given up.
    void run();
    void stop();

private:
    struct State;
    std::unique_ptr<State> state_;

public:
    explicit Server(std::unique_ptr<State> state);  ///< for `start` only: nobody else has a State
};

}  // namespace riskbild::server
