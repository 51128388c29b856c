#pragma once

#include <optional>
#include <string>

#include "geo_core/result.hpp"
#include "geo_core/store/store.hpp"
#include "geo_core/time.hpp"
#include "importers/fetch/fetch_schedule.hpp"
#include "importers/kind_rules.hpp"
#include "importers/readers/byte_source.hpp"

namespace riskbild::importers {

struct AlertsOptions {
    std::string source_name = "transit_alerts";
    std::optional<Instant> observed{};  ///< overrides what feed and file name say
    Instant now;
};

/// Takes in the alerts of one GTFS-Realtime feed, protobuf or JSON, in one transaction. Few are incidents (a
/// police operation, damage): most are kept as context. Where they are tell the stops that the store knows
/// from GTFS. Oddities: README.md beside this file.
/// \return ErrorCode::unreadable for what is no feed or cut off, ErrorCode::too_large above 64 MB
Result<ImportReport> import_alerts(Store& store, ByteSource& source, KindRules const& kinds,
                                   AlertsOptions const& options);

/// How often an operator's feed of alerts is asked at most: they change within minutes, not seconds.
[[nodiscard]] FetchRules alerts_rules();

}  // namespace riskbild::importers
