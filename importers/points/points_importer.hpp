#pragma once

#include <functional>
#include <optional>

#include "geo_core/result.hpp"
#include "geo_core/store/store.hpp"
#include "geo_core/time.hpp"
#include "importers/points/column_profile.hpp"
#include "importers/readers/byte_source.hpp"
#include "importers/readers/open_table.hpp"
#include "importers/reading_recipe.hpp"

namespace riskbild::importers {

struct PointsOptions {
    std::optional<ColumnProfile> columns{};  ///< nothing: the one built-in profile that fits the header
    std::string layer{};                     ///< sheet or layer; empty: the only one that has rows
    bool swap_positions = false;             ///< as `position.swap` of the profile
    std::optional<Instant> observed{};       ///< overrides what rows and file name say
    Instant now;                             ///< nothing can have happened more than a day later
    std::function<void(std::uint64_t rows)> progress{};  ///< called every few thousand rows; may be empty
    std::optional<Instant> observed_else{};              ///< in place of the file's name and newest row
    BeginImport begin{};                                 ///< in place of the store's own
};

/// Takes in one table of single incidents, in one transaction, its columns explained by a profile. Which
/// formats there are says open_table.hpp. Reads the table twice where neither caller nor file name nor rows
/// say when it was observed.
///
/// Set aside, by reason: `wrong_columns`, `bad_quotes`, `not_text`, `too_long`, `bad_time`,
/// `bad_position`, `outside_box` (also NaN, infinity and 0, 0), `swapped_position` (inside when lng and lat
/// change places; never swapped silently), `no_position`, `unknown_place`, `bad_precision`, `duplicate_id`,
/// `refused`. Counted as `outside`: positions in the box but in none of the county's areas.
/// A row without an id is named by its content and its number among rows of that content.
/// \return ErrorCode::unreadable for a file that is empty, no table, cut off or lacks columns that the
/// profile needs (\see missing_columns); ErrorCode::wrong_use for a profile that maps to a kind the store
/// does not know, and for a file of several layers of which none is named.
Result<ImportReport> import_points(Store& store, ByteSource& source, PointsOptions const& options);

/// The same for a table that is open already, or can be. \param packed how, for the note: `, gzip`
Result<ImportReport> import_points_of_table(Store& store, std::string const& file, OpenTable const& open,
                                            PointsOptions const& options, std::string_view packed = {});

/// The same for a table of a database. \see open_database_table
Result<ImportReport> import_points_of_database(Store& store, std::string const& connection,
                                               PointsOptions const& options);

}  // namespace riskbild::importers
