#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "geo_core/report.hpp"
#include "geo_core/store/content_hash.hpp"
#include "geo_core/store/incident_writer.hpp"
#include "geo_core/store/store.hpp"

namespace riskbild::store {

/// Takes reports of one source into the tables `reports` and `report_versions`, and remembers what
/// that means for incidents. Which version of a report is current does not depend on the order:
/// greatest `last_seen`, of equals the greater content hash.
/// \pre all within one write transaction; `county` and `kinds` outlive the writer
class ReportWriter {
public:
    ReportWriter(Connection& connection, County const& county, KindDictionary& kinds, SourceId source);

    /// Throws ErrorCode::wrong_use for a report that contradicts itself.
    Taken take(Report const& report);
    /// \see ImportSession::take_from_desk
    Taken take_from_desk(Report const& report);

    [[nodiscard]] std::deque<NewReport> const& new_reports() const { return new_reports_; }
    /// What linkage found of reports, new ones and others: they belong to no incident of their own alone.
    void link(std::span<std::int64_t const> reports);
    /// Reports whose current version changed, or that need linkage.
    [[nodiscard]] std::vector<std::int64_t> const& to_link() const { return to_link_; }
    [[nodiscard]] std::vector<std::string> const& former_cases() const { return former_cases_; }
    /// Whether there was no report before this session.
    [[nodiscard]] bool is_first_import() const { return first_new_id_ == 1; }
    [[nodiscard]] std::int64_t new_versions() const { return new_versions_; }
    /// Whether any report now says something else than before the session, or is read differently.
    [[nodiscard]] bool changed() const { return changed_; }

private:
    struct Known {
        std::int64_t id;
        std::int64_t current_version;
        std::string case_number;
    };
    struct Version {
        std::int64_t number;
        Instant first_seen;
        Instant last_seen;
    };
    /// In this session, the report was seen at that time as that version.
    struct Sighting {
        Instant observed_at;
        std::int64_t version;
    };

    void require_consistent(Report const& report) const;
    /// \param number of the key, \see public_number
    [[nodiscard]] std::optional<Known> find(ReportKey const& key, std::uint64_t number);
    void add_report(Report const& report, std::uint64_t number, ContentHash const& hash);
    /// Whether another report quotes this case number; then that one does not stand alone any more.
    [[nodiscard]] bool quoted_before(std::string const& case_number);
    void add_version(std::int64_t report, std::int64_t number, Report const& content, ContentHash const& hash,
                     std::int64_t kind);
    [[nodiscard]] std::optional<Version> find_version(std::int64_t report, ContentHash const& hash);
    void widen(std::int64_t report, Version const& version, Instant observed_at);
    /// Where the row says the same but its reading differs (another profile, a better table of types),
    /// takes the new reading. \return whether it did
    bool read_anew(std::int64_t version, Report const& content);
    /// \param reread version whose reading changed, or 0. \return whether the report is shown otherwise now
    bool choose_current(Known const& known, std::int64_t reread = 0);
    [[nodiscard]] bool contradicts_session(std::int64_t report, Instant observed_at,
                                           std::optional<Version> const& version);
    [[nodiscard]] NewReport* new_report(std::int64_t id);

    Connection& connection_;
    County const& county_;
    KindDictionary& kinds_;
    SourceId source_;
    Statement find_, insert_report_, insert_version_, find_version_, last_version_, best_version_, widen_,
        set_current_, quoter_, seen_then_, read_anew_, note_for_desk_, seen_beside_desk_;
    bool any_of_desk_;  // whether rows of the desk tell any version
    std::int64_t first_new_id_;
    std::deque<NewReport> new_reports_;  // ids without gaps: nobody else inserts meanwhile
    std::unordered_multimap<std::int64_t, Sighting> sightings_;
    std::vector<std::int64_t> to_link_;
    std::vector<std::string> former_cases_;
    std::int64_t new_versions_ = 0;
    bool changed_ = false;
};

}  // namespace riskbild::store
