#include "layers/density.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "layers/bandwidth.hpp"
#include "layers/density_kernel.hpp"
#include "layers/edge_mass.hpp"
#include "layers/layer_info.hpp"
#include "layers/parallel.hpp"

namespace riskbild::layers {
namespace {

constexpr double kPerSquareKilometre = 1e6;

/// The key that sets the reach of this kernel.
char const* reach_key(Kernel kernel)
{
    return kernel == Kernel::gaussian ? "sigma" : "radius";
}

Metres reach_of(DensityOptions const& options)
{
    return options.kernel == Kernel::gaussian ? options.sigma : options.radius;
}

bool within(Metres value, Metres low, Metres high)
{
    return std::isfinite(value.value()) && value >= low && value <= high;
}

Result<void> check(DensityOptions const& options, View const& view)
{
    if (!within(reach_of(options), kSmallestRadius, kLargestRadius)) {
        return fail(ErrorCode::wrong_use,
                    fmt::format("{} is {} m, allowed is {} to {} m", reach_key(options.kernel),
                                reach_of(options).value(), kSmallestRadius.value(), kLargestRadius.value()),
                    reach_key(options.kernel));
    }
    if (options.cell && !within(*options.cell, kSmallestCell, kLargestCell)) {
        return fail(ErrorCode::wrong_use,
                    fmt::format("cell is {} m, allowed is {} to {} m", options.cell->value(),
                                kSmallestCell.value(), kLargestCell.value()),
                    "cell");
    }
    auto const& weights = options.kind_weights;
    if (!weights.empty() && (weights.size() != view.county().kinds.kinds().size() ||
                             !std::all_of(weights.begin(), weights.end(),
                                          [](double w) { return std::isfinite(w) && w >= 0.0; }))) {
        return fail(ErrorCode::wrong_use,
                    "kind weights must be one finite number of zero or more for each kind", "kind_weights");
    }
    return {};
}

Metres default_cell(Metres radius)
{
    for (double const cell : {250.0, 100.0, 50.0, 25.0}) {
        if (cell <= radius.value() / 4.0) {
            return Metres{cell};
        }
    }
    return kSmallestCell;
}

/// Radius of a kernel that smooths as the quartic of `options.radius` would, or the one given.
Metres smoothing_radius(DensityOptions const& options)
{
    return options.kernel == Kernel::gaussian ? options.sigma / deviation_per_reach(Kernel::quartic)
                                              : options.radius;
}

MapBox county_box(View const& view, PointSet const& points)
{
    if (!view.county().areas.areas().empty()) {
        return view.county().areas.bounds();
    }
    if (points.size() == 0) {
        return {};
    }
    auto const [west, east] = std::minmax_element(points.east.begin(), points.east.end());
    auto const [south, north] = std::minmax_element(points.north.begin(), points.north.end());
    return {{*west, *south}, {*east, *north}};
}

Result<Lattice> lattice_for(View const& view, PointSet const& points, DensityOptions const& options)
{
    Metres const cell = options.cell.value_or(default_cell(smoothing_radius(options)));
    if (options.cell && cell > smoothing_radius(options)) {
        return fail(
            ErrorCode::wrong_use,
            fmt::format("cell is {} m, larger than {} {} m: incidents would fall between the cells' centres",
                        cell.value(), reach_key(options.kernel), reach_of(options).value()),
            "cell");
    }
    auto const box = county_box(view, points);
    double const width = box.max.east - box.min.east;
    double const height = box.max.north - box.min.north;
    double const cells = (width / cell.value() + 1.0) * (height / cell.value() + 1.0);
    if (cells > static_cast<double>(kMostCells)) {
        double const fits = std::sqrt(width * height / static_cast<double>(kMostCells));
        return fail(
            ErrorCode::wrong_use,
            fmt::format("cell {} m would make {:.0f} cells, at most {} are allowed; cells of {:.0f} m fit",
                        cell.value(), cells, kMostCells, std::ceil(fits * 1.01)),
            "cell");
    }
    return lattice_over(box, cell);
}

/// Selected points as columns of their own.
struct Gathered {
    std::vector<double> east, north, weight;
    [[nodiscard]] PointSet points() const { return {east, north, weight}; }
};

Gathered gather(PointColumns const& columns, std::vector<std::uint32_t> const& rows,
                std::vector<double> const& weights)
{
    Gathered gathered;
    gathered.east.reserve(rows.size());
    gathered.north.reserve(rows.size());
    gathered.weight.reserve(weights.empty() ? 0 : rows.size());
    for (auto const row : rows) {
        gathered.east.push_back(columns.east[row]);
        gathered.north.push_back(columns.north[row]);
        if (!weights.empty()) {
            gathered.weight.push_back(weights[columns.kind[row]]);
        }
    }
    return gathered;
}

/// Replaces the radius by what the rule finds, in whole metres: more digits would pretend a precision that no
/// rule has, and whole metres are the same on every machine.
Result<void> apply_rule(DensityOptions& options, PointSet const& points, LayerInfo& info)
{
    if (options.rule == RadiusRule::given) {
        return {};
    }
    if (points.size() < 2) {
        info.notes.push_back(
            fmt::format("Fewer than two incidents: the {} is the default, not chosen from the data.",
                        reach_key(options.kernel)));
        return {};
    }
    double deviation = 0.0;
    if (options.rule == RadiusRule::automatic) {
        auto const radius = gis_search_radius(points);
        if (!radius) {
            return Failure{radius.error()};
        }
        deviation = *radius * deviation_per_reach(Kernel::quartic);
    } else if (options.rule == RadiusRule::likelihood) {
        auto const found = likelihood_deviation(points);
        if (!found) {
            return Failure{found.error()};
        }
        if (found->no_optimum) {
            return fail(
                ErrorCode::wrong_use,
                fmt::format(
                    "likelihood finds no optimum in range (σ from {:.3g} to {:.3g} m; incidents at one "
                    "and the same place make ever smaller ones better); give a {} in metres",
                    found->lowest, found->highest, reach_key(options.kernel)),
                reach_key(options.kernel));
        }
        deviation = found->best;
    } else {
        bool const scott = options.rule == RadiusRule::scott;
        auto const lengths = scott ? scott_deviation(points) : nrd_width(points);
        if (!lengths) {
            return Failure{lengths.error()};
        }
        deviation = std::sqrt(lengths->east * lengths->north) / (scott ? 1.0 : 4.0);
    }
    double const reach = deviation / deviation_per_reach(options.kernel);
    Metres const metres{std::clamp(std::round(reach), kSmallestRadius.value(), kLargestRadius.value())};
    (options.kernel == Kernel::gaussian ? options.sigma : options.radius) = metres;
    if (reach < kSmallestRadius.value() || reach > kLargestRadius.value()) {
        info.notes.push_back(fmt::format("The rule {} wanted {:.3g} m; the nearest allowed is used.",
                                         name_of(options.rule), reach));
    }
    return {};
}

MultiPolygon shapes_of(AreaSet const& areas)
{
    MultiPolygon shapes;
    for (auto const& area : areas.areas()) {
        shapes.insert(shapes.end(), area.shape.begin(), area.shape.end());
    }
    return shapes;
}

/// Drops what lies outside the county and, for Diggle's correction, weighs what is inside.
void weigh_inside(Gathered& gathered, EdgeWindow const& county, DensityOptions const& options,
                  LeftOut& left_out)
{
    std::vector<std::uint8_t> inside(gathered.east.size());
    std::vector<double> part(gathered.east.size(), 1.0);
    auto const find = [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
            MapPoint const place{gathered.east[i], gathered.north[i]};
            inside[i] = county.contains(place);
            if (inside[i] && options.edge == EdgeCorrection::diggle) {
                part[i] = county.mass(place, options.kernel, reach_of(options).value());
            }
        }
    };
    for_each_stretch(inside.size(), 4096, options.threads, {}, find);
    Gathered kept;
    for (std::size_t i = 0; i < inside.size(); ++i) {
        if (!inside[i]) {
            ++left_out[LeftOutReason::area_unknown];
            continue;
        }
        kept.east.push_back(gathered.east[i]);
        kept.north.push_back(gathered.north[i]);
        if (options.edge == EdgeCorrection::diggle || !gathered.weight.empty()) {
            kept.weight.push_back((gathered.weight.empty() ? 1.0 : gathered.weight[i]) / part[i]);
        }
    }
    gathered = std::move(kept);
}

void correct_cells(std::vector<double>& values, Lattice const& lattice, EdgeWindow const& county,
                   DensityOptions const& options)
{
    auto const correct = [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
            auto const cols = static_cast<std::size_t>(lattice.cols);
            auto const centre =
                lattice.centre(static_cast<std::int32_t>(i % cols), static_cast<std::int32_t>(i / cols));
            if (!county.contains(centre)) {
                values[i] = 0.0;
            } else if (options.edge == EdgeCorrection::uniform && values[i] > 0.0) {
                values[i] /= county.mass(centre, options.kernel, reach_of(options).value());
            }
        }
    };
    for_each_stretch(values.size(), 4096, options.threads, {}, correct);
}

