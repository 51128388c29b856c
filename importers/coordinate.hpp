#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "geo_core/text.hpp"

namespace riskbild::importers {

/// With a decimal point or a decimal comma, also with a plus in front; also NaN and infinity.
[[nodiscard]] inline std::optional<double> parse_coordinate(std::string_view text)
{
    std::string with_point{text};
    if (auto const comma = with_point.find(','); comma != std::string::npos)
        with_point[comma] = '.';
    return parse_number(std::string_view{with_point}.substr(with_point.starts_with('+') ? 1 : 0));
}

}  // namespace riskbild::importers
