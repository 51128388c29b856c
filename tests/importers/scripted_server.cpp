#include "tests/importers/scripted_server.hpp"

#include <algorithm>
#include <stdexcept>

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace riskbild::testing {

ScriptedServer::ScriptedServer(std::vector<std::string> answers) : answers_(std::move(answers))
{
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (listener_ < 0 || ::bind(listener_, any, size) != 0 || ::listen(listener_, 16) != 0 ||
        ::getsockname(listener_, any, &size) != 0 || ::pipe2(wake_, O_CLOEXEC) != 0)
        throw std::runtime_error{"no server for the test"};
    port_ = ntohs(address.sin_port);
    thread_ = std::thread{[this] { serve(); }};
}

ScriptedServer::~ScriptedServer()
{
    static_cast<void>(::write(wake_[1], "x", 1));
    thread_.join();
    for (auto const descriptor : {listener_, wake_[0], wake_[1]})
        ::close(descriptor);
}

void ScriptedServer::serve()
{
    while (true) {
        pollfd waits[2] = {{listener_, POLLIN, 0}, {wake_[0], POLLIN, 0}};
        ::poll(waits, 2, -1);
        if (waits[1].revents != 0)
            return;
        auto const connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection >= 0)
            answer(connection);
    }
}

void ScriptedServer::answer(int connection)
{
    std::string head;
    char chunk[4096];
    while (head.find("\r\n\r\n") == std::string::npos) {
        auto const got = ::recv(connection, chunk, sizeof chunk, 0);
        if (got <= 0)
            break;
        head.append(chunk, static_cast<std::size_t>(got));
    }
    std::string text;
    {
        std::lock_guard const lock{mutex_};
        requests_.push_back(head);
        text = answers_[std::min(answered_++, answers_.size() - 1)];
    }
    for (std::string_view rest = text; !rest.empty();) {
        auto const sent = ::send(connection, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            break;
        rest.remove_prefix(static_cast<std::size_t>(sent));
    }
    ::shutdown(connection, SHUT_WR);
    while (::recv(connection, chunk, sizeof chunk, 0) > 0) {
    }
    ::close(connection);
}

std::string ScriptedServer::address(std::string_view path) const
{
    return fmt::format("http://127.0.0.1:{}{}", port_, path);
}

std::vector<std::string> ScriptedServer::requests() const
{
    std::lock_guard const lock{mutex_};
    return requests_;
}

std::vector<std::string> ScriptedServer::targets() const
{
    std::vector<std::string> targets;
    for (auto const& head : requests()) {
        auto const from = head.find(' ') + 1;
        targets.push_back(head.substr(from, head.find(' ', from) - from));
    }
    return targets;
}

std::string ScriptedServer::page(std::string_view body, std::string_view type, std::string_view heads)
{
    return fmt::format(
        "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n{}\r\n{}", type,
        body.size(), heads, body);
}

std::string ScriptedServer::status(int code, std::string_view heads)
{
    return fmt::format("HTTP/1.1 {} No\r\nContent-Length: 2\r\nConnection: close\r\n{}\r\nno", code, heads);
}

}  // namespace riskbild::testing
