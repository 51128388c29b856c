#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "importers/points/profile_changes.hpp"
#include "importers/readers/received_row.hpp"
#include "importers/reading_recipe.hpp"

using namespace riskbild::importers;

namespace {

void must(bool holds)
{
    if (!holds)
        std::abort();
}

/// The text up to the next bar that stands on a line of its own.
std::string next_part(std::string_view& rest)
{
    auto const end = rest.find("\n|\n");
    std::string part(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 3);
    return part;
}

}  // namespace

// A recipe, a column profile with a change, and a row as received: stored texts and what a person types.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string_view rest{reinterpret_cast<char const*>(data), size};
    auto const first = next_part(rest);
    if (auto const recipe = parse_recipe(first); recipe && recipe->importer == "points") {
        auto const again = parse_recipe(recipe_text(*recipe));
        must(again && again->columns.size() == recipe->columns.size());
    }
    auto const key = next_part(rest);
    auto const value = next_part(rest);
    auto const profile = with_changes(first, "fuzz", {.keys = {{key, value}}, .kinds = {{value, "theft"}}});
    must(profile ? parse_column_profile(profile->toml, "fuzz").has_value()
                 : !profile.error().message.empty());

    ReceivedRow row({"geometry", key}, {{"geometry", value}, {key, first}, {"more", value}}, 0);
    auto const more = row.next();
    must(more && *more && row.fields().size() == 2);
    must(!row.point() || !std::isnan(row.point()->east));
    must(!*row.next());
    return 0;
}
