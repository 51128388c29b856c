#include "layers/density/density.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include <fmt/format.h>

#include "geo_core/parallel.hpp"
#include "layers/density/adaptive_kernel.hpp"
#include "layers/density/bandwidth.hpp"
#include "layers/density/density_kernel.hpp"
#include "layers/density/edge_mass.hpp"
#include "layers/density/full_squares.hpp"
#include "layers/layer_info.hpp"

namespace riskbild::layers {
namespace {

constexpr double kPerSquareKilometre = 1e6;
constexpr double kNotComputed = std::numeric_limits<double>::quiet_NaN();

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
    if (options.adaptive && options.edge != EdgeCorrection::none) {
        return fail(ErrorCode::wrong_use, "an adaptive radius goes with edge=none only", "edge");
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

constexpr double kCells[] = {250.0, 100.0, 50.0, 25.0, 10.0};

double cells_over(MapBox const& box, double cell)
{
    return ((box.max.east - box.min.east) / cell + 1.0) * ((box.max.north - box.min.north) / cell + 1.0);
}

/// \see DensityOptions::cell
Result<Metres> default_cell(MapBox const& box, Metres radius, char const* key)
{
    auto const fits = [&](double cell) { return cells_over(box, cell) <= static_cast<double>(kMostCells); };
    auto smallest = 1000.0;
    for (double const cell : kCells) {
        if (!fits(cell)) {
            break;
        }
        if (cell <= radius.value() / 4.0) {
            return Metres{cell};
        }
        smallest = cell;
    }
    if (smallest <= radius.value()) {
        return Metres{smallest};
    }
    return fail(
        ErrorCode::wrong_use,
        fmt::format("over the whole county the smallest {} is {} m: finer cells would be more than {}", key,
                    smallest, kMostCells),
        key);
}

/// Radius of a kernel that smooths as the quartic of `options.radius` would, or the one given.
Metres smoothing_radius_of(DensityOptions const& options)
{
    return options.kernel == Kernel::gaussian ? options.sigma / deviation_per_reach(Kernel::quartic)
                                              : options.radius;
}

MapBox county_box(View const& view, DensityEstimate const& estimate)
{
    if (!view.county().areas.areas().empty()) {
        return view.county().areas.bounds();
    }
    auto const extent = estimate.extent();
    if (!extent) {
        return {};
    }
    auto const reach = estimate.reach().value();
    return {{extent->min.east + reach, extent->min.north + reach},
            {extent->max.east - reach, extent->max.north - reach}};
}

Result<Lattice> lattice_for(View const& view, DensityEstimate const& estimate)
{
    auto const& options = estimate.options();
    auto const radius = estimate.smoothing_radius();
    auto const box = county_box(view, estimate);
    if (!options.cell) {
        auto const cell = default_cell(box, radius, reach_key(options.kernel));
        if (!cell) {
            return Failure{cell.error()};
        }
        return lattice_over(box, *cell);
    }
    Metres const cell = *options.cell;
    if (cell > radius) {
        return fail(
            ErrorCode::wrong_use,
            fmt::format("cell is {} m, larger than {} {} m: incidents would fall between the cells' centres",
                        cell.value(), reach_key(options.kernel), reach_of(options).value()),
            "cell");
    }
    if (auto const cells = cells_over(box, cell.value()); cells > static_cast<double>(kMostCells)) {
        double const fits = std::sqrt(cells / static_cast<double>(kMostCells)) * cell.value();
        return fail(
            ErrorCode::wrong_use,
            fmt::format("cell {} m would make {:.0f} cells, at most {} are allowed; cells of {:.0f} m fit",
                        cell.value(), cells, kMostCells, std::ceil(fits * 1.01)),
            "cell");
    }
    return lattice_over(box, cell);
}

/// A part of the way told as a part of the whole.
Progress part_of(Progress const& progress, double from, double to)
{
    return progress ? Progress{[&progress, from, to](double p) { return progress(from + p * (to - from)); }}
                    : Progress{};
}

Failure stopped()
{
    return fail(ErrorCode::busy, "stopped before the density was finished");
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
            {"Färre än två händelser: sökradien är den förvalda, inte vald efter data.",
             fmt::format("Fewer than two incidents: the {} is the default, not chosen from the data.",
                         reach_key(options.kernel))});
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
        info.notes.push_back(
            {fmt::format("Regeln {} gav {:.3g} m; närmaste tillåtna används.", name_of(options.rule), reach),
             fmt::format("The rule {} wanted {:.3g} m; the nearest allowed is used.", name_of(options.rule),
                         reach)});
    }
    return {};
}

/// Cells fine enough for the pilot density of adaptive radii. \return ErrorCode::wrong_use naming the radius
Result<Lattice> pilot_lattice(MapBox const& box, Metres radius)
{
    for (double const parts : {8.0, 4.0, 2.0}) {
        auto const cell = radius / parts;
        if (cells_over(box, cell.value()) <= static_cast<double>(kMostCells)) {
            return lattice_over(box, cell);
        }
    }
    return fail(ErrorCode::wrong_use, "the radius is too small for an adaptive density of so large an area",
                "radius");
}

/// Along straight lines between the centres of cells. \pre the place lies well within the lattice
double between_centres(Lattice const& lattice, std::vector<double> const& values, MapPoint place)
{
    double const col = place.east / lattice.cell.value() - static_cast<double>(lattice.first_col) - 0.5;
    double const row = place.north / lattice.cell.value() - static_cast<double>(lattice.first_row) - 0.5;
    auto const c = std::clamp(static_cast<std::int32_t>(col), 0, std::max(lattice.cols - 2, 0));
    auto const r = std::clamp(static_cast<std::int32_t>(row), 0, std::max(lattice.rows - 2, 0));
    auto const at = [&](std::int32_t dc, std::int32_t dr) {
        auto const in_row = static_cast<std::size_t>(std::min(c + dc, lattice.cols - 1));
        return values[static_cast<std::size_t>(std::min(r + dr, lattice.rows - 1)) *
                          static_cast<std::size_t>(lattice.cols) +
                      in_row];
    };
    double const u = col - c;
    double const v = row - r;
    return (1.0 - v) * ((1.0 - u) * at(0, 0) + u * at(1, 0)) + v * ((1.0 - u) * at(0, 1) + u * at(1, 1));
}

MultiPolygon shapes_of(AreaSet const& areas)
{
    MultiPolygon shapes;
    for (auto const& area : areas.areas()) {
        shapes.insert(shapes.end(), area.shape.begin(), area.shape.end());
    }
    return shapes;
}

/// For each place the part of its kernel inside the county, or 0 where it lies outside. Without Diggle's
/// correction 1 for every place inside. Places that repeat, one after the other, are worked out once.
Result<std::vector<double>> parts_inside(std::span<double const> east, std::span<double const> north,
                                         EdgeWindow const& county, DensityOptions const& options,
                                         Progress const& progress)
{
    std::vector<double> part(east.size(), 0.0);
    auto const find = [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
            if (i > first && east[i] == east[i - 1] && north[i] == north[i - 1]) {
                part[i] = part[i - 1];
                continue;
            }
            MapPoint const place{east[i], north[i]};
            if (county.contains(place)) {
                part[i] = options.edge == EdgeCorrection::diggle
                              ? county.mass(place, options.kernel, reach_of(options).value())
                              : 1.0;
            }
        }
    };
    if (!for_each_stretch(part.size(), 256, options.threads, progress, find)) {
        return stopped();
    }
    return part;
}

