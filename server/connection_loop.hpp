#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "geo_core/result.hpp"
#include "server/http_options.hpp"

namespace riskbild::server {

/// One thread of the server: its own listening socket on 127.0.0.1, and the connections that the kernel
/// gave it.
class ConnectionLoop {
public:
    /// \param count of connections, over all loops
    /// \param limit of connections here; beyond it the longest waiting one gives way
    ConnectionLoop(HttpOptions const& options, std::atomic<std::size_t>& count, std::size_t limit);
    ~ConnectionLoop();
    ConnectionLoop(ConnectionLoop const&) = delete;
    ConnectionLoop& operator=(ConnectionLoop const&) = delete;

    /// \return ErrorCode::busy where the port cannot be listened on
    Result<void> listen(std::uint16_t port);
    /// Serves on this thread until stopped.
    void run(Handler const& handler, Admit const& admit);
    /// From any thread.
    void stop();

private:
    class Connections;
    std::unique_ptr<Connections> connections_;
};

}  // namespace riskbild::server
