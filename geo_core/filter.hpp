#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/precision.hpp"
#include "geo_core/result.hpp"
#include "geo_core/time.hpp"

namespace riskbild {

/// Local dates, `[from, to)`.
struct Period {
    LocalDate from;
    LocalDate to;
    bool operator==(Period const&) const = default;
};

/// Which incidents are meant. One type, one parser, one text form for map, charts, tables, exports,
/// CLI and saved views. Empty lists and absent values mean "all".
///
/// Text form: `key=value` joined by `;`, keys in alphabetical order, lists sorted and comma-separated:
/// `areas=0380;hours=18..24;kinds=damage.graffiti,theft;period=2025-01-01..2025-02-01;
/// precision=street;sources=police;weekdays=fri,sat`. The empty text is no filter.
///
/// A period matches the interval's start. Hours and weekdays match it too, but an interval of 23 h
/// or longer tells no hour: it does not match an hour filter and is counted as left out.
struct Filter {
    std::optional<Period> period;
    std::uint32_t hours = 0;    ///< bit h = hour [h, h+1) of the local day; 0 = all. `22..2` wraps midnight
    std::uint8_t weekdays = 0;  ///< bit 0 = Monday; 0 = all
    std::vector<std::string> kinds;  ///< codes; each stands for itself and all below it
    std::vector<std::string> sources;
    std::vector<std::string> areas;      ///< official codes
    std::optional<Precision> precision;  ///< least precision wanted: `street` keeps exact, address, street

    bool operator==(Filter const&) const = default;
};

/// \return ErrorCode::wrong_use naming the key at fault (in `Error::field`) and what is allowed.
/// Accepts keys and lists in any order; never more than 64 kB or 1 000 list entries.
Result<Filter> parse_filter(std::string_view text);

/// The canonical text form; `parse_filter(to_text(f)) == f`.
[[nodiscard]] std::string to_text(Filter const& filter);

}  // namespace riskbild
