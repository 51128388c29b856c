#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "geo_core/result.hpp"
#include "geo_core/store/store.hpp"
#include "layers/layer_catalogue.hpp"

namespace riskbild::cli {

/// File formats by ending. A surface is a grid: `.tif`, `.tiff` (GeoTIFF, Float64, the store's coordinate
/// system) or `.csv` (cell centres). Areas and places are rows: `.gpkg` (the store's coordinate system),
/// `.geojson` (degrees, RFC 7946) or `.csv` (metres).
/// \return ErrorCode::wrong_use listing the endings that suit, in `out`
Result<void> check_ending(layers::LayerShape shape, std::filesystem::path const& file);

/// The files that an export to `out` makes: itself, and beside a CSV `…csv-metadata.json`.
[[nodiscard]] std::vector<std::filesystem::path> files_of_export(std::filesystem::path const& out);

/// Writes a layer's answer with its unit, n, what was left out and the period: as metadata of the GeoTIFF or
/// GeoPackage layer, as members of the GeoJSON collection, in the metadata file of the CSV. Each file is
/// there whole or not at all. Places get an address from the store, as far as the view may see it. \param
/// force replace a file that exists \return its size in bytes; ErrorCode::wrong_use for the ending or an
/// existing file, unwritable, full
Result<std::uint64_t> write_layer(layers::LayerResult const& result, View const& view, Store& store,
                                  std::filesystem::path const& file, bool force);

}  // namespace riskbild::cli
