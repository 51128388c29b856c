#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace riskbild::layers {

/// Rates made comparable before neighbours are compared (Assunção and Reis 1999): (rate − mean) divided by
/// the deviation that an area of its population has by chance and by true differences. Plain rates of small
/// areas are wild, and make neighbours look alike or unlike that are not.
///
/// 0 for every area where there are no counts. \pre both spans have one size; populations > 0
[[nodiscard]] std::vector<double> rate_scores(std::span<std::uint64_t const> counts,
                                              std::span<std::int64_t const> populations);

}  // namespace riskbild::layers
