#include "geo_core/store/incident_details.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "geo_core/store/incident_derivation.hpp"
#include "geo_core/store/incident_table.hpp"
#include "geo_core/store/stored_values.hpp"

namespace riskbild::store {

namespace {

std::optional<IncidentId> first_id(Statement& statement)
{
    return statement.step() && !statement.is_null(0) ? std::optional{IncidentId{statement.integer(0)}}
                                                     : std::nullopt;
}

/// First and last sighting of a report in any of its versions, and how many there are.
struct History {
    Instant first_seen;
    Instant last_seen;
    int versions = 0;
};

History history_of(Connection& connection, std::int64_t report)
{
    Statement all(
        connection,
        "SELECT min(first_seen), max(last_seen), count(*) FROM report_versions WHERE id BETWEEN ?1 AND ?2");
    all.query(version_id(report, 0), version_id(report + 1, -1));
    all.step();
    return {instant_at(all, 0), instant_at(all, 1), static_cast<int>(all.integer(2))};
}

constexpr char const* kSelectVoices =
    "SELECT r.id, r.source_id, r.source_key, k.code, v.occurred_from, v.occurred_to, v.precision, "
    "v.place_text, v.title, v.text, v.link, v.case_number, v.kind_rule, v.kind_confidence, v.place_rule "
    "FROM reports r "
    "JOIN report_versions v ON v.id = r.id * 65536 + r.current_version "
    "JOIN kinds k ON k.id = v.kind_id ";

Voice voice_at(Connection& connection, County const& county, Statement const& row)
{
    auto const text = [&](int column) { return std::string(row.text(column)); };
    auto const history = history_of(connection, row.integer(0));
    Voice voice;
    voice.key = {source_at(row, 1, county).name, text(2)};
    voice.kind_code = text(3);
    voice.occurred = {instant_at(row, 4), instant_at(row, 5)};
    voice.precision = precision_at(row, 6);
    voice.place_text = text(7);
    voice.title = text(8);
    voice.text = text(9);
    voice.link = text(10);
    voice.case_number = text(11);
    voice.kind_rule = text(12);
    voice.kind_confidence = static_cast<int>(row.integer(13));
    voice.place_rule = text(14);
    voice.first_seen = history.first_seen;
    voice.last_seen = history.last_seen;
    voice.versions = history.versions;
    return voice;
}

/// By report id.
std::map<std::int64_t, Voice> voices_of(Connection& connection, County const& county, IncidentId incident)
{
    std::map<std::int64_t, Voice> voices;
    Statement all(connection,
                  std::string(kSelectVoices) +
                      "WHERE r.id IN (SELECT ?1 UNION SELECT id FROM reports WHERE incident_id = ?1 AND "
                      "incident_id <> id)");
    all.query(incident.value());
    while (all.step()) {
        voices.emplace(all.integer(0), voice_at(connection, county, all));
    }
    return voices;
}

}  // namespace

std::optional<IncidentId> present_incident(Connection& connection, IncidentId id)
{
    Statement find(
        connection,
        "SELECT id FROM incidents WHERE id = ?1 UNION ALL SELECT r.incident_id FROM incident_aliases a "
        "JOIN reports r ON r.id = a.report_id WHERE a.absorbed_id = ?1");
    return first_id(find.query(id.value()));
}

std::optional<IncidentId> present_incident(Connection& connection, std::string const& public_id)
{
    Statement find(connection,
                   "SELECT id FROM incidents WHERE public_id = ?1 UNION ALL SELECT r.incident_id FROM "
                   "incident_aliases a JOIN reports r ON r.id = a.report_id WHERE a.public_id = ?1");
    return first_id(find.query(public_id));
}

IncidentDetails read_details(Connection& connection, County const& county, IncidentId id)
{
    KindDictionary kinds(connection, county.kinds);
    auto const row = IncidentTable(connection, county, kinds).find(id.value());
    auto voices = voices_of(connection, county, id);
    if (!row || !voices.contains(row->kind_from) || !voices.contains(row->time_from) ||
        !voices.contains(row->place_from)) {
        throw StoreFailure(ErrorCode::damaged, fmt::format("{}: incident {} has lost a report",
                                                           connection.file().string(), id.value()));
    }
    IncidentDetails details;
    auto& incident = details.incident;
    incident.id = id;
    incident.public_id = row->public_id;
    incident.kind = row->kind < 0 ? kUnknownKind : kinds.kind(row->kind);
    incident.occurred = row->occurred;
    incident.place = row->place();
    incident.sources = row->sources;
    incident.reports = static_cast<std::uint8_t>(std::clamp<std::int64_t>(row->reports, 0, 255));
    incident.kind_from = voices.at(row->kind_from).key;
    incident.time_from = voices.at(row->time_from).key;
    incident.place_from = voices.at(row->place_from).key;
    for (auto& [report, voice] : voices) {
        details.voices.push_back(std::move(voice));
    }
    std::ranges::sort(details.voices, {}, &Voice::key);
    return details;
}

Voice read_voice_of(Connection& connection, County const& county, std::int64_t report)
{
    Statement one(connection, std::string(kSelectVoices) + "WHERE r.id = ?1");
    one.query(report);
    if (!one.step()) {
        throw StoreFailure(ErrorCode::damaged, fmt::format("{}: report {} has lost its current version",
                                                           connection.file().string(), report));
    }
    return voice_at(connection, county, one);
}

}  // namespace riskbild::store
