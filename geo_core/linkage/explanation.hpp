#pragma once

#include <string>
#include <vector>

#include "geo_core/area.hpp"
#include "geo_core/linkage/pair_score.hpp"

namespace riskbild::linkage {

/// Why two reports are, or are not, held for one event: a sentence for each thing compared, with its weight,
/// such as `+10.0 the same minute`. English; the viewer has its own words for the same score.
[[nodiscard]] std::vector<std::string> explanation(PairScore const& score, AreaSet const& areas);

}  // namespace riskbild::linkage
