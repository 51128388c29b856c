#pragma once

#include <string>
#include <string_view>

#include "geo_core/area.hpp"

namespace riskbild::importers {

/// A stop's name taken apart: `Folkets hus (Hallstavik) (Norrtälje)`.
struct StopName {
    std::string name;       ///< `Folkets hus`
    std::string locality;   ///< `Hallstavik`, or empty
    AreaId area = kNoArea;  ///< the county's area that the last parenthesis names
    bool cut_off = false;   ///< the feed's 40 characters were not enough
    bool operator==(StopName const&) const = default;
};

/// A last parenthesis that names no area of the county is a locality. A parenthesis that a cut-off name
/// leaves open is the area whose name begins so, where there is only one.
[[nodiscard]] StopName parse_stop_name(std::string_view written, AreaSet const& areas);

}  // namespace riskbild::importers
