#include "server/endpoints/tilejson.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "server/endpoints/api_json.hpp"
#include "server/endpoints/parameters.hpp"
#include "server/json_text.hpp"
#include "server/respond.hpp"

namespace riskbild::server {
namespace {

Result<tiles::TileFormat> wanted_format(tiles::TileLayer const& layer, Request const& request)
{
    auto const wanted = request.query_value("format");
    if (!wanted)
        return layer.formats.front();
    std::string offered;
    for (auto const format : layer.formats) {
        if (tiles::extension_of(format) == *wanted)
            return format;
        offered += fmt::format("{}{}", offered.empty() ? "" : ", ", tiles::extension_of(format));
    }
    return fail(ErrorCode::wrong_use, fmt::format("the layer {} comes as {}", layer.name, offered), "format");
}

std::string query_text(Question const& question)
{
    std::string query;
    auto const add = [&](char const* name, std::string const& text) {
        if (!text.empty())
            query += fmt::format("{}{}={}", query.empty() ? '?' : '&', name, percent_encoded(text));
    };
    add("f", to_text(question.filter));
    add("o", layers::to_text(question.options));
    return query;
}

}  // namespace

tiles::TileLayer const* find_layer(std::vector<tiles::TileLayer> const& layers, std::string const& name)
{
    auto const found = std::ranges::find(layers, name, &tiles::TileLayer::name);
    return found == layers.end() ? nullptr : &*found;
}

Error no_such_layer(std::vector<tiles::TileLayer> const& layers, std::string const& name)
{
    std::string names;
    for (auto const& layer : layers)
        names += (names.empty() ? "" : ", ") + layer.name;
    return {ErrorCode::not_found, fmt::format("there is no layer {}; there are {}", name, names), "layer"};
}

Answer TileJsonEndpoint::operator()(std::string const& name, Request const& request) const
{
    auto const* const layer = find_layer(layers, name);
    if (layer == nullptr)
        return error_answer(no_such_layer(layers, name));
    auto const question = question_of(request);
    if (!question)
        return error_answer(question.error());
    auto const format = wanted_format(*layer, request);
    if (!format)
        return error_answer(format.error());

    JsonText json;
    json.object([&] {
        json.field("tilejson", "3.0.0");
        json.field("name", layer->name);
        json.array("tiles", [&] {
            json.value(fmt::format("http://{}/tiles/{}/{}/{}/{{z}}/{{x}}/{{y}}.{}{}", request.host,
                                   layer->name, layer->token, view_digest, tiles::extension_of(*format),
                                   query_text(*question)));
        });
        json.field("minzoom", layer->min_zoom);
        json.field("maxzoom", layer->max_zoom);
        write_bounds(json, "bounds", layer->bounds);
        if (!layer->attribution.empty())
            json.field("attribution", layer->attribution);
        if (*format == tiles::TileFormat::mvt)
            json.array("vector_layers", [&] {
                for (auto const& vector_layer : layer->vector_layers)
                    json.object([&] {
                        json.field("id", vector_layer.first);
                        json.object("fields", [&] {
                            for (auto const& field : vector_layer.second)
                                json.field(field, "");
                        });
                    });
            });
    });
    return json_answer(std::move(json).text());
}

}  // namespace riskbild::server
