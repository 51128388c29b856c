#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo_core/filter.hpp"
#include "geo_core/incident.hpp"
#include "geo_core/policy.hpp"
#include "geo_core/publication.hpp"
#include "geo_core/snapshot.hpp"

namespace riskbild {

/// Attributes that every incident has, as parallel columns.
struct IncidentColumns {
    std::span<std::int64_t const> id;
    std::span<std::int64_t const> from;    ///< start of the interval, seconds UTC
    std::span<std::int32_t const> length;  ///< of the interval, seconds
    std::span<std::int32_t const>
        local_day;  ///< of the start, days since 1970-01-01 in the county's civil time
    std::span<std::uint8_t const> local_hour;  ///< of the start, 0..23, or kHourUnknown
    std::span<std::uint16_t const> kind;       ///< KindId
    std::span<std::uint16_t const> area;       ///< AreaId
    std::span<std::uint64_t const> sources;    ///< bit set over SourceId
    std::span<std::uint8_t const> precision;   ///< Precision
    std::span<std::uint8_t const> reports;     ///< number of reports behind the incident, capped at 255
    [[nodiscard]] std::size_t size() const { return id.size(); }
};

/// Incidents that this viewer may see as points, along the quadtree's curve.
struct PointColumns : IncidentColumns {
    std::span<double const> east;  ///< metres in the store's coordinate system
    std::span<double const> north;
    std::span<std::uint64_t const> quadtree;  ///< ascending; \see quadtree_key
};

/// Why records that match a filter did not enter a result.
enum class LeftOutReason : std::uint8_t {
    locality_only,   ///< known only to a locality
    kommun_only,     ///< known only to a kommun
    lan_only,        ///< known only to the county
    protected_kind,  ///< a kind that is never shown finer than kommun
    hour_unknown,    ///< would match, but its time is too long an interval for the hour filter
    area_unknown,    ///< lies in no area of the county (tables by area only)
    suppressed,      ///< too few to publish
};
inline constexpr std::size_t kLeftOutReasons = 7;
[[nodiscard]] std::string_view name_of(LeftOutReason reason);

/// Counts by reason; sums up to what the map calls "left out".
struct LeftOut {
    std::uint64_t count[kLeftOutReasons] = {};
    std::uint64_t& operator[](LeftOutReason r) { return count[static_cast<std::size_t>(r)]; }
    std::uint64_t operator[](LeftOutReason r) const { return count[static_cast<std::size_t>(r)]; }
    [[nodiscard]] std::uint64_t total() const;
    bool operator==(LeftOut const&) const = default;
};

/// Rows of `View::points()` that match a filter, ascending, with what had to be left out.
struct PointSelection {
    std::vector<std::uint32_t> rows;
    LeftOut left_out;
};

/// A snapshot seen by somebody. Layers, tiles and endpoints get a View and cannot reach the Snapshot
/// behind it, so what a role may not see does not exist for them. A value; cheap to copy.
class View {
public:
    View(std::shared_ptr<Snapshot const> snapshot, Role role);

    [[nodiscard]] Policy const& policy() const;
    [[nodiscard]] Revision revision() const;
    [[nodiscard]] County const& county() const;
    [[nodiscard]] std::shared_ptr<County const> shared_county() const;

    /// Empty for a role that may not see single incidents.
    [[nodiscard]] PointColumns points() const;
    /// Incidents without a reachable point: known only to an area, or of a protected kind.
    /// Empty for a role that may not see single incidents.
    [[nodiscard]] IncidentColumns without_point() const;

    /// Point rows that match, for point statistics and dots.
    /// \return ErrorCode::wrong_use for a kind, source or area that the county does not have (named in
    /// `field`), ErrorCode::forbidden where the role has no free filter.
    [[nodiscard]] Result<PointSelection> select_points(Filter const& filter) const;

    /// Rows of `without_point()` that match, ascending: with the points, the whole list. Errors as above.
    [[nodiscard]] Result<std::vector<std::uint32_t>> select_without_point(Filter const& filter) const;

    /// Counts of all matching incidents, points or not, by area (index AreaId). `lan_only` and
    /// `area_unknown` incidents are in no area and counted as left out.
    struct AreaCounts {
        std::vector<std::uint64_t> count;
        LeftOut left_out;
    };
    [[nodiscard]] Result<AreaCounts> count_by_area(Filter const& filter) const;

    /// Counts of all matching incidents per local day, first day first, days without any included.
    struct DayCounts {
        LocalDate first;
        std::vector<std::uint32_t> count;
    };
    [[nodiscard]] Result<DayCounts> count_by_day(Filter const& filter) const;

    /// First and one past the last local day of all incidents, for a role that may not see single ones of
    /// the published years; nothing when there are none.
    [[nodiscard]] std::optional<Period> extent() const;

    /// Number of all incidents matching (with and without point).
    [[nodiscard]] Result<std::uint64_t> count(Filter const& filter) const;

    /// Whether this role may open the card of an incident (and its texts).
    [[nodiscard]] bool may_open(IncidentId id) const;

    /// Takes out what this role may not read of a card: of protected kinds everything finer than the
    /// kommun, and the texts, which often tell it. Whoever makes a card calls this last.
    /// \return whether one of the kinds is protected
    bool redact(IncidentDetails& details) const;

    /// What the county publishes: fixed tables and a coarse grid, jointly suppressed. The only thing
    /// that a role without `single_incidents` can get.
    [[nodiscard]] std::shared_ptr<Publication const> publication() const;

private:
    [[nodiscard]] IncidentColumns columns(std::size_t first, std::size_t last) const;
    [[nodiscard]] PointColumns point_columns() const;

    std::shared_ptr<Snapshot const> snapshot_;
    Policy const* policy_;
    std::shared_ptr<Publication const> publication_;
};

}  // namespace riskbild
