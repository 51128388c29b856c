#pragma once

#include <memory>
#include <optional>

#include "importers/readers/csv_reader.hpp"
#include "importers/readers/record_table.hpp"

namespace riskbild::importers {

/// A CSV file as a table. \see CsvReader
class CsvTable : public RecordTable {
public:
    /// \param source must outlive the table
    static Result<std::unique_ptr<RecordTable>> open(ByteSource& source, CsvOptions const& options,
                                                     TableLimits limits);

    [[nodiscard]] std::vector<std::string> const& columns() const override { return reader_->columns(); }
    [[nodiscard]] std::span<std::string_view const> fields() const override { return reader_->fields(); }
    [[nodiscard]] std::string form() const override;
    [[nodiscard]] std::vector<std::string> notes() const override;
    [[nodiscard]] char separator() const { return reader_->separator(); }
    [[nodiscard]] std::uint64_t converted() const { return reader_->converted(); }

private:
    CsvTable(ByteSource& source, CsvOptions options, TableLimits limits)
        : RecordTable(limits), source_(&source), options_(std::move(options))
    {
    }

    Result<bool> advance() override { return reader_->next(); }
    Result<void> restart() override;
    [[nodiscard]] bool is_readable() const override { return reader_->problem() == CsvReader::Problem::none; }
    [[nodiscard]] RecordFault unreadable() const override;
    [[nodiscard]] std::string const& name() const override { return source_->name(); }

    ByteSource* source_;
    CsvOptions options_;
    std::optional<CsvReader> reader_;
};

/// `semicolons`
[[nodiscard]] std::string_view separator_name(char separator);

}  // namespace riskbild::importers
