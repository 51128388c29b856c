#include "layers/density/bandwidth.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <string>
#include <tuple>
#include <vector>

#include <fmt/format.h>
#include <boost/math/quadrature/gauss.hpp>

#include "layers/density/kernel_inline.hpp"

namespace riskbild::layers {
namespace {

double mean(std::span<double const> values)
{
    // From the first value on: coordinates of millions of metres keep their digits.
    double sum = 0.0;
    for (double const v : values) {
        sum += v - values.front();
    }
    return values.front() + sum / static_cast<double>(values.size());
}

double sample_deviation(std::span<double const> values)
{
    double const middle = mean(values);
    double sum = 0.0;
    for (double const v : values) {
        sum += (v - middle) * (v - middle);
    }
    return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

/// Linear between order statistics. \pre values not empty
double quantile(std::vector<double> values, double part)
{
    double const at = part * static_cast<double>(values.size() - 1);
    auto const low = static_cast<std::size_t>(at);
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(low), values.end());
    double const below = values[low];
    if (low + 1 >= values.size()) {
        return below;
    }
    double const above =
        *std::min_element(values.begin() + static_cast<std::ptrdiff_t>(low) + 1, values.end());
    return below + (at - static_cast<double>(low)) * (above - below);
}

Failure no_spread()
{
    return fail(ErrorCode::wrong_use,
                "a radius can be chosen only from two incidents or more at different places", "radius");
}

/// One axis of the Gaussian with uniform edge correction in [low, high]. The correction of a rectangle is the
/// product of those of its sides.
class CorrectedAxis {
public:
    CorrectedAxis(double low, double high, double sigma) : low_(low), high_(high), sigma_(sigma)
    {
        using Gauss = boost::math::quadrature::gauss<double, 15>;
        auto const panels = std::max(4, static_cast<int>(std::ceil(2.0 * (high - low) / sigma)));
        double const half = (high - low) / panels / 2.0;
        for (int i = 0; i < panels; ++i) {
            double const middle = low + half * (2 * i + 1);
            auto const node = [&](double offset, double weight) {
                nodes_.push_back({middle + half * offset, half * weight / inside(middle + half * offset)});
            };
            for (std::size_t k = 0; k < Gauss::abscissa().size(); ++k) {
                node(Gauss::abscissa()[k], Gauss::weights()[k]);
                if (Gauss::abscissa()[k] != 0.0) {
                    node(-Gauss::abscissa()[k], Gauss::weights()[k]);
                }
            }
        }
    }

    [[nodiscard]] double inside(double x) const
    {
        double const scale = sigma_ * std::numbers::sqrt2;
        return 0.5 * (std::erf((high_ - x) / scale) - std::erf((low_ - x) / scale));
    }

    /// ∫ k(x − at)/e(x) dx over the side.
    [[nodiscard]] double mass(double at) const
    {
        double sum = 0.0;
        for (auto const& [x, weight] : nodes_) {
            double const t = (x - at) / sigma_;
            if (std::abs(t) <= kGaussianCut) {
                sum += weight * detail::exp_negative(-0.5 * t * t);
            }
        }
        return sum / (sigma_ * std::sqrt(2.0 * std::numbers::pi));
    }

private:
    struct Node {
        double x;
        double weight;
    };
    double low_, high_, sigma_;
    std::vector<Node> nodes_;
};

/// Points in order of north, from a nearby origin.
struct Ordered {
    std::vector<double> x, y;
};

Ordered order_by_north(PointSet const& points)
{
    std::vector<std::uint32_t> order(points.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::tie(points.north[a], points.east[a]) < std::tie(points.north[b], points.east[b]);
    });
    Ordered ordered;
    for (auto const i : order) {
        ordered.x.push_back(points.east[i] - points.east[order.front()]);
        ordered.y.push_back(points.north[i] - points.north[order.front()]);
    }
    return ordered;
}

double smallest_distance(Ordered const& points)
{
    double best2 = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < points.x.size(); ++i) {
        for (std::size_t j = i + 1; j < points.x.size(); ++j) {
            double const dy = points.y[j] - points.y[i];
            if (dy * dy >= best2) {
                break;
            }
            double const dx = points.x[j] - points.x[i];
            double const d2 = dx * dx + dy * dy;
            if (d2 > 0.0) {
                best2 = std::min(best2, d2);
            }
        }
    }
    return std::sqrt(best2);
}

double likelihood(Ordered const& points, double sigma, std::optional<MapBox> const& window)
{
    auto const n = points.x.size();
    double const cut = kGaussianCut * sigma;
    double const scale = -0.5 / (sigma * sigma);
    std::vector<double> others(n, 0.0);
    std::vector<double> part(n);
    std::size_t end = 0;
    for (std::size_t i = 0; i < n; ++i) {
        while (end < n && points.y[end] - points.y[i] <= cut) {
            ++end;
        }
        double const x = points.x[i];
        double const y = points.y[i];
        for (std::size_t j = i + 1; j < end; ++j) {
            double const dx = points.x[j] - x;
            double const dy = points.y[j] - y;
            double const exponent = scale * (dx * dx + dy * dy);
            part[j] = detail::exp_negative(exponent < -700.0 ? -700.0 : exponent);
            others[j] += part[j];
        }
        for (std::size_t j = i + 1; j < end; ++j) {
            others[i] += part[j];
        }
    }
    double const peak = peak_of(Kernel::gaussian, sigma);
    double score = 0.0;
    if (!window) {
        for (double const sum : others) {
            score += std::log(sum * peak);
        }
        return score - static_cast<double>(n);  // over the whole plane each kernel integrates to 1
    }
    CorrectedAxis const east(window->min.east, window->max.east, sigma);
    CorrectedAxis const north(window->min.north, window->max.north, sigma);
    for (std::size_t i = 0; i < n; ++i) {
        score += std::log(others[i] * peak / (east.inside(points.x[i]) * north.inside(points.y[i])));
        score -= east.mass(points.x[i]) * north.mass(points.y[i]);
    }
    return score;
}

}  // namespace