void state_parameters(LayerInfo& info, DensityOptions const& options, Lattice const& lattice)
{
    info.unit = options.kind_weights.empty() ? "incidents per km²" : "weighted incidents per km²";
    info.parameters = {{"cell", number_text(lattice.cell.value())},
                       {"edge", std::string{name_of(options.edge)}},
                       {"kernel", std::string{name_of(options.kernel)}},
                       {reach_key(options.kernel), number_text(reach_of(options).value())}};
    if (options.rule != RadiusRule::given) {
        info.parameters.emplace_back("rule", std::string{name_of(options.rule)});
    }
    if (lattice.cell > smoothing_radius(options)) {
        info.notes.push_back(
            "The cells are larger than the radius: incidents between their centres do not show.");
    }
}

Result<Surface> published_density(View const& view, Filter const& filter, DensityOptions const& options,
                                  std::optional<Lattice> const& window)
{
    DensityOptions defaults;
    defaults.threads = options.threads;
    if (options != defaults) {
        return fail(ErrorCode::forbidden,
                    "the published grid has fixed cells and no radius; ask for it without options",
                    "options");
    }
    auto const publication = view.publication();
    auto const choice = published_choice(view, *publication, filter);
    if (!choice) {
        return Failure{choice.error()};
    }
    auto const& grid = publication->lattice;
    Surface surface{begin_info("density", view, filter), window.value_or(grid), {}};
    if (surface.lattice.cell != grid.cell) {
        return fail(ErrorCode::forbidden,
                    fmt::format("the published grid has cells of {} m and no others", grid.cell.value()),
                    "cell");
    }
    if (surface.lattice.cols < 0 || surface.lattice.rows < 0 || surface.lattice.size() > kMostCells) {
        return fail(ErrorCode::wrong_use, fmt::format("a window has at most {} cells", kMostCells), "cell");
    }
    surface.values.assign(surface.lattice.size(), 0.0);
    double const square_kilometres = grid.cell.value() * grid.cell.value() / kPerSquareKilometre;
    auto const slot = choice->year * publication->groups.size() + choice->group;
    for (auto const& cell : publication->cells[slot]) {
        surface.info.n += cell.count;
        auto const col =
            cell.index % static_cast<std::uint32_t>(grid.cols) + grid.first_col - surface.lattice.first_col;
        auto const row =
            cell.index / static_cast<std::uint32_t>(grid.cols) + grid.first_row - surface.lattice.first_row;
        if (col >= 0 && col < surface.lattice.cols && row >= 0 && row < surface.lattice.rows) {
            surface.values[static_cast<std::size_t>(row * surface.lattice.cols + col)] =
                cell.count / square_kilometres;
        }
    }
    surface.info.unit = "incidents per km²";
    surface.info.parameters = {{"cell", number_text(grid.cell.value())}};
    surface.info.notes.push_back(
        fmt::format("Published counts. Cells with fewer than {} incidents, and those that would reveal them, "
                    "are shown as empty.",
                    view.policy().suppress_below));
    return surface;
}

}  // namespace