/// \return false when stopped
bool correct_cells(std::vector<double>& values, Lattice const& lattice, EdgeWindow const& county,
                   DensityOptions const& options, Progress const& progress)
{
    auto const correct = [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
            auto const cols = static_cast<std::size_t>(lattice.cols);
            auto const centre =
                lattice.centre(static_cast<std::int32_t>(i % cols), static_cast<std::int32_t>(i / cols));
            if (!county.contains(centre)) {
                values[i] = kNotComputed;
            } else if (options.edge == EdgeCorrection::uniform && values[i] > 0.0) {
                values[i] /= county.mass(centre, options.kernel, reach_of(options).value());
            }
        }
    };
    return for_each_stretch(values.size(), 256, options.threads, progress, correct);
}

Result<void> check_window(Lattice const& window)
{
    if (!(window.cell.value() > 0.0) || !std::isfinite(window.cell.value()) || window.cols < 0 ||
        window.rows < 0 || window.size() > kMostCells) {
        return fail(ErrorCode::wrong_use,
                    fmt::format("a window has at most {} cells of positive size", kMostCells), "cell");
    }
    return {};
}

void state_parameters(LayerInfo& info, DensityOptions const& options)
{
    bool const plain = options.kind_weights.empty();
    info.unit = plain ? "incidents per km²" : "weighted incidents per km²";
    info.unit_sv = plain ? "händelser per km²" : "vägda händelser per km²";
    info.parameters = {{"edge", std::string{name_of(options.edge)}},
                       {"kernel", std::string{name_of(options.kernel)}},
                       {reach_key(options.kernel), number_text(reach_of(options).value())}};
    if (options.rule != RadiusRule::given) {
        info.parameters.emplace_back("rule", std::string{name_of(options.rule)});
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
    surface.values.assign(surface.lattice.size(), kNotComputed);
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
    surface.info.unit_sv = "händelser per km²";
    surface.info.parameters = {{"cell", number_text(grid.cell.value())}};
    surface.info.notes.push_back(
        {fmt::format("Publicerade antal. Rutor med färre än {} händelser, och de som skulle avslöja dem, "
                     "visas som tomma.",
                     view.policy().suppress_below),
         fmt::format(
             "Published counts. Cells with fewer than {} incidents, and those that would reveal them, "
             "are shown as empty.",
             view.policy().suppress_below)});
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

Result<DensityEstimate> DensityEstimate::make(View const& view, Filter const& filter,
                                              DensityOptions const& options, Progress const& progress)
{
    if (auto const fine = check(options, view); !fine) {
        return Failure{fine.error()};
    }
    auto selection = view.select_points(filter);
    if (!selection) {
        return Failure{selection.error()};
    }
    DensityEstimate made;
    made.options_ = options;
    made.info_ = begin_info("density", view, filter);
    made.info_.left_out = selection->left_out;
    made.rows_ = std::move(selection->rows);
    auto const columns = view.points();
    for (auto const row : made.rows_) {
        made.east_.push_back(columns.east[row]);
        made.north_.push_back(columns.north[row]);
        if (!options.kind_weights.empty()) {
            made.weight_.push_back(options.kind_weights[columns.kind[row]]);
        }
    }
    if (auto const fine = apply_rule(made.options_, {made.east_, made.north_, made.weight_}, made.info_);
        !fine) {
        return Failure{fine.error()};
    }
    if (options.edge != EdgeCorrection::none) {
        auto const& areas = view.county().areas;
        made.county_.emplace(shapes_of(areas));
        if (auto const kept = made.keep_inside(progress); !kept) {
            return Failure{kept.error()};
        }
        made.info_.notes.push_back({"Rättat vid länsgränsen. Utanför den är ingenting beräknat.",
                                    "Corrected at the county's border. Outside it nothing is computed."});
        if (areas.generalised() > kWarnGeneralised) {
            made.info_.notes.push_back(
                {fmt::format("Gränserna kan ligga upp till {} m fel, och rättningen likaså.",
                             areas.generalised().value()),
                 fmt::format("The borders may lie up to {} m from the true ones; so does the correction.",
                             areas.generalised().value())});
        }
    }
    made.info_.n = made.rows_.size();
    state_parameters(made.info_, made.options_);
    if (options.adaptive) {
        if (auto const adapted = made.adapt(progress); !adapted) {
            return Failure{adapted.error()};
        }
    }
    return made;
}

Result<void> DensityEstimate::keep_inside(Progress const& progress)
{
    auto const part = parts_inside(east_, north_, *county_, options_, progress);
    if (!part) {
        return Failure{part.error()};
    }
    if (options_.edge == EdgeCorrection::diggle) {
        weight_.resize(rows_.size(), 1.0);
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if ((*part)[i] == 0.0) {
            ++info_.left_out[LeftOutReason::area_unknown];
            continue;
        }
        rows_[kept] = rows_[i];
        east_[kept] = east_[i];
        north_[kept] = north_[i];
        if (!weight_.empty()) {
            weight_[kept] = weight_[i] / (*part)[i];
        }
        ++kept;
    }
    rows_.resize(kept);
    east_.resize(kept);
    north_.resize(kept);
    weight_.resize(weight_.empty() ? 0 : kept);
    return {};
}

Result<void> DensityEstimate::adapt(Progress const& progress)
{
    info_.parameters.insert(info_.parameters.begin(), {"adaptive", "yes"});
    if (rows_.empty()) {
        return {};
    }
    auto const lattice = pilot_lattice(*extent(), smoothing_radius());
    if (!lattice) {
        return Failure{lattice.error()};
    }
    auto const surface =
        density_at({east_, north_, weight_}, grid_of(*lattice),
                   {options_.kernel, reach_of(options_).value(), options_.threads}, progress);
    if (!surface) {
        return Failure{surface.error()};
    }
    std::vector<double> pilot;
    for (std::size_t i = 0; i < east_.size(); ++i) {
        // At least what the incident itself gives: between cells a peak is cut off.
        double const own =
            peak_of(options_.kernel, reach_of(options_).value()) * (weight_.empty() ? 1.0 : weight_[i]);
        pilot.push_back(std::max(between_centres(*lattice, *surface, {east_[i], north_[i]}), own));
    }
    radius_ = abramson_reaches(pilot, reach_of(options_).value());
    for (auto& radius : radius_) {
        radius =
            std::max(std::round(radius * 1000.0) / 1000.0, 0.001);  // to a millimetre: the same everywhere
    }
    auto const [least, most] = std::ranges::minmax(radius_);
    info_.notes.push_back({fmt::format("Radien följer tätheten: {:.0f} till {:.0f} m.", least, most),
                           fmt::format("The radius follows the density: {:.0f} to {:.0f} m.", least, most)});
    return {};
}

Metres DensityEstimate::reach() const
{
    auto const most = radius_.empty() ? reach_of(options_).value() : *std::ranges::max_element(radius_);
    return Metres{cut_of(options_.kernel, most)};
}

Metres DensityEstimate::smoothing_radius() const
{
    auto const radius = smoothing_radius_of(options_);
    if (radius_.empty()) {
        return radius;
    }
    // Fine enough for the dense parts, as far as that pays.
    double const least = *std::ranges::min_element(radius_) / reach_of(options_).value();
    return radius * std::clamp(least, 0.25, 1.0);
}

std::optional<MapBox> DensityEstimate::extent() const
{
    if (rows_.empty()) {
        return std::nullopt;
    }
    auto const [west, east] = std::ranges::minmax(east_);
    auto const [south, north] = std::ranges::minmax(north_);
    auto const by = reach().value();
    return MapBox{{west - by, south - by}, {east + by, north + by}};
}

Result<std::vector<double>> DensityEstimate::over(Lattice const& window, Progress const& progress,
                                                  std::optional<std::span<std::uint32_t const>> near) const
{
    if (auto const fine = check_window(window); !fine) {
        return Failure{fine.error()};
    }
    std::vector<double> east, north, weight, radius;
    PointSet points{east_, north_, weight_};
    std::span<double const> radii = radius_;
    if (near) {
        for (auto const i : *near) {
            east.push_back(east_[i]);
            north.push_back(north_[i]);
            if (!radius_.empty()) {
                radius.push_back(radius_[i]);
            }
            if (!weight_.empty()) {
                weight.push_back(weight_[i]);
            }
        }
        points = {east, north, weight};
        radii = radius;
    }
    auto values =
        !radius_.empty()
            ? adaptive_density_at(points, radii, grid_of(window), options_.kernel, options_.threads, progress)
            : density_at(points, grid_of(window),
                         {options_.kernel, reach_of(options_).value(), options_.threads},
                         part_of(progress, 0.0, county_ ? 0.5 : 1.0));
    if (!values) {
        return values;
    }
    for (auto& value : *values) {
        value *= kPerSquareKilometre;
    }
    if (county_ && !correct_cells(*values, window, *county_, options_, part_of(progress, 0.5, 1.0))) {
        return stopped();
    }
    return values;
}

Result<double> DensityEstimate::at(MapPoint place) const
{
    if (county_ && !county_->contains(place)) {
        return kNotComputed;
    }
    if (!radius_.empty()) {
        CellGrid const one{.west = place.east - 0.5, .south = place.north - 0.5, .cols = 1, .rows = 1};
        auto const sum =
            adaptive_density_at({east_, north_, weight_}, radius_, one, options_.kernel, options_.threads);
        return sum ? Result<double>{sum->front() * kPerSquareKilometre}
                   : Result<double>{Failure{sum.error()}};
    }
    std::array const places{place};
    auto const sum = density_at_points({east_, north_, weight_}, places,
                                       {options_.kernel, reach_of(options_).value(), options_.threads});
    if (!sum) {
        return Failure{sum.error()};
    }
    double const value = sum->front() * kPerSquareKilometre;
    bool const corrected = options_.edge == EdgeCorrection::uniform && value > 0.0;
    return corrected ? value / county_->mass(place, options_.kernel, reach_of(options_).value()) : value;
}

Result<double> DensityEstimate::largest(Progress const& progress) const
{
    constexpr std::size_t kMostSquares = 2000;
    auto const cell = smoothing_radius() / 8.0;
    FullSquares const squares({east_, north_, weight_}, reach().value());
    auto const& fullest = squares.fullest_first();
    double const narrowest =
        radius_.empty() ? reach_of(options_).value() : *std::ranges::min_element(radius_);
    double largest = 0.0;
    for (std::size_t i = 0; i < std::min(fullest.size(), kMostSquares); ++i) {
        // A square and its neighbours hold all that reaches into it; a kernel's peak is the most each can
        // give. Where incidents are weighed by the border, the weights say so already; cells are divided by
        // it at most so far that the bound is of no use.
        auto const bound =
            fullest[i].weight_around * peak_of(options_.kernel, narrowest) * kPerSquareKilometre;
        if (bound <= largest && options_.edge != EdgeCorrection::uniform) {
            break;
        }
        auto const near = squares.rows_around(fullest[i]);
        auto const values = over(lattice_over(fullest[i].box, cell), {}, near);
        if (!values) {
            return Failure{values.error()};
        }
        for (auto const value : *values) {
            largest = std::max(largest, value);  // NaN is never the larger
        }
        if (progress && !progress(static_cast<double>(i) / kMostSquares)) {
            return stopped();
        }
    }
    return largest;
}

Result<Surface> density(View const& view, Filter const& filter, DensityOptions const& options,
                        std::optional<Lattice> window, Progress const& progress)
{
    if (!view.policy().single_incidents) {
        return published_density(view, filter, options, window);
    }
    auto const estimate = DensityEstimate::make(view, filter, options, part_of(progress, 0.0, 0.3));
    if (!estimate) {
        return Failure{estimate.error()};
    }
    auto const lattice = window ? Result<Lattice>{*window} : lattice_for(view, *estimate);
    if (!lattice) {
        return Failure{lattice.error()};
    }
    auto values = estimate->over(*lattice, part_of(progress, 0.3, 1.0));
    if (!values) {
        return Failure{values.error()};
    }
    Surface surface{estimate->info(), *lattice, std::move(*values)};
    auto& parameters = surface.info.parameters;
    parameters.insert(parameters.begin(), {"cell", number_text(lattice->cell.value())});
    if (lattice->cell > estimate->smoothing_radius()) {
        surface.info.notes.push_back(
            {"Rutorna är större än sökradien: händelser mellan deras mittpunkter syns inte.",
             "The cells are larger than the radius: incidents between their centres do not show."});
    }
    return surface;
}

}  // namespace riskbild::layers