Result<AxisLengths> scott_deviation(PointSet const& points)
{
    if (points.size() < 2) {
        return no_spread();
    }
    double const factor = std::pow(static_cast<double>(points.size()), -1.0 / 6.0);
    AxisLengths const lengths{sample_deviation(points.east) * factor,
                              sample_deviation(points.north) * factor};
    if (!(lengths.east > 0.0) || !(lengths.north > 0.0)) {
        return no_spread();
    }
    return lengths;
}

Result<AxisLengths> nrd_width(PointSet const& points)
{
    if (points.size() < 2) {
        return no_spread();
    }
    auto const axis = [&](std::span<double const> values) {
        std::vector<double> const copy(values.begin(), values.end());
        double const iqr = quantile(copy, 0.75) - quantile(copy, 0.25);
        return 4.0 * 1.06 * std::min(sample_deviation(values), iqr / 1.34) *
               std::pow(static_cast<double>(values.size()), -0.2);
    };
    AxisLengths const lengths{axis(points.east), axis(points.north)};
    if (!(lengths.east > 0.0) || !(lengths.north > 0.0)) {
        return no_spread();
    }
    return lengths;
}

Result<double> gis_search_radius(PointSet const& points)
{
    if (points.size() < 2) {
        return no_spread();
    }
    double const east = mean(points.east);
    double const north = mean(points.north);
    std::vector<double> distances;
    double squares = 0.0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        double const dx = points.east[i] - east;
        double const dy = points.north[i] - north;
        squares += dx * dx + dy * dy;
        distances.push_back(std::sqrt(dx * dx + dy * dy));
    }
    auto const n = static_cast<double>(points.size());
    double const standard_distance = std::sqrt(squares / n);
    double const median = quantile(std::move(distances), 0.5);
    double const radius =
        0.9 * std::min(standard_distance, std::sqrt(1.0 / std::numbers::ln2) * median) * std::pow(n, -0.2);
    if (!(radius > 0.0)) {
        return no_spread();
    }
    return radius;
}

Result<SearchResult> likelihood_deviation(PointSet const& points, std::optional<MapBox> window,
                                          std::optional<std::pair<double, double>> range)
{
    if (points.size() < 2) {
        return no_spread();
    }
    if (points.size() > kMostForLikelihood) {
        return fail(
            ErrorCode::too_large,
            fmt::format("choosing a radius by likelihood takes at most {} incidents and {} match; choose a "
                        "shorter period or another rule",
                        kMostForLikelihood, points.size()),
            "radius");
    }
    auto const ordered = order_by_north(points);
    if (window) {  // same origin as the points
        auto const first = std::min_element(points.north.begin(), points.north.end());
        double const north = *first;
        double east = std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < points.size(); ++i) {
            if (points.north[i] == north) {
                east = std::min(east, points.east[i]);
            }
        }
        window = MapBox{{window->min.east - east, window->min.north - north},
                        {window->max.east - east, window->max.north - north}};
    }
    SearchResult result;
    if (range) {
        std::tie(result.lowest, result.highest) = *range;
    } else {
        auto const [west, right] = std::minmax_element(ordered.x.begin(), ordered.x.end());
        double const width = window ? window->max.east - window->min.east : *right - *west;
        double const height = window ? window->max.north - window->min.north : ordered.y.back();
        result.lowest = smallest_distance(ordered);
        result.highest = std::sqrt(width * width + height * height) / 2.0;
    }
    if (!(result.lowest > 0.0) || !(result.lowest < result.highest) || !std::isfinite(result.highest)) {
        return no_spread();
    }

    constexpr int kSteps = 32;
    auto const sigma_at = [&](double step) {
        return result.lowest * std::pow(result.highest / result.lowest, step / (kSteps - 1));
    };
    auto const score_at = [&](double step) { return likelihood(ordered, sigma_at(step), window); };
    int best = 0;
    double best_score = -std::numeric_limits<double>::infinity();
    for (int step = 0; step < kSteps; ++step) {
        double const score = score_at(step);
        if (score > best_score) {
            best = step;
            best_score = score;
        }
    }
    double low = std::max(best - 1, 0);
    double high = std::min(best + 1, kSteps - 1);
    double const ratio = (std::sqrt(5.0) - 1.0) / 2.0;
    double a = high - ratio * (high - low);
    double b = low + ratio * (high - low);
    double at_a = score_at(a);
    double at_b = score_at(b);
    while (high - low > 1e-5) {
        if (at_a >= at_b) {
            high = b;
            b = a;
            at_b = at_a;
            a = high - ratio * (high - low);
            at_a = score_at(a);
        } else {
            low = a;
            a = b;
            at_a = at_b;
            b = low + ratio * (high - low);
            at_b = score_at(b);
        }
    }
    double const found = (low + high) / 2.0;
    bool const at_lowest = found < 2e-5;
    bool const at_highest = found > kSteps - 1 - 2e-5;
    result.no_optimum = at_lowest || at_highest;
    result.best = at_lowest ? result.lowest : at_highest ? result.highest : sigma_at(found);
    return result;
}

}  // namespace riskbild::layers