std::string_view name_of(EdgeCorrection edge)
{
    switch (edge) {
        case EdgeCorrection::none:
            return "none";
        case EdgeCorrection::uniform:
            return "uniform";
        case EdgeCorrection::diggle:
            return "diggle";
    }
    return "";
}

std::string_view name_of(RadiusRule rule)
{
    switch (rule) {
        case RadiusRule::given:
            return "given";
        case RadiusRule::automatic:
            return "auto";
        case RadiusRule::scott:
            return "scott";
        case RadiusRule::nrd:
            return "nrd";
        case RadiusRule::likelihood:
            return "likelihood";
    }
    return "";
}

Result<Surface> density(View const& view, Filter const& filter, DensityOptions const& wanted,
                        std::optional<Lattice> window, Progress const& progress)
{
    if (!view.policy().single_incidents) {
        return published_density(view, filter, wanted, window);
    }
    auto options = wanted;
    if (auto const fine = check(options, view); !fine) {
        return Failure{fine.error()};
    }
    if (window && (!(window->cell.value() > 0.0) || !std::isfinite(window->cell.value()) ||
                   window->cols < 0 || window->rows < 0 || window->size() > kMostCells)) {
        return fail(ErrorCode::wrong_use,
                    fmt::format("a window has at most {} cells of positive size", kMostCells), "cell");
    }
    auto selection = view.select_points(filter);
    if (!selection) {
        return Failure{selection.error()};
    }
    Surface surface{begin_info("density", view, filter), {}, {}};
    auto& info = surface.info;
    info.left_out = selection->left_out;
    auto gathered = gather(view.points(), selection->rows, options.kind_weights);
    if (auto const fine = apply_rule(options, gathered.points(), info); !fine) {
        return Failure{fine.error()};
    }
    auto const lattice = window ? Result<Lattice>{*window} : lattice_for(view, gathered.points(), options);
    if (!lattice) {
        return Failure{lattice.error()};
    }
    surface.lattice = *lattice;

    std::optional<EdgeWindow> county;
    if (options.edge != EdgeCorrection::none) {
        auto const& areas = view.county().areas;
        county.emplace(shapes_of(areas));
        weigh_inside(gathered, *county, options, info.left_out);
        info.notes.push_back("Corrected at the county's border. Cells outside it are 0: not computed.");
        if (areas.generalised() > kWarnGeneralised) {
            info.notes.push_back(
                fmt::format("The borders may lie up to {} m from the true ones; so does the correction.",
                            areas.generalised().value()));
        }
    }
    info.n = gathered.east.size();
    auto values = density_at(gathered.points(), grid_of(surface.lattice),
                             {options.kernel, reach_of(options).value(), options.threads}, progress);
    if (!values) {
        return Failure{values.error()};
    }
    surface.values = std::move(*values);
    for (auto& value : surface.values) {
        value *= kPerSquareKilometre;
    }
    if (county) {
        correct_cells(surface.values, surface.lattice, *county, options);
    }
    state_parameters(info, options, surface.lattice);
    return surface;
}

