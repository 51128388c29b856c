#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "geo_core/geometry.hpp"
#include "geo_core/report.hpp"
#include "geo_core/result.hpp"
#include "geo_core/snapshot.hpp"
#include "importers/kommun_names.hpp"
#include "importers/points/column_profile.hpp"
#include "importers/points/point_time.hpp"
#include "importers/readers/record_table.hpp"
#include "importers/readers/row_hash.hpp"
#include "importers/row_problem.hpp"

namespace riskbild::importers {

/// Where a row says that something happened, in words and as written: for a gazetteer. Empty where it does
/// not.
struct WrittenPlace {
    std::string address, stop, street, locality, area;
    [[nodiscard]] bool empty() const
    {
        return address.empty() && stop.empty() && street.empty() && locality.empty();
    }
};

/// A row understood, but for its position, which is projected many at a time.
struct InterpretedRow {
    Report report;                    ///< with its place where that is an area
    std::optional<MapPoint> written;  ///< position as written: degrees, or metres or feet of `epsg`
    std::optional<Precision>
        precision;  ///< of a position; an area's precision makes the position choose the area
    WrittenPlace words;
    /// Neither position nor area: unless the words tell, the row is set aside.
    bool needs_words = false;
};

/// Turns the fields of a table's row into a report, as a column profile says. One for each file.
class RowInterpreter {
public:
    /// \return ErrorCode::unreadable naming the needed columns that `header` lacks, ErrorCode::wrong_use for
    /// kinds that the county's tree lacks.
    static Result<RowInterpreter> make(ColumnProfile const& profile, std::vector<std::string> const& header,
                                       County const& county, std::string const& file);

    /// Columns that the profile names, the file lacks and rows can do without. \see missing_columns
    [[nodiscard]] std::vector<std::string> const& columns_left_out() const { return columns_left_out_; }

    /// When it happened, and nothing else of the row: for finding the newest. Nothing where it cannot be
    /// told.
    [[nodiscard]] std::optional<TimeInterval> occurred(std::span<std::string_view const> fields) const;

    /// Reads the row that the table stands on. \param observed for rows that do not say so themselves
    /// \return also with a problem the payload
    tl::expected<InterpretedRow, RowProblem> read(RecordTable const& table,
                                                  std::optional<Instant> override_observed, Instant observed,
                                                  Instant now);

    /// Values of the kind column that the profile does not map, with their number of rows.
    [[nodiscard]] std::map<std::string, std::uint64_t> const& unknown_kinds() const { return unknown_kinds_; }

private:
    using Column = std::optional<std::size_t>;

    RowInterpreter(ColumnProfile const& profile, County const& county) : profile_(&profile), county_(&county)
    {
    }

    /// The row as canonical JSON: `{"column":"field",…}`, columns by name.
    [[nodiscard]] std::string payload(RecordTable const& table) const;
    [[nodiscard]] std::string payload_with_extra_fields(RecordTable const& table) const;
    void read_kind(std::span<std::string_view const> fields, Report& report);
    /// The texts of a row that tell its time.
    struct WrittenTime {
        std::string_view from, to, hour;
        std::optional<std::string_view> clock;  ///< empty in a row that knows only the day
    };
    [[nodiscard]] WrittenTime written_time(std::span<std::string_view const> fields) const;
    [[nodiscard]] tl::expected<TimeInterval, TimeFault> interval_of(WrittenTime const& written) const;
    [[nodiscard]] RowProblem bad_time(WrittenTime const& written, TimeFault fault) const;
    std::string identity(std::span<std::string_view const> fields, std::string const& payload);
    std::optional<RowProblem> read_times(std::span<std::string_view const> fields,
                                         std::optional<Instant> override_observed, Instant observed,
                                         Instant now, Report& report) const;
    std::optional<RowProblem> read_place(RecordTable const& table, InterpretedRow& row) const;
    [[nodiscard]] WrittenPlace words_of(std::span<std::string_view const> fields) const;
    std::optional<RowProblem> read_position(RecordTable const& table, InterpretedRow& row) const;

    ColumnProfile const* profile_;
    County const* county_;
    std::optional<KommunNames> kommuner_;  // where a column names areas
    Column from_, to_, hour_, clock_, observed_, first_, second_, precision_, area_, address_, stop_, street_,
        locality_, kind_, link_, case_number_, context_;
    std::vector<std::size_t> id_, title_, text_, place_text_;
    std::vector<std::string> columns_left_out_;
    struct PayloadColumn {
        std::string name;
        std::string opening;  // `{"name":` or `,"name":`
        std::size_t index;
    };
    std::vector<PayloadColumn> payload_columns_;
    std::unordered_map<RowHash, std::uint32_t> alike_;  // rows so far with that content
    std::map<std::string, std::uint64_t> unknown_kinds_;
};

}  // namespace riskbild::importers
