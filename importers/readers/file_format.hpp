#pragma once

#include "geo_core/result.hpp"
#include "importers/readers/byte_source.hpp"

namespace riskbild::importers {

/// Formats that are read.
enum class FileFormat { csv, json, xlsx, ods, xls, shapefile, geopackage, flatgeobuf, kml, gml };

/// What a file is. Its content tells; its name's ending never does. What is nothing else is CSV.
/// \return ErrorCode::unreadable for XML and archives that are none of them, among them files that only name
/// other files (VRT); ErrorCode::wrong_use for an archive of several files
Result<FileFormat> format_of(ByteSource& source);

[[nodiscard]] bool is_spreadsheet(FileFormat format);

}  // namespace riskbild::importers
