#include "server/endpoints/county.hpp"

#include <algorithm>

#include "server/endpoints/api_json.hpp"
#include "server/json_text.hpp"
#include "server/respond.hpp"

namespace riskbild::server {
namespace {

void write_kinds(JsonText& json, KindTree const& kinds)
{
    json.array("kinds", [&] {
        for (auto const& kind : kinds.kinds())
            json.object([&] {
                json.field("code", kind.code);
                json.field("sv", kind.sv);
                json.field("en", kind.en);
                json.field("group", kinds[kind.group].code);
                json.field("protected", kind.is_protected);
                json.field("crime", kind.is_crime);
            });
    });
}

void write_sources(JsonText& json, std::vector<Source> const& sources)
{
    json.array("sources", [&] {
        for (auto const& source : sources)
            json.object([&] {
                json.field("name", source.name);
                json.field("title", source.title);
            });
    });
}

void write_areas(JsonText& json, AreaSet const& areas, std::vector<LngLatBox> const& boxes)
{
    json.array("areas", [&] {
        for (std::size_t i = 0; i < areas.areas().size(); ++i)
            json.object([&] {
                auto const& area = areas.areas()[i];
                json.field("code", area.code);
                json.field("name", area.name);
                if (area.population > 0) {
                    json.field("population", area.population);
                    json.field("population_year", area.population_year);
                }
                write_bounds(json, "bounds", boxes[i]);
            });
    });
    json.field("areas_title", areas.title());
    json.field("areas_source", areas.source());
    json.field("areas_generalised_m", areas.generalised().value());
}

void write_layers(JsonText& json, std::vector<tiles::TileLayer> const& layers)
{
    json.array("layers", [&] {
        for (auto const& layer : layers)
            json.object([&] {
                json.field("name", layer.name);
                json.field("token", layer.token);
                json.array("formats", [&] {
                    for (auto const format : layer.formats)
                        json.value(tiles::extension_of(format));
                });
                json.field("minzoom", layer.min_zoom);
                json.field("maxzoom", layer.max_zoom);
            });
    });
}

}  // namespace

Answer CountyEndpoint::operator()(Request const&) const
{
    auto const& county = view.county();
    auto const count = view.count({});
    if (!count)
        return error_answer(count.error());
    std::vector<LngLatBox> boxes;
    for (auto const& area : county.areas.areas())
        boxes.push_back(degrees_around(area.shape, county.profile.crs));
    auto bounds = boxes.empty() ? county.profile.accepted_box : boxes.front();
    for (auto const& box : boxes)
        bounds = around(bounds, box);

    JsonText json;
    json.object([&] {
        json.field("profile", county.profile.name);
        json.field("title_sv", county.profile.title_sv);
        json.field("title_en", county.profile.title_en);
        json.field("time_zone", county.profile.zone.name());
        json.field("revision", view.revision().value());
        json.object("view", [&] {
            json.field("name", view.policy().name());
            json.field("digest", view.policy().digest());
        });
        write_bounds(json, "bounds", bounds);
        if (auto const extent = view.extent())
            write_period(json, "period", *extent);
        write_kinds(json, county.kinds);
        write_sources(json, county.sources);
        write_areas(json, county.areas, boxes);
        write_layers(json, layers);
        json.field("incidents", *count);
        json.field("accounts", false);
        json.field("example_data", std::ranges::any_of(county.sources, &Source::made_up));
    });
    return json_answer(std::move(json).text());
}

}  // namespace riskbild::server
