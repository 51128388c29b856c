// <utility> first: Asio 1.74 forgets it, and its coroutines do not compile without.
#include <utility>

#include "server/connection_loop.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <list>
#include <mutex>
#include <optional>

#include <fmt/format.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>

#include "server/header_values.hpp"
#include "server/log.hpp"
#include "server/respond.hpp"

namespace riskbild::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using tcp = asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using Executor = asio::io_context::executor_type;
using Stream = beast::basic_stream<tcp, Executor, beast::unlimited_rate_policy>;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;
template <class T>
using Task = asio::awaitable<T, Executor>;
constexpr asio::use_awaitable_t<Executor> kAwait;

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

/// The answer to one request on its way from whoever computes it to the coroutine that writes it.
class PendingAnswer : public std::enable_shared_from_this<PendingAnswer> {
public:
    explicit PendingAnswer(asio::io_context& io) : work_(io.get_executor()) {}

    void set(Answer answer)
    {
        std::unique_lock lock(mutex_);
        if (answer_)
            return;
        answer_ = std::move(answer);
        if (auto const wake = std::exchange(wake_, nullptr)) {
            lock.unlock();
            wake();
        }
    }

    Task<Answer> get()
    {
        if (!is_set())
            co_await asio::async_initiate<asio::use_awaitable_t<Executor> const, void()>(
                [this](auto handler) { wake_with(std::move(handler)); }, kAwait);
        work_.reset();
        co_return *std::move(answer_);
    }

    bool is_set()
    {
        std::lock_guard const lock(mutex_);
        return answer_.has_value();
    }

private:
    template <class Resume>
    void wake_with(Resume resume)
    {
        // std::function wants a copyable callable, and the coroutine's handler can only be moved.
        auto shared = std::make_shared<Resume>(std::move(resume));
        auto wake = [shared, executor = work_.get_executor()] {
            asio::post(executor, [shared] { std::move (*shared)(); });
        };
        std::unique_lock lock(mutex_);
        if (!answer_) {
            wake_ = std::move(wake);
            return;
        }
        lock.unlock();
        wake();
    }

    asio::executor_work_guard<Executor> work_;
    std::mutex mutex_;
    std::optional<Answer> answer_;
    std::function<void()> wake_;
};

struct Connection {
    explicit Connection(Stream::socket_type&& socket) : stream(std::move(socket)) {}
    Stream stream;
    std::string unread;
    bool is_waiting = false;
};

/// Connections that nothing is being done for, longest first; one is in the queue while this lives.
class WaitingPlace {
public:
    WaitingPlace(std::list<Connection*>& queue, Connection& connection)
        : queue_(queue), connection_(connection), place_(queue.insert(queue.end(), &connection))
    {
        connection_.is_waiting = true;
    }
    ~WaitingPlace()
    {
        if (std::exchange(connection_.is_waiting, false))
            queue_.erase(place_);
    }
    WaitingPlace(WaitingPlace const&) = delete;
    WaitingPlace& operator=(WaitingPlace const&) = delete;

private:
    std::list<Connection*>& queue_;
    Connection& connection_;
    std::list<Connection*>::iterator place_;
};

