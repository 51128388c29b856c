#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>

#include "importers/readers/json_records.hpp"
#include "importers/readers/record_table.hpp"

namespace riskbild::importers {

/// Objects of JSON as a table: an array, JSON Lines, GeoJSON (also one feature a line).
///
/// An object within an object gives columns such as `location.name`, a list of plain values one field,
/// joined by commas. Columns are those of the first 1 000 records; what later ones have beside them are
/// their `extra_fields()`. Of GeoJSON the properties are the columns, with `geometry` and, where features
/// have one, `id`.
class JsonTable : public RecordTable {
public:
    /// \param source must outlive the table
    /// \return ErrorCode::unreadable also for GeoJSON that points elsewhere for its coordinate system.
    static Result<std::unique_ptr<RecordTable>> open(ByteSource& source, TableLimits limits);

    [[nodiscard]] std::vector<std::string> const& columns() const override { return columns_; }
    [[nodiscard]] std::span<std::string_view const> fields() const override
    {
        return is_readable() ? std::span<std::string_view const>{fields_} : std::span{&broken_line_, 1};
    }
    [[nodiscard]] std::span<ExtraField const> extra_fields() const override { return extra_; }
    [[nodiscard]] std::optional<MapPoint> point() const override { return point_; }
    [[nodiscard]] int point_epsg() const override { return is_geojson_ ? epsg_ : 0; }
    [[nodiscard]] bool has_geometry() const override { return is_geojson_; }
    [[nodiscard]] std::string form() const override;
    [[nodiscard]] std::vector<std::string> notes() const override;

private:
    JsonTable(ByteSource& source, TableLimits limits) : RecordTable(limits), source_(&source) {}

    Result<bool> advance() override;
    Result<void> restart() override;
    [[nodiscard]] bool is_readable() const override { return records_->fault().empty(); }
    [[nodiscard]] RecordFault unreadable() const override { return {"bad_record", records_->fault()}; }
    [[nodiscard]] std::string const& name() const override { return source_->name(); }

    Result<void> find_columns();
    Result<void> read_crs();
    void flatten(JsonValue const& value, std::string const& name);
    void flatten_record();
    void put(std::string const& column, std::string text);

    ByteSource* source_;
    std::optional<JsonRecords> records_;
    bool is_geojson_ = false;
    int epsg_ = 4326;  // RFC 7946
    std::string geometry_column_, feature_id_column_;
    std::vector<std::string> columns_;
    std::map<std::string, std::size_t, std::less<>> index_;
    bool finding_columns_ = false;
    std::vector<std::string> texts_;
    std::vector<std::string_view> fields_;
    std::string_view broken_line_;
    std::vector<ExtraField> extra_;
    std::optional<MapPoint> point_;
    std::set<std::string> late_columns_;
    std::uint64_t rows_with_late_columns_ = 0;
};

/// The number in a name of a coordinate system as GeoJSON and GML write it: `urn:ogc:def:crs:EPSG::3006`,
/// `EPSG:3006`, `http://www.opengis.net/def/crs/EPSG/0/3006`, `urn:ogc:def:crs:OGC:1.3:CRS84`.
[[nodiscard]] std::optional<int> epsg_in(std::string_view name);

}  // namespace riskbild::importers
