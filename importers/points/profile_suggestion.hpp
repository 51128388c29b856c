#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "geo_core/result.hpp"
#include "geo_core/snapshot.hpp"
#include "geo_core/time.hpp"
#include "importers/points/column_profile.hpp"
#include "importers/readers/byte_source.hpp"

namespace riskbild::importers {

/// How sure a guess is: `certain` = proven by the rows, `likely` = name and rows agree, `unsure` = look at
/// it.
enum class Confidence { certain, likely, unsure };
[[nodiscard]] std::string_view name_of(Confidence confidence);

/// One key of a column profile, as guessed.
struct ProfileGuess {
    std::string key;    ///< `time.from`
    std::string value;  ///< as it stands in the profile: a column, a number, a word
    Confidence confidence = Confidence::likely;
    std::string reason;  ///< a sentence
};

/// What one value of the kind column may mean.
struct KindProposal {
    std::string value;
    std::uint64_t rows = 0;  ///< of those looked at
    std::string code;        ///< empty: nothing fits, the rows become `unknown`
    Confidence confidence = Confidence::likely;
    std::string reason;
};

/// One row as it would be read.
struct PreviewRow {
    std::uint64_t row = 0;
    std::string when, where, kind, title;
    std::string set_aside;  ///< why it would be; empty where it is read
};

/// A column profile made by looking at a file, with the reason for every guess. Nothing is stored.
struct ProfileSuggestion {
    std::string file;
    std::string source = "points";  ///< that it seems to be of: also `areas`, `figures`, `shops`
    std::string form;               ///< how the table is written: `fields separated by semicolons, gzip`
    std::vector<std::string> columns;
    std::uint64_t rows_looked_at = 0;  ///< in full
    std::uint64_t rows_gone_through = 0;
    bool is_whole = true;  ///< whether the file has no more rows
    std::vector<ProfileGuess> guesses;
    std::vector<KindProposal> kinds;     ///< most frequent first
    std::vector<std::string> questions;  ///< what the file cannot tell and a person has to
    std::vector<PreviewRow> preview;
    std::uint64_t usable_rows = 0;                                 ///< of those looked at
    std::vector<std::pair<std::string, std::uint64_t>> set_aside;  ///< reason, rows of those looked at
    ColumnProfile profile;
    std::string toml;  ///< the profile, with the reasons as comments; loads as it is where it tells the time
};

struct SuggestOptions {
    std::string layer{};
    Instant now;
    std::string kind_column{};  ///< where a person knows that it holds the kinds; empty: found
};

/// Looks at the first rows of a table and at some of those behind, and guesses which column is what.
///
/// A date such as 03/04 is never guessed: where no value proves the order, the profile has a line to fill in.
/// The coordinate system is the one that puts the points into the county's box and its areas. \return the
/// errors of open_table; ErrorCode::unreadable for a table without rows
Result<ProfileSuggestion> suggest_profile(ByteSource& source, County const& county,
                                          SuggestOptions const& options);
/// The same for a table of a database. \see open_database_table
Result<ProfileSuggestion> suggest_profile_of_database(std::string const& connection, County const& county,
                                                      SuggestOptions const& options);

/// A county as its profile alone makes it, without a store. \return ErrorCode::wrong_use listing the profiles
Result<County> county_of_profile(std::string const& name);

}  // namespace riskbild::importers
