#include "layers/relative_risk/relative_risk_layer.hpp"

#include <algorithm>
#include <cmath>

#include "layers/county_cells.hpp"
#include "layers/nearest_incidents.hpp"

namespace riskbild::layers {
namespace {

LayerDescription describe()
{
    return {
        .name = "relative_risk",
        .title_sv = "Andel jämfört med andra brott",
        .title_en = "Relative risk",
        .about_sv =
            "Var de valda brottstyperna är en större eller mindre del av allt som händer än i resten av "
            "länet.",
        .about_en =
            "Where the chosen kinds are a larger or smaller part of all that happens than in the rest of the "
            "county.",
        .unit = "times the county's ratio of these kinds to all others",
        .options = {{.key = "cell",
                     .default_value = "250",
                     .number = true,
                     .low = 50,
                     .high = 10'000,
                     .unit = "m",
                     .sv = "Rutans sida.",
                     .en = "Side of a cell."},
                    {.key = "kernel",
                     .default_value = "quartic",
                     .words = {"quartic", "epanechnikov", "triangular", "uniform", "gaussian"},
                     .sv = "Kärnans form.",
                     .en = "Shape of the kernel."},
                    {.key = "radius",
                     .default_value = "2000",
                     .number = true,
                     .low = 50,
                     .high = 100'000,
                     .unit = "m",
                     .sv = "Hur långt en händelse räknas; för kernel=gaussian standardavvikelsen.",
                     .en = "How far an incident counts; with kernel=gaussian the standard deviation."}},
        .has_grid = true,
        .drawing = Drawing::classes,
        // ColorBrewer 2.0, diverging PuOr, safe for colour-blind readers.
        .classes = {{3, "#b35806", "Mer än sin del, p högst 0,01", "More than its share, p at most 0.01"},
                    {2, "#f1a340", "Mer än sin del, p högst 0,05", "More than its share, p at most 0.05"},
                    {-2, "#998ec3", "Mindre än sin del, p högst 0,05", "Less than its share, p at most 0.05"},
                    {-3, "#542788", "Mindre än sin del, p högst 0,01", "Less than its share, p at most 0.01"},
                    {0, "", "Ingen säker skillnad, eller för få", "No sure difference, or too few"}},
        .of_points = true};
}

RelativeRiskOptions options_of(Options const& complete)
{
    OptionValues const values{complete};
    return {.kernel = parse_kernel(values.text("kernel")).value_or(Kernel::quartic),
            .radius = Metres{*values.number("radius")},
            .cell = Metres{*values.number("cell")}};
}

Result<LayerResult> run(LayerQuestion const& question)
{
    auto found =
        relative_risk(question.view, question.filter, options_of(question.options), question.progress);
    if (!found) {
        return Failure{found.error()};
    }
    LayerResult result;
    auto const cells = [&](auto const& matches) {
        return TableCell{static_cast<std::int64_t>(std::ranges::count_if(found->classes, matches))};
    };
    result.facts = {
        {{"others", "", "Andra händelser", "Other incidents"}, static_cast<std::int64_t>(found->others)},
        {{"higher", "", "Rutor med mer än sin del, p högst 0,05",
          "Cells with more than their share, p at most 0.05"},
         cells([](int c) { return c > 0; })},
        {{"lower", "", "Rutor med mindre än sin del, p högst 0,05",
          "Cells with less than their share, p at most 0.05"},
         cells([](int c) { return c < 0; })}};
    std::vector<double> classes;
    for (std::size_t i = 0; i < found->classes.size(); ++i) {
        classes.push_back(std::isnan(found->case_density[i]) ? found->case_density[i] : found->classes[i]);
    }
    result.grid = Grid{
        found->lattice,
        {{{"class", "", "Klass", "Class"}, std::move(classes)},
         {{"ratio", "", "Gånger länets förhållande", "Times the county's ratio"}, std::move(found->ratio)},
         {{"p_high", "", "p för högre", "p of higher"}, std::move(found->p_high)},
         {{"density", "per km²", "Täthet", "Density"}, std::move(found->case_density)}}};
    result.info = std::move(found->info);
    return result;
}

TableCell number_or_absent(double value)
{
    return std::isnan(value) ? TableCell{} : TableCell{value};
}

std::optional<Explanation::Variant> with_radius(LayerQuestion const& question, RelativeRiskOptions options,
                                                double times, MapPoint place)
{
    options.radius = options.radius * times;
    options.cell = std::min(options.cell, options.radius);
    auto const found = relative_risk(question.view, question.filter, options, question.progress);
    auto const cell = found ? cell_of(found->lattice, place) : std::nullopt;
    if (!cell) {
        return std::nullopt;
    }
    return Explanation::Variant{"radius",
                                number_text(options.radius.value()),
                                {{"ratio", "", "Gånger länets förhållande", "Times the county's ratio"},
                                 number_or_absent(found->ratio[*cell])}};
}

Result<Explanation> explain(LayerQuestion const& question, MapPoint place)
{
    auto const options = options_of(question.options);
    auto const found = relative_risk(question.view, question.filter, options, question.progress);
    if (!found) {
        return Failure{found.error()};
    }
    Explanation why{.info = found->info, .facts = {}, .variants = {}, .incidents = {}};
    auto const cases = question.view.select_points(question.filter);
    auto everything = question.filter;
    everything.kinds.clear();
    auto const all = question.view.select_points(everything);
    if (!cases || !all) {
        return Failure{cases ? all.error() : cases.error()};
    }
    Metres const reach{cut_of(options.kernel, options.radius.value())};
    auto const near = incidents_within(question.view, cases->rows, place, reach);
    auto const near_all = incidents_within(question.view, all->rows, place, reach);
    auto const others = static_cast<double>(near_all.all - near.all);
    why.facts = {{{"observed", "", "Sådana händelser inom räckvidd", "Such incidents in reach"},
                  static_cast<std::int64_t>(near.all)},
                 {{"expected", "", "Väntat av de andra händelserna där", "Expected from the others there"},
                  found->others > 0 ? TableCell{others * static_cast<double>(found->info.n) /
                                                static_cast<double>(found->others)}
                                    : TableCell{}}};
    if (auto const cell = cell_of(found->lattice, place)) {
        why.facts.push_back({{"ratio", "", "Gånger länets förhållande", "Times the county's ratio"},
                             number_or_absent(found->ratio[*cell])});
        why.facts.push_back(
            {{"p_high", "", "p för högre", "p of higher"}, number_or_absent(found->p_high[*cell])});
    }
    for (double const times : {0.5, 2.0}) {
        if (auto variant = with_radius(question, options, times, place)) {
            why.variants.push_back(*std::move(variant));
        }
    }
    why.incidents = near.newest;
    why.all_incidents = near.all;
    return why;
}

}  // namespace

Layer relative_risk_layer()
{
    return {.description = describe(), .run = run, .explain = explain};
}

}  // namespace riskbild::layers
