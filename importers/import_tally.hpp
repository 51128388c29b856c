#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>

#include "geo_core/report.hpp"
#include "geo_core/result.hpp"
#include "geo_core/store/store.hpp"
#include "importers/readers/row_hash.hpp"

namespace riskbild::importers {

/// One file being taken in: hands rows to the session and counts what became of each.
class ImportTally {
public:
    /// \param session must outlive the tally
    ImportTally(ImportSession& session, std::string source, std::string file);

    /// Takes a report; a second one with the same id but other content is set aside as `duplicate_id`.
    /// \param id_column named then
    Result<void> take(Report const& report, std::uint64_t row, std::string_view id_column);
    Result<void> set_aside(std::uint64_t row, std::string column, std::string reason, std::string message,
                           std::string payload);
    /// A row of a wider feed that belongs to another county.
    void outside();
    void note(std::string sentence) { report_.notes.push_back(std::move(sentence)); }

    [[nodiscard]] std::uint64_t read() const { return report_.read; }

    /// Commits. Afterwards the tally is spent.
    Result<ImportReport> finish();

private:
    ImportSession* session_;
    ImportReport report_;
    std::map<std::string, std::uint64_t> reasons_;
};

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

/// Adds `part`, one file's report, to `whole`.
void add(ImportReport& whole, ImportReport part);

}  // namespace riskbild::importers
