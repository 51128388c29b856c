#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/snapshot.hpp"
#include "geo_core/store/incident_table.hpp"
#include "geo_core/store/kind_dictionary.hpp"
#include "geo_core/store/link_table.hpp"
#include "geo_core/store/sqlite_handle.hpp"
#include "geo_core/store/stored_values.hpp"
#include "geo_core/store/voices.hpp"

namespace riskbild::store {

inline constexpr std::int64_t kVersionsPerReport = 65536;
[[nodiscard]] constexpr std::int64_t version_id(std::int64_t report, std::int64_t number)
{
    return report * kVersionsPerReport + number;
}

/// A report with what linkage needs of it.
struct LinkedReport {
    std::int64_t id = 0;
    ReportKey key;
    ReportRole role = ReportRole::incident;
    std::string case_number;
    std::int64_t current_version = 1;
    std::int64_t incident = 0;  ///< as the store has it; 0 = none
};

/// An incident as it follows from the reports, with the public id's base only.
struct DerivedIncident {
    IncidentRow row;
    std::vector<std::int64_t> reports;
};

/// What the incidents should be, from the reports: the one place that knows. Reads only.
class IncidentDerivation {
public:
    /// \pre `county` and `kinds` outlive the derivation
    IncidentDerivation(Connection& connection, County const& county, KindDictionary const& kinds,
                       int public_id_length);

    /// These reports and all that linkage could join with them or part from them: members of the same
    /// incidents, quoters of the same case numbers, partners of decisions and of strong pairs, and so on. By
    /// id.
    [[nodiscard]] std::vector<LinkedReport> closure(std::span<std::int64_t const> reports,
                                                    std::span<std::string const> case_numbers);
    /// The incidents of a closed set of reports, by id. Context reports are in none.
    [[nodiscard]] std::vector<DerivedIncident> linked(std::span<LinkedReport const> reports);
    /// Those of them that may be otherwise than the store has them: an incident of the same reports as before
    /// of which none changed is left out, and its reports are taken from `reports`.
    [[nodiscard]] std::vector<DerivedIncident> linked_anew(std::vector<LinkedReport>& reports,
                                                           std::span<std::int64_t const> changed);
    /// The incident of a report that stands alone.
    [[nodiscard]] IncidentRow alone(ReportVoice const& voice, std::uint64_t public_number) const;
    [[nodiscard]] std::string public_base(ReportKey const& key) const;

    /// Reports that stand alone, in order of id: of role incident, without case number, decision or strong
    /// pair.
    template <class Visit>
    void each_alone(Visit visit);
    /// All other reports, by id: closed by their nature.
    [[nodiscard]] std::vector<LinkedReport> not_alone();

private:
    [[nodiscard]] LinkedReport load(std::int64_t report);
    [[nodiscard]] std::vector<std::int64_t> neighbours(LinkedReport const& report);
    [[nodiscard]] std::vector<LinkedReport> closure_step_by_step(std::span<std::int64_t const> reports,
                                                                 std::span<std::string const> case_numbers);
    /// By one pass over the reports: more than the closure, and closed all the same.
    [[nodiscard]] std::vector<LinkedReport> closure_by_a_pass(std::span<std::int64_t const> reports);
    /// Pairs of the reports, and of very many reports all pairs there are.
    [[nodiscard]] std::vector<linkage::LinkPair> pairs_of(std::span<LinkedReport const> reports);
    [[nodiscard]] std::vector<linkage::LinkDecision> decisions_of(std::span<LinkedReport const> reports);
    [[nodiscard]] bool is_worth_a_pass(std::size_t reports);
    [[nodiscard]] ReportVoice voice(LinkedReport const& report);
    /// Indexes of the reports of each incident.
    [[nodiscard]] std::vector<std::vector<std::size_t>> groups_of(std::span<LinkedReport const> reports);
    /// By the incidents' ids.
    [[nodiscard]] std::vector<DerivedIncident> merged(std::span<LinkedReport const> reports,
                                                      std::span<std::vector<std::size_t> const> groups);
    /// Of a protected kind, the row says no more than the kommun; the point stays with the report.
    [[nodiscard]] IncidentRow row(std::span<ReportVoice const> voices, std::string public_id) const;

    Connection& connection_;
    County const& county_;
    KindDictionary const& kinds_;
    int public_id_length_;
    Statement report_, version_, of_incident_, of_case_, decisions_;
    LinkTable pairs_;
    bool anything_decided_;
};

/// Columns of report_versions that make a voice, starting with `first_column`.
inline constexpr char const* kVoiceColumns =
    "v.kind_id, v.occurred_from, v.occurred_to, v.precision, v.area_id, v.east, v.north, v.patrol_discovered";
[[nodiscard]] ReportVoice read_voice(Statement const& row, int first_column, std::int64_t report,
                                     SourceId source, County const& county);

template <class Visit>
void IncidentDerivation::each_alone(Visit visit)
{
    Statement all(connection_,
                  std::string("SELECT r.id, r.source_id, r.source_key, r.incident_id, ") + kVoiceColumns +
                      " FROM reports r JOIN report_versions v ON v.id = r.id * 65536 + r.current_version "
                      "WHERE r.role = 0 AND r.case_number IS NULL AND r.id NOT IN (" +
                      tied_reports() + ") ORDER BY r.id");
    all.query();
    while (all.step()) {
        auto const source = source_id_at(all, 1, county_);
        ReportKey const key{county_.sources[source.value()].name, std::string(all.text(2))};
        visit(read_voice(all, 4, all.integer(0), source, county_), key, all.integer(3));
    }
}

}  // namespace riskbild::store
