#include "layers/rates/rate_ratio.hpp"

#include <cmath>
#include <limits>

#include <boost/math/distributions/binomial.hpp>

namespace riskbild::layers {
namespace {

using Binomial = boost::math::binomial_distribution<double>;

// Outcomes this much likelier than the one observed still tie with it: rounding must not part equals.
constexpr double kTie = 1.0 + 1e-7;
constexpr double kInfinite = std::numeric_limits<double>::infinity();

/// The first of [from, to] that `is_rare`, where all after the first are; to + 1 when none is.
template <class IsRare>
double first_rare(double from, double to, IsRare const& is_rare)
{
    double end = to + 1.0;
    while (from < end) {
        double const middle = std::floor((from + end) / 2.0);
        if (is_rare(middle)) {
            end = middle;
        } else {
            from = middle + 1.0;
        }
    }
    return end;
}

double upper_tail(Binomial const& binomial, double from)
{
    if (from <= 0.0) {
        return 1.0;
    }
    return from > binomial.trials() ? 0.0 : cdf(complement(binomial, from - 1.0));
}

double lower_tail(Binomial const& binomial, double to)
{
    return to < 0.0 ? 0.0 : cdf(binomial, to);
}

/// Chance of all outcomes that are at most as likely as `count`.
double two_sided(double count, double all, double share)
{
    Binomial const binomial{all, share};
    double const as_likely = pdf(binomial, count) * kTie;
    double const expected = all * share;
    if (count < expected) {
        auto const other =
            first_rare(std::ceil(expected), all, [&](double k) { return pdf(binomial, k) <= as_likely; });
        return std::min(1.0, lower_tail(binomial, count) + upper_tail(binomial, other));
    }
    // The same from the other end.
    auto const other = all - first_rare(std::ceil(all - expected), all,
                                        [&](double left) { return pdf(binomial, all - left) <= as_likely; });
    return std::min(1.0, lower_tail(binomial, other) + upper_tail(binomial, count));
}

double odds(double share)
{
    return share < 1.0 ? share / (1.0 - share) : kInfinite;
}

}  // namespace

RateRatio rate_ratio(std::uint64_t first, double first_time, std::uint64_t second, double second_time,
                     double level)
{
    auto const a = static_cast<double>(first);
    auto const b = static_cast<double>(second);
    double const all = a + b;
    if (all == 0.0) {
        return {std::numeric_limits<double>::quiet_NaN(), {0.0, kInfinite}, 1.0};
    }
    double const times = first_time / second_time;
    double const tail = (1.0 - level) / 2.0;
    RateRatio result;
    result.ratio = first == 0 ? kInfinite : b / a * times;
    result.interval.low = second == 0 ? 0.0 : times * odds(Binomial::find_lower_bound_on_p(all, b, tail));
    result.interval.high =
        first == 0 ? kInfinite : times * odds(Binomial::find_upper_bound_on_p(all, b, tail));
    result.p = two_sided(b, all, second_time / (first_time + second_time));
    return result;
}

}  // namespace riskbild::layers
