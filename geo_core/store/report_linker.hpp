#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "geo_core/linkage/link_report.hpp"
#include "geo_core/linkage/pair_score.hpp"
#include "geo_core/snapshot.hpp"
#include "geo_core/store/incident_writer.hpp"
#include "geo_core/store/kind_dictionary.hpp"
#include "geo_core/store/link_table.hpp"
#include "geo_core/store/sqlite_handle.hpp"

namespace riskbild::store {

/// Keeps the pairs of reports that may tell of one event in line with the reports. What a pair weighs follows
/// from the two alone, so that it does not matter in which order or portions they came.
/// \pre all within one write transaction; `county` and `kinds` outlive the linker
class ReportLinker {
public:
    ReportLinker(Connection& connection, County const& county, KindDictionary const& kinds);

    /// Compares new and changed reports with all that happened at about the same time.
    /// \param changed reports that were there before and say something else now
    /// \return reports whose partners are to be found anew, with those that are new
    [[nodiscard]] std::vector<std::int64_t> update(std::deque<NewReport> const& new_reports,
                                                   std::span<std::int64_t const> changed);
    /// Throws all pairs away and finds them again.
    void rebuild();
    /// The pairs as they should be, by their reports.
    [[nodiscard]] std::vector<linkage::LinkPair> all_pairs();

    /// Whether the pairs were found by the rules of this program and the county's present kinds.
    [[nodiscard]] bool is_current();
    /// Says that they were.
    void note_rules();

private:
    class Words;

    [[nodiscard]] linkage::LinkSubject subject_of(ReportVoice const& voice) const;
    /// Of a row with the report, its source and kVoiceColumns.
    [[nodiscard]] linkage::LinkSubject subject_at(Statement const& row) const;
    [[nodiscard]] std::vector<linkage::LinkSubject> subjects(std::span<std::int64_t const> reports);
    /// All subjects that begin within the time that those given can reach, without those given. Where that is
    /// most of the store, what all of them say is read as well.
    void add_neighbours(std::vector<linkage::LinkSubject>& subjects, Words& words);
    /// The pairs of which at least one is among the first `fresh`, by their reports.
    [[nodiscard]] std::vector<linkage::LinkPair> compare(std::span<linkage::LinkSubject const> subjects,
                                                         std::size_t fresh, Words& words) const;
    [[nodiscard]] std::string rules() const;

    Connection& connection_;
    County const& county_;
    KindDictionary const& kinds_;
    linkage::PairScorer scorer_;
    LinkTable pairs_;
};

}  // namespace riskbild::store
