#include "server/header_values.hpp"

#include <algorithm>
#include <optional>

namespace riskbild::server {
namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string_view next_item(std::string_view& list, char separator)
{
    auto const end = list.find(separator);
    auto const item = trimmed(list.substr(0, end));
    list = end == std::string_view::npos ? std::string_view{} : list.substr(end + 1);
    return item;
}

/// `q=0.5` in thousandths: `0` or `1`, a dot, at most three digits. \return nothing for anything else
std::optional<int> weight(std::string_view parameter)
{
    if (parameter.size() < 3 || lower(parameter[0]) != 'q' || parameter[1] != '=' || parameter.size() > 7)
        return {};
    auto const number = parameter.substr(2);
    if ((number[0] != '0' && number[0] != '1') || (number.size() > 1 && number[1] != '.'))
        return {};
    auto thousandths = (number[0] - '0') * 1000;
    auto unit = 100;
    for (auto const digit : number.substr(std::min<std::size_t>(2, number.size()))) {
        if (digit < '0' || digit > '9')
            return {};
        thousandths += (digit - '0') * unit;
        unit /= 10;
    }
    return thousandths <= 1000 ? std::optional(thousandths) : std::nullopt;
}

}  // namespace

std::string_view trimmed(std::string_view text)
{
    auto const first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool same_ignoring_case(std::string_view a, std::string_view b)
{
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

bool list_contains(std::string_view list, std::string_view word)
{
    while (!list.empty())
        if (same_ignoring_case(next_item(list, ','), word))
            return true;
    return false;
}

bool accepts_gzip(std::string_view accept_encoding)
{
    std::optional<int> gzip, any;
    while (!accept_encoding.empty()) {
        auto item = next_item(accept_encoding, ',');
        auto const coding = next_item(item, ';');
        auto const q = item.empty() ? std::optional(1000) : weight(trimmed(item));
        if (!q)
            return false;
        if (same_ignoring_case(coding, "gzip") || same_ignoring_case(coding, "x-gzip"))
            gzip = q;
        else if (coding == "*")
            any = q;
    }
    return gzip.value_or(any.value_or(0)) > 0;
}

bool matches_etag(std::string_view if_none_match, std::string_view etag)
{
    auto list = trimmed(if_none_match);
    if (list == "*")
        return true;
    while (!list.empty()) {
        if (list.substr(0, 2) == "W/")
            list.remove_prefix(2);
        if (list.empty() || list.front() != '"')
            return false;
        auto const end = list.find('"', 1);
        if (end == std::string_view::npos)
            return false;
        if (list.substr(0, end + 1) == etag)
            return true;
        list = trimmed(list.substr(end + 1));
        if (!list.empty() && list.front() != ',')
            return false;
        list = list.empty() ? list : trimmed(list.substr(1));
    }
    return false;
}

}  // namespace riskbild::server
