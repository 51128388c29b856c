#pragma once

#include <cstdint>
#include <deque>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/store/incident_derivation.hpp"
#include "geo_core/store/incident_table.hpp"

namespace riskbild::store {

/// A report that came new in this session.
struct NewReport {
    ReportVoice voice;
    std::uint64_t public_number = 0;
    Instant observed_at;
    ReportRole role = ReportRole::incident;
    bool alone = false;  ///< its incident is its own: nobody else quotes its case number or tells of it
};

/// Brings incidents, their spatial index and their former names in line with changed reports.
/// \pre all within one write transaction; `county` and `kinds` outlive the writer
class IncidentWriter {
public:
    IncidentWriter(Connection& connection, County const& county, KindDictionary& kinds, int public_id_length);

    /// \param changed reports to be linked anew
    /// \param former_cases case numbers that changed reports quoted before
    void write(std::deque<NewReport> const& new_reports, std::span<std::int64_t const> changed,
               std::span<std::string const> former_cases);
    /// Throws all incidents away and derives them again; the same ids and public ids come out.
    void rebuild();
    /// Whether any incident was added, altered or removed.
    [[nodiscard]] bool changed() const { return changed_; }

private:
    void write_alone(std::deque<NewReport> const& new_reports);
    void relink(std::span<std::int64_t const> changed, std::span<std::string const> former_cases);
    /// The incidents of these as the store has them, by id.
    [[nodiscard]] std::vector<IncidentRow> former_rows(std::span<LinkedReport const> members);
    void put(DerivedIncident const& incident, IncidentRow const* stored);
    /// Notes that a public id of that base came or went.
    void touch(std::string_view base);
    void keep_former_names(std::span<LinkedReport const> members, std::span<IncidentRow const> former,
                           std::span<DerivedIncident const> incidents);
    void forget_present_ids(std::span<DerivedIncident const> incidents);
    /// Two incidents with one public id by chance: the lowest key keeps it, the others get `-2`, `-3` …
    void settle_public_ids();
    void settle(std::string_view base);
    [[nodiscard]] ReportKey lowest_key(std::int64_t incident);
    [[nodiscard]] bool is_bulk(std::size_t writes);
    void note_extent();

    Connection& connection_;
    IncidentDerivation derivation_;
    IncidentTable table_;
    County const& county_;
    std::set<std::string> touched_bases_;  // of public ids that came or went
    bool any_base_touched_ = false;        // too many to remember: look at all
    bool changed_ = false;
};

}  // namespace riskbild::store
