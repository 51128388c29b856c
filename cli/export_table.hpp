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
#include "layers/layer.hpp"

namespace riskbild::cli {

/// What an exported file says of itself, as name and value: layer, unit, n, left out and why, period …
using Facts = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] Facts facts_of(layers::LayerInfo const& info, County const& county);

/// A layer's answer as rows, for formats that have rows.
struct ExportTable {
    using Type = layers::CellType;
    struct Column {
        std::string name;
        Type type;
    };
    using Cell = layers::TableCell;
    using Shape = layers::TableShape;

    std::string name;
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows;
    std::vector<Shape> shapes;  ///< one per row, all of one kind; empty: a table without geometry
    Facts facts;
};

/// The cells with a value in the first band: in a county most have none. Every band is a column.
[[nodiscard]] ExportTable cells_of(layers::LayerResult const& result, County const& county);
/// One of the result's tables. \param labels one per row, an address or empty; or none at all
[[nodiscard]] ExportTable table_of(layers::LayerResult const& result, layers::Table const& table,
                                   std::vector<std::string> const& labels, County const& county);

}  // namespace riskbild::cli