Result<std::array<Surface, 3>> sensitivity_strip(View const& view, Filter const& filter,
                                                 DensityOptions const& options, std::optional<Lattice> window,
                                                 Progress const& progress)
{
    std::array<Surface, 3> strip;
    auto part = [&](int done) {
        return progress ? Progress{[&progress, done](double p) { return progress((done + p) / 3.0); }}
                        : Progress{};
    };
    auto middle = density(view, filter, options, window, part(0));
    if (!middle) {
        return Failure{middle.error()};
    }
    // A chosen radius is chosen once; half and twice are of that.
    auto fixed = options;
    fixed.rule = RadiusRule::given;
    for (auto const& [key, value] : middle->info.parameters) {
        if (key == reach_key(options.kernel)) {
            (options.kernel == Kernel::gaussian ? fixed.sigma : fixed.radius) = Metres{std::stod(value)};
        }
    }
    auto const lattice = middle->lattice;
    strip[1] = std::move(*middle);
    for (int const side : {0, 2}) {
        auto other = fixed;
        double const factor = side == 0 ? 0.5 : 2.0;
        other.radius = fixed.radius * factor;
        other.sigma = fixed.sigma * factor;
        auto surface = density(view, filter, other, lattice, part(side == 0 ? 1 : 2));
        if (!surface) {
            return Failure{surface.error()};
        }
        strip[static_cast<std::size_t>(side)] = std::move(*surface);
    }
    return strip;
}

}  // namespace riskbild::layers
