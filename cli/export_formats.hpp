#pragma once

#include <filesystem>

#include "cli/export_table.hpp"

namespace riskbild::cli {

/// Each writes a new file. \return ErrorCode::full or unwritable with GDAL's or the system's reason
Result<void> write_geotiff(layers::LayerResult const& result, County const& county,
                           std::filesystem::path const& file);
Result<void> write_geopackage(std::vector<ExportTable> const& tables, Crs const& crs,
                              std::filesystem::path const& file);
Result<void> write_geojson(ExportTable const& table, Crs const& crs, std::filesystem::path const& file);
/// UTF-8, comma, a header. Text that a spreadsheet would take for a formula gets a quote in front
///; numbers, also negative ones, stay numbers.
Result<void> write_csv(ExportTable const& table, std::filesystem::path const& file);
/// What the CSV file `csv` cannot say of itself, as W3C's metadata of tabular data (CSVW): types of columns,
/// and the facts as `notes`.
Result<void> write_csv_metadata(ExportTable const& table, std::string const& csv,
                                std::filesystem::path const& file);

/// One cell of CSV text: escaped against formulas, quoted where needed.
[[nodiscard]] std::string csv_text(std::string_view text);

}  // namespace riskbild::cli
