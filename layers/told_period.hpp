#pragma once

#include <cstdint>
#include <optional>

#include "geo_core/view.hpp"

namespace riskbild::layers {

/// The local days that the filter's sources tell anything of, whatever kind, hour or area: from the first to
/// one past the last. A quiet year of the chosen kind lies in it; a year that a source has not sent does not.
/// The filter's own period plays no part. Nothing when the sources tell nothing.
/// \return ErrorCode::forbidden where the role has no free filter, ErrorCode::wrong_use for an unknown source
Result<std::optional<Period>> told_period(View const& view, Filter const& filter);

/// How many days of a period are of some weekdays (as Filter::weekdays; 0: all).
[[nodiscard]] std::uint32_t counted_days(Period const& period, std::uint8_t weekdays);

/// Days that are in both; nothing when none is.
[[nodiscard]] std::optional<Period> common_days(Period const& a, Period const& b);

}  // namespace riskbild::layers