/// `Sun, 06 Nov 1994 08:49:37 GMT`
std::string http_date(std::time_t now)
{
    std::tm utc{};
    gmtime_r(&now, &utc);
    static constexpr char const* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr char const* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", kDays[utc.tm_wday], utc.tm_mday,
                       kMonths[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

/// A page of another site may make the browser send us requests; it may open our page, nothing else.
bool comes_from_another_site(Request const& request)
{
    if (request.fetch_site.empty() || request.fetch_site == "same-origin" || request.fetch_site == "none")
        return false;
    return !(request.fetch_mode == "navigate" && request.fetch_dest == "document");
}

/// What a body cannot be, by what its head says of it.
std::optional<Answer> refusal_of_body(Request const& request, Admission const& admission)
{
    if (admission.most_bytes == 0) {
        if (request.has_body)
            return error_answer(400, "bad_request", "No body is taken here");
        return {};
    }
    if (!request.content_length)
        return error_answer(411, "length_required", "The length of the body must be told by Content-Length");
    if (*request.content_length > admission.most_bytes)
        return error_answer(
            Error{ErrorCode::too_large, fmt::format("the body has {} bytes, at most {} are taken",
                                                    *request.content_length, admission.most_bytes)});
    if (!is_media_type(request.content_type, admission.content_type))
        return error_answer(415, "unsupported_media_type",
                            fmt::format("The Content-Type must be {}", admission.content_type));
    if (!request.expect.empty() && !same_ignoring_case(request.expect, "100-continue"))
        return error_answer(417, "expectation_failed", "Of Expect only 100-continue is understood");
    return {};
}

Answer refusal(HeadRead const& read)
{
    auto answer = error_answer(read.status, "bad_request", read.message);
    answer.close = true;
    return answer;
}

}  // namespace

class ConnectionLoop::Connections {
public:
    Connections(HttpOptions const& options, std::atomic<std::size_t>& count, std::size_t limit)
        : options_(options), count_(count), limit_(limit), acceptor_(io_), grace_timer_(io_)
    {
    }

    Result<void> listen(std::uint16_t port)
    {
        tcp::endpoint const endpoint{asio::ip::address_v4::loopback(), port};
        error_code ec;
        acceptor_.open(endpoint.protocol(), ec);
        if (!ec)
            acceptor_.set_option(tcp::acceptor::reuse_address(true), ec);
        if (!ec)
            acceptor_.set_option(ReusePort(true), ec);
        if (!ec)
            acceptor_.bind(endpoint, ec);
        if (!ec)
            acceptor_.listen(4096, ec);
        if (ec)
            return fail(ErrorCode::busy, fmt::format("cannot listen on port {}: {}", port, ec.message()),
                        "port");
        return {};
    }

    void run(Handler const& handler, Admit const& admit)
    {
        handler_ = &handler;
        admit_ = &admit;
        own_port_ = acceptor_.local_endpoint().port();
        asio::co_spawn(io_, accept_connections(), asio::detached);
        io_.run();
    }

    void stop()
    {
        asio::post(io_, [this] { begin_stop(); });
    }

private:
    void begin_stop()
    {
        if (std::exchange(stopping_, true))
            return;
        error_code ignored;
        acceptor_.close(ignored);
        while (!waiting_.empty())
            drop_longest_waiting();
        if (mine_ == 0)
            return;
        grace_timer_.expires_after(options_.limits.grace);
        grace_timer_.async_wait([this](error_code ec) {
            if (!ec)
                io_.stop();
        });
    }

    Task<void> accept_connections()
    {
        while (!stopping_) {
            error_code ec;
            Stream::socket_type socket(io_);
            co_await acceptor_.async_accept(socket, asio::redirect_error(kAwait, ec));
            if (stopping_)
                co_return;
            if (ec) {
                // Out of descriptors: wait for some to come back rather than spin.
                Timer pause(io_, std::chrono::milliseconds(50));
                co_await pause.async_wait(asio::redirect_error(kAwait, ec));
                continue;
            }
            if (mine_ >= limit_ && !drop_longest_waiting())
                continue;
            socket.set_option(tcp::no_delay(true), ec);
            ++mine_;
            ++count_;
            asio::co_spawn(io_, serve(std::make_shared<Connection>(std::move(socket))),
                           [this](std::exception_ptr const& problem) { end_connection(problem); });
        }
    }

    void end_connection(std::exception_ptr const& problem)
    {
        --mine_;
        --count_;
        if (stopping_ && mine_ == 0)
            grace_timer_.cancel();
        try {
            if (problem)
                std::rethrow_exception(problem);
        } catch (std::exception const& e) {
            log_error(fmt::format("a connection ended with: {}", e.what()));
        }
    }

    /// The connection that has waited longest for a request, or for the rest of one, gives way: whoever
    /// holds many open without asking cannot keep others out. \return false when all are being answered
    bool drop_longest_waiting()
    {
        if (waiting_.empty())
            return false;
        auto* const longest = waiting_.front();
        waiting_.pop_front();
        longest->is_waiting = false;
        error_code ignored;
        longest->stream.socket().close(ignored);
        return true;
    }

    Task<void> serve(std::shared_ptr<Connection> connection)
    {
        auto first_wait = options_.limits.head;
        for (;;) {
            auto read = co_await next_head(*connection, first_wait);
            if (!read)
                co_return;
            if (read->state == HeadRead::State::refused) {
                co_await write(*connection, refusal(*read), false, false);
                co_await linger(*connection);
                co_return;
            }
            auto const is_head = read->head.method == "HEAD";
            auto keep_alive = read->head.keep_alive;
            auto answer = co_await answer_to(*connection, *read);
            connection->unread.erase(0, read->consumed);
            keep_alive = keep_alive && !answer.close && !stopping_;
            auto const closes_on_client = answer.close;
            if (!co_await write(*connection, std::move(answer), keep_alive, is_head))
                co_return;
            if (closes_on_client) {
                co_await linger(*connection);
                co_return;
            }
            if (!keep_alive) {
                error_code ignored;
                connection->stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
                co_return;
            }
            first_wait = options_.limits.idle;
        }
    }

    /// \return nothing when the client went away, was too slow, or had to give way
    Task<std::optional<HeadRead>> next_head(Connection& connection, std::chrono::milliseconds first_wait)
    {
        if (stopping_)
            co_return std::nullopt;
        auto const place = WaitingPlace(waiting_, connection);
        connection.stream.expires_after(connection.unread.empty() ? first_wait : options_.limits.head);
        for (;;) {
            auto read = read_head(connection.unread);
            if (read.state != HeadRead::State::incomplete)
                co_return read;
            std::array<char, 4096> chunk;
            error_code ec;
            auto const size = co_await connection.stream.async_read_some(asio::buffer(chunk),
                                                                         asio::redirect_error(kAwait, ec));
            if (ec)
                co_return std::nullopt;
            if (connection.unread.empty())
                connection.stream.expires_after(options_.limits.head);
            connection.unread.append(chunk.data(), size);
        }
    }

    Task<Answer> answer_to(Connection& connection, HeadRead& read)
    {
        auto const started = Clock::now();
        auto const& head = read.head;
        auto answer = co_await checked_answer(connection, read);
        if (logs_requests()) {
            auto const taken = std::chrono::duration<double, std::milli>(Clock::now() - started).count();
            log_debug(fmt::format("{} {} {} {} B {:.1f} ms", head.method, head.target, answer.status,
                                  answer.bytes().size(), taken));
        }
        co_return answer;
    }

    /// Also an error can be read by the pages that may read answers.
    Task<Answer> checked_answer(Connection& connection, HeadRead& read)
    {
        auto const& head = read.head;
        auto const origin = head.value_of("origin");
        auto const& allowed = options_.allow_origins;
        auto const is_allowed_origin = std::find(allowed.begin(), allowed.end(), origin) != allowed.end();
        // Not by the operator ?: since g++ 12 then destroys what the coroutine gives twice.
        Answer answer;
        auto is_body_unread = head.has_body;
        if (is_own_host(head.host, own_port_)) {
            answer = co_await answer_of(connection, read, is_allowed_origin, is_body_unread);
            answer.close = answer.close || is_body_unread;
        } else {
            answer = error_answer(421, "misdirected", "This server answers only to 127.0.0.1 and localhost");
            answer.close = true;
        }
        if (is_allowed_origin)
            answer.allow_origin = origin;
        co_return answer;
    }

    Task<Answer> answer_of(Connection& connection, HeadRead& read, bool is_allowed_origin,
                           bool& is_body_unread)
    {
        auto request = parse_request(read.head);
        if (!request)
            co_return error_answer(request.error());
        if (!is_allowed_origin && comes_from_another_site(*request))
            co_return error_answer(403, "cross_site", "Pages of other sites may not ask this server");
        auto admission = (*admit_)(*request);
        if (admission.refused)
            co_return *std::move(admission.refused);
        if (request->is_writing() && !comes_from_own_origin(*request))
            co_return error_answer(403, "cross_site", "Only this server's own pages may change anything");
        if (auto refused = refusal_of_body(*request, admission))
            co_return *std::move(refused);
        if (admission.most_bytes > 0) {
            if (auto refused = co_await take_body(connection, read, admission, *request))
                co_return *std::move(refused);
            is_body_unread = false;
        }
        auto const pending = std::make_shared<PendingAnswer>(io_);
        handle(*request, pending);
        Timer patience(io_);
        if (!pending->is_set()) {
            patience.expires_after(options_.limits.answer);
            patience.async_wait([pending](error_code ec) {
                if (!ec)
                    pending->set(
                        error_answer(Error{ErrorCode::too_slow,
                                           "the server did not come to an answer in time; ask again later"}));
            });
        }
        co_return co_await pending->get();
    }

    /// The body, no byte further. \return what to answer instead of the request
    Task<std::optional<Answer>> take_body(Connection& connection, HeadRead& read, Admission const& admission,
                                          Request& request)
    {
        auto file = std::unique_ptr<UploadedFile>();
        if (!admission.folder.empty()) {
            auto created = UploadedFile::create_in(admission.folder);
            if (!created)
                co_return error_answer(created.error());
            file = *std::move(created);
        }
        auto const keep = [&](std::string_view bytes) -> Result<void> {
            if (file)
                return file->append(bytes);
            request.body += bytes;
            return {};
        };
        auto const length = *request.content_length;
        auto const early = std::string_view(connection.unread).substr(read.consumed).substr(0, length);
        if (auto const kept = keep(early); !kept)
            co_return error_answer(kept.error());
        if (early.empty() && length > 0 && !request.expect.empty() && !co_await write_continue(connection))
            co_return gone_away();

        auto const place = WaitingPlace(waiting_, connection);
        auto const started = Clock::now();
        auto const& limits = options_.limits;
        std::vector<char> chunk(std::min<std::uint64_t>(length - early.size(), 64 * 1024));
        for (auto taken = std::uint64_t{early.size()}; taken < length;) {
            connection.stream.expires_at(
                started + limits.body_at_least +
                std::chrono::milliseconds(taken * 1000 / limits.body_bytes_per_second));
            error_code ec;
            auto const most = std::min<std::uint64_t>(chunk.size(), length - taken);
            auto const size = co_await connection.stream.async_read_some(asio::buffer(chunk.data(), most),
                                                                         asio::redirect_error(kAwait, ec));
            if (ec)
                co_return gone_away();
            if (auto const kept = keep({chunk.data(), size}); !kept)
                co_return error_answer(kept.error());
            taken += size;
        }
        read.consumed += early.size();
        request.file = std::move(file);
        co_return std::nullopt;
    }

    Task<bool> write_continue(Connection& connection)
    {
        constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        connection.stream.expires_after(options_.limits.write_at_least);
        error_code ec;
        co_await asio::async_write(connection.stream, asio::buffer(kContinue),
                                   asio::redirect_error(kAwait, ec));
        co_return !ec;
    }

    /// Of a body that did not come in time or at all. Nobody reads it: the connection is closed by then.
    static Answer gone_away()
    {
        return error_answer(408, "request_timeout", "The body did not come in time");
    }

    /// A bug, or too little memory, must cost its own request only.
    void handle(Request const& request, std::shared_ptr<PendingAnswer> const& pending) const
    {
        try {
            (*handler_)(request, [pending](Answer answer) { pending->set(std::move(answer)); });
        } catch (std::exception const& problem) {
            pending->set(error_answer(
                Error{ErrorCode::internal, fmt::format("{}: {}", request.path, problem.what())}));
        }
    }

    Task<bool> write(Connection& connection, Answer answer, bool keep_alive, bool is_head)
    {
        auto const now = std::time(nullptr);
        if (now != date_of_)
            date_ = http_date(date_of_ = now);
        auto const head = head_text(answer, keep_alive, date_);
        auto const bytes = is_head ? std::string_view{} : answer.bytes();
        auto const& limits = options_.limits;
        connection.stream.expires_after(
            limits.write_at_least +
            std::chrono::milliseconds(bytes.size() * 1000 / limits.write_bytes_per_second));
        std::array<asio::const_buffer, 2> const parts = {asio::buffer(head), asio::buffer(bytes)};
        error_code ec;
        co_await asio::async_write(connection.stream, parts, asio::redirect_error(kAwait, ec));
        co_return !ec;
    }

    /// Lets the client read an answer given before all of its request was read: closing at once would
    /// reset the connection and could take the answer with it.
    Task<void> linger(Connection& connection)
    {
        error_code ec;
        connection.stream.socket().shutdown(tcp::socket::shutdown_send, ec);
        connection.stream.expires_after(std::chrono::seconds(1));
        auto const place = WaitingPlace(waiting_, connection);
        std::array<char, 4096> thrown_away;
        for (auto left = 64; left > 0 && !ec && !stopping_; --left)
            co_await connection.stream.async_read_some(asio::buffer(thrown_away),
                                                       asio::redirect_error(kAwait, ec));
    }

    HttpOptions const& options_;
    std::atomic<std::size_t>& count_;  // of all loops
    std::size_t const limit_;
    Handler const* handler_ = nullptr;
    Admit const* admit_ = nullptr;
    std::list<Connection*> waiting_;  // longest first; io_ holds coroutines that leave it when they end
    asio::io_context io_{1};
    Acceptor acceptor_;
    Timer grace_timer_;
    std::uint16_t own_port_ = 0;
    std::size_t mine_ = 0;  // connections of this loop
    bool stopping_ = false;
    std::time_t date_of_ = 0;
    std::string date_;
};

ConnectionLoop::ConnectionLoop(HttpOptions const& options, std::atomic<std::size_t>& count, std::size_t limit)
    : connections_(std::make_unique<Connections>(options, count, limit))
{
}
ConnectionLoop::~ConnectionLoop() = default;

Result<void> ConnectionLoop::listen(std::uint16_t port)
{
    return connections_->listen(port);
}

void ConnectionLoop::run(Handler const& handler, Admit const& admit)
{
    connections_->run(handler, admit);
}

void ConnectionLoop::stop()
{
    connections_->stop();
}

}  // namespace riskbild::server
