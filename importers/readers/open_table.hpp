#pragma once

#include <functional>
#include <memory>
#include <string>

#include "importers/readers/byte_source.hpp"
#include "importers/readers/csv_reader.hpp"
#include "importers/readers/record_table.hpp"

namespace riskbild::importers {

struct TableOptions {
    CsvOptions csv;     ///< for CSV alone
    std::string layer;  ///< sheet of a spreadsheet, layer of a map or database; empty: the only one with rows
    TableLimits limits;
};

/// Opens a table of any format that is read: CSV (also UTF-16), JSON, JSON Lines, GeoJSON, XLSX, ODS, XLS,
/// shapefile (also in a ZIP archive), GeoPackage, FlatGeobuf, KML, KMZ, GML. The content tells which; a
/// name's ending never does. \param source must outlive the table \return ErrorCode::unreadable for what is
/// none of them, among them files that only name other files (VRT)
Result<std::unique_ptr<RecordTable>> open_table(ByteSource& source, TableOptions const& options);

/// Opens a table from its beginning, as often as it is asked.
using OpenTable = std::function<Result<std::unique_ptr<RecordTable>>(CsvOptions const&)>;

}  // namespace riskbild::importers
