#include "server/respond.hpp"

#include <iterator>

#include <fmt/format.h>

#include "server/header_values.hpp"
#include "server/json_text.hpp"
#include "server/log.hpp"

namespace riskbild::server {
namespace {

constexpr std::string_view kSecurityHeaders =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; "
    "img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'; object-src 'none'\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Embedder-Policy: require-corp\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: strict-origin-when-cross-origin\r\n"
    "Permissions-Policy: geolocation=(self), camera=(self)\r\n";

std::string_view reason_phrase(int status)
{
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 411:
            return "Length Required";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 417:
            return "Expectation Failed";
        case 421:
            return "Misdirected Request";
        case 422:
            return "Unprocessable Content";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 503:
            return "Service Unavailable";
        case 505:
            return "HTTP Version Not Supported";
        case 507:
            return "Insufficient Storage";
        default:
            return "Unknown";
    }
}

std::string_view text_of(Caching caching)
{
    switch (caching) {
        case Caching::no_store:
            return "no-store";
        case Caching::no_cache:
            return "no-cache";
        case Caching::immutable_private:
            return "private, max-age=31536000, immutable";
        case Caching::immutable_public:
            return "public, max-age=31536000, immutable";
    }
    return "no-store";
}

Answer error_json(int status, std::string_view code, std::string_view message, std::string_view field)
{
    JsonText json;
    json.object([&] {
        json.field("code", code);
        json.field("message", message);
        if (!field.empty())
            json.field("field", field);
    });
    auto answer = json_answer(std::move(json).text());
    answer.status = status;
    return answer;
}

}  // namespace

int status_of(ErrorCode code)
{
    switch (code) {
        case ErrorCode::wrong_use:
            return 400;
        case ErrorCode::not_found:
            return 404;
        case ErrorCode::forbidden:
            return 403;
        case ErrorCode::unreadable:
            return 422;
        case ErrorCode::unwritable:
            return 503;
        case ErrorCode::full:
            return 507;
        case ErrorCode::busy:
        case ErrorCode::too_slow:
        case ErrorCode::newer_version:
            return 503;
        case ErrorCode::damaged:
            return 500;
        case ErrorCode::too_large:
            return 413;
        case ErrorCode::gone:
            return 410;
        case ErrorCode::internal:
            return 500;
    }
    return 500;
}

Answer error_answer(Error const& error)
{
    auto const status = status_of(error.code);
    if (status != 500)
        return error_json(status, name_of(error.code), error.message, error.field);
    log_error(error.message);
    return error_json(status, name_of(error.code), "The server could not answer; its log says why", {});
}

Answer error_answer(int status, std::string_view code, std::string_view message)
{
    return error_json(status, code, message, {});
}

Answer method_not_allowed(std::string_view allow)
{
    auto answer = error_answer(405, "method_not_allowed", fmt::format("Only {} is answered here", allow));
    answer.allow = allow;
    return answer;
}

Answer json_answer(std::string json)
{
    Answer answer;
    answer.content_type = "application/json";
    answer.body = std::move(json);
    return answer;
}

Answer unless_known(Answer answer, std::string_view if_none_match)
{
    if (if_none_match.empty() || !matches_etag(if_none_match, answer.etag))
        return answer;
    answer.status = 304;
    answer.body.clear();
    answer.keeps.reset();
    answer.borrowed = {};
    answer.gzip = false;
    return answer;
}

std::string head_text(Answer const& answer, bool keep_alive, std::string_view date)
{
    std::string head;
    head.reserve(1280);
    auto const add = [&](std::string_view name, std::string_view value) {
        head.append(name).append(": ").append(value).append("\r\n");
    };
    fmt::format_to(std::back_inserter(head), "HTTP/1.1 {} {}\r\n", answer.status,
                   reason_phrase(answer.status));
    add("Date", date);
    add("Cache-Control", text_of(answer.caching));
    if (!answer.etag.empty())
        add("ETag", answer.etag);
    if (answer.varies_by_encoding)
        add("Vary", answer.allow_origin.empty() ? "Accept-Encoding" : "Accept-Encoding, Origin");
    else if (!answer.allow_origin.empty())
        add("Vary", "Origin");
    if (answer.status != 204 && answer.status != 304) {
        add("Content-Type", answer.content_type);
        if (answer.gzip)
            add("Content-Encoding", "gzip");
        fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", answer.bytes().size());
    }
    if (answer.status == 405)
        add("Allow", answer.allow);
    if (answer.status == 503)
        add("Retry-After", "1");
    if (answer.allow_origin.empty()) {
        add("Cross-Origin-Resource-Policy", "same-origin");
    } else {
        add("Access-Control-Allow-Origin", answer.allow_origin);
        add("Cross-Origin-Resource-Policy", "cross-origin");
    }
    head += kSecurityHeaders;
    if (!keep_alive)
        add("Connection", "close");
    head += "\r\n";
    return head;
}

}  // namespace riskbild::server
