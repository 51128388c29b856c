#include "server/endpoints/api_json.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace riskbild::server {
namespace {

double to_a_centimetre(double degrees)
{
    return std::round(degrees * 1e7) / 1e7;
}

}  // namespace

void write_bounds(JsonText& json, std::string_view name, LngLatBox const& box)
{
    json.array(name, [&] {
        for (auto const edge : {box.west, box.south, box.east, box.north})
            json.value(to_a_centimetre(edge));
    });
}

void write_period(JsonText& json, std::string_view name, Period const& period)
{
    json.object(name, [&] {
        json.field("from", to_text(period.from));
        json.field("to", to_text(period.to));
    });
}

void write_info(JsonText& json, layers::LayerInfo const& info)
{
    json.object("info", [&] {
        json.field("layer", info.layer);
        json.field("unit", info.unit);
        json.field("n", info.n);
        json.array("left_out", [&] {
            for (std::size_t i = 0; i < kLeftOutReasons; ++i) {
                auto const reason = static_cast<LeftOutReason>(i);
                if (info.left_out[reason] > 0)
                    json.object([&] {
                        json.field("reason", name_of(reason));
                        json.field("n", info.left_out[reason]);
                    });
            }
        });
        write_basis(json, info);
    });
}

void write_basis(JsonText& json, layers::LayerInfo const& info)
{
    if (info.period)
        write_period(json, "period", *info.period);
    json.field("filter", info.filter);
    json.field("view", info.view);
    json.field("revision", info.revision.value());
    json.object("parameters", [&] {
        for (auto const& [key, value] : info.parameters)
            json.field(key, value);
    });
    json.array("notes", [&] {
        for (auto const& note : info.notes)
            json.value(note);
    });
}

void write_position(JsonText& json, LngLat place)
{
    json.field("lng", to_a_centimetre(place.lng));
    json.field("lat", to_a_centimetre(place.lat));
}

LngLatBox degrees_around(MultiPolygon const& shape, Crs const& crs)
{
    LngLatBox box{180.0, 90.0, -180.0, -90.0};
    for (auto const& polygon : shape) {
        std::vector<LngLat> degrees(polygon.outer.size());
        crs.degrees(polygon.outer, degrees);
        for (auto const& place : degrees)
            box = around(box, {place.lng, place.lat, place.lng, place.lat});
    }
    return box;
}

LngLatBox around(LngLatBox const& a, LngLatBox const& b)
{
    return {std::min(a.west, b.west), std::min(a.south, b.south), std::max(a.east, b.east),
            std::max(a.north, b.north)};
}

}  // namespace riskbild::server
