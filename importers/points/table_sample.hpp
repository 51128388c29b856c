#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/time.hpp"
#include "importers/points/point_time.hpp"
#include "importers/readers/record_table.hpp"

namespace riskbild::importers {

/// Some rows of a table, kept: the first 4 000 and every 97th behind them, so that what only begins later is
/// seen. A table itself, whose rows have the numbers that they have in the file.
class TableSample : public RecordTable {
public:
    static Result<std::unique_ptr<TableSample>> of(RecordTable& table);

    struct Row {
        std::uint64_t number = 0;
        std::vector<std::string> fields;
        std::optional<MapPoint> point;
    };
    [[nodiscard]] std::vector<Row> const& rows() const { return rows_; }
    /// The number in the file of the row that `next()` has come to.
    [[nodiscard]] std::uint64_t number() const { return rows_[at_ - 1].number; }
    /// How many rows were gone through, and whether that was all of them.
    [[nodiscard]] std::uint64_t looked_through() const { return looked_through_; }
    [[nodiscard]] bool is_whole() const { return is_whole_; }
    /// Rows that the reader could not take apart; not among `rows()`.
    [[nodiscard]] std::map<std::string, std::uint64_t> const& unreadable_rows() const { return unreadable_; }

    [[nodiscard]] std::vector<std::string> const& columns() const override { return columns_; }
    [[nodiscard]] std::span<std::string_view const> fields() const override { return fields_; }
    [[nodiscard]] std::optional<MapPoint> point() const override { return rows_[at_ - 1].point; }
    [[nodiscard]] int point_epsg() const override { return epsg_; }
    [[nodiscard]] bool has_geometry() const override { return has_geometry_; }
    [[nodiscard]] std::string form() const override { return form_; }

private:
    TableSample() : RecordTable(TableLimits{}) {}
    Result<bool> advance() override;
    Result<void> restart() override;
    [[nodiscard]] std::string const& name() const override { return form_; }

    std::vector<std::string> columns_;
    std::vector<Row> rows_;
    std::vector<std::string_view> fields_;
    std::size_t at_ = 0;  // rows handed out
    std::uint64_t looked_through_ = 0;
    bool is_whole_ = true;
    std::map<std::string, std::uint64_t> unreadable_;
    int epsg_ = 0;
    bool has_geometry_ = false;
    std::string form_;
};

/// What the fields of one column of a sample are like. Counts are of fields that are not empty.
struct ColumnFacts {
    std::string name;
    std::string lower_name;
    std::size_t index = 0;
    std::size_t rows = 0;
    std::size_t filled = 0;
    std::size_t distinct = 0;
    std::size_t numbers = 0;  ///< with a decimal point or comma
    std::size_t whole_numbers = 0;
    std::size_t most_decimals = 0;
    std::size_t clocks = 0;  ///< `22:15`
    std::size_t hours = 0;   ///< 0 to 23
    std::size_t links = 0;
    std::size_t sentences = 0;  ///< three words or more
    double mean_length = 0;
    struct Times {
        std::size_t iso = 0, day_first = 0, month_first = 0;
        std::size_t only_day_first = 0, only_month_first = 0;  ///< proven by a value above 12
        std::size_t with_time = 0;                             ///< of day
        std::size_t at_full_hour = 0;
        std::size_t at_midnight = 0;
        std::string ambiguous_example;
    } times;
    std::vector<std::pair<std::string, std::uint64_t>> values;  ///< most frequent first, at most 500

    [[nodiscard]] double share(std::size_t count) const
    {
        return filled == 0 ? 0.0 : static_cast<double>(count) / static_cast<double>(filled);
    }
    /// Fields that are a time in one style or another.
    [[nodiscard]] std::size_t dates() const
    {
        return times.iso + std::max(times.day_first, times.month_first);
    }
    /// Whether the heading has one of these words, or begins or ends with one that is longer than three
    /// letters.
    [[nodiscard]] bool is_called(std::span<std::string_view const> words) const;
    [[nodiscard]] bool is_called(std::initializer_list<std::string_view> words) const
    {
        return is_called(std::span{words.begin(), words.size()});
    }
};

[[nodiscard]] std::vector<ColumnFacts> facts_of(TableSample const& sample, TimeZone const& zone);

/// Whether a heading cannot be one, because it holds a number or a date: then the file has none.
[[nodiscard]] bool looks_like_a_row(std::vector<std::string> const& heading);

}  // namespace riskbild::importers
