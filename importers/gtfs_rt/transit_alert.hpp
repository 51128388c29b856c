#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/result.hpp"
#include "geo_core/time.hpp"

namespace riskbild::importers {

/// A text in one language; `language` as BCP 47 has it (`sv`), or empty.
struct Translation {
    std::string language;
    std::string text;
    bool operator==(Translation const&) const = default;
};

/// What an alert concerns; what is not told is empty.
struct AlertEntity {
    std::string agency, route, trip, stop;
    bool operator==(AlertEntity const&) const = default;
};

/// One alert of public transport, as GTFS-Realtime has it: something is not as usual, since when, where, why.
struct TransitAlert {
    struct Period {
        std::optional<Instant> from, to;
        bool operator==(Period const&) const = default;
    };
    std::string id;  ///< the entity's; unique within one feed only
    std::vector<Period> periods;
    std::vector<AlertEntity> concerns;
    std::string cause = "unknown_cause";    ///< in lower case: `police_activity`
    std::string effect = "unknown_effect";  ///< in lower case: `detour`
    std::vector<Translation> header, description, url;
    bool operator==(TransitAlert const&) const = default;

    /// When its first period begins, and its last; nothing where none tells.
    [[nodiscard]] std::optional<Instant> first_start() const;
    [[nodiscard]] std::optional<Instant> last_start() const;
};

/// A feed as it was answered once.
struct AlertFeed {
    std::optional<Instant> timestamp;  ///< when it was made, as it says
    std::vector<TransitAlert> alerts;  ///< in the feed's order
    std::uint64_t other_entities = 0;  ///< trip updates, vehicle positions …, which are not read
    std::uint64_t deleted = 0;         ///< entities that say only that they are gone
    bool operator==(AlertFeed const&) const = default;
};

/// The names of GTFS-Realtime for a number of its lists, in lower case; `cause_99` for one that it lacks.
[[nodiscard]] std::string cause_name(std::int64_t number);
[[nodiscard]] std::string effect_name(std::int64_t number);

/// A moment of the feed, seconds since 1970. Nothing for 0 and for what no calendar has.
[[nodiscard]] std::optional<Instant> posix_instant(std::uint64_t seconds);

/// The binary form (gtfs-realtime.proto 2.0). \return ErrorCode::unreadable for what is cut off or none
Result<AlertFeed> read_alerts_protobuf(std::string_view bytes);
/// The same as JSON: names in snake_case or camelCase, lists by number or name, numbers also as texts.
Result<AlertFeed> read_alerts_json(std::string_view text);
/// Either, told by its first byte; JSON also behind a byte order mark.
Result<AlertFeed> read_alerts(std::string_view bytes);

/// The text to show: Swedish before what has no language, that before English, else the first.
[[nodiscard]] std::string best_text(std::vector<Translation> const& texts);

/// Whether an alert was for a time to come when it was said, or held then.
enum class AlertStanding : std::uint8_t { holds, plan };

/// The alert as canonical JSON, the same whichever form it came in. A plan says so, as what it tells then is
/// another thing than what the same words tell once it has begun.
[[nodiscard]] std::string payload_of(TransitAlert const& alert,
                                     AlertStanding standing = AlertStanding::holds);

}  // namespace riskbild::importers
