#include "layers/getis_ord/local_g.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace riskbild::layers {
namespace {

constexpr double kNotTold = std::numeric_limits<double>::quiet_NaN();

bool all_equal(std::span<double const> values)
{
    return std::ranges::all_of(values, [&](double value) { return value == values.front(); });
}

struct Mean {
    double sum = 0.0;
    double mean = 0.0;
    double squares = 0.0;  // about the mean
};

Mean mean_of(std::span<double const> values)
{
    Mean result;
    for (double const value : values) {
        result.sum += value;
    }
    result.mean = result.sum / static_cast<double>(values.size());
    for (double const value : values) {
        result.squares += (value - result.mean) * (value - result.mean);
    }
    return result;
}

/// (Σ w(y − ȳ)) / (S √((n Σw² − (Σw)²)/(n − 1)))
double z_of(double excess, double deviation, double n, double sum, double squares)
{
    double const room = n * squares - sum * sum;
    // All units as neighbours leave no room, whatever the rounding.
    return room > 1e-12 * n * squares && deviation > 0.0 ? excess / (deviation * std::sqrt(room / (n - 1.0)))
                                                         : kNotTold;
}

}  // namespace

std::optional<std::vector<double>> local_g_star(std::span<double const> values, SpatialWeights const& weights)
{
    if (values.size() < 3 || values.size() != weights.size() || all_equal(values)) {
        return std::nullopt;
    }
    auto const n = static_cast<double>(values.size());
    auto const all = mean_of(values);
    double const deviation = std::sqrt(all.squares / n);
    std::vector<double> result;
    for (std::size_t unit = 0; unit < values.size(); ++unit) {
        double excess = values[unit] - all.mean;
        double sum = 1.0;
        double squares = 1.0;
        for (auto const& entry : weights.row(unit)) {
            excess += entry.weight * (values[entry.unit] - all.mean);
            sum += entry.weight;
            squares += entry.weight * entry.weight;
        }
        result.push_back(z_of(excess, deviation, n, sum, squares));
    }
    return result;
}

std::optional<std::vector<double>> local_g(std::span<double const> values, SpatialWeights const& weights)
{
    if (values.size() < 3 || values.size() != weights.size() || all_equal(values)) {
        return std::nullopt;
    }
    auto const others = static_cast<double>(values.size()) - 1.0;
    auto const all = mean_of(values);
    std::vector<double> result;
    for (std::size_t unit = 0; unit < values.size(); ++unit) {
        // Taking one value z from the mean out leaves the others' mean and squares about it.
        double const own = values[unit] - all.mean;
        double const mean = all.mean - own / others;
        double const squares_about = all.squares - own * own * (others + 1.0) / others;
        double excess = 0.0;
        double sum = 0.0;
        double squares = 0.0;
        for (auto const& entry : weights.row(unit)) {
            excess += entry.weight * (values[entry.unit] - mean);
            sum += entry.weight;
            squares += entry.weight * entry.weight;
        }
        bool const others_vary = squares_about > 1e-12 * all.squares;
        result.push_back(others_vary ? z_of(excess, std::sqrt(squares_about / others), others, sum, squares)
                                     : kNotTold);
    }
    return result;
}

std::optional<GlobalStatistic> general_g(std::span<double const> values, SpatialWeights const& weights)
{
    auto const [s0, s1, s2] = sums_of(weights);
    if (values.size() < 4 || values.size() != weights.size() || !(s0 > 0.0) || all_equal(values) ||
        std::ranges::any_of(values, [](double value) { return !(value >= 0.0); })) {
        return std::nullopt;
    }
    double m1 = 0.0, m2 = 0.0, m3 = 0.0, m4 = 0.0;
    double between_neighbours = 0.0;
    for (std::size_t unit = 0; unit < values.size(); ++unit) {
        double const y = values[unit];
        m1 += y;
        m2 += y * y;
        m3 += y * y * y;
        m4 += y * y * y * y;
        for (auto const& entry : weights.row(unit)) {
            between_neighbours += entry.weight * y * values[entry.unit];
        }
    }
    auto const n = static_cast<double>(values.size());
    double const pairs = m1 * m1 - m2;
    if (!(pairs > 0.0)) {
        return std::nullopt;  // one value and zeros: no product is left to share
    }
    double const s00 = s0 * s0;
    double const b0 = (n * n - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * s00;
    double const b1 = -((n * n - n) * s1 - 2.0 * n * s2 + 6.0 * s00);
    double const b2 = -(2.0 * n * s1 - (n + 3.0) * s2 + 6.0 * s00);
    double const b3 = 4.0 * (n - 1.0) * s1 - 2.0 * (n + 1.0) * s2 + 8.0 * s00;
    double const b4 = s1 - s2 + s00;
    GlobalStatistic result;
    result.value = between_neighbours / pairs;
    result.expected = s0 / (n * (n - 1.0));
    double const second_moment =
        (b0 * m2 * m2 + b1 * m4 + b2 * m1 * m1 * m2 + b3 * m1 * m3 + b4 * m1 * m1 * m1 * m1) /
        (pairs * pairs * n * (n - 1.0) * (n - 2.0) * (n - 3.0));
    result.variance_random = second_moment - result.expected * result.expected;
    return result;
}

}  // namespace riskbild::layers
