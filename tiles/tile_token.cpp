#include "tiles/tile_token.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace riskbild::tiles {

namespace {

bool is_plain(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
}

std::optional<std::int64_t> parse_number(std::string_view text)
{
    if (text.empty() || text.size() > 15 || (text[0] == '0' && text.size() > 1) || text[0] == '-') {
        return std::nullopt;
    }
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

}  // namespace

TileToken make_token(std::string_view epoch, std::int64_t revision)
{
    auto token = TileToken{std::string{epoch}, revision, kRendererVersion};
    std::replace_if(
        token.epoch.begin(), token.epoch.end(), [](char c) { return !is_plain(c); }, '-');
    return token;
}

std::string to_text(TileToken const& token)
{
    return fmt::format("{}.{}.{}", token.epoch, token.revision, token.renderer);
}

std::optional<TileToken> parse_token(std::string_view text)
{
    auto const first = text.find('.');
    auto const second = first == std::string_view::npos ? first : text.find('.', first + 1);
    if (second == std::string_view::npos) {
        return std::nullopt;
    }
    auto const epoch = text.substr(0, first);
    auto const revision = parse_number(text.substr(first + 1, second - first - 1));
    auto const renderer = parse_number(text.substr(second + 1));
    if (!std::all_of(epoch.begin(), epoch.end(), is_plain) || !revision || !renderer) {
        return std::nullopt;
    }
    return TileToken{std::string{epoch}, *revision, *renderer};
}

}  // namespace riskbild::tiles
