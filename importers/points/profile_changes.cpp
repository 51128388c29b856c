#include "importers/points/profile_changes.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>

#include <fmt/format.h>

#include "geo_core/area.hpp"
#include "geo_core/toml_text.hpp"

namespace riskbild::importers {
namespace {

constexpr std::array<std::string_view, 2> kNumbers{"position.epsg", "rank"};
constexpr std::array<std::string_view, 6> kFlags{
    "position.geometry", "position.swap", "kind.codes",
    "made_up",           "repeats",       "position.whole_county_without_position"};

// Of each pair a profile has one only: who gives the one does without the other.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kInstead{
    {{"time.from", "time.fixed"},
     {"time.fixed", "time.from"},
     {"kind.column", "kind.fixed"},
     {"kind.fixed", "kind.column"}}};

Failure wrong(std::string const& key, std::string_view expectation)
{
    return fail(ErrorCode::wrong_use, fmt::format("{} is not {}", key, expectation), key);
}

/// The table that a key with a point lies in, made where it is not there.
toml::table* table_of(toml::table& top, std::string_view path)
{
    auto* table = &top;
    for (auto dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
        auto const name = path.substr(0, dot);
        path.remove_prefix(dot + 1);
        if (!table->contains(name))
            table->insert(name, toml::table{});
        table = table->get_as<toml::table>(name);
        if (table == nullptr)
            return nullptr;
    }
    return table;
}

Result<void> change(toml::table& top, std::string const& key, std::string const& value)
{
    auto* const table = table_of(top, key);
    auto const name = key.substr(key.rfind('.') + 1);
    if (table == nullptr || name.empty() || key == "kind.values")
        return wrong(key, "a key that can be changed");
    if (value.empty()) {
        table->erase(name);
        return {};
    }
    for (auto const& [one, other] : kInstead)
        if (one == key)
            table->erase(other.substr(other.rfind('.') + 1));
    if (std::ranges::find(kNumbers, key) != kNumbers.end()) {
        std::int64_t number = 0;
        auto const* const end = value.data() + value.size();
        auto const [read_to, error] = std::from_chars(value.data(), end, number);
        if (error != std::errc{} || read_to != end)
            return wrong(key, "a whole number");
        table->insert_or_assign(name, number);
    } else if (std::ranges::find(kFlags, key) != kFlags.end()) {
        if (value != "true" && value != "false")
            return wrong(key, "true or false");
        table->insert_or_assign(name, value == "true");
    } else {
        table->insert_or_assign(name, value);
    }
    return {};
}

// However it is written: words are compared without case.
void forget(toml::table& values, std::string_view word)
{
    auto const wanted = lower_case(word);
    std::vector<std::string> same;
    for (auto const& [key, code] : values)
        if (lower_case(key.str()) == wanted)
            same.emplace_back(key.str());
    for (auto const& key : same)
        values.erase(key);
}

}  // namespace

Result<ColumnProfile> with_changes(std::string_view toml, std::string_view name,
                                   ProfileChanges const& changes)
{
    auto parsed = parse_toml(toml, "the column profile");
    if (!parsed)
        return fail(ErrorCode::wrong_use, parsed.error().message);
    auto& top = *parsed;
    for (auto const& [key, value] : changes.keys)
        if (auto const changed = change(top, key, value); !changed)
            return Failure{changed.error()};
    if (!changes.kinds.empty()) {
        auto* const values = table_of(top, "kind.values.");
        if (values == nullptr)
            return wrong("kind.values", "a table");
        for (auto const& [word, code] : changes.kinds) {
            forget(*values, word);
            values->insert_or_assign(lower_case(word), code.empty() ? "unknown" : code);
        }
    }
    std::ostringstream text;
    text << top;
    auto profile = parse_column_profile(text.str(), name);
    if (!profile)
        return fail(ErrorCode::wrong_use, profile.error().message, profile.error().field);
    return profile;
}

}  // namespace riskbild::importers
