#include "layers/calendar/farrington.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace riskbild::layers {
namespace {

constexpr std::size_t kLeastWeeks = 4;
constexpr int kMostRounds = 50;
constexpr double kConverged = 1e-12;
constexpr unsigned kYearsForTrend = 3;
constexpr double kTrendLevel = 0.05;
constexpr double kOutbreak = 1.0;  // Anscombe residuals above this are weighed down

/// The baseline, with time centred and scaled so that the equations are well conditioned.
struct Baseline {
    std::vector<double> time;
    std::vector<double> count;
    double now = 0.0;
};

Baseline baseline_of(std::span<double const> weeks, std::span<std::uint32_t const> counts, double week)
{
    auto const n = static_cast<double>(weeks.size());
    double const centre = std::accumulate(weeks.begin(), weeks.end(), 0.0) / n;
    double reach = 1.0;
    for (double const one : weeks) {
        reach = std::max(reach, std::abs(one - centre));
    }
    Baseline baseline;
    for (std::size_t i = 0; i < weeks.size(); ++i) {
        baseline.time.push_back((weeks[i] - centre) / reach);
        baseline.count.push_back(counts[i]);
    }
    baseline.now = (week - centre) / reach;
    return baseline;
}

/// Inverse of the symmetric matrix of the normal equations; without a trend only its first entry.
struct Covariance {
    double level = 0.0;
    double both = 0.0;
    double slope = 0.0;
    [[nodiscard]] double at(double time) const { return level + 2.0 * time * both + time * time * slope; }
};

/// log μ = level + slope · time
struct Fit {
    double level = 0.0;
    double slope = 0.0;
    bool trend = false;
    Covariance covariance;      // times the dispersion: that of level and slope
    double dispersion = 0.0;    // as estimated, may be below 1
    std::vector<double> mean;   // fitted
    std::vector<double> share;  // leverage of each week in the fit
    [[nodiscard]] double phi() const { return std::max(dispersion, 1.0); }
};

/// Iteratively reweighted least squares. Nothing where it does not converge.
std::optional<Fit> fit(Baseline const& baseline, std::vector<double> const& weights, bool trend)
{
    auto const n = baseline.count.size();
    Fit result;
    result.trend = trend;
    std::vector<double> link(n);
    for (std::size_t i = 0; i < n; ++i) {
        link[i] = std::log(baseline.count[i] + 0.1);
    }
    for (int round = 0; round < kMostRounds; ++round) {
        double w = 0.0, wt = 0.0, wtt = 0.0, wz = 0.0, wtz = 0.0;
        for (std::size_t i = 0; i < n; ++i) {
            double const t = trend ? baseline.time[i] : 0.0;
            double const mean = std::exp(link[i]);
            double const weight = weights[i] * mean;
            double const z = link[i] + (baseline.count[i] - mean) / mean;
            w += weight;
            wt += weight * t;
            wtt += weight * t * t;
            wz += weight * z;
            wtz += weight * t * z;
        }
        double const determinant = trend ? w * wtt - wt * wt : w;
        if (!std::isfinite(determinant) || !(determinant > 0.0)) {
            return std::nullopt;
        }
        auto const before = result;
        if (trend) {
            result.covariance = {wtt / determinant, -wt / determinant, w / determinant};
            result.level = (wtt * wz - wt * wtz) / determinant;
            result.slope = (w * wtz - wt * wz) / determinant;
        } else {
            result.covariance = {1.0 / w, 0.0, 0.0};
            result.level = wz / w;
        }
        for (std::size_t i = 0; i < n; ++i) {
            link[i] = result.level + result.slope * baseline.time[i];
        }
        if (round > 0 &&
            std::abs(result.level - before.level) <= kConverged * (1.0 + std::abs(result.level)) &&
            std::abs(result.slope - before.slope) <= kConverged * (1.0 + std::abs(result.slope))) {
            double squares = 0.0;
            for (std::size_t i = 0; i < n; ++i) {
                double const mean = std::exp(link[i]);
                result.mean.push_back(mean);
                result.share.push_back(weights[i] * mean *
                                       result.covariance.at(trend ? baseline.time[i] : 0.0));
                squares += weights[i] * (baseline.count[i] - mean) * (baseline.count[i] - mean) / mean;
            }
            result.dispersion = squares / (static_cast<double>(n) - (trend ? 2.0 : 1.0));
            return result;
        }
    }
    return std::nullopt;
}

/// Weeks that stand out get less weight; together all weigh as many as they are.
std::vector<double> weights_against_outbreaks(Baseline const& baseline, Fit const& first)
{
    std::vector<double> weights;
    for (std::size_t i = 0; i < baseline.count.size(); ++i) {
        double const mean = first.mean[i];
        double const anscombe =
            1.5 * (std::pow(baseline.count[i], 2.0 / 3.0) * std::pow(mean, -1.0 / 6.0) - std::sqrt(mean));
        double const residual = anscombe / std::sqrt(first.phi() * (1.0 - first.share[i]));
        weights.push_back(residual > kOutbreak ? 1.0 / (residual * residual) : 1.0);
    }
    double const all = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (auto& weight : weights) {
        weight *= static_cast<double>(weights.size()) / all;
    }
    return weights;
}

std::optional<Fit> fit_reweighted(Baseline const& baseline, bool trend)
{
    auto const first = fit(baseline, std::vector<double>(baseline.count.size(), 1.0), trend);
    return first ? fit(baseline, weights_against_outbreaks(baseline, *first), trend) : std::nullopt;
}

double mean_now(Fit const& model, Baseline const& baseline)
{
    return std::exp(model.level + model.slope * baseline.now);
}

bool trend_is_needed(Fit const& model, Baseline const& baseline)
{
    if (mean_now(model, baseline) > *std::ranges::max_element(baseline.count)) {
        return false;
    }
    double const error = std::sqrt(model.dispersion * model.covariance.slope);
    if (!(error > 0.0)) {
        return model.slope != 0.0;
    }
    boost::math::students_t const distribution{static_cast<double>(baseline.count.size()) - 2.0};
    return 2.0 * cdf(complement(distribution, std::abs(model.slope) / error)) < kTrendLevel;
}

FarringtonBound bound_of(Fit const& model, Baseline const& baseline, double alpha)
{
    double const expected = mean_now(model, baseline);
    double const variance = model.phi() * model.covariance.at(model.trend ? baseline.now : 0.0);  // of log μ
    double const tau = model.phi() + expected * variance;
    double const error = std::sqrt(4.0 / 9.0 * std::cbrt(expected) * tau);
    double const quantile = boost::math::quantile(boost::math::normal{}, 1.0 - alpha / 2.0);
    double const upper = std::pow(std::pow(expected, 2.0 / 3.0) + quantile * error, 1.5);
    return {expected, upper, model.trend};
}

}  // namespace

std::optional<FarringtonBound> farrington_bound(std::span<double const> weeks,
                                                std::span<std::uint32_t const> counts, double week,
                                                unsigned years, double alpha)
{
    if (weeks.size() < kLeastWeeks) {
        return std::nullopt;
    }
    auto const baseline = baseline_of(weeks, counts, week);
    if (*std::ranges::max_element(baseline.count) == 0.0) {
        return FarringtonBound{};  // the limit of ever smaller counts; the logarithm has none
    }
    if (years >= kYearsForTrend) {
        auto const with_trend = fit_reweighted(baseline, true);
        if (with_trend && trend_is_needed(*with_trend, baseline)) {
            return bound_of(*with_trend, baseline, alpha);
        }
    }
    auto const level = fit_reweighted(baseline, false);
    return level ? std::optional{bound_of(*level, baseline, alpha)} : std::nullopt;
}

}  // namespace riskbild::layers
