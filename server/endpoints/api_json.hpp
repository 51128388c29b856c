#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

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
/// The words `key`, `unit`, `sv` and `en` of a quantity, as fields.
void write_names(JsonText& json, layers::Quantity const& quantity);
/// A value of a table; null where it is absent.
void write_cell(JsonText& json, layers::TableCell const& cell);

/// An address for a list of incidents, or empty.
using LabelOf = std::function<std::string(std::vector<IncidentId> const&)>;
/// Tables with their columns, as the field `tables`: at most `most` rows of each, and how many there are.
/// Rows that are points, or have a middle, say where they lie; those that name their incidents get an
/// address.
void write_tables(JsonText& json, std::vector<layers::Table> const& tables, Crs const& crs, std::size_t most,
                  LabelOf const& label = {});
/// `lng` and `lat`, to a centimetre.
void write_position(JsonText& json, LngLat place);

/// Smallest box in degrees around shapes in the store's metres.
[[nodiscard]] LngLatBox degrees_around(MultiPolygon const& shape, Crs const& crs);
[[nodiscard]] LngLatBox around(LngLatBox const& a, LngLatBox const& b);

}  // namespace riskbild::server
