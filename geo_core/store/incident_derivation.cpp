#include "geo_core/store/incident_derivation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "geo_core/linkage/pair_score.hpp"
#include "geo_core/linkage/partition.hpp"
#include "geo_core/store/content_hash.hpp"
#include "geo_core/store/stored_values.hpp"

namespace riskbild::store {

namespace {

IncidentRow row_of(std::span<ReportVoice const> voices, std::string public_id)
{
    auto const merged = merge_voices(voices);
    auto const& place = voices[merged.place_from];
    IncidentRow row;
    row.id = std::ranges::min(voices, {}, &ReportVoice::report).report.value();
    row.public_id = std::move(public_id);
    row.kind = voices[merged.kind_from].kind;
    row.occurred = voices[merged.time_from].occurred;
    row.precision = precision_of(place.place);
    row.point = point_of(place.place);
    row.area = area_of(place.place);
    row.sources = merged.sources;
    row.reports = static_cast<std::int64_t>(voices.size());
    row.patrol_discovered = merged.patrol_discovered;
    row.kind_from = voices[merged.kind_from].report.value();
    row.time_from = voices[merged.time_from].report.value();
    row.place_from = place.report.value();
    return row;
}

/// Never finer than kommun: whoever opens the file in QGIS is nobody whose role says otherwise.
void make_coarse(IncidentRow& row)
{
    row.point.reset();
    row.precision = std::max(row.precision, Precision::kommun);
}

constexpr char const* kLinkedColumns =
    "source_id, source_key, role, case_number, current_version, incident_id, id";

LinkedReport read_linked(Statement const& row, County const& county)
{
    return {row.integer(6),
            {source_at(row, 0, county).name, std::string(row.text(1))},
            static_cast<ReportRole>(row.integer(2)),
            std::string(row.text(3)),
            row.integer(4),
            row.integer(5)};
}

/// A set of report numbers, which are dense.
class ReportSet {
public:
    void insert(std::int64_t report)
    {
        auto const at = static_cast<std::size_t>(report);
        if (at >= members_.size()) {
            members_.resize(std::max(at + 1, members_.size() * 2));
        }
        members_[at] = true;
    }
    [[nodiscard]] bool contains(std::int64_t report) const
    {
        return static_cast<std::size_t>(report) < members_.size() &&
               members_[static_cast<std::size_t>(report)];
    }

private:
    std::vector<bool> members_;
};

/// Reports that a decision, a strong pair or an incident holds together with another.
ReportSet tied(Connection& connection)
{
    ReportSet reports;
    Statement pairs(connection,
                    "SELECT report_a, report_b FROM link_decisions UNION ALL "
                    "SELECT report_a, report_b FROM link_pairs WHERE weight >= ?1 UNION ALL "
                    "SELECT id, incident_id FROM reports WHERE incident_id <> id");
    pairs.query(weight_of(linkage::kSameBits));
    while (pairs.step()) {
        reports.insert(pairs.integer(0));
        reports.insert(pairs.integer(1));
    }
    return reports;
}

/// Those wanted, and all that quote a case number or have no incident of their own. By id.
std::vector<LinkedReport> read_not_alone(Connection& connection, County const& county,
                                         ReportSet const& wanted)
{
    std::vector<LinkedReport> found;
    Statement all(connection, std::string("SELECT ") + kLinkedColumns + " FROM reports ORDER BY id");
    all.query();
    while (all.step()) {
        auto const id = all.integer(6);
        if (!all.is_null(3) || all.integer(5) != id || wanted.contains(id)) {
            found.push_back(read_linked(all, county));
        }
    }
    return found;
}

}  // namespace

ReportVoice read_voice(Statement const& row, int first_column, std::int64_t report, SourceId source,
                       County const& county)
{
    auto const c = first_column;
    ReportVoice voice;
    voice.report = ReportId{report};
    voice.source = source;
    voice.source_rank = county.sources[source.value()].rank;
    voice.kind = row.integer(c);
    voice.occurred = {instant_at(row, c + 1), instant_at(row, c + 2)};
    auto const precision = precision_at(row, c + 3);
    auto const area = area_at(row, c + 4, county);
    if (is_point(precision)) {
        voice.place = PointPlace{{row.real(c + 5), row.real(c + 6)}, precision, area};
    } else {
        voice.place = AreaPlace{precision, area};
    }
    voice.patrol_discovered = row.integer(c + 7) != 0;
    return voice;
}

IncidentDerivation::IncidentDerivation(Connection& connection, County const& county,
                                       KindDictionary const& kinds, int public_id_length)
    : connection_(connection),
      county_(county),
      kinds_(kinds),
      public_id_length_(public_id_length),
      report_(connection, std::string("SELECT ") + kLinkedColumns + " FROM reports WHERE id = ?1"),
      version_(connection,
               std::string("SELECT ") + kVoiceColumns + " FROM report_versions v WHERE v.id = ?1"),
      of_incident_(connection, "SELECT id FROM reports WHERE incident_id = ?1 AND incident_id <> id"),
      of_case_(connection, "SELECT id FROM reports WHERE case_number = ?1"),
      decisions_(connection,
                 "SELECT report_a, report_b, together FROM link_decisions WHERE report_a = ?1 "
                 "UNION ALL SELECT report_a, report_b, together FROM link_decisions WHERE report_b = ?1"),
      pairs_(connection),
      anything_decided_(connection.integer("SELECT EXISTS (SELECT 1 FROM link_decisions)") != 0)
{
}

LinkedReport IncidentDerivation::load(std::int64_t report)
{
    report_.query(report);
    if (!report_.step()) {
        throw StoreFailure(ErrorCode::damaged, fmt::format("{} refers to report {} that it does not have",
                                                           connection_.file().string(), report));
    }
    auto loaded = read_linked(report_, county_);
    report_.reset();
    return loaded;
}

std::vector<std::int64_t> IncidentDerivation::neighbours(LinkedReport const& report)
{
    std::vector<std::int64_t> found;
    if (report.incident != 0) {
        found.push_back(report.incident);
        of_incident_.query(report.incident);
        while (of_incident_.step()) {
            found.push_back(of_incident_.integer(0));
        }
    }
    for (auto const& decision : decisions_of({&report, 1})) {
        found.push_back(decision.a);
        found.push_back(decision.b);
    }
    for (auto const& pair : pairs_.of(report.id)) {
        if (pair.bits >= linkage::kSameBits) {
            found.push_back(pair.a == report.id ? pair.b : pair.a);
        }
    }
    return found;
}

bool IncidentDerivation::is_worth_a_pass(std::size_t reports)
{
    constexpr std::int64_t kPart = 8;
    return static_cast<std::int64_t>(reports) * kPart > connection_.integer("SELECT count(*) FROM reports");
}

std::vector<LinkedReport> IncidentDerivation::closure(std::span<std::int64_t const> reports,
                                                      std::span<std::string const> case_numbers)
{
    return is_worth_a_pass(reports.size()) ? closure_by_a_pass(reports)
                                           : closure_step_by_step(reports, case_numbers);
}

std::vector<LinkedReport> IncidentDerivation::not_alone()
{
    return read_not_alone(connection_, county_, tied(connection_));
}

std::vector<LinkedReport> IncidentDerivation::closure_by_a_pass(std::span<std::int64_t const> reports)
{
    auto wanted = tied(connection_);
    for (auto const report : reports) {
        wanted.insert(report);
    }
    auto found = read_not_alone(connection_, county_, wanted);
    // Who quotes a case number that nobody else quotes stands alone all the same.
    std::unordered_map<std::string_view, int> quoters;
    for (auto const& report : found) {
        ++quoters[report.case_number];
    }
    ReportSet alone;
    for (auto const& report : found) {
        if (!report.case_number.empty() && quoters.at(report.case_number) == 1 &&
            report.incident == report.id && !wanted.contains(report.id)) {
            alone.insert(report.id);
        }
    }
    std::erase_if(found, [&](LinkedReport const& report) { return alone.contains(report.id); });
    return found;
}

std::vector<LinkedReport> IncidentDerivation::closure_step_by_step(std::span<std::int64_t const> reports,
                                                                   std::span<std::string const> case_numbers)
{
    std::vector<std::int64_t> waiting(reports.begin(), reports.end());
    std::unordered_set<std::int64_t> seen(reports.begin(), reports.end());
    std::unordered_set<std::string> seen_cases;
    auto const add = [&](std::int64_t report) {
        if (seen.insert(report).second) {
            waiting.push_back(report);
        }
    };
    auto const add_case = [&](std::string const& number) {
        if (!number.empty() && seen_cases.insert(number).second) {
            of_case_.query(number);
            while (of_case_.step()) {
                add(of_case_.integer(0));
            }
        }
    };
    // The same report may be asked for twice: as changed several times in one session.
    std::map<std::int64_t, LinkedReport> closed;
    std::ranges::for_each(case_numbers, add_case);
    while (!waiting.empty()) {
        auto const id = waiting.back();
        waiting.pop_back();
        if (closed.contains(id)) {
            continue;
        }
        auto const& report = closed.emplace(id, load(id)).first->second;
        std::ranges::for_each(neighbours(report), add);
        add_case(report.case_number);
    }
    std::vector<LinkedReport> result;
    result.reserve(closed.size());
    for (auto& [id, report] : closed) {
        result.push_back(std::move(report));
    }
    return result;
}

std::vector<std::vector<std::size_t>> IncidentDerivation::groups_of(std::span<LinkedReport const> reports)
{
    std::vector<std::size_t> telling;
    std::vector<linkage::Partitioned> to_part;
    for (std::size_t i = 0; i < reports.size(); ++i) {
        if (reports[i].role == ReportRole::incident) {
            telling.push_back(i);
            to_part.push_back({reports[i].id, reports[i].key, reports[i].case_number});
        }
    }
    auto groups = linkage::partition_reports(to_part, pairs_of(reports), decisions_of(reports));
    for (auto& group : groups) {
        for (auto& member : group) {
            member = telling[member];
        }
    }
    return groups;
}

std::vector<DerivedIncident> IncidentDerivation::linked(std::span<LinkedReport const> reports)
{
    return merged(reports, groups_of(reports));
}

std::vector<DerivedIncident> IncidentDerivation::linked_anew(std::vector<LinkedReport>& reports,
                                                             std::span<std::int64_t const> changed)
{
    std::unordered_set<std::int64_t> const is_changed(changed.begin(), changed.end());
    std::unordered_map<std::int64_t, std::size_t> size_of;
    for (auto const& report : reports) {
        ++size_of[report.incident];
    }
    auto const is_as_before = [&](std::vector<std::size_t> const& group) {
        auto const incident = reports[group.front()].incident;
        return incident != 0 && size_of.at(incident) == group.size() &&
               std::ranges::all_of(group, [&](std::size_t member) {
                   return reports[member].incident == incident && !is_changed.contains(reports[member].id);
               });
    };
    auto groups = groups_of(reports);
    auto const others = std::stable_partition(groups.begin(), groups.end(), std::not_fn(is_as_before));
    std::vector<bool> is_left_out(reports.size());
    for (auto group = others; group != groups.end(); ++group) {
        for (auto const member : *group) {
            is_left_out[member] = true;
        }
    }
    groups.erase(others, groups.end());
    auto incidents = merged(reports, groups);
    std::vector<LinkedReport> kept;
    for (std::size_t i = 0; i < reports.size(); ++i) {
        if (!is_left_out[i]) {
            kept.push_back(std::move(reports[i]));
        }
    }
    reports = std::move(kept);
    return incidents;
}

std::vector<linkage::LinkPair> IncidentDerivation::pairs_of(std::span<LinkedReport const> reports)
{
    if (is_worth_a_pass(reports.size())) {
        return pairs_.all();
    }
    std::vector<linkage::LinkPair> pairs;
    for (auto const& report : reports) {
        std::ranges::copy(pairs_.of(report.id), std::back_inserter(pairs));
    }
    std::ranges::sort(pairs, {}, [](linkage::LinkPair const& pair) { return std::pair{pair.a, pair.b}; });
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    return pairs;
}

std::vector<linkage::LinkDecision> IncidentDerivation::decisions_of(std::span<LinkedReport const> reports)
{
    std::vector<linkage::LinkDecision> decided;
    if (!anything_decided_) {
        return decided;
    }
    for (auto const& report : reports) {
        decisions_.query(report.id);
        while (decisions_.step()) {
            decided.push_back({decisions_.integer(0), decisions_.integer(1), decisions_.integer(2) != 0});
        }
    }
    return decided;
}

std::vector<DerivedIncident> IncidentDerivation::merged(std::span<LinkedReport const> reports,
                                                        std::span<std::vector<std::size_t> const> groups)
{
    // Read in order of the table: of very many that takes half the time.
    std::vector<std::size_t> members;
    for (auto const& group : groups) {
        std::ranges::copy(group, std::back_inserter(members));
    }
    std::ranges::sort(members);
    std::vector<ReportVoice> voices;
    voices.reserve(members.size());
    for (auto const member : members) {
        voices.push_back(voice(reports[member]));
    }
    std::vector<DerivedIncident> incidents;
    incidents.reserve(groups.size());
    std::vector<ReportVoice> of_group;
    for (auto const& group : groups) {
        auto& incident = incidents.emplace_back();
        of_group.clear();
        for (auto const member : group) {
            auto const at = std::ranges::lower_bound(members, member) - members.begin();
            of_group.push_back(voices[static_cast<std::size_t>(at)]);
            incident.reports.push_back(reports[member].id);
        }
        incident.row = row(of_group, public_base(reports[group.front()].key));
    }
    std::ranges::sort(incidents, {}, [](DerivedIncident const& incident) { return incident.row.id; });
    return incidents;
}

ReportVoice IncidentDerivation::voice(LinkedReport const& report)
{
    version_.query(version_id(report.id, report.current_version));
    if (!version_.step()) {
        throw StoreFailure(ErrorCode::damaged, fmt::format("{}: report {} has lost its current version",
                                                           connection_.file().string(), report.id));
    }
    auto const source = std::ranges::find(county_.sources, report.key.source, &Source::name);
    auto const id = SourceId{static_cast<std::uint8_t>(source - county_.sources.begin())};
    auto const voice = read_voice(version_, 0, report.id, id, county_);
    version_.reset();
    return voice;
}

IncidentRow IncidentDerivation::row(std::span<ReportVoice const> voices, std::string public_id) const
{
    auto row = row_of(voices, std::move(public_id));
    // One voice of a protected kind is enough: the others tell of the same event.
    auto const is_protected = [&](std::int64_t kind) {
        return county_.kinds[kinds_.kind(kind)].is_protected;
    };
    if (std::ranges::any_of(voices, is_protected, &ReportVoice::kind)) {
        make_coarse(row);
    }
    return row;
}

IncidentRow IncidentDerivation::alone(ReportVoice const& voice, std::uint64_t public_number) const
{
    return row({&voice, 1}, public_id(public_number, public_id_length_));
}

std::string IncidentDerivation::public_base(ReportKey const& key) const
{
    return public_id(public_number(key), public_id_length_);
}

}  // namespace riskbild::store
