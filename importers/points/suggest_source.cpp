#include <algorithm>

#include <fmt/format.h>

#include "importers/figures/figure_fields.hpp"
#include "importers/points/suggest_roles.hpp"
#include "importers/shops/shop_fields.hpp"

namespace riskbild::importers {
namespace {

bool is_of_polygons(SuggestionDraft const& draft)
{
    auto const geometry = std::ranges::find(draft.facts, kGeometryColumn, &ColumnFacts::name);
    if (!draft.sample.has_geometry() || geometry == draft.facts.end())
        return false;
    auto const is_polygon = [&](TableSample::Row const& row) {
        auto const& text = row.fields[geometry->index];
        return text.starts_with("POLYGON") || text.starts_with("MULTIPOLYGON") ||
               text.find("Polygon\"") != std::string::npos;
    };
    auto const polygons = static_cast<std::size_t>(std::ranges::count_if(draft.sample.rows(), is_polygon));
    return polygons * 2 > draft.sample.rows().size();
}

bool is_register_of_shops(SuggestionDraft const& draft)
{
    auto const points = SecurityPoints::load();
    auto const columns = points ? shop_columns(draft.sample.columns(), *points, {}) : Failure{points.error()};
    if (!columns)
        return false;
    constexpr std::ptrdiff_t kSeveral = 3;
    auto const known =
        std::ranges::count_if(columns->points, [](auto const& point) { return point.has_value(); });
    auto const& name = draft.facts[columns->name];
    return columns->certified_from || known >= kSeveral ||
           (draft.made.profile.from.empty() && name.lower_name.starts_with("butik"));
}

std::string source_of(SuggestionDraft const& draft)
{
    if (is_of_polygons(draft))
        return "areas";
    if (is_register_of_shops(draft))
        return "shops";
    auto const tells_time = !draft.made.profile.from.empty();
    return !tells_time && figure_columns(draft.sample.columns(), {}, {}) ? "figures" : "points";
}

std::string_view words_for(std::string_view source)
{
    return source == "areas" ? "areas" : source == "shops" ? "a register of shops" : "figures about areas";
}

}  // namespace

void suggest_source(SuggestionDraft& draft)
{
    draft.made.source = source_of(draft);
    if (draft.made.source != "points")
        draft.made.questions.insert(
            draft.made.questions.begin(),
            fmt::format("source: it looks like {}, not like incidents; riskbild import {} takes it in",
                        words_for(draft.made.source), draft.made.source));
}

}  // namespace riskbild::importers
