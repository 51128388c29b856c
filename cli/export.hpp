#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "geo_core/result.hpp"
#include "geo_core/store/store.hpp"
#include "layers/layer.hpp"

namespace riskbild::cli {

/// Which part of a result is written where there are several: a table's key, or `cells`. Empty: the first
/// table, or the cells where there is none; a GeoPackage then holds all tables, a GeoTIFF always the cells.
struct ExportWish {
    std::filesystem::path file;
    std::string table;
    bool force = false;  ///< replace a file that exists
};

/// File formats by ending. A grid is written as `.tif`, `.tiff` (GeoTIFF, Float64, the store's coordinate
/// system) or `.csv` (cell centres), tables as `.gpkg` (the store's coordinate system), `.geojson` (degrees,
/// RFC 7946) or `.csv` (metres).
/// \return ErrorCode::wrong_use listing the endings that suit, in `out`, or the tables there are, in `table`
Result<void> check_wish(layers::LayerDescription const& layer, ExportWish const& wish);

/// \return ErrorCode::wrong_use listing the tables there are, in `table`; good when empty
Result<void> check_table(layers::LayerDescription const& layer, std::string const& table);

/// The files that an export to `out` makes: itself, and beside a CSV `…csv-metadata.json`.
[[nodiscard]] std::vector<std::filesystem::path> files_of_export(std::filesystem::path const& out);

/// Writes a layer's answer with its unit, n, what was left out and the period: as metadata of the GeoTIFF or
/// GeoPackage layer, as members of the GeoJSON collection, in the metadata file of the CSV. Each file is
/// there whole or not at all. Places get an address from the store, as far as the view may see it.
/// \pre check_wish(). \return its size in bytes; ErrorCode::wrong_use for an existing file, unwritable, full
Result<std::uint64_t> write_layer(layers::LayerResult const& result, View const& view, Store& store,
                                  ExportWish const& wish);

}  // namespace riskbild::cli
