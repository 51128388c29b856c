#include "importers/readers/open_table.hpp"

#include "importers/readers/csv_table.hpp"
#include "importers/readers/file_format.hpp"
#include "importers/readers/json_table.hpp"
#include "importers/readers/ogr_table.hpp"

namespace riskbild::importers {

Result<std::unique_ptr<RecordTable>> open_table(ByteSource& source, TableOptions const& options)
{
    auto const format = format_of(source);
    if (!format)
        return Failure{format.error()};
    switch (*format) {
        case FileFormat::csv:
            return CsvTable::open(source, options.csv, options.limits);
        case FileFormat::json:
            return JsonTable::open(source, options.limits);
        default:
            return open_ogr_table(source, *format, options.layer, options.limits);
    }
}

}  // namespace riskbild::importers
