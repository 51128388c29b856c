#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace riskbild::layers {

/// What a week should hold, after the same weeks of earlier years.
struct FarringtonBound {
    double expected = 0.0;
    double upper = 0.0;  ///< more than this is an alarm
    bool trend = false;  ///< whether a trend over the years was needed
};

/// Farrington, Andrews, Beale and Catchpole (1996), as in R's surveillance::farrington: a quasi-Poisson
/// regression of the baseline with a linear trend in log counts; weeks of past outbreaks (Anscombe residual
/// above 1) weigh less in a second fit; the bound is normal on the scale of counts to the power ⅔, with
/// dispersion not below 1. The trend stays only with three years or more, p < 0.05, and where it does not
/// lead above the largest baseline count.
///
/// \param weeks of the baseline, numbered in order of time; `counts` are theirs; `week` is the one judged
/// \param alpha of the bound to both sides: 0.05 leaves 2.5 % of weeks above by chance
/// \return nothing for fewer than four baseline weeks
[[nodiscard]] std::optional<FarringtonBound> farrington_bound(std::span<double const> weeks,
                                                              std::span<std::uint32_t const> counts,
                                                              double week, unsigned years, double alpha);

}  // namespace riskbild::layers
