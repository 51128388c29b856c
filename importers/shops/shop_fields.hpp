#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/result.hpp"
#include "geo_core/time.hpp"
#include "importers/shops/security_points.hpp"

namespace riskbild::importers {

/// Which column of a register of shops is what, found by their headings.
struct ShopColumns {
    std::size_t name = 0;
    std::optional<std::size_t> id, kind, chain, address, postcode, locality, kommun;
    std::optional<std::size_t> lng, lat;     ///< degrees
    std::optional<std::size_t> east, north;  ///< metres of SWEREF 99 TM
    std::optional<std::size_t> certified_from, certified_to, inspected;
    /// Of each security point its column, where there is one.
    std::vector<std::optional<std::size_t>> points;
};

/// \return ErrorCode::unreadable naming the columns that there are and what is expected
Result<ShopColumns> shop_columns(std::vector<std::string> const& headings, SecurityPoints const& points,
                                 std::string const& file);

/// Whether a point is met, as registers write it: `ja`, `x`, `1`, `uppfylld`; `nej`, `0`, `saknas`; `delvis`
/// (half). No value where it was not looked at. \return nothing for what cannot be understood
struct PointAnswer {
    std::optional<double> met;
    bool operator==(PointAnswer const&) const = default;
};
[[nodiscard]] std::optional<PointAnswer> parse_point_answer(std::string_view written);

/// `2024-03-01`, also with a time of day behind, as spreadsheets have it.
[[nodiscard]] std::optional<LocalDate> parse_register_date(std::string_view written);

}  // namespace riskbild::importers
