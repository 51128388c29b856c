#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/precision.hpp"
#include "geo_core/result.hpp"
#include "geo_core/snapshot.hpp"
#include "geo_core/time.hpp"
#include "importers/dated_codes.hpp"
#include "importers/readers/csv_reader.hpp"

namespace riskbild::importers {

/// How a source writes times.
enum class TimeStyle {
    iso,  ///< `2025-01-31`, `2025-01-31T22:15`, `2025-01-31 22:15:00 +01:00`; local where no zone is given
    month_first,  ///< `01/31/2025`
    day_first,    ///< `31/01/2025`, also `31.1.2025`
};

/// How long an interval a start alone stands for.
enum class TimeResolution { minute, hour, day };

/// Local days from one up to, not including, another.
struct FixedPeriod {
    LocalDate from;
    LocalDate to;
};

/// What the columns of one source's tables mean: TOML in `data/profiles/columns/`, made once by an analyst
/// and then named. README.md beside this file explains every key; a key that it does not name is refused.
struct ColumnProfile {
    std::string name;           ///< the file's stem, e.g. `houston_crime`
    std::string toml;           ///< as written
    Source source;              ///< under which the reports are kept
    bool by_name_only = false;  ///< never chosen by a file's header alone
    CsvOptions csv;

    std::vector<std::string> id;  ///< columns that together name a row; empty: its content does
    std::vector<std::string>
        required;  ///< columns without which a file is refused, beside those it is always

    std::string from;  ///< column of the time, or of the interval's start
    std::string to;    ///< column of the interval's end (exclusive), or empty
    std::optional<FixedPeriod>
        fixed;          ///< instead of `from`, for a list without dates: when all of it happened
    std::string hour;   ///< column with the hour of the day, or empty
    std::string clock;  ///< column with the time of day where `from` is a date, or empty
    TimeStyle style = TimeStyle::iso;
    TimeResolution resolution = TimeResolution::minute;  ///< where the text itself has a time of day
    std::string observed;  ///< column that says when the source said so, or empty

    std::string lng, lat;   ///< columns in degrees, or empty
    std::string x, y;       ///< columns in `epsg`, or empty
    int epsg = 0;           ///< of `x` and `y`; of the file's geometry where the file does not say
    bool geometry = false;  ///< the position is the file's own geometry
    bool swap = false;      ///< the two numbers of every position change places
    Precision precision = Precision::exact;
    std::string precision_column;                 ///< or empty
    std::string area;                             ///< column with the name or code of the kommun, or empty
    std::string address, stop, street, locality;  ///< columns with a place in words, or empty
    bool whole_county_without_position = false;   ///< else a row with neither position nor area is set aside

    std::string kind_fixed;                                         ///< one kind for all, or empty
    std::string kind_column;                                        ///< or empty
    bool kind_is_code = false;                                      ///< the column holds our own codes
    std::optional<DatedCodes> kind_list;                            ///< the column holds codes of this list
    std::map<std::string, std::string, std::less<>> kind_of_value;  ///< value in lower case → code

    std::vector<std::string> title;  ///< columns, joined by ", "
    std::vector<std::string> text;
    std::vector<std::string> place_text;
    std::string link, case_number;  ///< columns, or empty

    std::string context_column;               ///< rows with one of the values are background, never counted
    std::vector<std::string> context_values;  ///< lower case

    /// The columns of the position, as for messages: longitude or east, latitude or north, or twice the
    /// geometry.
    [[nodiscard]] std::string const& first_of_position() const;
    [[nodiscard]] std::string const& second_of_position() const;

    /// Whether it says when things happened: by a column, or for all rows. Only a suggestion may not.
    [[nodiscard]] bool tells_time() const { return !from.empty() || fixed.has_value(); }

    /// Every column that the profile speaks of, sorted.
    [[nodiscard]] std::vector<std::string> columns() const;
};

/// The columns that a profile names and a file does not have.
struct MissingColumns {
    std::vector<std::string> needed;    ///< without them the file cannot be read; sorted
    std::vector<std::string> optional;  ///< read as if they were empty in every row; sorted
};

/// Needed are id, time, kind and context, the precision row by row (without it a midpoint would be an exact
/// dot), what the profile calls required, and a position or an area where it does not keep rows without;
/// longitude and latitude only together.
[[nodiscard]] MissingColumns missing_columns(ColumnProfile const& profile,
                                             std::vector<std::string> const& header);

/// `the columns kommun, to`; with a heading of the file that may be meant, where the profile has no use for
/// it: `the column precision (is it "Precision"?)`.
[[nodiscard]] std::string lacking_text(std::vector<std::string> const& columns, ColumnProfile const& profile,
                                       std::vector<std::string> const& header);

/// Whether these are the columns of the police's event feed, which has an importer of its own.
[[nodiscard]] bool is_police_feed(std::vector<std::string> const& columns);

/// \return ErrorCode::unreadable naming file, key and expectation.
Result<ColumnProfile> parse_column_profile(std::string_view toml, std::string_view name);
/// The same for one that may not tell the time yet: each of its rows would be set aside.
Result<ColumnProfile> parse_profile_without_time(std::string_view toml, std::string_view name);

/// `name` in data/profiles/columns, or a path that ends in `.toml`.
/// \return ErrorCode::wrong_use listing those there are, `field` = `profile-columns`.
Result<ColumnProfile> load_column_profile(std::string const& name);

/// The names in data/profiles/columns, sorted.
[[nodiscard]] std::vector<std::string> column_profile_names();

/// The one built-in profile all of whose columns are in `header` and that may be chosen so; where there is
/// none, the one all of whose needed columns are, with at least one of a position or an area.
/// \see missing_columns \return ErrorCode::wrong_use when none or several fit, listing the profiles, and what
/// the one lacks that nearly fits; `field` = `profile-columns`.
Result<ColumnProfile> column_profile_for(std::vector<std::string> const& header, std::string const& file);

}  // namespace riskbild::importers
