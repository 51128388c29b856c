#include "tests/tiles/mvt_decoder.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <stdexcept>

#include <fmt/format.h>
#include <geos_c.h>
#include <protozero/pbf_reader.hpp>

namespace riskbild::testing {

namespace {

void demand(bool holds, std::string const& what)
{
    if (!holds) {
        throw std::runtime_error("MVT 2.1, " + what);
    }
}

DecodedFeature::Value decode_value(protozero::pbf_reader value)
{
    auto decoded = DecodedFeature::Value{};
    auto fields = 0;
    while (value.next()) {
        ++fields;
        switch (value.tag()) {
            case 1:
                decoded = value.get_string();
                break;
            case 2:
                decoded = static_cast<double>(value.get_float());
                break;
            case 3:
                decoded = value.get_double();
                break;
            case 4:
                decoded = value.get_int64();
                break;
            case 5:
                decoded = static_cast<std::int64_t>(value.get_uint64());
                break;
            case 6:
                decoded = value.get_sint64();
                break;
            case 7:
                decoded = value.get_bool();
                break;
            default:
                demand(false, "section 4.1: a value of an unknown type");
        }
    }
    demand(fields == 1, "section 4.1: a value has exactly one type");
    return decoded;
}

std::vector<std::vector<DecodedFeature::Vertex>> decode_geometry(
    protozero::iterator_range<protozero::pbf_reader::const_uint32_iterator> numbers, int type)
{
    auto parts = std::vector<std::vector<DecodedFeature::Vertex>>{};
    auto x = std::int32_t{0};
    auto y = std::int32_t{0};
    auto at = numbers.begin();
    auto const next = [&] {
        demand(at != numbers.end(), "section 4.3: geometry ends within a command");
        return *at++;
    };
    auto const vertex = [&] {
        x += protozero::decode_zigzag32(next());
        y += protozero::decode_zigzag32(next());
        return DecodedFeature::Vertex{x, y};
    };
    while (at != numbers.end()) {
        auto const command = next();
        auto const count = command >> 3;
        switch (command & 7) {
            case 1:
                demand(count >= 1 && (type == 1 || count == 1), "section 4.3.4: MoveTo count");
                demand(type != 1 || parts.empty(), "section 4.3.4.2: a point has one MoveTo");
                for (std::uint32_t i = 0; i < count; ++i) {
                    parts.push_back({vertex()});
                }
                break;
            case 2:
                demand(type != 1 && !parts.empty() && parts.back().size() == 1,
                       "section 4.3.4: LineTo follows MoveTo");
                demand(count >= (type == 3 ? 2u : 1u), "section 4.3.4: LineTo count");
                for (std::uint32_t i = 0; i < count; ++i) {
                    auto const before = parts.back().back();
                    parts.back().push_back(vertex());
                    demand(!(parts.back().back() == before), "section 4.3.3.2: LineTo without length");
                }
                break;
            case 7:
                demand(type == 3 && count == 1 && !parts.empty() && parts.back().size() >= 3,
                       "section 4.3.4.4: ClosePath");
                demand(!(parts.back().front() == parts.back().back()),
                       "section 4.3.3.3: the ring repeats its first vertex");
                break;
            default:
                demand(false, "section 4.3.1: unknown command");
        }
    }
    demand(!parts.empty(), "section 4.2: a feature has a geometry");
    for (auto const& part : parts) {
        demand(type != 2 || part.size() >= 2, "section 4.3.4.3: a line of one vertex");
        demand(type != 3 || part.size() >= 3, "section 4.3.4.4: a ring of two vertices");
        demand(type != 3 || signed_area(part) != 0.0, "section 4.3.4.4: a ring without area");
    }
    demand(type != 3 || signed_area(parts.front()) > 0.0, "section 4.3.4.4: the first ring is an outer one");
    return parts;
}

DecodedFeature decode_feature(protozero::pbf_reader feature, std::vector<std::string> const& keys,
                              std::vector<DecodedFeature::Value> const& values)
{
    auto decoded = DecodedFeature{};
    auto tags = std::vector<std::uint32_t>{};
    auto geometry = protozero::iterator_range<protozero::pbf_reader::const_uint32_iterator>{};
    while (feature.next()) {
        switch (feature.tag()) {
            case 1:
                decoded.id = feature.get_uint64();
                break;
            case 2:
                for (auto const tag : feature.get_packed_uint32()) {
                    tags.push_back(tag);
                }
                break;
            case 3:
                decoded.type = feature.get_enum();
                break;
            case 4:
                geometry = feature.get_packed_uint32();
                break;
            default:
                demand(false, "section 4.2: unknown field of a feature");
        }
    }
    demand(decoded.type >= 1 && decoded.type <= 3, "section 4.3.4: geometry type");
    demand(tags.size() % 2 == 0, "section 4.4: tags come in pairs");
    for (std::size_t i = 0; i < tags.size(); i += 2) {
        demand(tags[i] < keys.size() && tags[i + 1] < values.size(),
               "section 4.4: tag beyond keys or values");
        demand(decoded.properties.emplace(keys[tags[i]], values[tags[i + 1]]).second,
               "section 4.4: a key twice");
    }
    decoded.parts = decode_geometry(geometry, decoded.type);
    return decoded;
}

DecodedLayer decode_layer(protozero::pbf_reader layer)
{
    auto decoded = DecodedLayer{};
    auto keys = std::vector<std::string>{};
    auto values = std::vector<DecodedFeature::Value>{};
    auto features = std::vector<protozero::pbf_reader>{};
    auto version = std::uint32_t{0};
    while (layer.next()) {
        switch (layer.tag()) {
            case 1:
                decoded.name = layer.get_string();
                break;
            case 2:
                features.push_back(layer.get_message());
                break;
            case 3:
                keys.push_back(layer.get_string());
                break;
            case 4:
                values.push_back(decode_value(layer.get_message()));
                break;
            case 5:
                decoded.extent = layer.get_uint32();
                break;
            case 15:
                version = layer.get_uint32();
                break;
            default:
                demand(false, "section 4.1: unknown field of a layer");
        }
    }
    demand(version == 2, "section 4.1: version");
    demand(!decoded.name.empty() && decoded.extent > 0, "section 4.1: name and extent");
    demand(!features.empty(), "section 4.1: a layer has a feature");
    demand(std::set<std::string>(keys.begin(), keys.end()).size() == keys.size(),
           "section 4.1: keys are unique");
    demand(std::set<DecodedFeature::Value>(values.begin(), values.end()).size() == values.size(),
           "section 4.1: values are unique");
    auto ids = std::set<std::uint64_t>{};
    for (auto const& feature : features) {
        decoded.features.push_back(decode_feature(feature, keys, values));
        if (auto const id = decoded.features.back().id) {
            demand(ids.insert(*id).second, "section 4.2: ids are unique");
        }
    }
    return decoded;
}

std::string value_text(DecodedFeature::Value const& value)
{
    struct Print {
        std::string operator()(std::string const& v) const { return v; }
        std::string operator()(double v) const { return fmt::format("{:.6g}", v); }
        std::string operator()(std::int64_t v) const { return std::to_string(v); }
        std::string operator()(bool v) const { return v ? "true" : "false"; }
    };
    return std::visit(Print{}, value);
}

}  // namespace

std::vector<DecodedLayer> decode_mvt(std::string_view tile)
{
    auto layers = std::vector<DecodedLayer>{};
    auto reader = protozero::pbf_reader{tile.data(), tile.size()};
    auto names = std::set<std::string>{};
    while (reader.next()) {
        demand(reader.tag() == 3, "section 4: unknown field of a tile");
        layers.push_back(decode_layer(reader.get_message()));
        demand(names.insert(layers.back().name).second, "section 4.1: layer names are unique");
    }
    return layers;
}

DecodedLayer layer_of(std::string_view tile, std::string_view name)
{
    for (auto& layer : decode_mvt(tile)) {
        if (layer.name == name) {
            return layer;
        }
    }
    return {};
}

double signed_area(std::vector<DecodedFeature::Vertex> const& ring)
{
    auto doubled = 0.0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        auto const a = ring[i];
        auto const b = ring[(i + 1) % ring.size()];
        doubled += static_cast<double>(a.x) * b.y - static_cast<double>(b.x) * a.y;
    }
    return doubled / 2.0;
}

