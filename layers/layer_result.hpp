#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "geo_core/filter.hpp"
#include "geo_core/lattice.hpp"
#include "geo_core/parallel.hpp"
#include "geo_core/view.hpp"
#include "layers/options.hpp"

namespace riskbild::layers {

/// A sentence in both languages.
struct Words {
    std::string sv;
    std::string en;
    bool operator==(Words const&) const = default;
};

/// What every result carries, so that no number is shown without its n, unit, period and source.
struct LayerInfo {
    std::string layer;             ///< `density`
    std::string unit;              ///< `incidents per km²`
    std::string unit_sv;           ///< `händelser per km²`
    std::uint64_t n = 0;           ///< incidents that entered
    LeftOut left_out;              ///< those that matched the filter and did not
    std::optional<Period> period;  ///< of the filter, else of the data; nothing when there is no data
    std::string filter;            ///< canonical text
    std::string view;              ///< name of the policy
    Revision revision;
    std::optional<std::uint64_t> seed;                            ///< where chance is used
    std::vector<std::pair<std::string, std::string>> parameters;  ///< every option with the value used
    std::vector<Words> notes;                                     ///< sentences that the map must show
};

/// Values at the centres of cells; row 0 southernmost, row-major. NaN: not computed, or not shown.
struct Surface {
    LayerInfo info;
    Lattice lattice;
    std::vector<double> values;
};

/// A quantity with its names for people.
struct Quantity {
    std::string key;   ///< `observed`
    std::string unit;  ///< `m`, `days` …, or empty
    std::string sv;
    std::string en;
};

/// One quantity in every cell; NaN: not computed, or not shown.
struct Band {
    Quantity quantity;
    std::vector<double> values;  ///< row 0 southernmost, row-major
};

/// What a layer says of every cell.
struct Grid {
    Lattice lattice;
    std::vector<Band> bands;  ///< the first is what the map draws
};

enum class CellType : std::uint8_t { whole, real, text };

struct Column {
    Quantity quantity;
    CellType type = CellType::real;
};

/// A value in a table; monostate: absent.
using TableCell = std::variant<std::monostate, std::int64_t, double, std::string>;
/// Where a row of a table lies, in the store's metres.
using TableShape = std::variant<std::monostate, MapPoint, std::vector<MapPoint>, MultiPolygon>;

/// Rows that a layer answers with, ready for the map, the viewer's tables and every export.
struct Table {
    std::string key;  ///< as in the layer's description
    std::vector<Column> columns;
    std::vector<std::vector<TableCell>> rows;
    std::vector<TableShape> shapes;  ///< one per row, all of one kind; empty: a table without places
    /// The incidents behind each row, as far as that can be said; one list per row, or empty.
    std::vector<std::vector<IncidentId>> incidents;
};

/// One number about the whole.
struct Fact {
    Quantity quantity;
    TableCell value;
};

/// What a layer answers, in the one form that CLI, HTTP, tiles and viewer take.
struct LayerResult {
    LayerInfo info;
    std::optional<Grid> grid;
    std::vector<Fact> facts;    ///< about the whole, in the order to read them
    std::vector<Table> tables;  ///< those of the description, in its order
};

}  // namespace riskbild::layers
