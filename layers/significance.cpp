#include "layers/significance.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace riskbild::layers {

std::vector<double> benjamini_hochberg(std::span<double const> p)
{
    std::vector<std::size_t> tests;
    for (std::size_t i = 0; i < p.size(); ++i) {
        if (!std::isnan(p[i])) {
            tests.push_back(i);
        }
    }
    std::sort(tests.begin(), tests.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
    std::vector<double> adjusted(p.begin(), p.end());
    auto const m = static_cast<double>(tests.size());
    double least = 1.0;
    for (std::size_t rank = tests.size(); rank > 0; --rank) {
        auto const test = tests[rank - 1];
        least = std::min(least, p[test] * m / static_cast<double>(rank));
        adjusted[test] = least;
    }
    return adjusted;
}

double upper_tail_p(double z)
{
    return 0.5 * std::erfc(z / std::numbers::sqrt2);
}

double two_sided_p(double z)
{
    return std::erfc(std::abs(z) / std::numbers::sqrt2);
}

}  // namespace riskbild::layers
