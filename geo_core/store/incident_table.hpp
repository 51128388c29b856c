#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo_core/snapshot.hpp"
#include "geo_core/store/kind_dictionary.hpp"
#include "geo_core/store/source_sets.hpp"
#include "geo_core/store/sqlite_handle.hpp"

namespace riskbild::store {

/// A row of the table `incidents`, without its texts.
struct IncidentRow {
    std::int64_t id = 0;
    std::string public_id;
    std::int64_t kind = -1;  ///< number in the dictionary; -1 = a code that it lacks
    TimeInterval occurred;
    Precision precision = Precision::lan;
    std::optional<MapPoint> point;
    AreaId area = kNoArea;
    std::uint64_t sources = 0;
    std::int64_t reports = 1;
    bool patrol_discovered = false;
    std::int64_t kind_from = 0;  ///< ids of reports
    std::int64_t time_from = 0;
    std::int64_t place_from = 0;

    bool operator==(IncidentRow const&) const = default;
    [[nodiscard]] Place place() const;
};

/// The table that QGIS shows: rows in and out, in the texts that people read there.
class IncidentTable {
public:
    /// \pre `county` and `kinds` outlive the table
    IncidentTable(Connection& connection, County const& county, KindDictionary& kinds);

    void insert(IncidentRow const& row);
    void update(IncidentRow const& row);
    void erase(std::int64_t id);
    void rename(std::int64_t id, std::string_view public_id);

    [[nodiscard]] std::optional<IncidentRow> find(std::int64_t id);
    /// Rows whose public id is `base` or `base-2`, `base-3` …: normally one.
    [[nodiscard]] std::vector<IncidentRow> with_public_base(std::string_view base);
    /// All rows by public id; `next` until it gives nothing.
    class Reader;
    [[nodiscard]] Reader all();

private:
    void write(Statement& statement, IncidentRow const& row);
    [[nodiscard]] IncidentRow read(Statement const& statement);

    Connection& connection_;
    County const& county_;
    KindDictionary& kinds_;
    SourceSets sources_;
    int srs_;
    Statement insert_, update_, erase_, find_, find_public_;
};

/// Walks over rows; at most one at a time for a table.
class IncidentTable::Reader {
public:
    [[nodiscard]] std::optional<IncidentRow> next();

private:
    friend class IncidentTable;
    Reader(IncidentTable& table, Statement rows) : table_(table), rows_(std::move(rows)) {}
    IncidentTable& table_;
    Statement rows_;
};

/// What a snapshot needs of all incidents. \pre within one transaction with the reading of the revision
[[nodiscard]] std::vector<SnapshotRow> read_snapshot_rows(Connection& connection, County const& county);

}  // namespace riskbild::store
