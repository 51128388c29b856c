#include "server/endpoints/tile.hpp"

#include <charconv>
#include <optional>

#include "server/encoded_answer.hpp"
#include "server/endpoints/parameters.hpp"
#include "server/respond.hpp"

namespace riskbild::server {
namespace {

/// Plain decimal digits without leading zeros: each tile has one address only.
std::optional<std::uint32_t> whole_number(std::string_view text)
{
    std::uint32_t number = 0;
    auto const* const end = text.data() + text.size();
    auto const read = std::from_chars(text.data(), end, number);
    auto const has_leading_zero = text.size() > 1 && text.front() == '0';
    return read.ec == std::errc{} && read.ptr == end && !has_leading_zero ? std::optional(number)
                                                                          : std::nullopt;
}

std::optional<tiles::TileFormat> format_of(std::string_view extension)
{
    for (auto const format : {tiles::TileFormat::mvt, tiles::TileFormat::png, tiles::TileFormat::webp})
        if (tiles::extension_of(format) == extension)
            return format;
    return {};
}

Result<tiles::TileAddress> address_of(Request const& request)
{
    auto const& part = request.segments;
    auto const dot = part[6].find('.');
    auto const z = whole_number(part[4]);
    auto const x = whole_number(part[5]);
    auto const y = whole_number(std::string_view(part[6]).substr(0, dot));
    auto const format =
        dot == std::string::npos ? std::nullopt : format_of(std::string_view(part[6]).substr(dot + 1));
    if (!z || !x || !y || !format || *z > static_cast<std::uint32_t>(kMaxZoom))
        return fail(ErrorCode::not_found, "this is not the address of a tile");
    tiles::TileAddress address{.layer = part[1],
                               .token = part[2],
                               .view = part[3],
                               .id = {static_cast<std::uint8_t>(*z), *x, *y},
                               .format = *format,
                               .filter = {},
                               .options = {}};
    if (!address.id.valid())
        return fail(ErrorCode::not_found, "there is no such tile at this zoom");
    auto question = question_of(request);
    if (!question)
        return Failure(question.error());
    address.filter = std::move(question->filter);
    address.options = std::move(question->options);
    return address;
}

Answer answer_of(tiles::TileAnswer const& tile, Request const& request)
{
    if (!tile)
        return error_answer(tile.error());
    auto const& finished = **tile;
    if (finished.identity.empty()) {
        Answer empty;
        empty.status = 204;
        empty.caching = Caching::immutable_private;
        return empty;
    }
    return encoded_answer({finished.content_type, finished.etag, finished.identity, finished.gzip, *tile},
                          Caching::immutable_private, request);
}

}  // namespace

void TileEndpoint::operator()(Request const& request, Reply const& reply) const
{
    auto address = address_of(request);
    if (!address)
        return reply(error_answer(address.error()));
    // Only what the answer depends on is kept while the tile is made.
    Request kept;
    kept.accept_encoding = request.accept_encoding;
    kept.if_none_match = request.if_none_match;
    request_tile(*std::move(address), [reply, kept = std::move(kept)](tiles::TileAnswer const& tile) {
        reply(answer_of(tile, kept));
    });
}

}  // namespace riskbild::server
