#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace riskbild::testing {

/// A vector tile as the specification's words describe it, read by other means than it was written.
struct DecodedFeature {
    using Value = std::variant<std::string, double, std::int64_t, bool>;
    struct Vertex {
        std::int32_t x = 0;
        std::int32_t y = 0;
        bool operator==(Vertex const&) const = default;
    };
    std::optional<std::uint64_t> id;
    int type = 0;  // 1 point, 2 line, 3 polygon
    std::map<std::string, Value> properties;
    std::vector<std::vector<Vertex>> parts;  // points, lines or rings

    [[nodiscard]] std::int64_t whole(std::string const& key) const
    {
        return std::get<std::int64_t>(properties.at(key));
    }
    [[nodiscard]] std::string text(std::string const& key) const
    {
        return std::get<std::string>(properties.at(key));
    }
    [[nodiscard]] bool has(std::string const& key) const { return properties.contains(key); }
};

struct DecodedLayer {
    std::string name;
    std::uint32_t extent = 0;
    std::vector<DecodedFeature> features;
};

/// Strict: anything that the Mapbox Vector Tile specification 2.1 forbids throws std::runtime_error naming
/// the section.
std::vector<DecodedLayer> decode_mvt(std::string_view tile);

/// The layer of that name; an empty one when there is none.
DecodedLayer layer_of(std::string_view tile, std::string_view name);

/// Surveyor's formula, section 4.3.4.4: above zero for outer rings.
double signed_area(std::vector<DecodedFeature::Vertex> const& ring);

/// One line a feature: `id 7 point (2048,12) kind=theft n=3`.
std::string as_text(std::vector<DecodedLayer> const& layers);

/// Whether the rings of a polygon feature are valid as GEOS sees it; the reason, or empty.
std::string why_invalid(DecodedFeature const& polygon);

}  // namespace riskbild::testing
