#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/geometry.hpp"
#include "geo_core/result.hpp"

namespace riskbild::importers {

/// How much a table may hold, so that a mistake or a file made to harm ends with a sentence.
struct TableLimits {
    std::uint64_t rows = 20'000'000;
    std::size_t field_bytes = std::size_t{1} << 20;  ///< a row with a longer one is set aside
};

/// More columns than any table has.
inline constexpr std::size_t kMostColumns = 4096;

/// Why a record cannot be read though the next ones may; `reason` is a code as in SetAside.
struct RecordFault {
    std::string reason;
    std::string message;
};

/// A field under a heading that the first records did not have.
struct ExtraField {
    std::string column;
    std::string text;
};

/// The records of a table one at a time, whatever the file's format: CSV, JSON, GeoJSON, a spreadsheet, a
/// map layer, a database. Every field is a text in UTF-8: numbers as they are written, without exponents;
/// times as `2025-01-31 22:15:00`; what is not there is empty. A geometry is the column `geometry`, in
/// well-known text, and where it is a point also `point()`.
///
///     auto table = open_table(source, {});
///     while (true) {
///         auto const more = (*table)->next();
///         if (!more) return Failure{more.error()};
///         if (!*more) break;
///         use((*table)->fields());
///     }
class RecordTable {
public:
    explicit RecordTable(TableLimits limits) : limits_(limits) {}
    RecordTable(RecordTable const&) = delete;
    RecordTable& operator=(RecordTable const&) = delete;
    virtual ~RecordTable() = default;

    [[nodiscard]] virtual std::vector<std::string> const& columns() const = 0;

    /// Reads the next record. \return false at the end; ErrorCode::unreadable where the rest cannot be read,
    /// ErrorCode::too_large for more rows than the limit.
    Result<bool> next();
    /// Starts again before the first record.
    Result<void> rewind();

    /// As many as there are columns where `fault()` is empty. Valid until `next()`.
    [[nodiscard]] virtual std::span<std::string_view const> fields() const = 0;
    /// Fields of this record that no column is for.
    [[nodiscard]] virtual std::span<ExtraField const> extra_fields() const { return {}; }
    /// 1 = the first record below the heading; lines without any content are not counted.
    [[nodiscard]] std::uint64_t row() const { return row_; }
    /// What is wrong with this record; nothing where it can be used.
    [[nodiscard]] std::optional<RecordFault> fault() const;
    [[nodiscard]] bool is_good() const { return !too_long_ && is_readable(); }

    /// The record's point, as written: east and north, or longitude and latitude, of `point_epsg()`.
    [[nodiscard]] virtual std::optional<MapPoint> point() const { return std::nullopt; }
    /// The coordinate system of `point()`; 0 where the file has no geometry or does not say.
    [[nodiscard]] virtual int point_epsg() const { return 0; }
    /// Whether there is a column `geometry`.
    [[nodiscard]] virtual bool has_geometry() const { return false; }

    /// How the table is written, for people: `fields separated by semicolons, gzip`, `XLSX, sheet Blad1`.
    [[nodiscard]] virtual std::string form() const = 0;
    /// What was noticed so far beside that: records in another encoding, geometries that are no points.
    [[nodiscard]] virtual std::vector<std::string> notes() const { return {}; }

protected:
    virtual Result<bool> advance() = 0;
    virtual Result<void> restart() = 0;
    /// Of this record.
    [[nodiscard]] virtual bool is_readable() const { return true; }
    [[nodiscard]] virtual RecordFault unreadable() const { return {}; }
    /// For messages.
    [[nodiscard]] virtual std::string const& name() const = 0;

private:
    TableLimits limits_;
    std::uint64_t row_ = 0;
    bool too_long_ = false;
};

/// The name of the column that holds a geometry, where no other column is called so.
inline constexpr std::string_view kGeometryColumn = "geometry";

/// Makes names of headings: trimmed, `column_3` where one is empty, `name_2` where one was there before.
void name_columns(std::vector<std::string>& columns);
/// What a field is called: its heading, or `column_4` of the fourth one of a row that has more fields than
/// that.
[[nodiscard]] std::string column_name(std::vector<std::string> const& columns, std::size_t index);

/// `POINT (17.6389 59.8586)`
[[nodiscard]] std::string point_text(std::string_view x, std::string_view y);

}  // namespace riskbild::importers
