#include "server/http_server.hpp"

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "server/respond.hpp"
#include "tests/server/http_client.hpp"

namespace riskbild::server::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

/// A server on a free port that answers `/slow` from another thread and everything else at once.
class LiveServer {
public:
    explicit LiveServer(HttpOptions options = {}, Admit admit = admit_reading)
    {
        options.threads = 2;
        auto listening = HttpServer::listen(std::move(options));
        if (!listening)
            throw std::runtime_error(listening.error().message);
        server_ = *std::move(listening);
        thread_ = std::thread([this, admit] {
            server_->run([this](auto const& r, auto reply) { answer(r, std::move(reply)); }, admit);
        });
    }
    ~LiveServer()
    {
        stop();
        if (slow_.joinable())
            slow_.join();
    }
    void stop()
    {
        if (!thread_.joinable())
            return;
        server_->stop();
        thread_.join();
    }
    void begin_stop() { server_->stop(); }
    [[nodiscard]] std::uint16_t port() const { return server_->port(); }
    [[nodiscard]] HttpServer& server() { return *server_; }
    std::atomic<bool> slow_began{false};
    std::atomic<bool> finish_slow{false};

private:
    void answer(Request const& request, Reply reply)
    {
        if (request.path == "/slow") {
            slow_ = std::thread([this, reply = std::move(reply)] {
                slow_began = true;
                while (!finish_slow)
                    std::this_thread::sleep_for(5ms);
                reply(json_answer("\"slow\""));
            });
            return;
        }
        if (request.path == "/throws")
            throw std::runtime_error("a bug");
        if (request.path == "/body")
            return reply(json_answer(request.body));
        if (request.path == "/file") {
            std::ifstream file(request.file->path());
            return reply(json_answer(std::string(std::istreambuf_iterator<char>(file), {})));
        }
        if (request.path == "/large")
            return reply(json_answer('"' + std::string(30'000'000, 'x') + '"'));
        reply(json_answer('"' + request.path + '"'));
    }

    std::unique_ptr<HttpServer> server_;
    std::thread thread_;
    std::thread slow_;
};

std::string request(std::uint16_t port, std::string_view path)
{
    return fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", path, port);
}

TEST(HttpServer, AnswersOneRequestAfterAnotherOnOneConnection)
{
    LiveServer live;
    Client client(live.port());
    for (auto const* path : {"/a", "/b"}) {
        client.send(request(live.port(), path));
        auto const received = client.receive();
        ASSERT_TRUE(received);
        EXPECT_EQ(received->status, 200);
        EXPECT_EQ(received->body, fmt::format("\"{}\"", path));
        EXPECT_EQ(received->fields.count("connection"), 0U);
    }
}

TEST(HttpServer, AnswersPipelinedRequestsInOrder)
{
    LiveServer live;
    Client client(live.port());
    std::string all;
    for (auto i = 0; i < 20; ++i)
        all += request(live.port(), fmt::format("/{}", i));
    client.send(all);
    for (auto i = 0; i < 20; ++i) {
        auto const received = client.receive();
        ASSERT_TRUE(received);
        EXPECT_EQ(received->body, fmt::format("\"/{}\"", i));
    }
}

TEST(HttpServer, AnswersHeadLikeGetWithoutItsBody)
{
    LiveServer live;
    auto const got = get(live.port(), "/a");
    auto const head = get(live.port(), "/a", {}, "HEAD");
    ASSERT_TRUE(got && head);
    EXPECT_EQ(head->status, 200);
    EXPECT_EQ(head->fields.at("content-length"), got->fields.at("content-length"));
    Client client(live.port());
    client.send(
        fmt::format("HEAD /a HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", live.port()));
    ASSERT_TRUE(client.receive(true));
    EXPECT_FALSE(client.receive());
}

TEST(HttpServer, RefusesOtherMethodsWithThoseItKnows)
{
    LiveServer live;
    for (auto const* method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get"}) {
        auto const received = get(live.port(), "/", {}, method);
        ASSERT_TRUE(received) << method;
        EXPECT_EQ(received->status, 405) << method;
        EXPECT_EQ(received->fields.at("allow"), "GET, HEAD");
        EXPECT_THAT(received->body, HasSubstr("\"code\":\"method_not_allowed\""));
    }
}

