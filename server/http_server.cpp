#include "server/http_server.hpp"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>

#include "server/connection_loop.hpp"
#include "server/respond.hpp"

namespace riskbild::server {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

/// Finds a free port, or whether the wanted one is: with SO_REUSEPORT a second server of the same user
/// would otherwise share the port in silence and get half of the requests.
Result<std::uint16_t> free_port(tcp::endpoint const& endpoint)
{
    asio::io_context io;
    tcp::acceptor probe(io);
    error_code ec;
    probe.open(endpoint.protocol(), ec);
    if (!ec)
        probe.set_option(tcp::acceptor::reuse_address(true), ec);
    if (!ec)
        probe.bind(endpoint, ec);
    if (!ec)
        probe.listen(1, ec);
    if (ec == asio::error::address_in_use)
        return fail(ErrorCode::busy,
                    fmt::format("port {} on {} is in use by another program", endpoint.port(),
                                endpoint.address().to_string()),
                    "port");
    if (ec == asio::error::access_denied)
        return fail(ErrorCode::unwritable,
                    fmt::format("port {} may not be opened by this user", endpoint.port()), "port");
    if (ec)
        return fail(ErrorCode::internal,
                    fmt::format("cannot listen on {} port {}: {}", endpoint.address().to_string(),
                                endpoint.port(), ec.message()),
                    "port");
    return probe.local_endpoint().port();
}

}  // namespace

Admission admit_reading(Request const& request)
{
    Admission admission;
    if (request.is_writing())
        admission.refused = method_not_allowed("GET, HEAD");
    return admission;
}

struct HttpServer::State {
    HttpOptions options;
    std::uint16_t port = 0;
    std::atomic<std::size_t> connections{0};
    std::stop_source stop;
    std::vector<std::unique_ptr<ConnectionLoop>> loops;
};

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::listen(HttpOptions options)
{
    if (options.address != "127.0.0.1")
        return fail(
            ErrorCode::wrong_use,
            fmt::format("cannot listen on {}: without accounts only 127.0.0.1 is served", options.address),
            "address");
    auto state = std::make_unique<State>();
    state->options = std::move(options);
    auto const port = free_port({asio::ip::address_v4::loopback(), state->options.port});
    if (!port)
        return Failure(port.error());
    state->port = *port;
    auto const threads = state->options.threads > 0 ? state->options.threads
                                                    : std::max(1U, std::thread::hardware_concurrency());
    auto const limit = std::max<std::size_t>(1, state->options.limits.connections / threads);
    for (unsigned i = 0; i < threads; ++i) {
        state->loops.push_back(std::make_unique<ConnectionLoop>(state->options, state->connections, limit));
        if (auto const listening = state->loops.back()->listen(*port); !listening)
            return Failure(listening.error());
    }
    return std::make_unique<HttpServer>(std::move(state));
}

std::uint16_t HttpServer::port() const
{
    return state_->port;
}
std::size_t HttpServer::connections() const
{
    return state_->connections;
}

void HttpServer::run(Handler handler, Admit admit)
{
    auto& loops = state_->loops;
    asio::io_context signal_io;
    asio::signal_set signals(signal_io);
    if (state_->options.stop_on_signals) {
        signals.add(SIGINT);
        signals.add(SIGTERM);
        signals.async_wait([&](error_code ec, int) {
            if (ec)
                return;
            stop();
            signals.clear();  // from now on they do what they do to any program: end it
        });
    }
    std::thread signal_thread([&] { signal_io.run(); });
    std::vector<std::thread> threads;
    for (auto const& loop : loops)
        threads.emplace_back([&handler, &admit, one = loop.get()] { one->run(handler, admit); });
    for (auto& thread : threads)
        thread.join();
    signal_io.stop();
    signal_thread.join();
}

std::stop_token HttpServer::stop_token() const
{
    return state_->stop.get_token();
}

void HttpServer::stop()
{
    state_->stop.request_stop();
    for (auto const& loop : state_->loops)
        loop->stop();
}

}  // namespace riskbild::server
