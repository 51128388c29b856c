#include "layers/getis_ord/getis_ord.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "layers/county_cells.hpp"
#include "layers/layer_info.hpp"
#include "layers/significance.hpp"

namespace riskbild::layers {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr double kLevels[] = {0.10, 0.05, 0.01};
/// A normal approximation of counts is poor where cells are emptier than this.
constexpr double kSparse = 0.5;

std::vector<double> cell_values(CountyCells const& cells)
{
    auto values = cells.count;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (cells.of_county[i] == 0) {
            values[i] = kNothing;
        }
    }
    return values;
}

std::vector<double> analytic_p(GridG const& g, HotSpotOptions const& options)
{
    std::vector<double> p;
    p.reserve(g.z.size());
    for (double const z : g.z) {
        p.push_back(options.cold ? two_sided_p(z) : upper_tail_p(z));
    }
    return options.corrected ? benjamini_hochberg(p) : p;
}

/// With cold spots the nearer tail counts twice, so that a level is that of both together.
std::vector<double> tails_together(std::vector<double> const& high, std::vector<double> const& low, bool cold)
{
    if (!cold) {
        return high;
    }
    std::vector<double> p;
    p.reserve(high.size());
    for (std::size_t i = 0; i < high.size(); ++i) {
        p.push_back(std::min(1.0, 2.0 * std::min(high[i], low[i])));
    }
    return p;
}

int levels_reached(double p)
{
    return static_cast<int>(std::ranges::count_if(kLevels, [p](double level) { return p <= level; }));
}

HotSpotClass class_of(HotSpots const& found, HotSpotOptions const& options, std::size_t i)
{
    double const z = found.g.z[i];
    if (std::isnan(z) || (z < 0.0 && !options.cold)) {
        return 0;
    }
    int reached = 3;
    if (options.test != HotSpotTest::permutation) {
        reached = std::min(reached, levels_reached(found.p[i]));
    }
    if (options.test != HotSpotTest::analytic) {
        auto const& p = options.test == HotSpotTest::both ? found.p_drawn : found.p_permutation;
        reached = std::min(reached, levels_reached(p[i]));
    }
    return z < 0.0 ? -reached : reached;
}

void state_parameters(HotSpots& found, HotSpotOptions const& options)
{
    auto& info = found.info;
    info.unit = "confidence that more happens than chance would put there";
    info.unit_sv = "säkerhet att det händer mer än slumpen ger";
    info.seed = options.seed;
    info.parameters = {{"cell", number_text(options.cell.value())},
                       {"correction", options.corrected ? "fdr" : "none"},
                       {"own_cell", options.own == OwnCell::counts ? "yes" : "no"},
                       {"permutations", std::to_string(options.permutations)},
                       {"tail", options.cold ? "both" : "upper"},
                       {"test", std::string{name_of(options.test)}}};
    info.notes.push_back(
        {fmt::format("{} rutor i länet, {:.3g} händelser per ruta i medeltal.", found.g.cells, found.g.mean),
         fmt::format("{} cells in the county, {:.3g} incidents per cell on average.", found.g.cells,
                     found.g.mean)});
    if (found.g.mean < kSparse && options.test == HotSpotTest::analytic) {
        info.notes.push_back(
            {"Få händelser per ruta: det analytiska testet överdriver. Ta test=both eller större rutor.",
             "Few incidents per cell: the analytic test exaggerates. Take test=both or larger cells."});
    }
    info.notes.push_back(
        {"Mot en jämn spridning över hela länet: där det bor många blir det hett. Per invånare, se rates.",
         "Against an even spread over the whole county: where many live it becomes hot. For rates see "
         "the layer rates."});
}

}  // namespace

std::string_view name_of(HotSpotTest test)
{
    switch (test) {
        case HotSpotTest::both:
            return "both";
        case HotSpotTest::analytic:
            return "analytic";
        case HotSpotTest::permutation:
            return "permutation";
    }
    return "";
}

Result<HotSpots> hot_spots(View const& view, Filter const& filter, HotSpotOptions const& options,
                           Progress const& progress)
{
    if (!view.policy().single_incidents) {
        return fail(
            ErrorCode::forbidden,
            fmt::format("hot spots of small cells are not shown in the {} view", view.policy().name()),
            "layer");
    }
    auto const selection = view.select_points(filter);
    if (!selection) {
        return Failure{selection.error()};
    }
    auto const cells = count_in_cells(view, selection->rows, options.cell);
    if (!cells) {
        return Failure{cells.error()};
    }
    HotSpots found;
    found.info = begin_info("getis_ord", view, filter);
    found.info.n = selection->rows.size();
    found.info.left_out = selection->left_out;
    found.lattice = cells->lattice;
    found.count = cell_values(*cells);
    auto const permutations = options.test == HotSpotTest::analytic ? 0 : options.permutations;
    auto g = grid_g({found.lattice.cols, found.lattice.rows, found.count},
                    {options.own, permutations, options.seed, options.threads}, progress);
    if (!g) {
        return Failure{g.error()};
    }
    found.g = *std::move(g);
    found.p = analytic_p(found.g, options);
    found.p_drawn = tails_together(found.g.p_drawn_high, found.g.p_drawn_low, options.cold);
    found.p_permutation = tails_together(found.g.p_high, found.g.p_low, options.cold);
    found.classes.resize(found.count.size());
    for (std::size_t i = 0; i < found.classes.size(); ++i) {
        found.classes[i] = class_of(found, options, i);
    }
    state_parameters(found, options);
    return found;
}

}  // namespace riskbild::layers
