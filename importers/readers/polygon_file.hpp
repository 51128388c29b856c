#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo_core/crs.hpp"
#include "geo_core/geometry.hpp"
#include "geo_core/result.hpp"
#include "importers/readers/record_table.hpp"

namespace riskbild::importers {

/// One feature of a file of areas.
struct PolygonFeature {
    std::uint64_t row = 0;                                    ///< 1 = the first
    std::vector<std::pair<std::string, std::string>> fields;  ///< by name, as text
    MultiPolygon shape;                                       ///< in metres of the county; empty = none
    std::optional<RecordFault> fault{};                       ///< why it cannot be an area
    std::size_t layer = 0;                                    ///< in `PolygonFile::together`
    [[nodiscard]] std::string_view field(std::string_view name) const;
};

struct PolygonFile {
    std::vector<std::string> fields;  ///< names, in order
    std::vector<PolygonFeature> features;
    std::string format;                      ///< of GDAL's drivers, `GeoJSON`, or how a table is written
    std::string coordinate_system;           ///< as the file says it; empty for a table without geometry
    std::uint64_t unclosed = 0;              ///< rings whose ends did not meet and were joined
    std::vector<std::string> together;       ///< layers that were read as one, where there were several
    std::vector<std::string> not_looked_at;  ///< other layers that have rows, where none was named
};

/// Reads the one layer with polygons of a GeoPackage, Shapefile (also in a ZIP archive), GeoJSON, FlatGeobuf,
/// KML, KMZ or GML file, or a table of codes and names (CSV, spreadsheet). The folders of a KML file, which
/// are layers to GDAL, are read as one. The content tells the format, and nothing in a file can make another
/// file or an address be read. Meant for divisions of a county: at most 100 000 features. \param layer the
/// one to read, also a KML folder or the sheet of a spreadsheet; empty: as above \return
/// ErrorCode::not_found, unreadable (none of these, no layer, no coordinate system), too_large, wrong_use
/// (field `layer`) listing the layers where several have polygons or a wrong one is named
Result<PolygonFile> read_polygon_file(std::string const& path, Crs const& crs, std::string const& layer);

}  // namespace riskbild::importers
