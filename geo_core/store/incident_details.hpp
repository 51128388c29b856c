#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "geo_core/incident.hpp"
#include "geo_core/snapshot.hpp"
#include "geo_core/store/sqlite_handle.hpp"

namespace riskbild::store {

/// The incident that a link means today, also by an absorbed id or a former public id.
[[nodiscard]] std::optional<IncidentId> present_incident(Connection& connection, IncidentId id);
[[nodiscard]] std::optional<IncidentId> present_incident(Connection& connection,
                                                         std::string const& public_id);

/// An incident with what its sources say. Whether the caller may read it is asked before.
/// \pre within a transaction; the incident is there
[[nodiscard]] IncidentDetails read_details(Connection& connection, County const& county, IncidentId id);

/// What the current version of one report says. Throws ErrorCode::damaged where it is missing.
[[nodiscard]] Voice read_voice_of(Connection& connection, County const& county, std::int64_t report);

}  // namespace riskbild::store
