#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "geo_core/area.hpp"
#include "geo_core/crs.hpp"
#include "geo_core/geometry.hpp"
#include "geo_core/result.hpp"
#include "layers/layer_catalogue.hpp"

namespace riskbild::cli {

/// What an exported file says of itself, as name and value: layer, unit, n, left out and why, period …
using Facts = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] Facts facts_of(layers::LayerInfo const& info, County const& county);

/// A layer's answer as rows, for formats that have rows.
struct ExportTable {
    enum class Type { whole, real, text };
    struct Column {
        std::string name;
        Type type;
    };
    using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;  ///< monostate: absent
    using Shape = std::variant<std::monostate, MapPoint, MultiPolygon>;            ///< in the store's metres

    std::string name;
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows;
    std::vector<Shape> shapes;  ///< one per row, all of one kind; empty: a table without geometry
    Facts facts;
};

/// The cells with a value above zero: in a county most have none.
[[nodiscard]] ExportTable table_of(layers::Surface const& surface, County const& county);
[[nodiscard]] ExportTable table_of(layers::AreaValues const& values, County const& county);
/// \param labels one per place, an address or empty
[[nodiscard]] ExportTable table_of(layers::RepeatLocations const& places,
                                   std::vector<std::string> const& labels, County const& county);

}  // namespace riskbild::cli
