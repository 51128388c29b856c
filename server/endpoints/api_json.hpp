#pragma once

#include <span>

#include "geo_core/geometry.hpp"
#include "geo_core/view.hpp"
#include "layers/layer_result.hpp"
#include "server/json_text.hpp"

/// Parts that several answers of the API share, written as docs/api/openapi.yaml says.
namespace riskbild::server {

/// `[west, south, east, north]` in degrees.
void write_bounds(JsonText& json, std::string_view name, LngLatBox const& box);
/// `{"from":…,"to":…}`
void write_period(JsonText& json, std::string_view name, Period const& period);
/// The schema LayerInfo as the field `info`.
void write_info(JsonText& json, layers::LayerInfo const& info);
/// Of what a result was computed: the fields `period` where there is one, `filter`, `view`, `revision`,
/// `parameters` and `notes`.
void write_basis(JsonText& json, layers::LayerInfo const& info);
/// Numbers about the whole, as the field `facts`.
void write_facts(JsonText& json, std::vector<layers::Fact> const& facts);
/// Tables with their columns, as the field `tables`: at most `most` rows of each, and how many there are.
/// Rows that are points, or have a middle, say where they lie.
void write_tables(JsonText& json, std::vector<layers::Table> const& tables, Crs const& crs, std::size_t most);
/// `lng` and `lat`, to a centimetre.
void write_position(JsonText& json, LngLat place);

/// Smallest box in degrees around shapes in the store's metres.
[[nodiscard]] LngLatBox degrees_around(MultiPolygon const& shape, Crs const& crs);
[[nodiscard]] LngLatBox around(LngLatBox const& a, LngLatBox const& b);

}  // namespace riskbild::server
