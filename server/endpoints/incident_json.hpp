#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "geo_core/geometry.hpp"
#include "geo_core/incident.hpp"
#include "geo_core/view.hpp"
#include "server/json_text.hpp"

namespace riskbild::server {

/// One row of the schema IncidentRow, from whichever side it comes.
struct IncidentRow {
    std::string public_id;
    IncidentId number;
    KindId kind;
    TimeInterval occurred;
    Precision precision = Precision::lan;
    AreaId area = kNoArea;
    std::optional<LngLat> position;  ///< only where the place is a point
    std::uint64_t sources = 0;
    int reports = 1;
};

[[nodiscard]] IncidentRow row_of(Incident const& incident, County const& county);
void write_row(JsonText& json, IncidentRow const& row, County const& county);
/// The fields of the schema Voice, without what it gives the incident.
void write_voice(JsonText& json, Voice const& voice);

}  // namespace riskbild::server
