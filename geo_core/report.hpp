#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "geo_core/geometry.hpp"
#include "geo_core/ids.hpp"
#include "geo_core/precision.hpp"
#include "geo_core/time.hpp"

namespace riskbild {

/// Names a report for ever: the source and the source's own id. A source without ids gets
/// `row:<hash of the canonical row>:<ordinal among identical rows>`.
struct ReportKey {
    std::string source;  ///< e.g. `police`, `houston`; lower case, a–z 0–9 - _
    std::string source_id;
    auto operator<=>(ReportKey const&) const = default;
};

/// `police:12345`
[[nodiscard]] std::string name_of(ReportKey const& key);
/// Nothing for a text without a colon, or with nothing before or behind the first.
[[nodiscard]] std::optional<ReportKey> parse_report_key(std::string_view text);

/// Whether a report tells of an incident or only gives background (a digest of several).
enum class ReportRole : std::uint8_t { incident, context };

/// Where, as one source said it. A point exists only with precision exact, address or street;
/// everything else is an area: the two cannot be confused because they are two types.
struct PointPlace {
    MapPoint point;
    Precision precision = Precision::exact;  ///< \pre is_point(precision)
    AreaId area = kNoArea;                   ///< the area the point lies in
};
struct AreaPlace {
    Precision precision = Precision::lan;  ///< \pre !is_point(precision)
    AreaId area = kNoArea;                 ///< kNoArea for the whole county (lan)
};
using Place = std::variant<PointPlace, AreaPlace>;

[[nodiscard]] Precision precision_of(Place const& place);
[[nodiscard]] AreaId area_of(Place const& place);
[[nodiscard]] std::optional<MapPoint> point_of(Place const& place);

/// What one source said of one event, at one moment: kept as received and never changed. When the
/// source says it differently later, that is another version of the same report.
struct Report {
    ReportKey key;
    Instant observed_at;  ///< when the source said so; orders versions (never file or import time)
    ReportRole role = ReportRole::incident;
    std::string kind_code;  ///< code in the `KindTree`; unknown → `unknown`
    std::string
        kind_rule{};  ///< what told the kind, for people: `type Rån`; empty: the source uses our codes
    int kind_confidence = 100;  ///< in percent, \see docs/kinds.md
    TimeInterval occurred;
    Place place = AreaPlace{};
    std::string
        place_rule{};  ///< how the place was found, for people; empty: the source has a position or area
    std::string place_text;   ///< as the source wrote it: an address, `Enköping`
    std::string title;        ///< one line
    std::string text;         ///< free text; may name persons, never public
    std::string link;         ///< address of the source's own page, absolute, or empty
    std::string case_number;  ///< the authority's number that several sources quote, or empty
    bool patrol_discovered = false;
    std::string payload;  ///< the row as received, canonical JSON: what the content hash is of
};

}  // namespace riskbild
