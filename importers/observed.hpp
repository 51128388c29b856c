#pragma once

#include <optional>
#include <string_view>

#include "geo_core/time.hpp"

namespace riskbild::importers {

/// The moment in a file's name, such as `events_20250402T143013Z_f25f.json.gz`: when it was fetched.
[[nodiscard]] std::optional<Instant> file_stamp(std::string_view file_name);

/// Whether something can have happened at `from`, going by when it was told of and by today: not before
/// 1990, and not more than a day later than either (clocks and publication differ by hours).
[[nodiscard]] bool is_plausible(Instant from, Instant observed_at, Instant now);

}  // namespace riskbild::importers
