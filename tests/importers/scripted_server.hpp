#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace riskbild::testing {

/// A web server on 127.0.0.1 that answers what it was told, in order, and then the last again and again. It
/// ends with the test.
///
///     ScriptedServer server{{ScriptedServer::page("[]"), ScriptedServer::status(429, "Retry-After:
///     60\r\n")}}; client.get(server.address("/api/events"));
class ScriptedServer {
public:
    /// Each is a whole answer, head and body; cut off where it is cut off.
    explicit ScriptedServer(std::vector<std::string> answers);
    ScriptedServer(ScriptedServer const&) = delete;
    ScriptedServer& operator=(ScriptedServer const&) = delete;
    ~ScriptedServer();

    [[nodiscard]] std::string address(std::string_view path = "/") const;
    /// The heads of all requests so far.
    [[nodiscard]] std::vector<std::string> requests() const;
    /// Of each request what stands between the method and `HTTP/1.1`.
    [[nodiscard]] std::vector<std::string> targets() const;

    [[nodiscard]] static std::string page(std::string_view body, std::string_view type = "application/json",
                                          std::string_view heads = "");
    [[nodiscard]] static std::string status(int code, std::string_view heads = "");

private:
    void serve();
    void answer(int connection);

    std::vector<std::string> answers_;
    std::size_t answered_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::string> requests_;
    int listener_ = -1;
    int wake_[2] = {-1, -1};
    int port_ = 0;
    std::thread thread_;
};

}  // namespace riskbild::testing
