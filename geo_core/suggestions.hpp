#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/area.hpp"
#include "geo_core/kinds.hpp"
#include "geo_core/result.hpp"

namespace riskbild {

/// What may have been meant by a code that a filter names and the county lacks, in one sentence: a kind by
/// its Swedish or English name too, an area by its name. `field` is the filter's key.
[[nodiscard]] Error unknown_kind(std::string_view written, KindTree const& kinds);
[[nodiscard]] Error unknown_area(std::string_view written, AreaSet const& areas);
[[nodiscard]] Error unknown_source(std::string_view written, std::vector<std::string> sources);

/// The one of `names` that somebody who mistyped may have meant: without regard to case, and two neighbours
/// that changed places are one mistake. Nothing where none is near. The first of equally near ones.
[[nodiscard]] std::optional<std::string> nearest_name(std::string_view written,
                                                      std::vector<std::string> const& names);

/// `there is no layer "densty"; did you mean density?`; where none is near, `…; there are density, rates`.
[[nodiscard]] std::string there_is_no(std::string_view what, std::string_view written,
                                      std::vector<std::string> const& names);

}  // namespace riskbild
