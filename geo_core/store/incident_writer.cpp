#include "geo_core/store/incident_writer.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

#include "geo_core/store/content_hash.hpp"
#include "geo_core/store/packed_rtree.hpp"

namespace riskbild::store {

namespace {

/// So many incidents written at once are worth building indexes anew …
constexpr std::int64_t kBulkFrom = 20'000;
/// … when there are at most so many times as many already.
constexpr std::int64_t kBulkRatio = 4;

/// From so many incidents on, looking at all names at once is quicker than at each in turn.
constexpr std::size_t kManyNames = 10'000;

constexpr char const* kPublicIdIndex = "CREATE INDEX incidents_by_public_id ON incidents(public_id)";

std::string_view base_of(std::string_view public_id)
{
    return public_id.substr(0, public_id.find('-'));
}

/// Along a curve, so that neighbours in the index are inserted one after the other.
std::uint64_t curve_position(Place const& place)
{
    auto const point = point_of(place).value_or(MapPoint{});
    auto const cell = [](double metres) {
        return static_cast<std::uint32_t>(std::clamp(metres + 2'147'483'648.0, 0.0, 4'294'967'295.0));
    };
    return quadtree_key({cell(point.east), cell(point.north)});
}

}  // namespace

IncidentWriter::IncidentWriter(Connection& connection, County const& county, KindDictionary& kinds,
                               int public_id_length)
    : connection_(connection),
      derivation_(connection, county, kinds, public_id_length),
      table_(connection, county, kinds),
      county_(county)
{
}

void IncidentWriter::write(std::deque<NewReport> const& new_reports, std::span<std::int64_t const> changed,
                           std::span<std::string const> former_cases)
{
    std::optional<RtreePause> pause;
    if (is_bulk(new_reports.size() + changed.size())) {
        pause.emplace(connection_);
        connection_.execute("DROP INDEX incidents_by_public_id");
    }
    write_alone(new_reports);
    if (!changed.empty()) {
        relink(changed, former_cases);
    }
    if (pause) {
        connection_.execute(kPublicIdIndex);
        pause->finish();
    }
    settle_public_ids();
    if (changed_) {
        note_extent();
    }
}

void IncidentWriter::rebuild()
{
    RtreePause pause(connection_);
    connection_.execute(
        "CREATE TEMP TABLE former AS SELECT id, public_id FROM incidents WHERE id IN (SELECT id FROM "
        "reports); "
        "DROP INDEX IF EXISTS incidents_by_public_id; DELETE FROM incidents; "
        "UPDATE reports SET incident_id = CASE WHEN role = 0 AND case_number IS NULL AND id NOT IN (" +
        tied_reports() + ") THEN id END");
    derivation_.each_alone([&](ReportVoice const& voice, ReportKey const& key, std::int64_t) {
        table_.insert(derivation_.alone(voice, public_number(key)));
    });
    Statement set_incident(connection_, "UPDATE reports SET incident_id = ?2 WHERE id = ?1");
    for (auto const& incident : derivation_.linked(derivation_.not_alone())) {
        table_.insert(incident.row);
        for (auto const report : incident.reports) {
            set_incident.run(report, incident.row.id);
        }
    }
    connection_.execute(kPublicIdIndex);
    pause.finish();
    any_base_touched_ = true;
    settle_public_ids();
    // A name that is gone leads to where the oldest report of its bearer is now.
    connection_.execute(
        "INSERT INTO incident_aliases(absorbed_id, report_id) SELECT id, id FROM former WHERE true "
        "ON CONFLICT(absorbed_id) DO NOTHING; "
        "INSERT INTO incident_aliases(public_id, report_id) SELECT public_id, id FROM former WHERE true "
        "ON CONFLICT(public_id) DO NOTHING; "
        "DELETE FROM incident_aliases WHERE absorbed_id IN (SELECT id FROM incidents) "
        "OR public_id IN (SELECT public_id FROM incidents); "
        "DROP TABLE temp.former");
    note_extent();
    changed_ = true;
}

bool IncidentWriter::is_bulk(std::size_t writes)
{
    auto const count = static_cast<std::int64_t>(writes);
    return count >= kBulkFrom &&
           count * kBulkRatio >= connection_.integer("SELECT count(*) FROM rtree_incidents_geom_rowid");
}

void IncidentWriter::write_alone(std::deque<NewReport> const& new_reports)
{
    std::vector<NewReport const*> alone;
    for (auto const& report : new_reports) {
        if (report.alone) {
            alone.push_back(&report);
        }
    }
    // A few go into the spatial index one by one; very many are packed later, and go into the table by id.
    if (static_cast<std::int64_t>(new_reports.size()) < kBulkFrom) {
        std::ranges::stable_sort(alone, {},
                                 [](NewReport const* r) { return curve_position(r->voice.place); });
    }
    for (auto const* const report : alone) {
        auto const row = derivation_.alone(report->voice, report->public_number);
        table_.insert(row);
        touch(row.public_id);
    }
    changed_ = changed_ || !alone.empty();
}

void IncidentWriter::relink(std::span<std::int64_t const> changed, std::span<std::string const> former_cases)
{
    auto members = derivation_.closure(changed, former_cases);
    auto const incidents = derivation_.linked_anew(members, changed);

    auto const former = former_rows(members);
    auto const id_of = [](DerivedIncident const& incident) { return incident.row.id; };
    for (auto const& row : former) {
        touch(base_of(row.public_id));
        if (!std::ranges::binary_search(incidents, row.id, {}, id_of)) {
            table_.erase(row.id);
            changed_ = true;
        }
    }

    std::unordered_map<std::int64_t, std::int64_t> incident_of;
    incident_of.reserve(members.size());
    for (auto const& incident : incidents) {
        auto const stored = std::ranges::lower_bound(former, incident.row.id, {}, &IncidentRow::id);
        bool const found = stored != former.end() && stored->id == incident.row.id;
        put(incident, found ? &*stored : nullptr);
        for (auto const report : incident.reports) {
            incident_of[report] = incident.row.id;
        }
    }
    Statement set_incident(connection_, "UPDATE reports SET incident_id = nullif(?2, 0) WHERE id = ?1");
    for (auto const& member : members) {
        auto const found = incident_of.find(member.id);
        auto const incident = found == incident_of.end() ? 0 : found->second;
        if (incident != member.incident) {
            set_incident.run(member.id, incident);
        }
    }
    keep_former_names(members, former, incidents);
    forget_present_ids(incidents);
}

void IncidentWriter::touch(std::string_view base)
{
    if (any_base_touched_) {
        return;
    }
    touched_bases_.emplace(base);
    if (touched_bases_.size() > kManyNames) {
        any_base_touched_ = true;
        touched_bases_.clear();
    }
}

std::vector<IncidentRow> IncidentWriter::former_rows(std::span<LinkedReport const> members)
{
    std::vector<std::int64_t> ids;
    for (auto const& member : members) {
        if (member.incident != 0) {
            ids.push_back(member.incident);
        }
    }
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<IncidentRow> rows;
    for (auto const id : ids) {
        if (auto row = table_.find(id)) {
            rows.push_back(std::move(*row));
        }
    }
    return rows;
}

void IncidentWriter::put(DerivedIncident const& incident, IncidentRow const* stored)
{
    touch(incident.row.public_id);
    if (stored == nullptr) {
        table_.insert(incident.row);
        changed_ = true;
        return;
    }
    auto row = incident.row;
    if (base_of(stored->public_id) == row.public_id) {
        row.public_id = stored->public_id;
    }
    if (row != *stored) {
        table_.update(row);
        changed_ = true;
    }
}

void IncidentWriter::keep_former_names(std::span<LinkedReport const> members,
                                       std::span<IncidentRow const> former,
                                       std::span<DerivedIncident const> incidents)
{
    std::unordered_map<std::int64_t, std::string_view> present;
    for (auto const& incident : incidents) {
        present.emplace(incident.row.id, incident.row.public_id);
    }
    std::set<std::string_view> lost;  // public ids without suffix
    Statement keep_id(connection_,
                      "INSERT INTO incident_aliases(absorbed_id, report_id) VALUES (?1, ?1) "
                      "ON CONFLICT(absorbed_id) DO NOTHING");
    for (auto const& row : former) {
        auto const found = present.find(row.id);
        if (found == present.end()) {
            keep_id.run(row.id);
        }
        if (found == present.end() || found->second != base_of(row.public_id)) {
            lost.insert(base_of(row.public_id));
        }
    }
    if (lost.empty()) {
        return;
    }
    // A name leads to the report that it was made of.
    std::map<std::string_view, LinkedReport const*> bearers;
    for (auto const& member : members) {
        auto const base = lost.find(derivation_.public_base(member.key));
        if (base == lost.end()) {
            continue;
        }
        auto& bearer = bearers[*base];
        if (bearer == nullptr || member.key < bearer->key) {
            bearer = &member;
        }
    }
    Statement keep_public(connection_,
                          "INSERT INTO incident_aliases(public_id, report_id) VALUES (?1, ?2) "
                          "ON CONFLICT(public_id) DO UPDATE SET report_id = excluded.report_id");
    for (auto const& [base, bearer] : bearers) {
        keep_public.run(base, bearer->id);
    }
}

void IncidentWriter::forget_present_ids(std::span<DerivedIncident const> incidents)
{
    if (incidents.size() > kManyNames) {
        connection_.execute("DELETE FROM incident_aliases WHERE absorbed_id IN (SELECT id FROM incidents)");
        return;
    }
    Statement forget(connection_, "DELETE FROM incident_aliases WHERE absorbed_id = ?1");
    for (auto const& incident : incidents) {
        forget.run(incident.row.id);
    }
}

void IncidentWriter::settle_public_ids()
{
    if (any_base_touched_) {
        // Those that share a name, and those whose suffix tells that they did.
        Statement doubled(connection_,
                          "SELECT public_id FROM incidents GROUP BY public_id HAVING count(*) > 1 UNION ALL "
                          "SELECT substr(public_id, 1, instr(public_id, '-') - 1) FROM incidents WHERE "
                          "instr(public_id, '-') > 0");
        doubled.query();
        while (doubled.step()) {
            touched_bases_.emplace(doubled.text(0));
        }
        connection_.execute(
            "DELETE FROM incident_aliases WHERE public_id IN (SELECT public_id FROM incidents)");
        any_base_touched_ = false;
    }
    Statement forget(connection_,
                     "DELETE FROM incident_aliases WHERE public_id IN (SELECT public_id FROM incidents "
                     "WHERE public_id >= ?1 AND public_id < ?1 || '.')");
    for (auto const& base : touched_bases_) {
        settle(base);
        forget.run(base);
    }
    touched_bases_.clear();
}

void IncidentWriter::settle(std::string_view base)
{
    auto rows = table_.with_public_base(base);
    if (rows.empty() || (rows.size() == 1 && rows.front().public_id == base)) {
        return;
    }
    std::ranges::sort(rows, {}, [&](IncidentRow const& row) { return lowest_key(row.id); });
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const wanted = i == 0 ? std::string(base) : std::string(base) + '-' + std::to_string(i + 1);
        if (rows[i].public_id != wanted) {
            table_.rename(rows[i].id, wanted);
            changed_ = true;
        }
    }
}

ReportKey IncidentWriter::lowest_key(std::int64_t incident)
{
    Statement members(
        connection_,
        "SELECT source_id, source_key FROM reports WHERE id = ?1 UNION ALL "
        "SELECT source_id, source_key FROM reports WHERE incident_id = ?1 AND incident_id <> id");
    members.query(incident);
    std::optional<ReportKey> lowest;
    while (members.step()) {
        ReportKey key{source_at(members, 0, county_).name, std::string(members.text(1))};
        if (!lowest || key < *lowest) {
            lowest = std::move(key);
        }
    }
    return lowest.value_or(ReportKey{});
}

void IncidentWriter::note_extent()
{
    auto const box = rtree_bounds(connection_);
    auto const edge = [&](double value) { return box ? std::optional{value} : std::nullopt; };
    auto const known = box.value_or(MapBox{});
    Statement(connection_,
              "UPDATE gpkg_contents SET min_x = ?1, min_y = ?2, max_x = ?3, max_y = ?4, "
              "last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE table_name = 'incidents'")
        .run(edge(known.min.east), edge(known.min.north), edge(known.max.east), edge(known.max.north));
}

}  // namespace riskbild::store
