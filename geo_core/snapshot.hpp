#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "geo_core/area.hpp"
#include "geo_core/ids.hpp"
#include "geo_core/incident.hpp"
#include "geo_core/kinds.hpp"
#include "geo_core/profile.hpp"

namespace riskbild {

/// A source as the store knows it.
struct Source {
    std::string name;      ///< `police`
    std::string title;     ///< `Polisens händelser`
    int rank = 100;        ///< lower decides the kind where voices differ
    bool made_up = false;  ///< its reports are invented, for trying out; everything says so that shows them
    bool repeats = false;  ///< it may tell of one event under two ids, as a feed does; a register does not
    bool operator==(Source const&) const = default;
};

/// What does not change between revisions of a store, or seldom: shared by snapshots and views.
struct County {
    Profile profile;
    AreaSet areas;
    KindTree kinds;
    std::vector<Source> sources;  ///< index = SourceId
    std::string epoch;  ///< names the revision for ever, also after a restore; part of every tile token
};

/// Local time of an incident's start, ready for filters. 255 where the hour cannot be told.
inline constexpr std::uint8_t kHourUnknown = 255;

/// What a snapshot needs of one incident: no strings, so that a million are read and sorted in a second.
struct SnapshotRow {
    IncidentId id;
    Instant from;
    Instant to;
    MapPoint point;             ///< only where `is_point(precision)`, else (0, 0) and meaningless
    std::uint64_t sources = 0;  ///< bit set over SourceId
    KindId kind;
    AreaId area = kNoArea;
    Precision precision = Precision::lan;
    std::uint8_t reports = 1;  ///< number of reports, 255 = 255 or more
};

/// The whole county in memory at one revision: structure of arrays, immutable, shared.
///
/// Order: first the incidents with a point of a kind that is not protected, sorted along the
/// quadtree's curve (a tile is a range), then those known only to an area and, with them, the
/// protected ones, whose points are thereby out of everybody's reach. At most 80 bytes an incident;
/// texts stay in the store. Only `View` reads it: privacy is a type, not a habit.
class Snapshot {
    struct OnlyHere {};

public:
    explicit Snapshot(OnlyHere) {}

    /// Sorts, projects and indexes. Rows may come in any order; the result is the same.
    static std::shared_ptr<Snapshot const> build(std::shared_ptr<County const> county, Revision revision,
                                                 std::vector<SnapshotRow> incidents);

    [[nodiscard]] Revision revision() const { return revision_; }
    [[nodiscard]] std::size_t size() const { return ids_.size(); }
    [[nodiscard]] std::size_t bytes() const;

private:
    friend class View;
    friend class SnapshotBuilder;

    void reserve(std::size_t rows);

    std::shared_ptr<County const> county_;
    Revision revision_;
    std::size_t point_count_ = 0;       // the first this many rows have a reachable point
    std::vector<std::uint64_t> keys_;   // quadtree keys, points only
    std::vector<double> east_, north_;  // points only
    std::vector<std::int64_t> ids_;
    std::vector<std::int64_t> sorted_ids_;  // the same ascending, to look one up
    std::vector<std::int64_t> from_;        // seconds UTC
    std::vector<std::int32_t> length_;      // seconds, capped
    std::vector<std::int32_t> local_day_;   // days since 1970-01-01, local
    std::vector<std::uint8_t> local_hour_;  // 0..23 or kHourUnknown
    std::vector<std::uint16_t> kind_;
    std::vector<std::uint16_t> area_;
    std::vector<std::uint64_t> sources_;
    std::vector<std::uint8_t> precision_;
    std::vector<std::uint8_t> reports_;
};

}  // namespace riskbild
