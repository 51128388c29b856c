#pragma once

#include <array>
#include <string_view>

namespace riskbild::importers {

/// In lower case, January first.
inline constexpr std::array<std::string_view, 12> kSwedishMonths{
    "januari", "februari", "mars",      "april",   "maj",      "juni",
    "juli",    "augusti",  "september", "oktober", "november", "december"};

}  // namespace riskbild::importers
