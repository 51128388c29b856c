#pragma once

#include <optional>
#include <string_view>

#include "geo_core/time.hpp"

namespace riskbild::importers {

/// `07:05:00`, `7:05:00` or `25:10:00`, an hour past midnight of the next day, in seconds since the service
/// day began. Nothing for anything else, and for a week or more.
[[nodiscard]] std::optional<int> parse_gtfs_time(std::string_view text);

/// `20231014`.
[[nodiscard]] std::optional<date::sys_days> parse_gtfs_date(std::string_view text);

}  // namespace riskbild::importers
