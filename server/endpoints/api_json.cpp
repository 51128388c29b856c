#include "server/endpoints/api_json.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

namespace riskbild::server {
namespace {

double to_a_centimetre(double degrees)
{
    return std::round(degrees * 1e7) / 1e7;
}

std::string_view name_of(layers::CellType type)
{
    switch (type) {
        case layers::CellType::whole:
            return "whole";
        case layers::CellType::real:
            return "real";
        case layers::CellType::text:
            return "text";
    }
    return "";
}

/// The place to show for a shape: a point itself, else the middle of its box.
std::optional<MapPoint> middle_of(layers::TableShape const& shape)
{
    std::vector<MapPoint> points;
    if (auto const* const point = std::get_if<MapPoint>(&shape))
        points = {*point};
    else if (auto const* const line = std::get_if<std::vector<MapPoint>>(&shape))
        points = *line;
    else if (auto const* const polygons = std::get_if<MultiPolygon>(&shape))
        for (auto const& polygon : *polygons)
            points.insert(points.end(), polygon.outer.begin(), polygon.outer.end());
    if (points.empty())
        return std::nullopt;
    auto const [west, east] = std::ranges::minmax(points, {}, &MapPoint::east);
    auto const [south, north] = std::ranges::minmax(points, {}, &MapPoint::north);
    return MapPoint{(west.east + east.east) / 2.0, (south.north + north.north) / 2.0};
}

void write_rows(JsonText& json, layers::Table const& table, Crs const& crs, std::size_t shown,
                LabelOf const& label)
{
    json.array("rows", [&] {
        for (std::size_t i = 0; i < shown; ++i)
            json.array([&] {
                for (auto const& cell : table.rows[i])
                    write_cell(json, cell);
            });
    });
    if (label && !table.incidents.empty())
        json.array("labels", [&] {
            for (std::size_t i = 0; i < shown; ++i)
                json.value(label(table.incidents[i]));
        });
    if (table.shapes.empty())
        return;
    json.array("places", [&] {
        for (std::size_t i = 0; i < shown; ++i)
            json.array([&] {
                if (auto const place = middle_of(table.shapes[i])) {
                    auto const degrees = crs.degrees(*place);
                    json.value(to_a_centimetre(degrees.lng));
                    json.value(to_a_centimetre(degrees.lat));
                }
            });
    });
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
        json.field("unit_sv", info.unit_sv);
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
    if (info.seed)
        json.field("seed", *info.seed);
    json.object("parameters", [&] {
        for (auto const& [key, value] : info.parameters)
            json.field(key, value);
    });
    json.array("notes", [&] {
        for (auto const& note : info.notes)
            json.object([&] {
                json.field("sv", note.sv);
                json.field("en", note.en);
            });
    });
}

void write_names(JsonText& json, layers::Quantity const& quantity)
{
    json.field("key", quantity.key);
    if (!quantity.unit.empty())
        json.field("unit", quantity.unit);
    json.field("sv", quantity.sv);
    json.field("en", quantity.en);
}

void write_cell(JsonText& json, layers::TableCell const& cell)
{
    if (std::holds_alternative<std::monostate>(cell))
        return json.value(std::numeric_limits<double>::quiet_NaN());  // null
    std::visit(
        [&](auto const& value) {
            if constexpr (!std::is_same_v<std::decay_t<decltype(value)>, std::monostate>)
                json.value(value);
        },
        cell);
}

void write_facts(JsonText& json, std::vector<layers::Fact> const& facts)
{
    json.array("facts", [&] {
        for (auto const& fact : facts)
            json.object([&] {
                write_names(json, fact.quantity);
                json.key("value");
                write_cell(json, fact.value);
            });
    });
}

void write_tables(JsonText& json, std::vector<layers::Table> const& tables, Crs const& crs, std::size_t most,
                  LabelOf const& label)
{
    json.array("tables", [&] {
        for (auto const& table : tables)
            json.object([&] {
                json.field("key", table.key);
                json.field("total", table.rows.size());
                json.array("columns", [&] {
                    for (auto const& column : table.columns)
                        json.object([&] {
                            write_names(json, column.quantity);
                            json.field("type", name_of(column.type));
                        });
                });
                write_rows(json, table, crs, std::min(most, table.rows.size()), label);
            });
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
