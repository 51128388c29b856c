#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "geo_core/geometry.hpp"
#include "geo_core/result.hpp"
#include "geo_core/time.hpp"
#include "importers/readers/json_value.hpp"

namespace riskbild::importers {

/// One event of https://polisen.se/api/events, field by field, as received.
///
///     id               372362, the source's own id; the rest of the event may be revised under it
///     datetime         "2022-10-08 7:03:04 +02:00", when it was published; the hour has one digit or two
///     name             "29 september 19:48, Mord/dråp, försök, Enköping": when, what and where it happened
///     summary          free text, may name persons
///     url              "/aktuellt/handelser/…", below https://polisen.se
///     type             "Mord/dråp, försök"; \see police_types.hpp
///     location.name    the kommun, since 20 January 2026 always the län
///     location.gps     "lat,lng" of the middle of that kommun or län: never the place of the event
struct PoliceEvent {
    std::string id;
    std::string datetime;
    std::string name;
    std::string summary;
    std::string url;
    std::string type;
    std::string location_name;
    std::string location_gps;
};

/// A record of a file: the event, and when it was seen where the file says so. Files of revisions wrap
/// events as `{"rev": 1, "seen_unix": 1679810038, "commit": "…", "event": {…}}`.
struct PoliceRecord {
    JsonValue const* event = nullptr;  ///< within the record
    std::optional<Instant> seen;
};

[[nodiscard]] PoliceRecord unwrap_police_record(JsonValue const& record);

/// Whether an object has at least two of the keys of an event, so that it is one, perhaps a broken one.
[[nodiscard]] bool resembles_police_event(JsonValue const& event);

/// \return ErrorCode::unreadable with the key at fault in `field` where `id`, `datetime` or `name` is
/// missing or of the wrong type. The other keys may be missing.
Result<PoliceEvent> read_police_event(JsonValue const& event);

/// "59.635691,17.077823". \return nothing for anything else.
[[nodiscard]] std::optional<LngLat> parse_gps(std::string_view text);

/// The page of an event; empty for a `url` that does not lead to polisen.se.
[[nodiscard]] std::string police_link(std::string_view url);

}  // namespace riskbild::importers
