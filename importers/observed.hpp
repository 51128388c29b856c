#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "geo_core/time.hpp"

namespace riskbild::importers {

/// The moment in a file's name, such as `events_20250402T143013Z_f25f.json.gz`: when it was fetched.
[[nodiscard]] std::optional<Instant> file_stamp(std::string_view file_name);

/// Whether a source can have said something then: from 1990 to a day after now (clocks differ by hours).
[[nodiscard]] bool can_be_observed(Instant observed_at, Instant now);

/// The time of a report that cannot be right, and why not. The sentence does not name `now`: a row is refused
/// in the same words whenever it is imported.
struct ImplausibleTime {
    enum class Which { observed, from, to };
    Which which;
    std::string message;
};

/// Looks at when something happened, when it was observed, and now: nothing begins before 1990 or more than a
/// day after either, and nothing ends more than a civil day later than it may begin now.
[[nodiscard]] std::optional<ImplausibleTime> implausible_time(TimeInterval const& occurred,
                                                              Instant observed_at, Instant now);

}  // namespace riskbild::importers
