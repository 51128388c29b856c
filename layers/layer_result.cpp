#include "layers/layer_result.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace riskbild::layers {
namespace {

constexpr std::size_t kLongestOptions = 4096;

bool is_key(std::string_view text)
{
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

bool is_value(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == ',' || c == '_' || c == '-' || c == '+';
    });
}

}  // namespace

Result<Options> parse_options(std::string_view text)
{
    if (text.size() > kLongestOptions) {
        return fail(ErrorCode::wrong_use,
                    fmt::format("the options are longer than {} characters", kLongestOptions));
    }
    Options options;
    while (!text.empty()) {
        auto const end = text.find(';');
        auto const part = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        auto const equals = part.find('=');
        auto const key = part.substr(0, equals);
        if (equals == std::string_view::npos || !is_key(key) || !is_value(part.substr(equals + 1))) {
            return fail(ErrorCode::wrong_use,
                        fmt::format("option \"{}\" is not of the form key=value", part.substr(0, 80)),
                        is_key(key) ? std::string{key} : std::string{"options"});
        }
        if (!options.emplace(key, part.substr(equals + 1)).second) {
            return fail(ErrorCode::wrong_use, fmt::format("option {} is given twice", key), std::string{key});
        }
    }
    return options;
}

std::string to_text(Options const& options)
{
    std::string text;
    for (auto const& [key, value] : options) {
        text += fmt::format("{}{}={}", text.empty() ? "" : ";", key, value);
    }
    return text;
}

}  // namespace riskbild::layers
