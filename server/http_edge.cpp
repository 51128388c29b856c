#include "server/http_edge.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "server/header_values.hpp"

namespace riskbild::server {
namespace {

HeadRead refuse(int status, std::string message)
{
    HeadRead read;
    read.state = HeadRead::State::refused;
    read.status = status;
    read.message = std::move(message);
    return read;
}

bool is_token_char(char c)
{
    auto const is_alnum = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return is_alnum || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_token(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

bool is_digits(std::string_view text)
{
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// What must not stand anywhere in a head. A CR at the very end may still be followed by its LF.
char const* forbidden_byte(std::string_view bytes)
{
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        auto const c = bytes[i];
        if (c == '\0')
            return "the request head contains a NUL byte";
        if (c == '\n' && (i == 0 || bytes[i - 1] != '\r'))
            return "the request head contains a line feed without carriage return";
        if (c == '\r' && i + 1 < bytes.size() && bytes[i + 1] != '\n')
            return "the request head contains a carriage return without line feed";
    }
    return nullptr;
}

bool has_control(std::string_view value)
{
    return std::any_of(value.begin(), value.end(), [](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7f;
    });
}

std::string_view next_line(std::string_view& rest)
{
    auto const end = rest.find("\r\n");
    auto const line = rest.substr(0, end);
    rest.remove_prefix(end + 2);
    return line;
}

bool is_host(std::string_view host)
{
    return !host.empty() && host.size() <= 255 && std::all_of(host.begin(), host.end(), [](char c) {
        return (is_token_char(c) && c != '%') || c == ':' || c == '[' || c == ']';
    });
}

struct Framing {
    int hosts = 0, lengths = 0, codings = 0, connections = 0;
    std::string_view length, coding;
};

/// `GET /path HTTP/1.1`. \return a refusal, or nothing when the line is good
std::optional<HeadRead> read_request_line(std::string_view line, RequestHead& head, bool& is_1_0)
{
    auto const first = line.find(' ');
    auto const last = line.rfind(' ');
    if (first == std::string_view::npos || first == last)
        return refuse(400, "the request line is not: method, space, target, space, version");
    head.method = line.substr(0, first);
    head.target = line.substr(first + 1, last - first - 1);
    auto const version = line.substr(last + 1);
    if (!is_token(head.method) || head.method.size() > 32)
        return refuse(400, "the method is not a word");
    auto const printable = [](char c) { return c > 0x20 && c < 0x7f && c != '#'; };
    if (head.target.empty() || !std::all_of(head.target.begin(), head.target.end(), printable))
        return refuse(400, "the address contains a space, a fragment or a byte that is not printable ASCII");
    is_1_0 = version == "HTTP/1.0";
    if (!is_1_0 && version != "HTTP/1.1") {
        auto const other = version.size() == 8 && version.substr(0, 5) == "HTTP/" && version[6] == '.' &&
                           is_digits(version.substr(5, 1)) && is_digits(version.substr(7, 1));
        return other ? refuse(505, "only HTTP/1.1 and HTTP/1.0 are spoken here")
                     : refuse(400, "the request line does not end in a version of HTTP");
    }
    return {};
}

std::optional<HeadRead> read_field(std::string_view line, RequestHead& head, Framing& framing)
{
    if (line.front() == ' ' || line.front() == '\t')
        return refuse(400, "a header field is folded over two lines");
    auto const colon = line.find(':');
    if (colon == std::string_view::npos)
        return refuse(400, "a header field has no colon");
    auto const name = line.substr(0, colon);
    auto const value = trimmed(line.substr(colon + 1));
    if (!is_token(name))
        return refuse(
            400, "the name of a header field is empty or contains a space or another forbidden character");
    if (has_control(value))
        return refuse(400, "the value of a header field contains a control character");
    if (head.fields.size() == kMaxHeadFields)
        return refuse(431, "the request has too many header fields");
    head.fields.push_back({name, value});
    if (same_ignoring_case(name, "host")) {
        ++framing.hosts;
        head.host = value;
    } else if (same_ignoring_case(name, "content-length")) {
        ++framing.lengths;
        framing.length = value;
    } else if (same_ignoring_case(name, "transfer-encoding")) {
        ++framing.codings;
        framing.coding = value;
    } else if (same_ignoring_case(name, "connection")) {
        if (list_contains(value, "close"))
            head.keep_alive = false;
        else if (list_contains(value, "keep-alive"))
            ++framing.connections;
    }
    return {};
}

std::optional<HeadRead> check_framing(Framing const& framing, bool is_1_0, RequestHead& head)
{
    if (framing.hosts != 1)
        return refuse(400,
                      framing.hosts == 0 ? "the Host field is missing" : "the Host field is there twice");
    if (!is_host(head.host))
        return refuse(400, "the Host field is not a host with an optional port");
    if (framing.lengths > 1)
        return refuse(400, "the Content-Length field is there twice");
    if (framing.lengths == 1 && framing.codings > 0)
        return refuse(400, "the request has both Content-Length and Transfer-Encoding");
    if (framing.lengths == 1 && (!is_digits(framing.length) || framing.length.size() > 18))
        return refuse(400, "the Content-Length is not a plain number");
    if (framing.codings > 1 ||
        (framing.codings == 1 && (is_1_0 || !same_ignoring_case(framing.coding, "chunked"))))
        return refuse(400, "the Transfer-Encoding is not the one word chunked of HTTP/1.1");
    if (framing.lengths == 1) {
        std::uint64_t length = 0;
        std::from_chars(framing.length.data(), framing.length.data() + framing.length.size(), length);
        head.content_length = length;
    }
    head.has_body = framing.codings == 1 || head.content_length.value_or(0) > 0;
    if (is_1_0 && framing.connections == 0)
        head.keep_alive = false;
    return {};
}

/// `http://host/path` is a permitted way to write `/path`, if it names the same host as the Host field.
std::optional<HeadRead> cut_authority(RequestHead& head)
{
    if (head.target.front() == '/')
        return {};
    constexpr std::string_view kScheme = "http://";
    if (head.target.size() < kScheme.size() ||
        !same_ignoring_case(head.target.substr(0, kScheme.size()), kScheme))
        return refuse(400, "the address does not begin with a slash");
    auto rest = head.target.substr(kScheme.size());
    auto const slash = rest.find_first_of("/?");
    if (!same_ignoring_case(rest.substr(0, slash), head.host))
        return refuse(400, "the address names another host than the Host field");
    if (slash == std::string_view::npos || rest[slash] == '?')
        return refuse(400, "the address has no path");
    head.target = rest.substr(slash);
    return {};
}

}  // namespace

std::string RequestHead::value_of(std::string_view lower_name) const
{
    std::string joined;
    for (auto const& field : fields) {
        if (!same_ignoring_case(field.name, lower_name))
            continue;
        if (!joined.empty())
            joined += ", ";
        joined += field.value;
    }
    return joined;
}

HeadRead read_head(std::string_view bytes)
{
    // One empty line before a request is tolerated: some clients send it after the request before (RFC
    // 9112, 2.2).
    auto const skipped = bytes.substr(0, 2) == "\r\n" ? std::size_t{2} : std::size_t{0};
    auto const text = bytes.substr(skipped);
    auto const end = text.find("\r\n\r\n");
    auto const is_complete = end != std::string_view::npos;
    auto const head_bytes = is_complete ? text.substr(0, end + 4) : text.substr(0, kMaxHeadBytes + 1);
    if (auto const* const reason = forbidden_byte(head_bytes))
        return refuse(400, reason);
    if (head_bytes.size() > kMaxHeadBytes) {
        auto const line_too_long = head_bytes.substr(0, kMaxHeadBytes).find("\r\n") == std::string_view::npos;
        return line_too_long ? refuse(414, "the address is longer than 8 kB")
                             : refuse(431, "the request head is longer than 8 kB");
    }
    if (!is_complete)
        return {};

    HeadRead read;
    read.state = HeadRead::State::complete;
    read.consumed = skipped + end + 4;
    read.head.fields.reserve(16);
    auto rest = text.substr(0, end + 2);
    auto is_1_0 = false;
    if (auto refusal = read_request_line(next_line(rest), read.head, is_1_0))
        return *std::move(refusal);
    Framing framing;
    while (!rest.empty())
        if (auto refusal = read_field(next_line(rest), read.head, framing))
            return *std::move(refusal);
    if (auto refusal = check_framing(framing, is_1_0, read.head))
        return *std::move(refusal);
    if (auto refusal = cut_authority(read.head))
        return *std::move(refusal);
    return read;
}

}  // namespace riskbild::server
