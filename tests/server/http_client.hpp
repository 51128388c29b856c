#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace riskbild::server::testing {

/// One answer as a client reads it.
struct Received {
    int status = 0;
    std::map<std::string, std::string> fields;  ///< names in lower case
    std::string body;
};

/// A plain socket to the server under test: sends any bytes, so also those that no library would.
class Client {
public:
    explicit Client(std::uint16_t port);
    ~Client();
    Client(Client&& other) noexcept;
    Client(Client const&) = delete;
    Client& operator=(Client const&) = delete;

    [[nodiscard]] bool is_connected() const { return socket_ >= 0; }
    bool send(std::string_view bytes) const;
    /// The next answer. \param to_head the answer to HEAD has a length but no body
    std::optional<Received> receive(bool to_head = false);
    /// Whether the server closes the connection within the time. Throws away what it sends.
    bool is_closed_within(std::chrono::milliseconds time);

private:
    bool read_more(std::chrono::milliseconds time);
    int socket_ = -1;
    std::string unread_;
};

/// `GET path` on a connection of its own. \param more further header lines, each ending in CRLF
std::optional<Received> get(std::uint16_t port, std::string_view path, std::string_view more = {},
                            std::string_view method = "GET");

/// `method path` with a body of JSON on a connection of its own.
std::optional<Received> send_json(std::uint16_t port, std::string_view path, std::string_view json,
                                  std::string_view method = "POST", std::string_view more = {});

}  // namespace riskbild::server::testing
