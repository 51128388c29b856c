#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/example/events.hpp"
#include "data/example/geography.hpp"

namespace riskbild::data {

/// Every made-up text ends with this.
inline constexpr std::string_view kMadeUp = "(påhittat exempel)";

/// One row of an example's point CSV, field by field as it stands in the file.
struct PointRow {
    std::string id;
    std::string from;  ///< RFC 3339 in the county's civil time
    std::string to;
    std::string kind;  ///< our code
    std::string lng;   ///< degrees, WGS 84; empty where only the kommun is known
    std::string lat;
    std::string precision;
    std::string kommun;  ///< its name
    std::string address;
    std::string title;
    std::string text;
    std::string case_number;  ///< the police's, where they know of it; empty otherwise
};

/// How one source comes to know of times and places.
struct Teller {
    std::string_view source;
    std::string_view id_prefix;
    double only_kommun = 0.0;  ///< share of rows without a position
    bool has_exact = false;    ///< some positions come from GPS
    double in_quarters = 0.0;  ///< share of times told as a quarter of an hour, not to the minute
};

/// What a source tells of an event; id and case number are still empty.
[[nodiscard]] PointRow tell(MadeUpEvent const& event, Teller const& teller, MadeUpPlaces const& places,
                            Geography const& geography, Random& random);

/// Rows that no importer should take, made from good ones: a position far away, no time, longitude and
/// latitude swapped, the year 2099, an id that is there already. Each says so in its text.
/// \pre good is not empty
[[nodiscard]] std::vector<PointRow> make_flawed(std::span<PointRow const> good, std::size_t count,
                                                std::string_view id_prefix, Random& random);

/// UTF-8, comma, with a header, fields quoted where they must be.
Result<void> write_csv(std::filesystem::path const& file, std::span<PointRow const> rows);

/// 2025-01-31T23:59:00+01:00
[[nodiscard]] std::string rfc3339(Instant instant, TimeZone const& zone);

}  // namespace riskbild::data
