#pragma once

#include <span>
#include <string>
#include <vector>

#include "geo_core/area.hpp"
#include "geo_core/linkage/pair_score.hpp"

namespace riskbild::linkage {

/// Why two reports are, or are not, held for one event: a sentence for each thing compared, with its weight,
/// such as `+10.00 their times overlap`. English; the viewer has its own words for the same score.
/// \param shared the words that both tell, \see shared_words
[[nodiscard]] std::vector<std::string> explanation(PairScore const& score,
                                                   std::span<std::string const> shared, AreaSet const& areas);

}  // namespace riskbild::linkage
