#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/result.hpp"
#include "importers/readers/encoding.hpp"
#include "importers/readers/read_window.hpp"

namespace riskbild::importers {

struct CsvOptions {
    char separator = '\0';  ///< `,`, `;`, tab or `|`; NUL = found out from the first lines
    Encoding encoding = Encoding::automatic;
    std::vector<std::string>
        columns;  ///< names for a file without a header; empty = its first record names them
};

/// The records of a CSV file (RFC 4180: quotes, doubled quotes, line breaks inside quotes), one at a
/// time, without copying. Lines may end in LF or CRLF; lines that are empty or of separators alone are
/// skipped. Tolerant where only one record is at fault: `problem()` tells, and reading goes on.
///
///     auto reader = CsvReader::open(source, {});
///     while (true) {
///         auto const more = reader->next();
///         if (!more) return Failure{more.error()};
///         if (!*more) break;
///         use(reader->fields());
///     }
class CsvReader {
public:
    /// \param source must outlive the reader
    /// \return ErrorCode::unreadable for a source without a single record or that is not text.
    static Result<CsvReader> open(ByteSource& source, CsvOptions options);

    [[nodiscard]] std::vector<std::string> const& columns() const { return columns_; }
    [[nodiscard]] char separator() const { return separator_; }
    [[nodiscard]] bool is_utf16() const { return window_.utf16() != ReadWindow::Utf16::no; }

    /// Reads the next record. \return false at the end; ErrorCode::unreadable for a quote that is never
    /// closed, ErrorCode::too_large for a record above `kRecordLimit`, naming row and line.
    Result<bool> next();

    /// As many as there are columns when `problem()` is empty. Valid until `next()`. Always UTF-8.
    [[nodiscard]] std::span<std::string_view const> fields() const { return fields_; }
    /// 1 = the first record after the header.
    [[nodiscard]] std::uint64_t row() const { return row_; }
    /// Line on which the record begins, 1 = the first of the file.
    [[nodiscard]] std::uint64_t line() const { return record_line_; }

    enum class Problem { none, wrong_columns, bad_quotes, not_text };
    [[nodiscard]] Problem problem() const { return problem_; }

    /// Records so far that were not UTF-8 and were read as Windows-1252.
    [[nodiscard]] std::uint64_t converted() const { return converted_; }

private:
    CsvReader(ByteSource& source, CsvOptions options) : window_(source), options_(std::move(options)) {}

    Result<bool> next_record();
    Result<std::size_t> find_record_end();
    void split_plain(std::string_view record);
    void split_quoted(char* record, std::size_t size);
    void decode(std::string_view record);

    ReadWindow window_;
    CsvOptions options_;
    char separator_ = ',';
    std::vector<std::string> columns_;
    std::vector<std::string_view> fields_;
    std::string decoded_;            // fields of a record that had to be converted
    std::size_t consumed_next_ = 0;  // bytes of the record that `fields_` still looks into
    bool record_has_quotes_ = false;
    Problem problem_ = Problem::none;
    std::uint64_t row_ = 0;
    std::uint64_t line_ = 1;  // of the next record
    std::uint64_t record_line_ = 1;
    std::uint64_t record_lines_ = 1;  // lines that the record found spans
    std::uint64_t converted_ = 0;
};

/// The separator that splits the first lines of `sample` into the same number of fields most often;
/// a comma when none does.
[[nodiscard]] char detect_separator(std::string_view sample);

}  // namespace riskbild::importers
