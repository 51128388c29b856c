#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace riskbild::importers {

using Members = std::vector<std::pair<std::string, std::string>>;  // name, bytes

/// A ZIP archive of these files, under just these names.
std::string zip_of(Members const& members);
/// The same bytes as bzip2, xz or zstd would write them.
enum class Packer { bzip2, xz, zstd };
std::string packed(std::string_view plain, Packer packer);

/// A cell of a sheet made by hand: text, `=` and a value for a formula, `#` and a number for a date.
using Cells = std::vector<std::vector<std::string>>;
/// An XLSX file of these sheets, such as Excel writes it; `merged` as in `A1:C1`.
std::string xlsx_of(std::vector<std::pair<std::string, Cells>> const& sheets, std::string const& merged = {});

struct MapPointRow {
    double x = 0, y = 0;
    std::map<std::string, std::string> fields;
};
/// A map layer, written by GDAL. \param epsg 0: none is told
void write_layer(std::filesystem::path const& file, char const* driver, char const* layer, int epsg,
                 std::vector<MapPointRow> const& rows, bool with_geometry = true);
/// The first layer of a map as one more layer of another, written by GDAL.
void copy_layer(std::filesystem::path const& from, std::filesystem::path const& to, char const* driver,
                char const* layer);

}  // namespace riskbild::importers
