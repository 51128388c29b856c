#include "importers/reading_recipe.hpp"

#include <nlohmann/json.hpp>

namespace riskbild::importers {
namespace {

using nlohmann::json;

// Columns may be in any encoding; what is not UTF-8 must not end an import.
constexpr auto kReplace = json::error_handler_t::replace;

json moment(std::optional<Instant> const& instant)
{
    return instant ? json(to_text(*instant)) : json();
}

std::optional<Instant> moment_in(json const& object, char const* name)
{
    auto const found = object.find(name);
    if (found == object.end() || !found->is_string())
        return std::nullopt;
    auto const instant = parse_instant(found->get_ref<std::string const&>());
    return instant ? std::optional(*instant) : std::nullopt;
}

}  // namespace

std::string recipe_text(ReadingRecipe const& recipe)
{
    json object{{"importer", recipe.importer}, {"observed", moment(recipe.observed)}};
    if (recipe.importer == "police") {
        object["made_up"] = recipe.made_up;
    } else {
        object["profile"] = recipe.profile;
        object["profile_toml"] = recipe.profile_toml;
        object["swap"] = recipe.swap;
        object["columns"] = recipe.columns;
        object["point_epsg"] = recipe.point_epsg;
        object["observed_else"] = moment(recipe.observed_else);
    }
    return object.dump(-1, ' ', false, kReplace);
}

Result<ReadingRecipe> parse_recipe(std::string_view text)
{
    auto const object = json::parse(text, nullptr, false);
    if (!object.is_object() || !object.contains("importer"))
        return fail(ErrorCode::damaged, "how the row was read cannot be understood");
    try {
        ReadingRecipe recipe;
        recipe.importer = object.at("importer").get<std::string>();
        recipe.profile = object.value("profile", "");
        recipe.profile_toml = object.value("profile_toml", "");
        recipe.swap = object.value("swap", false);
        recipe.columns = object.value("columns", std::vector<std::string>{});
        recipe.point_epsg = object.value("point_epsg", 0);
        recipe.made_up = object.value("made_up", false);
        recipe.observed = moment_in(object, "observed");
        recipe.observed_else = moment_in(object, "observed_else");
        return recipe;
    } catch (json::exception const&) {
        return fail(ErrorCode::damaged, "how the row was read cannot be understood");
    }
}

}  // namespace riskbild::importers
