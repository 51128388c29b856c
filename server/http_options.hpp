#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/answer.hpp"
#include "server/request.hpp"

namespace riskbild::server {

/// Time that each phase of a connection may take, and how many connections there may be.
struct HttpLimits {
    std::chrono::milliseconds head{
        10'000};  ///< from a connection's or request's first byte to its empty line
    std::chrono::milliseconds idle{30'000};  ///< between two requests
    std::chrono::milliseconds write_at_least{10'000};
    std::size_t write_bytes_per_second = 20'000;  ///< a slower reader is cut off
    std::chrono::milliseconds body_at_least{10'000};
    std::size_t body_bytes_per_second = 20'000;  ///< a body that comes slower is given up
    std::chrono::milliseconds answer{60'000};    ///< until whoever computes it is given up
    std::chrono::milliseconds grace{5'000};      ///< running requests at a stop
    std::size_t connections = 512;               ///< beyond, the longest waiting one gives way
};

struct HttpOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;        ///< 0 = any free one
    unsigned threads = 0;          ///< 0 = one per core
    bool stop_on_signals = false;  ///< SIGINT and SIGTERM stop gracefully; a second one ends the process
    std::vector<std::string> allow_origins{};  ///< pages of these origins may read answers; none by default
    HttpLimits limits{};
};

/// Answers one request; may do so from any thread, also before it returns.
using Handler = std::function<void(Request const&, Reply)>;

/// What becomes of a request, decided by its head before any of its body is read.
struct Admission {
    std::optional<Answer> refused{};  ///< this is the answer: another method, a wrong address …
    std::uint64_t most_bytes = 0;     ///< of the body; 0 = the address takes none
    std::string_view content_type{};  ///< that the body must have
    std::filesystem::path folder{};   ///< the body becomes a file here; empty: `Request::body`
};
/// Called on the thread that serves the connection: must take no time.
using Admit = std::function<Admission(Request const&)>;

}  // namespace riskbild::server
