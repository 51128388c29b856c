#include "geo_core/text.hpp"

#include <algorithm>
#include <charconv>

namespace riskbild {
namespace {

constexpr std::string_view kNoBreakSpace = "\xc2\xa0";

bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// Bytes of the white space that a text begins or ends with.
std::size_t white_in_front(std::string_view text)
{
    if (text.starts_with(kNoBreakSpace))
        return kNoBreakSpace.size();
    return !text.empty() && is_white(text.front()) ? 1 : 0;
}

std::size_t white_behind(std::string_view text)
{
    if (text.ends_with(kNoBreakSpace))
        return kNoBreakSpace.size();
    return !text.empty() && is_white(text.back()) ? 1 : 0;
}

}  // namespace

std::string_view trimmed(std::string_view text)
{
    while (auto const bytes = white_in_front(text))
        text.remove_prefix(bytes);
    while (auto const bytes = white_behind(text))
        text.remove_suffix(bytes);
    return text;
}

std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most)
{
    std::size_t length = 0;
    while (length < most && length < text.size() && is_digit(text[length]))
        ++length;
    if (length < least)
        return std::nullopt;
    int value = 0;
    std::from_chars(text.data(), text.data() + length, value);
    text.remove_prefix(length);
    return value;
}

std::optional<double> parse_number(std::string_view text)
{
    double value = 0.0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::string shortened(std::string_view text)
{
    constexpr std::size_t kShown = 60;
    if (text.size() <= kShown)
        return std::string{text};
    auto end = kShown;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;
    return std::string{text.substr(0, end)} + "…";
}

bool is_source_name(std::string_view name)
{
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '_';
    });
}

}  // namespace riskbild
