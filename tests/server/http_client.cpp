#include "tests/server/http_client.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace riskbild::server::testing {
namespace {

constexpr std::chrono::milliseconds kPatience{20'000};

std::string lower(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

}  // namespace

Client::Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket_);
        socket_ = -1;
    }
}

Client::Client(Client&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), unread_(std::move(other.unread_))
{
}

Client::~Client()
{
    if (socket_ >= 0)
        ::close(socket_);
}

bool Client::send(std::string_view bytes) const
{
    while (!bytes.empty()) {
        auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Client::read_more(std::chrono::milliseconds time)
{
    pollfd waits{socket_, POLLIN, 0};
    if (::poll(&waits, 1, static_cast<int>(time.count())) <= 0)
        return false;
    char chunk[16384];
    auto const size = ::recv(socket_, chunk, sizeof chunk, 0);
    if (size <= 0)
        return false;
    unread_.append(chunk, static_cast<std::size_t>(size));
    return true;
}

std::optional<Received> Client::receive(bool to_head)
{
    auto end = unread_.find("\r\n\r\n");
    for (; end == std::string::npos; end = unread_.find("\r\n\r\n"))
        if (!read_more(kPatience))
            return {};
    Received received;
    received.status = std::stoi(unread_.substr(9, 3));
    auto line = unread_.find("\r\n") + 2;
    while (line < end) {
        auto const line_end = unread_.find("\r\n", line);
        auto const colon = unread_.find(": ", line);
        auto const name = lower(unread_.substr(line, colon - line));
        received.fields[name] = unread_.substr(colon + 2, line_end - colon - 2);
        line = line_end + 2;
    }
    unread_.erase(0, end + 4);
    if (to_head || received.fields.count("content-length") == 0)
        return received;
    auto const length = std::stoul(received.fields["content-length"]);
    while (unread_.size() < length)
        if (!read_more(kPatience))
            return {};
    received.body = unread_.substr(0, length);
    unread_.erase(0, length);
    return received;
}

bool Client::is_closed_within(std::chrono::milliseconds time)
{
    auto const until = std::chrono::steady_clock::now() + time;
    for (;;) {
        auto const left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        if (left.count() <= 0)
            return false;
        pollfd waits{socket_, POLLIN, 0};
        if (::poll(&waits, 1, static_cast<int>(left.count())) <= 0)
            return false;
        char chunk[4096];
        if (::recv(socket_, chunk, sizeof chunk, 0) <= 0)
            return true;
    }
}

std::optional<Received> get(std::uint16_t port, std::string_view path, std::string_view more,
                            std::string_view method)
{
    Client client(port);
    client.send(fmt::format("{} {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{}\r\n", method, path, port, more));
    return client.receive(method == "HEAD");
}

std::optional<Received> send_json(std::uint16_t port, std::string_view path, std::string_view json,
                                  std::string_view method, std::string_view more)
{
    Client client(port);
    client.send(
        fmt::format("{} {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\n"
                    "Content-Length: {}\r\n{}\r\n{}",
                    method, path, port, json.size(), more, json));
    return client.receive();
}

}  // namespace riskbild::server::testing
