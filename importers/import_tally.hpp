#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "geo_core/batch_worker.hpp"
#include "geo_core/report.hpp"
#include "geo_core/result.hpp"
#include "geo_core/store/store.hpp"
#include "importers/readers/row_hash.hpp"
#include "importers/row_problem.hpp"

namespace riskbild::importers {

/// Notices the case numbers that more reports of a file quote than tell of one event: fillers, or a column
/// that is none.
class CaseNumbers {
public:
    void quote(std::string const& number);
    /// Number of reports by case number, shortened; only above 20.
    [[nodiscard]] std::map<std::string, std::uint64_t> const& often() const { return often_; }

private:
    std::unordered_map<std::uint64_t, std::uint64_t> quoted_;  // by hash of the number
    std::map<std::string, std::uint64_t> often_;
};

/// One file being taken in: hands rows to the session, in a thread of its own, and counts what became of
/// each. What the session says against a row comes with a later row, or at the end.
class ImportTally {
public:
    /// \param session must outlive the tally, and is used by nobody else until `finish`
    ImportTally(ImportSession& session, std::string source, std::string file);

    /// Takes a report. Set aside are a second one with the same id but other content, as `duplicate_id`, and
    /// one that contradicts itself so that the store refuses it, as `refused`.
    /// \param id_column named for `duplicate_id`
    Result<void> take(Report report, std::uint64_t row, std::string id_column);
    Result<void> set_aside(std::uint64_t row, RowProblem problem);
    /// A row of a wider feed that belongs to another county.
    Result<void> outside();
    void note(std::string sentence) { notes_.push_back(std::move(sentence)); }

    /// What becomes of rows that the store has already, all of them and no others, and would have twice:
    /// under other ids or as another source's. A handful may be alike by chance.
    enum class ToldBefore { taken, refused };
    /// Commits. Afterwards the tally is spent. \return ErrorCode::wrong_use (field `profile-columns`) for
    /// rows refused; nothing of them is kept.
    Result<ImportReport> finish(ToldBefore told_before = ToldBefore::taken);

private:
    struct Told {
        Report report;
        std::string id_column;
    };
    struct Outside {};
    struct Row {
        std::uint64_t number = 0;
        std::variant<Told, RowProblem, Outside> content;
    };

    // In the thread of the worker.
    Result<void> write(Row& row);
    Result<void> write(Told const& told, std::uint64_t row);
    Result<void> write(RowProblem problem, std::uint64_t row);

    void note_case_numbers();
    Result<void> refuse_rows_told_before();

    ImportSession* session_;
    ImportReport report_;
    std::map<std::string, std::uint64_t> reasons_;
    std::uint64_t contested_ = 0;  // rows revised at the moment of what they revise
    CaseNumbers case_numbers_;
    std::vector<std::string> notes_;  // of the caller's thread
    std::uint64_t rows_hash_ = 0;     // of the caller's thread; a sum, which knows no order of rows
    BatchWorker<Row> worker_;
};

/// What is wrong with the second of two rows that have one id but other content.
[[nodiscard]] RowProblem duplicate_id(std::string_view id, std::string_view id_column, std::string payload);

/// Notices the same id with other content in one file, also where each record tells its own time and the
/// store would take the second for a newer version.
class SeenIds {
public:
    /// \return false when `id` was here before with other content.
    bool agree(std::string_view id, std::string_view content);

private:
    std::unordered_map<RowHash, RowHash> content_of_;
};

/// `1 row`, `12 rows`
[[nodiscard]] std::string rows_text(std::uint64_t count);

/// `; the 2 files before it are imported`
[[nodiscard]] std::string imported_before(std::size_t files);

/// The row that a problem sets aside.
[[nodiscard]] SetAside as_set_aside(std::string const& source, std::string const& file, std::uint64_t row,
                                    RowProblem problem);
/// Counts it, and lists it while there is room.
void count_set_aside(SetAside row, ImportReport& report, std::map<std::string, std::uint64_t>& reasons);

/// Adds `part`, one file's report, to `whole`.
void add(ImportReport& whole, ImportReport part);

}  // namespace riskbild::importers
