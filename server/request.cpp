#include "server/request.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "server/header_values.hpp"
#include "server/utf8.hpp"

namespace riskbild::server {
namespace {

int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

enum class Part { path, query };

Result<std::string> percent_decoded(std::string_view text, Part part)
{
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto c = text[i];
        if (c == '%') {
            auto const high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
            auto const low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0)
                return fail(ErrorCode::wrong_use,
                            "the address contains a % that is not followed by two hexadecimal digits");
            c = static_cast<char>(high * 16 + low);
            i += 2;
            if (part == Part::path && c == '/')
                return fail(ErrorCode::wrong_use, "the address contains an encoded slash");
        } else if (c == '+' && part == Part::query) {
            c = ' ';
        }
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || (part == Part::path && c == '\\'))
            return fail(ErrorCode::wrong_use, "the address contains a control character or a backslash");
        decoded += c;
    }
    if (!is_utf8(decoded))
        return fail(ErrorCode::wrong_use, "the address is not UTF-8");
    return decoded;
}

Result<void> parse_path(std::string_view path, Request& request)
{
    auto rest = path.substr(1);
    while (!rest.empty()) {
        auto const slash = rest.find('/');
        auto segment = percent_decoded(rest.substr(0, slash), Part::path);
        if (!segment)
            return Failure(segment.error());
        if (*segment == "." || *segment == "..")
            return fail(ErrorCode::wrong_use, "the address contains . or .. as a part of its path");
        request.path += '/' + *segment;
        request.segments.push_back(*std::move(segment));
        if (slash == rest.size() - 1) {
            request.path += '/';
            request.segments.emplace_back();
        }
        rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
    }
    if (request.path.empty())
        request.path = "/";
    return {};
}

Result<void> parse_query(std::string_view query, Request& request)
{
    while (!query.empty()) {
        auto const end = query.find('&');
        auto const pair = query.substr(0, end);
        query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
        if (pair.empty())
            continue;
        auto const equals = pair.find('=');
        auto name = percent_decoded(pair.substr(0, equals), Part::query);
        if (!name)
            return Failure(name.error());
        auto value = equals == std::string_view::npos ? Result<std::string>{}
                                                      : percent_decoded(pair.substr(equals + 1), Part::query);
        if (!value)
            return fail(value.error().code, value.error().message, *name);
        if (request.query_value(*name))
            return fail(ErrorCode::wrong_use, fmt::format("the parameter {} is given twice", *name), *name);
        request.query.emplace_back(*std::move(name), *std::move(value));
    }
    return {};
}

}  // namespace

std::optional<std::string_view> Request::query_value(std::string_view name) const
{
    for (auto const& [key, value] : query)
        if (key == name)
            return value;
    return {};
}

Result<Request> parse_request(RequestHead const& head)
{
    Request request;
    request.method = head.method;
    request.host = head.host;
    request.origin = head.value_of("origin");
    request.accept_encoding = head.value_of("accept-encoding");
    request.if_none_match = head.value_of("if-none-match");
    request.fetch_site = head.value_of("sec-fetch-site");
    request.fetch_mode = head.value_of("sec-fetch-mode");
    request.fetch_dest = head.value_of("sec-fetch-dest");
    request.content_type = head.value_of("content-type");
    request.expect = head.value_of("expect");
    request.content_length = head.content_length;
    request.has_body = head.has_body;

    auto const question = head.target.find('?');
    if (auto path = parse_path(head.target.substr(0, question), request); !path)
        return Failure(path.error());
    if (question != std::string_view::npos)
        if (auto query = parse_query(head.target.substr(question + 1), request); !query)
            return Failure(query.error());
    return request;
}

bool comes_from_own_origin(Request const& request)
{
    if (!request.fetch_site.empty() && request.fetch_site != "same-origin")
        return false;
    return request.origin.empty() || same_ignoring_case(request.origin, "http://" + request.host);
}

bool is_media_type(std::string_view content_type, std::string_view wanted)
{
    return same_ignoring_case(trimmed(content_type.substr(0, content_type.find(';'))), wanted);
}

bool is_own_host(std::string_view host, std::uint16_t port)
{
    auto const bracket = host.rfind(']');
    auto const colon = host.find(':', bracket == std::string_view::npos ? 0 : bracket);
    auto const name = host.substr(0, colon);
    auto const own = name == "127.0.0.1" || same_ignoring_case(name, "localhost") || name == "[::1]";
    auto const stated = colon == std::string_view::npos ? std::string_view("80") : host.substr(colon + 1);
    return own && stated == fmt::to_string(port);
}

std::string percent_encoded(std::string_view text)
{
    std::string encoded;
    for (auto const c : text) {
        auto const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           std::string_view("-._~=;,:").find(c) != std::string_view::npos;
        if (plain)
            encoded += c;
        else
            encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return encoded;
}

}  // namespace riskbild::server
