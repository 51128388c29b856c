#include "layers/options.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "geo_core/time.hpp"

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

std::optional<double> parse_number(std::string_view text)
{
    double value = 0.0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

/// Nothing where a part is no number.
std::optional<std::vector<double>> parse_edges(std::string_view text)
{
    std::vector<double> edges;
    while (true) {
        auto const comma = text.find(',');
        auto const number = parse_number(text.substr(0, comma));
        if (!number) {
            return std::nullopt;
        }
        edges.push_back(*number);
        if (comma == std::string_view::npos) {
            return edges;
        }
        text.remove_prefix(comma + 1);
    }
}

bool in_range(OptionDescription const& option, double value)
{
    return value >= option.low && value <= option.high && (!option.whole || std::floor(value) == value);
}

bool are_edges(OptionDescription const& option, std::vector<double> const& edges)
{
    return edges.size() >= 2 && edges.size() <= option.most_edges &&
           std::ranges::all_of(edges, [&](double edge) { return in_range(option, edge); }) &&
           std::ranges::adjacent_find(edges, std::greater_equal<>{}) == edges.end();
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

std::string number_text(double value)
{
    return fmt::format("{}", value);
}

std::string OptionDescription::allowed() const
{
    std::vector<std::string> parts;
    if (most_edges > 0) {
        parts.push_back(
            fmt::format("2 to {} {}numbers from {:.15g} to {:.15g}{}{}, each larger than the one before",
                        most_edges, whole ? "whole " : "", low, high, unit.empty() ? "" : " ", unit));
    } else if (number) {
        parts.push_back(fmt::format("{}{:.15g} to {:.15g}{}{}", whole ? "a whole number from " : "", low,
                                    high, unit.empty() ? "" : " ", unit));
    }
    if (date) {
        parts.emplace_back("a day such as 2025-01-31");
    }
    parts.insert(parts.end(), words.begin(), words.end());
    auto const last = parts.back();
    parts.pop_back();
    return parts.empty() ? last : fmt::format("{} or {}", fmt::join(parts, ", "), last);
}

Result<std::string> OptionDescription::canonical(std::string_view text) const
{
    if (std::ranges::find(words, text) != words.end()) {
        return std::string{text};
    }
    if (most_edges > 0) {
        if (auto const edges = parse_edges(text); edges && are_edges(*this, *edges)) {
            return fmt::format("{}", fmt::join(*edges, ","));
        }
    } else if (number) {
        if (auto const value = parse_number(text); value && in_range(*this, *value)) {
            return number_text(*value);
        }
    }
    if (date) {
        if (auto const day = parse_date(text)) {
            return riskbild::to_text(*day);
        }
    }
    return fail(ErrorCode::wrong_use,
                fmt::format("{} is \"{}\", allowed is {}", key, text.substr(0, 80), allowed()), key);
}

Result<Options> complete_options(std::string_view layer, std::vector<OptionDescription> const& known,
                                 Options const& given)
{
    Options complete;
    for (auto const& option : known) {
        complete[option.key] = option.default_value;
    }
    for (auto const& [key, text] : given) {
        auto const option = std::ranges::find(known, key, &OptionDescription::key);
        if (option == known.end()) {
            std::vector<std::string> keys;
            for (auto const& one : known) {
                keys.push_back(one.key);
            }
            return fail(ErrorCode::wrong_use,
                        fmt::format("{} has no option \"{}\"; it has {}", layer, key.substr(0, 80),
                                    keys.empty() ? "none" : fmt::format("{}", fmt::join(keys, ", "))),
                        key);
        }
        auto value = option->canonical(text);
        if (!value) {
            return Failure{value.error()};
        }
        complete[key] = *std::move(value);
    }
    return complete;
}

std::string const& OptionValues::text(std::string_view key) const
{
    auto const found = complete_->find(key);
    assert(found != complete_->end() && "the option is described, so it is there");
    return found->second;
}

std::optional<double> OptionValues::number(std::string_view key) const
{
    return parse_number(text(key));
}

std::vector<double> OptionValues::edges(std::string_view key) const
{
    return parse_edges(text(key)).value_or(std::vector<double>{});
}

}  // namespace riskbild::layers
