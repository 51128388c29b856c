#include "importers/readers/csv_table.hpp"

#include <fmt/format.h>

namespace riskbild::importers {

Result<std::unique_ptr<RecordTable>> CsvTable::open(ByteSource& source, CsvOptions const& options,
                                                    TableLimits limits)
{
    std::unique_ptr<CsvTable> table{new CsvTable{source, options, limits}};
    auto reader = CsvReader::open(source, options);
    if (!reader)
        return Failure{reader.error()};
    table->reader_ = std::move(*reader);
    return table;
}

Result<void> CsvTable::restart()
{
    if (auto again = source_->rewind(); !again)
        return again;
    auto reader = CsvReader::open(*source_, options_);
    if (!reader)
        return Failure{reader.error()};
    reader_ = std::move(*reader);
    return {};
}

RecordFault CsvTable::unreadable() const
{
    switch (reader_->problem()) {
        case CsvReader::Problem::bad_quotes:
            return {"bad_quotes", fmt::format("line {}: text behind a closing quote", reader_->line())};
        case CsvReader::Problem::not_text:
            return {"not_text", fmt::format("line {}: holds a NUL byte", reader_->line())};
        default:
            return {"wrong_columns", fmt::format("line {}: has {} fields, expected {}", reader_->line(),
                                                 fields().size(), columns().size())};
    }
}

std::string CsvTable::form() const
{
    return fmt::format("fields separated by {}{}", separator_name(separator()),
                       reader_->is_utf16() ? ", UTF-16" : "");
}

std::vector<std::string> CsvTable::notes() const
{
    if (converted() == 0)
        return {};
    return {fmt::format("not UTF-8 and read as Windows-1252: {} {}", converted(),
                        converted() == 1 ? "row" : "rows")};
}

std::string_view separator_name(char separator)
{
    switch (separator) {
        case ';':
            return "semicolons";
        case '\t':
            return "tabs";
        case '|':
            return "vertical bars";
        default:
            return "commas";
    }
}

}  // namespace riskbild::importers
