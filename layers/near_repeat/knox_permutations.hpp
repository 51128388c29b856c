#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "layers/near_repeat/close_pairs.hpp"
#include "layers/near_repeat/knox.hpp"

namespace riskbild::layers {

/// Told the number of pairs of one permutation: by band of distance, then by step of time, pairs that are
/// fewer than that step apart, whatever lower.
using PermutedPairs = std::function<void(std::vector<std::uint64_t> const& below)>;

/// Shuffles the times among the places again and again, and counts who is close in both. \param times in the
/// grid's order, from 0 on \param steps ascending \return false when stopped
bool count_permuted(ReachGrid const& grid, std::vector<std::int32_t> const& times,
                    DistanceSteps const& distance, std::vector<std::int32_t> const& steps, KnoxRun const& run,
                    Progress const& progress, PermutedPairs const& told);

}  // namespace riskbild::layers
