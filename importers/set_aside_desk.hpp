#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "geo_core/result.hpp"
#include "geo_core/set_aside.hpp"
#include "geo_core/store/store.hpp"

namespace riskbild::importers {

/// One column of a row on the desk.
struct DeskColumn {
    std::string name;
    std::string received;
    std::optional<std::string> corrected{};
    bool operator==(DeskColumn const&) const = default;
};

/// A row on the desk as a person sees it.
struct DeskRow {
    SetAsideEntry entry;
    std::vector<DeskColumn> columns;  ///< in the file's order
    std::string read_by;              ///< `points, column profile houston_crime`; empty: not known
    std::string why_not;              ///< why it cannot be corrected or taken in again; empty where it can
};

/// \see DeskRow::why_not
[[nodiscard]] std::string why_not_again(SetAsideEntry const& entry);

/// \return ErrorCode::not_found
Result<DeskRow> desk_row(Store& store, std::int64_t id);

/// New values for columns of a row, beside the row as received; those given before and not again stay.
/// Nothing is taken in. \return ErrorCode::not_found; ErrorCode::wrong_use for a column that the row does not
/// have (`field` names it), where nothing would change, and for a row that is taken in or dropped
Result<DeskRow> correct_row(Store& store, std::int64_t id,
                            std::vector<std::pair<std::string, std::string>> const& values,
                            std::string const& by, Instant at);

/// What came of one row.
struct RetriedRow {
    std::int64_t id = 0;
    Settlement settlement;
};

struct RetryReport {
    std::uint64_t taken = 0;
    std::uint64_t outside = 0;    ///< belong to another county
    std::uint64_t set_aside = 0;  ///< again, perhaps for another reason
    std::vector<RetriedRow> rows;
    Revision revision;
};

/// Takes rows of the desk in again, corrected or not: by the importer and the profile that read their files.
/// A row with an id that the store has is another version of that report, as it would have been in its file;
/// one that was set aside for its id is so again until the id is another.
///
/// What a source sent word for word twice waits for one decision: of such rows the first that can be is taken
/// in.
///
/// Rows of one file are one transaction. \return ErrorCode::not_found; ErrorCode::wrong_use for rows that are
/// taken in or dropped already, and for those whose files were read by a version that did not note how
Result<RetryReport> take_in_again(Store& store, std::span<std::int64_t const> ids, std::string const& by,
                                  Instant now);

}  // namespace riskbild::importers
