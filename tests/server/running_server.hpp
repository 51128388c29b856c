#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <thread>

#include <nlohmann/json.hpp>

#include "server/server.hpp"
#include "tests/server/http_client.hpp"

namespace riskbild::server::testing {

/// The whole server, running until it is forgotten.
class Running {
public:
    explicit Running(std::filesystem::path const& store, tiles::TileServiceOptions tiles = {})
    {
        auto started =
            Server::start({.store = store,
                           .http = {.threads = 2, .limits = {.grace = std::chrono::milliseconds{200}}},
                           .tiles = std::move(tiles),
                           .ask_store_every = std::chrono::milliseconds{50}});
        if (!started)
            throw std::runtime_error(started.error().message);
        server_ = *std::move(started);
        thread_ = std::thread([this] { server_->run(); });
    }
    ~Running() { stop(); }
    void stop()
    {
        if (!thread_.joinable())
            return;
        server_->stop();
        thread_.join();
        server_.reset();
    }
    [[nodiscard]] Server& server() { return *server_; }
    [[nodiscard]] std::uint16_t port() const { return server_->port(); }
    [[nodiscard]] nlohmann::json ask_json(std::string_view path) const
    {
        auto const received = get(port(), path);
        return received ? nlohmann::json::parse(received->body, nullptr, false) : nlohmann::json();
    }
    /// The county as soon as it is another than that, or as it is after 20 s.
    [[nodiscard]] nlohmann::json county_after(nlohmann::json const& before) const
    {
        auto const until = std::chrono::steady_clock::now() + std::chrono::seconds{20};
        auto county = ask_json("/api/v1/county");
        while (county == before && std::chrono::steady_clock::now() < until) {
            std::this_thread::sleep_for(std::chrono::milliseconds{20});
            county = ask_json("/api/v1/county");
        }
        return county;
    }

private:
    std::unique_ptr<Server> server_;
    std::thread thread_;
};

}  // namespace riskbild::server::testing
