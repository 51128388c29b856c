#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo_core/result.hpp"

namespace riskbild::importers {

/// What a column of numbers tells.
struct ValueColumn {
    std::size_t index = 0;
    std::string measure;  ///< `population`
    std::string unit;     ///< `persons`
};

/// Which column of a table of figures is what, found by their headings.
struct FigureColumns {
    std::size_t area = 0;
    std::string area_set;  ///< that the heading tells: `areas`, `regso`, `deso`; empty: not told
    bool area_is_code = false;
    std::optional<std::size_t> area_name;  ///< beside a code
    std::vector<ValueColumn> values;
    std::optional<std::size_t> about, year, n, low, high, interval;
};

/// \param measure that the caller names, for tables whose heading does not tell what is counted; or empty
/// \return ErrorCode::unreadable naming the columns that there are and what is expected
Result<FigureColumns> figure_columns(std::vector<std::string> const& headings, std::string const& measure,
                                     std::string const& file);

/// A number as Swedish tables write it: `1 234`, `12,5`, `12.5 %`. No value where the table withholds or
/// lacks it (`..`, `-`, `.`, empty). \return nothing for what is no number
struct WrittenNumber {
    std::optional<double> value;
};
[[nodiscard]] std::optional<WrittenNumber> parse_figure(std::string_view written);

/// `32,1–38,9`, `32,1 - 38,9`, `[32.1; 38.9]`. Nothing for anything else, and where the first is the larger.
[[nodiscard]] std::optional<std::pair<double, double>> parse_interval(std::string_view written);

}  // namespace riskbild::importers
