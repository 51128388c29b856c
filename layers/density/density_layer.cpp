#include "layers/density/density_layer.hpp"

#include <cmath>

#include <fmt/format.h>

#include "layers/density/density_explanation.hpp"

namespace riskbild::layers {
namespace {

LayerDescription describe()
{
    return {
        .name = "density",
        .title_sv = "Täthet",
        .title_en = "Density",
        .about_sv = "Var det händer mest: utjämnat antal händelser per km², bara händelser med känd plats.",
        .about_en = "Where most happens: incidents per km², smoothed, only incidents whose place is known.",
        .unit = "incidents per km²",
        .options =
            {{.key = "adaptive",
              .default_value = "no",
              .words = {"no", "yes"},
              .sv = "Låt radien följa tätheten: mindre där det händer mycket, större där det händer lite.",
              .en =
                  "Let the radius follow the density: smaller where much happens, larger where little does."},
             {.key = "cell",
              .default_value = "auto",
              .words = {"auto"},
              .number = true,
              .low = kSmallestCell.value(),
              .high = kLargestCell.value(),
              .unit = "m",
              .sv = "Rutans sida; auto är 250 m eller mindre vid liten radie.",
              .en = "Side of a cell; auto is 250 m, or less with a small radius."},
             {.key = "edge",
              .default_value = "none",
              .words = {"none", "uniform", "diggle"},
              .sv = "Rättning vid länsgränsen, där täthet annars blir för låg.",
              .en = "Correction at the county's border, where density is otherwise too low."},
             {.key = "kernel",
              .default_value = "quartic",
              .words = {"quartic", "epanechnikov", "triangular", "uniform", "gaussian"},
              .sv = "Kärnans form.",
              .en = "Shape of the kernel."},
             {.key = "radius",
              .default_value = "1000",
              .words = {"auto", "scott", "nrd", "likelihood"},
              .number = true,
              .low = kSmallestRadius.value(),
              .high = kLargestRadius.value(),
              .unit = "m",
              .sv = "Hur långt en händelse räknas, eller en regel som väljer det.",
              .en = "How far an incident counts, or a rule that chooses it."},
             {.key = "sigma",
              .default_value = "350",
              .words = {"auto", "scott", "nrd", "likelihood"},
              .number = true,
              .low = kSmallestRadius.value(),
              .high = kLargestRadius.value(),
              .unit = "m",
              .sv = "Standardavvikelse; bara för kernel=gaussian, i stället för radius.",
              .en = "Standard deviation; only with kernel=gaussian, instead of radius."}},
        .has_grid = true,
        .drawing = Drawing::amount,
        .of_points = true,
        .published = true};
}

RadiusRule rule_of(std::string_view text)
{
    for (auto const rule :
         {RadiusRule::automatic, RadiusRule::scott, RadiusRule::nrd, RadiusRule::likelihood}) {
        if (name_of(rule) == text) {
            return rule;
        }
    }
    return RadiusRule::given;
}

/// A kernel has one measure of its reach: the default of the other would contradict it.
Result<void> settle(Options const& given, Options& complete)
{
    auto const kernel = complete.find("kernel")->second;
    bool const gaussian = kernel == name_of(Kernel::gaussian);
    std::string const other = gaussian ? "radius" : "sigma";
    if (given.contains(other)) {
        return fail(
            ErrorCode::wrong_use,
            fmt::format("the {} kernel has no {}; give {}", kernel, other, gaussian ? "sigma" : "radius"),
            other);
    }
    complete.erase(other);
    return {};
}

DensityOptions options_of(Options const& complete)
{
    OptionValues const values{complete};
    DensityOptions options;
    options.kernel = parse_kernel(values.text("kernel")).value_or(Kernel::quartic);
    auto const* const reach = options.kernel == Kernel::gaussian ? "sigma" : "radius";
    if (auto const metres = values.number(reach)) {
        (options.kernel == Kernel::gaussian ? options.sigma : options.radius) = Metres{*metres};
    } else {
        options.rule = rule_of(values.text(reach));
    }
    options.adaptive = values.is("adaptive", "yes");
    if (auto const cell = values.number("cell")) {
        options.cell = Metres{*cell};
    }
    for (auto const edge : {EdgeCorrection::none, EdgeCorrection::uniform, EdgeCorrection::diggle}) {
        if (values.is("edge", name_of(edge))) {
            options.edge = edge;
        }
    }
    return options;
}

Result<LayerResult> run(LayerQuestion const& question)
{
    auto surface = density(question.view, question.filter, options_of(question.options), question.window,
                           question.progress);
    if (!surface) {
        return Failure{surface.error()};
    }
    LayerResult result;
    result.info = std::move(surface->info);
    result.grid = Grid{surface->lattice, {}};
    result.grid->bands.push_back(
        {{"density", result.info.unit, "Täthet", "Density"}, std::move(surface->values)});
    return result;
}

Result<Explanation> explain(LayerQuestion const& question, MapPoint place)
{
    return explain_density(question, options_of(question.options), place);
}

}  // namespace

Layer density_layer()
{
    return {.description = describe(), .run = run, .explain = explain, .settle = settle};
}

Result<DensityOptions> density_options(Options const& given)
{
    auto const complete = density_layer().complete(given);
    if (!complete) {
        return Failure{complete.error()};
    }
    return options_of(*complete);
}

}  // namespace riskbild::layers
