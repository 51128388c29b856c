#pragma once

#include <memory>
#include <string>
#include <vector>

#include "importers/readers/byte_source.hpp"
#include "importers/readers/file_format.hpp"
#include "importers/readers/record_table.hpp"

namespace riskbild::importers {

/// Opens a table with GDAL, which can reach nothing but that file. \see OgrFile
///
/// Spreadsheets: the heading is the first row about as wide as the table; rows above it are said and passed
/// over. Empty rows are left out, formulas read as the value that was saved with them.
/// \param layer sheet or layer; empty: the only one that has rows
/// \return ErrorCode::wrong_use (field `layer`) listing the layers with their rows where none or a wrong one
/// is named, ErrorCode::unreadable for what cannot be opened, a layer without columns, a store of ours.
Result<std::unique_ptr<RecordTable>> open_ogr_table(ByteSource& source, FileFormat format,
                                                    std::string const& layer, TableLimits limits);

/// A table of PostgreSQL or PostGIS, only ever by what a person typed: `PG:dbname=county host=…`.
Result<std::unique_ptr<RecordTable>> open_database_table(std::string const& connection,
                                                         std::string const& layer, TableLimits limits);

/// `PG:` in front: a connection, no file.
[[nodiscard]] bool is_database(std::string const& input);

/// What a connection is called in messages and in the store: its database, never its password.
[[nodiscard]] std::string database_name(std::string const& connection);

}  // namespace riskbild::importers
