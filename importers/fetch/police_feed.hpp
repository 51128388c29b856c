#pragma once

#include <optional>
#include <string>

#include "geo_core/result.hpp"
#include "importers/fetch/fetch_schedule.hpp"

namespace riskbild::importers {

/// Where the police publish their events, `https://polisen.se/api/events`.
extern char const* const kPoliceEvents;

/// The police's own rules for programs: at least 10 s between calls, at most 60 an hour and 1 440 a day.
[[nodiscard]] FetchRules police_rules();

/// The address to ask. \param base kPoliceEvents, or another \param location a kommun or län, such as
/// `Uppsala län`; several with semicolons; empty: the whole country
/// \param period empty for the 500 latest, or a day, month or year of the past: `2026-04-01`, `2026-04`
/// \return ErrorCode::wrong_use for a period that is none, or an address that is not asked
Result<std::string> police_address(std::string const& base, std::string const& location,
                                   std::string const& period);

}  // namespace riskbild::importers