TEST(HttpServer, RefusesMalformedRequestsAndCloses)
{
    LiveServer live;
    auto const host = fmt::format("Host: 127.0.0.1:{}\r\n", live.port());
    for (auto const& bytes : {
             "GET / HTTP/1.1\r\n\r\n" + std::string(),
             "GET / HTTP/1.1\r\n" + host + host + "\r\n",
             "GET / HTTP/1.1\n" + host + "\r\n",
             "GET / HTTP/1.1\r\n" + host + "A : b\r\n\r\n",
             "GET / HTTP/1.1\r\n" + host + "A: b\r\n c\r\n\r\n",
             "GET / HTTP/1.1\r\n" + host + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
             "GET / HTTP/1.1\r\n" + host + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n12345",
             "GET / HTTP/1.1\r\n" + host + "Content-Length: +5\r\n\r\n12345",
             "GET / HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\n12345",
             "GET / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
             "GET / HTTP/1.1\r\n" + host + std::string("A: \0\r\n\r\n", 8),
             std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11),
         }) {
        Client client(live.port());
        client.send(bytes);
        auto const received = client.receive();
        ASSERT_TRUE(received) << bytes;
        EXPECT_EQ(received->status, 400) << bytes;
        EXPECT_EQ(received->fields.at("connection"), "close") << bytes;
        EXPECT_EQ(received->fields.count("content-security-policy"), 1U) << bytes;
        EXPECT_THAT(received->body, HasSubstr("\"code\":\"bad_request\"")) << bytes;
        EXPECT_TRUE(client.is_closed_within(10s)) << bytes;
    }
    EXPECT_EQ(get(live.port(), "/")->status, 200);
}

TEST(HttpServer, NeverAnswersASmuggledSecondRequest)
{
    LiveServer live;
    Client client(live.port());
    auto const inner = request(live.port(), "/smuggled");
    client.send(fmt::format("GET / HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Length: {}\r\n\r\n{}",
                            live.port(), inner.size(), inner));
    ASSERT_EQ(client.receive()->status, 400);
    EXPECT_FALSE(client.receive());
}

TEST(HttpServer, RefusesForeignHostNames)
{
    LiveServer live;
    for (auto const* host : {"evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example"}) {
        Client client(live.port());
        client.send(fmt::format("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", host));
        EXPECT_EQ(client.receive()->status, 421) << host;
    }
}

