#pragma once

#include <cstdint>

#include "layers/rates/rate_statistics.hpp"

namespace riskbild::layers {

/// How one rate compares with another.
struct RateRatio {
    double ratio = 0.0;  ///< second rate / first; infinite when only the first count is 0, NaN when both are
    Interval interval;   ///< exact; `high` is infinite when the first count is 0
    double p = 1.0;      ///< exact, two-sided: how often chance makes counts as unlike, were the rates equal
};

/// Compares two Poisson rates by the exact conditional test: of all counts together, the second has a
/// binomial share (Przyborowski and Wilenski 1940). The interval is that of Clopper and Pearson (1934). p
/// adds all outcomes that are at most as likely as the one observed, ties included. The same as R's
/// poisson.test. \param first_time, second_time over which was counted: days, person-years … \pre both times
/// > 0; 0 < level < 1
[[nodiscard]] RateRatio rate_ratio(std::uint64_t first, double first_time, std::uint64_t second,
                                   double second_time, double level = 0.95);

}  // namespace riskbild::layers
