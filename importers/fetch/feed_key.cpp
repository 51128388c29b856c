#include "importers/fetch/feed_key.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "geo_core/read_file.hpp"
#include "geo_core/text.hpp"
#include "importers/fetch/web_client.hpp"

namespace riskbild::importers {
namespace {

constexpr std::string_view kPlace = "{key}";
constexpr std::size_t kLongestKey = 1000;

Failure wrong_use(std::string message, std::string field)
{
    return fail(ErrorCode::wrong_use, std::move(message), std::move(field));
}

Result<std::string> key_in(std::filesystem::path const& file)
{
    auto const text = read_file(file);
    if (!text)
        return fail(ErrorCode::not_found,
                    fmt::format("there is no file \"{}\" that can be read", file.string()), "key-file");
    auto const key = trimmed(*text);
    auto const is_plain = [](char c) { return c > ' ' && c < 0x7f; };
    if (key.empty() || key.size() > kLongestKey || !std::ranges::all_of(key, is_plain))
        return wrong_use(fmt::format("{} holds no key, expected one line of letters, digits and signs",
                                     file.filename().string()),
                         "key-file");
    return std::string{key};
}

}  // namespace

Result<std::string> address_with_key(std::string const& address, std::filesystem::path const& key_file)
{
    auto const at = address.find(kPlace);
    if (at == std::string::npos && key_file.empty())
        return address;
    if (key_file.empty())
        return wrong_use("the address has {key}, expected --key-file with the file that holds it",
                         "key-file");
    if (at == std::string::npos || at < address.find('?'))
        return wrong_use(
            "there is a key, but no {key} behind the question mark of the address, expected such as "
            "https://example.se/ServiceAlerts.pb?key={key}",
            "url");
    auto const key = key_in(key_file);
    if (!key)
        return Failure{key.error()};
    return address.substr(0, at) + percent_encoded(*key) + address.substr(at + kPlace.size());
}

}  // namespace riskbild::importers
