#include "layers/relative_risk/relative_risk.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include <fmt/format.h>

#include "layers/county_cells.hpp"
#include "layers/density/density_kernel.hpp"
#include "layers/layer_info.hpp"
#include "layers/significance.hpp"

namespace riskbild::layers {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr double kPerSquareKilometre = 1e6;

struct Places {
    std::vector<double> east, north;
    [[nodiscard]] PointSet set() const { return {east, north}; }
};

Places places_of(std::vector<std::uint32_t> const& rows, PointColumns const& points)
{
    Places places;
    for (auto const row : rows) {
        places.east.push_back(points.east[row]);
        places.north.push_back(points.north[row]);
    }
    return places;
}

/// Rows of the same filter without its kinds, but for those of its kinds.
Result<std::vector<std::uint32_t>> other_rows(View const& view, Filter filter,
                                              std::vector<std::uint32_t> const& cases)
{
    filter.kinds.clear();
    auto const all = view.select_points(filter);
    if (!all) {
        return Failure{all.error()};
    }
    std::vector<std::uint32_t> others;
    std::ranges::set_difference(all->rows, cases, std::back_inserter(others));
    return others;
}

/// Area in which a kernel counts as much as a uniform one would.
double effective_area(Kernel kernel, double reach)
{
    return reach * reach / roughness_of(kernel);
}

int class_of(double z, double p_high)
{
    double const p = z >= 0.0 ? p_high : 1.0 - p_high;
    int const level = p <= 0.01 ? 3 : (p <= 0.05 ? 2 : 0);
    return z >= 0.0 ? level : -level;
}

void compare(RelativeRisk& found, std::vector<double> const& cases, std::vector<double> const& others,
             std::vector<std::uint8_t> const& of_county, RelativeRiskOptions const& options)
{
    auto const n = static_cast<double>(found.info.n);
    auto const m = static_cast<double>(found.others);
    double const reach = options.radius.value();
    double const area = effective_area(options.kernel, reach);
    for (std::size_t i = 0; i < cases.size(); ++i) {
        found.case_density[i] = of_county[i] != 0 ? cases[i] * kPerSquareKilometre : kNothing;
        // As many cases as the others let expect here, and at least one of each in reach.
        double const expected = others[i] / m * n * area;
        if (of_county[i] == 0 || expected < kLeastExpected || cases[i] <= 0.0) {
            continue;
        }
        auto const risk = risk_ratio(cases[i], others[i], n, m, options.kernel, reach);
        found.ratio[i] = std::exp(risk.log_ratio);
        found.p_high[i] = upper_tail_p(risk.z);
        found.classes[i] = class_of(risk.z, found.p_high[i]);
    }
}

void describe(RelativeRisk& found, RelativeRiskOptions const& options, bool any_kinds)
{
    auto& info = found.info;
    info.unit = "times the county's ratio of these kinds to all others";
    info.unit_sv = "gånger länets förhållande mellan dessa brottstyper och alla andra";
    info.parameters = {{"cell", number_text(options.cell.value())},
                       {"kernel", std::string{name_of(options.kernel)}},
                       {"radius", number_text(options.radius.value())}};
    if (!any_kinds) {
        info.notes.push_back({"Välj brottstyper: de jämförs med alla andra.",
                              "Choose kinds: they are compared with all others."});
        return;
    }
    info.notes.push_back({counted(found.others, "annan händelse", "andra händelser") + " att jämföra med.",
                          counted(found.others, "other incident", "other incidents") + " to compare with."});
    info.notes.push_back(
        {"Varje plats prövas för sig: av hundra platser utan skillnad pekas fem ut på nivån 0,05.",
         "Every place is tested by itself: of a hundred places without a difference five stand out at "
         "0.05."});
}

}  // namespace

double roughness_of(Kernel kernel)
{
    constexpr double pi = std::numbers::pi;
    switch (kernel) {
        case Kernel::quartic:
            return 9.0 / (5.0 * pi);
        case Kernel::epanechnikov:
            return 4.0 / (3.0 * pi);
        case Kernel::triangular:
            return 3.0 / (2.0 * pi);
        case Kernel::uniform:
            return 1.0 / pi;
        case Kernel::gaussian:
            return 1.0 / (4.0 * pi);
    }
    return 0.0;
}

RiskRatio risk_ratio(double cases, double others, double n_cases, double n_others, Kernel kernel,
                     double reach)
{
    double const log_ratio = std::log(cases / n_cases) - std::log(others / n_others);
    double const variance = roughness_of(kernel) / (reach * reach) * (1.0 / cases + 1.0 / others);
    return {log_ratio, log_ratio / std::sqrt(variance)};
}

Result<RelativeRisk> relative_risk(View const& view, Filter const& filter, RelativeRiskOptions const& options,
                                   Progress const& progress)
{
    if (!view.policy().single_incidents) {
        return fail(
            ErrorCode::forbidden,
            fmt::format("relative risk in small cells is not shown in the {} view", view.policy().name()),
            "layer");
    }
    if (options.cell > options.radius) {
        return fail(ErrorCode::wrong_use,
                    fmt::format("cell is {} m, larger than the radius of {} m", options.cell.value(),
                                options.radius.value()),
                    "cell");
    }
    auto const selection = view.select_points(filter);
    if (!selection) {
        return Failure{selection.error()};
    }
    auto const others = other_rows(view, filter, selection->rows);
    if (!others) {
        return Failure{others.error()};
    }
    auto const cells = count_in_cells(view, selection->rows, options.cell);
    if (!cells) {
        return Failure{cells.error()};
    }
    RelativeRisk found;
    found.info = begin_info("relative_risk", view, filter);
    found.info.n = selection->rows.size();
    found.info.left_out = selection->left_out;
    found.others = others->size();
    found.lattice = cells->lattice;
    auto const size = found.lattice.size();
    found.ratio.assign(size, kNothing);
    found.p_high.assign(size, kNothing);
    found.case_density.assign(size, kNothing);
    found.classes.assign(size, 0);
    describe(found, options, !filter.kinds.empty());
    if (filter.kinds.empty() || found.info.n == 0 || found.others == 0) {
        return found;
    }
    DensityCore const core{options.kernel, options.radius.value(), options.threads};
    auto const points = view.points();
    auto const grid = grid_of(found.lattice);
    auto const half = [&](double from) {
        return progress ? Progress{[&progress, from](double done) { return progress(from + done / 2.0); }}
                        : Progress{};
    };
    auto const of_cases = density_at(places_of(selection->rows, points).set(), grid, core, half(0.0));
    auto const of_others =
        of_cases ? density_at(places_of(*others, points).set(), grid, core, half(0.5)) : of_cases;
    if (!of_others) {
        return Failure{of_others.error()};
    }
    compare(found, *of_cases, *of_others, cells->of_county, options);
    return found;
}

}  // namespace riskbild::layers
