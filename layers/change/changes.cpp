#include "layers/change/changes.hpp"

#include <algorithm>
#include <limits>

#include "layers/significance.hpp"

namespace riskbild::layers {
namespace {

constexpr double kNotTested = std::numeric_limits<double>::quiet_NaN();

/// The smallest p that so many incidents can have, however they divide.
double least_p(std::uint64_t count, double days_before, double days_after)
{
    return std::min(rate_ratio(count, days_before, 0, days_after).p,
                    rate_ratio(0, days_before, count, days_after).p);
}

/// The fewest incidents that can be clear.
std::uint64_t fewest_to_tell(double days_before, double days_after, double level)
{
    std::uint64_t count = 1;
    while (least_p(count, days_before, days_after) > level) {
        ++count;
    }
    return count;
}

}  // namespace

std::vector<Change> changes(std::span<std::uint64_t const> before, double days_before,
                            std::span<std::uint64_t const> after, double days_after, double level)
{
    auto const fewest = fewest_to_tell(days_before, days_after, level);
    std::vector<Change> result;
    std::vector<double> p;
    for (std::size_t i = 0; i < before.size(); ++i) {
        result.push_back(
            {before[i], after[i], rate_ratio(before[i], days_before, after[i], days_after), {}, {}});
        p.push_back(before[i] + after[i] >= fewest ? result.back().against.p : kNotTested);
    }
    auto const adjusted = benjamini_hochberg(p);
    for (std::size_t i = 0; i < result.size(); ++i) {
        auto& one = result[i];
        if (one.before + one.after < fewest) {
            continue;
        }
        one.p_adjusted = adjusted[i];
        one.change = ChangeClass::unclear;
        if (adjusted[i] <= level) {
            one.change = one.against.ratio > 1.0 ? ChangeClass::more : ChangeClass::fewer;
        }
    }
    return result;
}

}  // namespace riskbild::layers
