#include "layers/density/density_explanation.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "layers/nearest_incidents.hpp"

namespace riskbild::layers {
namespace {

constexpr double kSquareKilometre = 1e6;

Metres& reach_in(DensityOptions& options)
{
    return options.kernel == Kernel::gaussian ? options.sigma : options.radius;
}

double area_of_county(View const& view)
{
    double area = 0.0;
    for (auto const& one : view.county().areas.areas()) {
        area += square_metres(one.shape);
    }
    return area / kSquareKilometre;
}

TableCell cell_of(double value)
{
    return std::isnan(value) ? TableCell{} : TableCell{value};
}

/// The same with another radius; nothing where that is out of what is allowed.
Result<std::optional<Explanation::Variant>> with_radius(LayerQuestion const& question, DensityOptions options,
                                                        double times, MapPoint place)
{
    auto& reach = reach_in(options);
    reach = Metres{std::round(reach.value() * times)};
    options.rule = RadiusRule::given;
    if (reach < kSmallestRadius || reach > kLargestRadius) {
        return std::optional<Explanation::Variant>{};
    }
    auto const estimate = DensityEstimate::make(question.view, question.filter, options, question.progress);
    if (!estimate) {
        return Failure{estimate.error()};
    }
    auto const value = estimate->at(place);
    if (!value) {
        return Failure{value.error()};
    }
    return std::optional{
        Explanation::Variant{options.kernel == Kernel::gaussian ? "sigma" : "radius",
                             number_text(reach.value()),
                             {{"density", estimate->info().unit, "Täthet", "Density"}, cell_of(*value)}}};
}

}  // namespace

Result<Explanation> explain_density(LayerQuestion const& question, DensityOptions const& options,
                                    MapPoint place)
{
    if (!question.view.policy().single_incidents) {
        return fail(ErrorCode::forbidden, "this view shows no single incidents", "layer");
    }
    auto const estimate = DensityEstimate::make(question.view, question.filter, options, question.progress);
    if (!estimate) {
        return Failure{estimate.error()};
    }
    auto const value = estimate->at(place);
    if (!value) {
        return Failure{value.error()};
    }
    Explanation why{.info = estimate->info(), .facts = {}, .variants = {}, .incidents = {}};
    auto const& unit = why.info.unit;
    auto const near = incidents_within(question.view, estimate->rows(), place, estimate->reach());
    why.facts.push_back({{"density", unit, "Täthet här", "Density here"}, cell_of(*value)});
    if (double const area = area_of_county(question.view); area > 0.0) {
        double const mean = static_cast<double>(why.info.n) / area;
        double const reach = estimate->reach().value();
        why.facts.push_back({{"mean", unit, "Länets medelvärde", "Mean of the county"}, mean});
        if (mean > 0.0) {
            why.facts.push_back(
                {{"times_mean", "", "Gånger medelvärdet", "Times the mean"}, cell_of(*value / mean)});
        }
        why.facts.push_back({{"observed", "", "Händelser inom räckvidd", "Incidents in reach"},
                             static_cast<std::int64_t>(near.all)});
        why.facts.push_back(
            {{"expected", "", "Väntat om allt vore jämnt spritt", "Expected if spread evenly"},
             mean * std::numbers::pi * reach * reach / kSquareKilometre});
    }
    for (double const times : {0.5, 2.0}) {
        auto variant = with_radius(question, estimate->options(), times, place);
        if (!variant) {
            return Failure{variant.error()};
        }
        if (*variant) {
            why.variants.push_back(**std::move(variant));
        }
    }
    why.incidents = near.newest;
    why.all_incidents = near.all;
    return why;
}

}  // namespace riskbild::layers
