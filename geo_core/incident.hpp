#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo_core/ids.hpp"
#include "geo_core/report.hpp"
#include "geo_core/time.hpp"

namespace riskbild {

/// What happened, told by one report or more. Each field says which report gave it: best precision
/// gives the place, narrowest interval the time, source rank the kind.
struct Incident {
    IncidentId id;          ///< that of its oldest report; absorbed ids stay as aliases
    std::string public_id;  ///< for links and exports; from the lowest report key
    KindId kind;
    TimeInterval occurred;
    Place place;
    std::uint64_t sources = 0;  ///< bit set over SourceId
    std::uint8_t reports = 1;   ///< number of reports, 255 = 255 or more
    ReportKey kind_from;
    ReportKey time_from;
    ReportKey place_from;
};

/// One report as the incident card shows it.
struct Voice {
    ReportKey key;
    std::string kind_code;
    std::string kind_rule{};  ///< \see Report, as the next two
    int kind_confidence = 100;
    TimeInterval occurred;
    Precision precision = Precision::lan;
    std::string place_rule{};
    std::string place_text;
    std::string title;
    std::string text;
    std::string link;
    std::string case_number;
    Instant first_seen;
    Instant last_seen;
    int versions = 1;  ///< how many differently worded versions the store keeps
};

/// An incident with everything its sources say.
struct IncidentDetails {
    Incident incident;
    std::vector<Voice> voices;  ///< in order of report key
};

}  // namespace riskbild