std::string as_text(std::vector<DecodedLayer> const& layers)
{
    constexpr char const* kTypes[] = {"unknown", "point", "line", "polygon"};
    auto text = std::string{};
    for (auto const& layer : layers) {
        text +=
            fmt::format("layer {} extent {}, {} features\n", layer.name, layer.extent, layer.features.size());
        for (auto const& feature : layer.features) {
            text += feature.id ? fmt::format("  id {} ", *feature.id) : "  ";
            text += kTypes[feature.type];
            for (auto const& part : feature.parts) {
                text += ' ';
                for (auto const vertex : part) {
                    text += fmt::format("({},{})", vertex.x, vertex.y);
                }
            }
            for (auto const& [key, value] : feature.properties) {
                text += fmt::format(" {}={}", key, value_text(value));
            }
            text += '\n';
        }
    }
    return text;
}

std::string why_invalid(DecodedFeature const& polygon)
{
    auto* const geos = GEOS_init_r();
    auto const wkt_ring = [](std::vector<DecodedFeature::Vertex> const& ring) {
        auto text = std::string{"("};
        for (std::size_t i = 0; i <= ring.size(); ++i) {
            auto const v = ring[i % ring.size()];
            text += fmt::format("{}{} {}", i == 0 ? "" : ",", v.x, v.y);
        }
        return text + ")";
    };
    auto wkt = std::string{"MULTIPOLYGON("};
    for (std::size_t i = 0; i < polygon.parts.size(); ++i) {
        auto const outer = signed_area(polygon.parts[i]) > 0.0;
        wkt += outer ? (i == 0 ? "(" : "),(") : ",";
        wkt += wkt_ring(polygon.parts[i]);
    }
    wkt += "))";
    auto* const reader = GEOSWKTReader_create_r(geos);
    auto* const geometry = GEOSWKTReader_read_r(geos, reader, wkt.c_str());
    auto reason = std::string{"not readable"};
    if (geometry != nullptr) {
        auto* const text = GEOSisValidReason_r(geos, geometry);
        reason = std::string{text} == "Valid Geometry" ? "" : text;
        GEOSFree_r(geos, text);
        GEOSGeom_destroy_r(geos, geometry);
    }
    GEOSWKTReader_destroy_r(geos, reader);
    GEOS_finish_r(geos);
    return reason;
}

}  // namespace riskbild::testing
