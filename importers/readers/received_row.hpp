#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "importers/readers/record_table.hpp"

namespace riskbild::importers {

/// One row as the store kept it, with or without corrections, as a table of one record.
class ReceivedRow : public RecordTable {
public:
    using Fields = std::vector<std::pair<std::string, std::string>>;

    /// \param heading of the file that it came from; other fields are extra ones
    /// \param epsg of the column `geometry`
    ReceivedRow(std::vector<std::string> heading, Fields const& fields, int epsg);

    [[nodiscard]] std::vector<std::string> const& columns() const override { return heading_; }
    [[nodiscard]] std::span<std::string_view const> fields() const override { return fields_; }
    [[nodiscard]] std::span<ExtraField const> extra_fields() const override { return extra_; }
    [[nodiscard]] std::optional<MapPoint> point() const override { return point_; }
    [[nodiscard]] int point_epsg() const override { return epsg_; }
    [[nodiscard]] bool has_geometry() const override;
    [[nodiscard]] std::string form() const override { return "a row as received"; }

private:
    Result<bool> advance() override { return std::exchange(is_before_, false); }
    Result<void> restart() override;
    [[nodiscard]] std::string const& name() const override { return name_; }

    std::string name_ = "the row";
    std::vector<std::string> heading_;
    std::vector<std::string> texts_;
    std::vector<std::string_view> fields_;
    std::vector<ExtraField> extra_;
    std::optional<MapPoint> point_;
    int epsg_;
    bool is_before_ = true;
};

}  // namespace riskbild::importers