TEST(HttpServer, RefusesWhatABrowserAsksForAnotherSite)
{
    LiveServer live;
    EXPECT_EQ(get(live.port(), "/", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n")->status,
              403);
    EXPECT_EQ(get(live.port(), "/", "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors\r\n")->status, 403);
    EXPECT_EQ(get(live.port(), "/", "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\n")->status, 200);
    EXPECT_EQ(get(live.port(), "/", "Sec-Fetch-Site: none\r\n")->status, 200);
    auto const* const link =
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
    EXPECT_EQ(get(live.port(), "/", link)->status, 200);
    auto const* const frame =
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n";
    EXPECT_EQ(get(live.port(), "/", frame)->status, 403);
}

TEST(HttpServer, LetsOnlyNamedOriginsReadErrorsToo)
{
    LiveServer live(HttpOptions{.allow_origins = {"https://karta.example"}});
    auto const* const named =
        "Origin: https://karta.example\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: cors\r\n";
    auto const good = get(live.port(), "/a", named);
    EXPECT_EQ(good->status, 200);
    EXPECT_EQ(good->fields.at("access-control-allow-origin"), "https://karta.example");
    struct Bad {
        char const* method;
        char const* path;
        char const* more;
        int status;
    };
    for (auto const& bad : {Bad{"GET", "/%zz", "", 400},
                            {"GET", "/?a=1&a=2", "", 400},
                            {"DELETE", "/a", "", 405},
                            {"GET", "/a", "Content-Length: 1\r\n", 400}}) {
        auto error = get(live.port(), bad.path, std::string(named) + bad.more, bad.method);
        EXPECT_EQ(error->status, bad.status) << bad.path;
        EXPECT_EQ(error->fields["access-control-allow-origin"], "https://karta.example") << bad.path;
        EXPECT_EQ(error->fields["cross-origin-resource-policy"], "cross-origin") << bad.path;
        EXPECT_EQ(error->fields["vary"], "Origin") << bad.path;
    }
    for (auto const* path : {"/a", "/%zz"}) {
        auto const other = get(live.port(), path, "Origin: https://other.example\r\n");
        EXPECT_EQ(other->fields.count("access-control-allow-origin"), 0U) << path;
    }
}

TEST(HttpServer, AnswersThatItIsTooSlowInTime)
{
    LiveServer live(HttpOptions{.limits = {.answer = 100ms}});
    Client client(live.port());
    client.send(request(live.port(), "/slow"));
    auto const received = client.receive();
    ASSERT_TRUE(received);
    EXPECT_EQ(received->status, 503);
    EXPECT_THAT(received->body, HasSubstr("\"code\":\"too_slow\""));
    client.send(request(live.port(), "/a"));
    EXPECT_EQ(client.receive()->body, "\"/a\"");
    live.finish_slow = true;
}

TEST(HttpServer, WhatAHandlerThrowsCostsItsRequestOnly)
{
    LiveServer live;
    Client client(live.port());
    for (auto const& [path, status] : {std::pair{"/throws", 500}, {"/a", 200}}) {
        client.send(request(live.port(), path));
        auto const received = client.receive();
        ASSERT_TRUE(received) << path;
        EXPECT_EQ(received->status, status) << path;
    }
}

TEST(HttpServer, AnswersWhileTwoHundredHalfOpenConnectionsWait)
{
    LiveServer live(HttpOptions{.limits = {.connections = 100}});
    std::vector<Client> half_open;
    for (auto i = 0; i < 200; ++i) {
        half_open.emplace_back(live.port());
        ASSERT_TRUE(half_open.back().is_connected());
        half_open.back().send(i % 2 == 0 ? "" : "GET / HTTP/1.1\r\nHo");
    }
    for (auto i = 0; i < 20; ++i) {
        auto const received = get(live.port(), "/a");
        ASSERT_TRUE(received);
        EXPECT_EQ(received->status, 200);
    }
    EXPECT_LE(live.server().connections(), 100U);
}

TEST(HttpServer, ClosesAConnectionThatNeverFinishesItsHead)
{
    LiveServer live(HttpOptions{.limits = {.head = 100ms}});
    Client silent(live.port());
    EXPECT_TRUE(silent.is_closed_within(20s));
    Client slow(live.port());
    slow.send("GET / HT");
    EXPECT_TRUE(slow.is_closed_within(20s));
}

TEST(HttpServer, ClosesAConnectionThatDripsItsHead)
{
    LiveServer live(HttpOptions{.limits = {.head = 200ms}});
    Client client(live.port());
    auto is_closed = false;
    for (auto i = 0; i < 1000 && !is_closed; ++i) {
        client.send("a");
        is_closed = client.is_closed_within(20ms);
    }
    EXPECT_TRUE(is_closed);
}

TEST(HttpServer, GivesALaterRequestNoMoreTimeThanTheFirst)
{
    LiveServer live(HttpOptions{.limits = {.head = 200ms, .idle = 600s}});
    Client client(live.port());
    client.send(request(live.port(), "/a"));
    ASSERT_TRUE(client.receive());
    client.send("GET / HT");
    EXPECT_TRUE(client.is_closed_within(20s));
}

TEST(HttpServer, ClosesAnIdleConnection)
{
    LiveServer live(HttpOptions{.limits = {.idle = 100ms}});
    Client client(live.port());
    client.send(request(live.port(), "/a"));
    ASSERT_TRUE(client.receive());
    EXPECT_TRUE(client.is_closed_within(20s));
}

TEST(HttpServer, CutsOffAReaderThatDoesNotRead)
{
    LiveServer live(
        HttpOptions{.limits = {.write_at_least = 100ms, .write_bytes_per_second = 1'000'000'000}});
    Client client(live.port());
    client.send(request(live.port(), "/large"));
    auto const until = std::chrono::steady_clock::now() + 20s;
    while (live.server().connections() == 0 && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(1ms);
    while (live.server().connections() > 0 && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(10ms);
    EXPECT_EQ(live.server().connections(), 0U);
}

TEST(HttpServer, FinishesRunningRequestsWhenStopped)
{
    LiveServer live;
    Client idle(live.port());
    Client busy(live.port());
    busy.send(request(live.port(), "/slow"));
    while (!live.slow_began)
        std::this_thread::sleep_for(1ms);
    live.begin_stop();
    EXPECT_TRUE(idle.is_closed_within(20s));
    live.finish_slow = true;
    auto const received = busy.receive();
    ASSERT_TRUE(received);
    EXPECT_EQ(received->body, "\"slow\"");
    EXPECT_EQ(received->fields.at("connection"), "close");
    live.stop();
    EXPECT_FALSE(Client(live.port()).is_connected());
}

TEST(HttpServer, GivesUpOnRunningRequestsAfterItsGrace)
{
    LiveServer live(HttpOptions{.limits = {.grace = 100ms}});
    Client busy(live.port());
    busy.send(request(live.port(), "/slow"));
    while (!live.slow_began)
        std::this_thread::sleep_for(1ms);
    live.stop();
    live.finish_slow = true;
    SUCCEED();
}

TEST(HttpServer, TellsLongWorkThatItStops)
{
    LiveServer live;
    auto const token = live.server().stop_token();
    EXPECT_FALSE(token.stop_requested());
    live.stop();
    EXPECT_TRUE(token.stop_requested());
}

TEST(HttpServerDeathTest, EndsAtOnceAtASecondSignal)
{
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    auto const stop_twice_while_busy = [] {
        LiveServer live(HttpOptions{.stop_on_signals = true});
        Client busy(live.port());
        busy.send(request(live.port(), "/slow"));
        while (!live.slow_began)
            std::this_thread::sleep_for(1ms);
        ::kill(::getpid(), SIGTERM);
        while (!live.server().stop_token().stop_requested())
            std::this_thread::sleep_for(1ms);
        std::this_thread::sleep_for(50ms);
        ::kill(::getpid(), SIGTERM);
        std::this_thread::sleep_for(60s);
    };
    EXPECT_EXIT(stop_twice_while_busy(), ::testing::KilledBySignal(SIGTERM), "");
}

/// `/body` takes 100 bytes of JSON into memory, `/file` a megabyte into a file.
struct Bodies {
    Bodies() { std::filesystem::create_directories(folder); }
    ~Bodies() { std::filesystem::remove_all(folder); }
    Bodies(Bodies const&) = delete;
    Bodies& operator=(Bodies const&) = delete;

    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / fmt::format("riskbild-bodies-{}", ::getpid());
    Admit admit = [this](Request const& request) -> Admission {
        if (request.path == "/body")
            return {.most_bytes = 100, .content_type = "application/json"};
        if (request.path == "/file")
            return {.most_bytes = 1'000'000, .content_type = "application/octet-stream", .folder = folder};
        return admit_reading(request);
    };
};

std::string post(std::uint16_t port, std::string_view path, std::string_view fields, std::string_view body)
{
    return fmt::format("POST {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{}\r\n{}", path, port, fields, body);
}

std::string json_of(std::size_t length)
{
    return fmt::format("Content-Type: application/json; charset=utf-8\r\nContent-Length: {}\r\n", length);
}

TEST(HttpServer, TakesABodyAndThenTheNextRequestOfTheConnection)
{
    Bodies const bodies;
    LiveServer live({}, bodies.admit);
    Client client(live.port());
    client.send(post(live.port(), "/body", json_of(6), "\"body\"") + request(live.port(), "/after"));
    EXPECT_EQ(client.receive()->body, "\"body\"");
    EXPECT_EQ(client.receive()->body, "\"/after\"");
    for (std::string const& part :
         {post(live.port(), "/body", json_of(6), "\""), std::string("bo"), std::string("dy\"")}) {
        client.send(part);
        std::this_thread::sleep_for(20ms);
    }
    EXPECT_EQ(client.receive()->body, "\"body\"");
    client.send(post(live.port(), "/body", json_of(0), ""));
    EXPECT_EQ(client.receive()->body, "");
}

TEST(HttpServer, SaysThatABodyMayComeToWhoAsksFirst)
{
    Bodies const bodies;
    LiveServer live({}, bodies.admit);
    Client client(live.port());
    client.send(post(live.port(), "/body", json_of(4) + "Expect: 100-continue\r\n", ""));
    EXPECT_EQ(client.receive(true)->status, 100);
    client.send("true");
    auto const received = client.receive();
    EXPECT_EQ(received->status, 200);
    EXPECT_EQ(received->body, "true");
}

TEST(HttpServer, WritesALongBodyToAFileThatIsGoneAfterwards)
{
    Bodies const bodies;
    LiveServer live({}, bodies.admit);
    Client client(live.port());
    std::string const long_text(800'000, 'x');
    auto const fields =
        fmt::format("Content-Type: application/octet-stream\r\nContent-Length: {}\r\n", long_text.size());
    client.send(post(live.port(), "/file", fields, long_text));
    EXPECT_EQ(client.receive()->body, long_text);
    client.send(request(live.port(), "/a"));
    ASSERT_TRUE(client.receive());
    EXPECT_TRUE(std::filesystem::is_empty(bodies.folder));
}

TEST(HttpServer, RefusesBodiesByTheirHeadsAndCloses)
{
    Bodies const bodies;
    LiveServer live({}, bodies.admit);
    struct Bad {
        std::string fields;
        int status;
        char const* code;
    };
    for (auto const& bad :
         {Bad{json_of(101), 413, "too_large"},
          {"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n", 411, "length_required"},
          {"Content-Type: text/plain\r\nContent-Length: 2\r\n", 415, "unsupported_media_type"},
          {"Content-Length: 2\r\n", 415, "unsupported_media_type"},
          {json_of(2) + "Expect: 200-ok\r\n", 417, "expectation_failed"}}) {
        Client client(live.port());
        client.send(post(live.port(), "/body", bad.fields, "{}"));
        auto const received = client.receive();
        ASSERT_TRUE(received) << bad.fields;
        EXPECT_EQ(received->status, bad.status) << bad.fields;
        EXPECT_THAT(received->body, HasSubstr(bad.code)) << bad.fields;
        EXPECT_EQ(received->fields.at("connection"), "close") << bad.fields;
        EXPECT_FALSE(client.receive()) << bad.fields;
    }
    EXPECT_EQ(get(live.port(), "/body", "Content-Type: application/json\r\n", "POST")->status, 411);
}

TEST(HttpServer, LetsOnlyItsOwnPagesWrite)
{
    Bodies const bodies;
    LiveServer live(HttpOptions{.allow_origins = {"https://karta.example"}}, bodies.admit);
    auto const status = [&](std::string const& fields) {
        Client client(live.port());
        client.send(post(live.port(), "/body", json_of(2) + fields, "{}"));
        auto const received = client.receive();
        return received ? received->status : 0;
    };
    EXPECT_EQ(status(""), 200);
    EXPECT_EQ(
        status(fmt::format("Origin: http://127.0.0.1:{}\r\nSec-Fetch-Site: same-origin\r\n", live.port())),
        200);
    for (std::string const foreign :
         {"Origin: null\r\n", "Origin: http://127.0.0.1:1\r\n", "Origin: https://karta.example\r\n",
          "Sec-Fetch-Site: same-site\r\n", "Sec-Fetch-Site: none\r\n",
          "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n"})
        EXPECT_EQ(status(foreign), 403) << foreign;
}

TEST(HttpServer, GivesUpABodyThatComesTooSlowly)
{
    Bodies const bodies;
    LiveServer live(HttpOptions{.limits = {.body_at_least = 200ms, .body_bytes_per_second = 100'000}},
                    bodies.admit);
    Client silent(live.port());
    silent.send(post(live.port(), "/body", json_of(50), "{"));
    EXPECT_TRUE(silent.is_closed_within(20s));
    Client dripping(live.port());
    dripping.send(post(live.port(), "/file",
                       "Content-Type: application/octet-stream\r\nContent-Length: 900000\r\n", ""));
    auto is_closed = false;
    for (auto i = 0; i < 1000 && !is_closed; ++i) {
        dripping.send("a");
        is_closed = dripping.is_closed_within(20ms);
    }
    EXPECT_TRUE(is_closed);
    // The client sees the end before the server has put away what it had of the body.
    for (auto i = 0; i < 1000 && !std::filesystem::is_empty(bodies.folder); ++i)
        std::this_thread::sleep_for(20ms);
    EXPECT_TRUE(std::filesystem::is_empty(bodies.folder));
}

TEST(HttpServer, SaysThatAPortIsInUse)
{
    LiveServer live;
    auto const second = HttpServer::listen({.port = live.port()});
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::busy);
    EXPECT_THAT(second.error().message, HasSubstr(fmt::to_string(live.port())));
}

TEST(HttpServer, ListensNowhereButOnTheLoopbackAddress)
{
    for (auto const* address : {"0.0.0.0", "::", "192.168.1.1", "localhost", ""})
        EXPECT_EQ(HttpServer::listen({.address = address}).error().code, ErrorCode::wrong_use) << address;
}

}  // namespace
}  // namespace riskbild::server::testing
