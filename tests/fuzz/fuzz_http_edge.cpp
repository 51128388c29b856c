#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "server/header_values.hpp"
#include "server/http_edge.hpp"
#include "server/json_body.hpp"
#include "server/request.hpp"
#include "server/utf8.hpp"

using namespace riskbild::server;

namespace {

void must(bool holds)
{
    if (!holds)
        std::abort();
}

void check_complete(HeadRead const& read, std::string_view bytes)
{
    must(read.consumed <= bytes.size() && read.consumed <= kMaxHeadBytes + 2);
    // Nothing after the head can change what it was.
    auto const alone = read_head(bytes.substr(0, read.consumed));
    must(alone.state == HeadRead::State::complete && alone.head.target == read.head.target);
    auto const shorter = read_head(bytes.substr(0, read.consumed - 1));
    must(shorter.state == HeadRead::State::incomplete);
    must(!read.head.target.empty() && read.head.target.front() == '/' && !read.head.host.empty());

    static_cast<void>(is_own_host(read.head.host, 8080));
    static_cast<void>(accepts_gzip(read.head.value_of("accept-encoding")));
    static_cast<void>(matches_etag(read.head.value_of("if-none-match"), "\"a\""));
    must(!read.head.content_length || read.head.has_body == (*read.head.content_length > 0));
    auto const request = parse_request(read.head);
    if (!request)
        return;
    must(request->body.empty() && !request->file);
    if (comes_from_own_origin(*request))
        must(request->origin.empty() || request->origin.size() == 7 + request->host.size());
    static_cast<void>(is_media_type(request->content_type, "application/json"));
    must(is_utf8(request->path) && request->path.front() == '/');
    for (auto const& segment : request->segments)
        must(segment != "." && segment != ".." && segment.find_first_of("/\\") == std::string::npos);
    for (auto const& [name, value] : request->query)
        must(is_utf8(name) && is_utf8(value) && value.find('\0') == std::string::npos);
}

/// What follows a head, as the body of a writing request.
void check_body(std::string_view bytes)
{
    auto body = JsonBody::parse(bytes);
    if (!body) {
        must(!body.error().message.empty());
        return;
    }
    if (auto const by = body->by())
        must(!by->empty() && by->size() <= 100 && is_utf8(*by));
    if (auto const rows = body->numbers("rows", 10))
        must(rows->size() <= 10);
    if (auto const values = body->table("values", 10))
        for (auto const& [column, value] : *values)
            must(is_utf8(column) && is_utf8(value));
    static_cast<void>(body->flag("dry_run", false));
    if (auto const left = body->nothing_left(); !left)
        must(!left.error().field.empty() || bytes.find("\"\"") != std::string_view::npos);
}

}  // namespace

// Whatever the bytes: refused with a status and a sentence, or a head that stays the same however it arrives.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string_view const bytes{reinterpret_cast<char const*>(data), size};
    auto const read = read_head(bytes);
    if (read.state == HeadRead::State::complete) {
        check_complete(read, bytes);
        check_body(bytes.substr(read.consumed));
    }
    if (read.state == HeadRead::State::refused)
        must(read.status >= 400 && read.status < 600 && !read.message.empty());
    if (read.state == HeadRead::State::incomplete)
        must(size <= kMaxHeadBytes + 2);
    return 0;
}
