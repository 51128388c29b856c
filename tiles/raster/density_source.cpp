#include "tiles/raster/density_source.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "layers/density_kernel.hpp"
#include "layers/layer_catalogue.hpp"
#include "tiles/memo.hpp"
#include "tiles/mvt/key_box.hpp"
#include "tiles/mvt/point_set.hpp"
#include "tiles/raster/warp.hpp"
#include "tiles/raster/zoom_cells.hpp"

namespace riskbild::tiles {

namespace {

constexpr std::size_t kSelections = 8;
constexpr double kPerSquareKilometre = 1e6;
// A surface of the whole county is kept when it is no larger: 12 MB.
constexpr std::size_t kMostCellsKept = 1'500'000;
constexpr int kMaxDensityZoom = 16;

double reach_of(layers::DensityOptions const& options)
{
    return layers::cut_of(
        options.kernel,
        (options.kernel == layers::Kernel::gaussian ? options.sigma : options.radius).value());
}

// Radius of a quartic kernel that smooths as much: what cell sizes are made for.
Metres smoothing_radius(layers::DensityOptions const& options)
{
    return options.kernel == layers::Kernel::gaussian
               ? options.sigma / layers::deviation_per_reach(layers::Kernel::quartic)
               : options.radius;
}

MapBox grown(MapBox box, double by)
{
    return {{box.min.east - by, box.min.north - by}, {box.max.east + by, box.max.north + by}};
}

Metres side_of(MapBox box)
{
    return Metres{std::max({box.max.east - box.min.east, box.max.north - box.min.north, 1.0})};
}

std::optional<MapBox> common_part(MapBox a, MapBox b)
{
    auto const box = MapBox{{std::max(a.min.east, b.min.east), std::max(a.min.north, b.min.north)},
                            {std::min(a.max.east, b.max.east), std::min(a.max.north, b.max.north)}};
    if (box.min.east >= box.max.east || box.min.north >= box.max.north) {
        return std::nullopt;
    }
    return box;
}

// What one filter and one set of options need for all tiles.
struct Prepared {
    layers::DensityOptions options;  // with the radius that a rule found
    Legend legend;
    PointSet points;
    MapBox extent;           // beyond it the density is zero; empty without points
    bool published = false;  // the coarse grid of counts instead of a surface
    bool local = false;      // points near a tile are enough to compute it
    layers::Surface county;  // in the cells of the lowest zooms; without values when too large to keep
};

class DensitySource : public TileSource {
public:
    DensitySource(View view, Style style) : view_(std::move(view)), style_(std::move(style)) {}

    TileLayer describe() const override
    {
        return {.name = "density",
                .formats = {TileFormat::png, TileFormat::webp},
                .min_zoom = 0,
                .max_zoom = kMaxDensityZoom,
                .bounds = view_.county().profile.accepted_box,
                .token = {},
                .vector_layers = {},
                .attribution = {}};
    }
    Result<layers::Options> complete(layers::Options const& options) const override
    {
        auto const meant = layers::density_options(options);
        auto complete = layers::complete_options("density", options);
        if (!meant || !complete) {
            return Failure{meant ? complete.error() : meant.error()};
        }
        // Cells do not change the picture: the zoom decides them.
        complete->erase("cell");
        return complete;
    }

    Result<std::string> render(TileId id, TileFormat format, Selection const& selection,
                               Workbench& bench) const override
    {
        auto const prepared = prepare(selection);
        if (!prepared) {
            return Failure{prepared.error()};
        }
        auto const pixels = values_of(**prepared, selection.filter, id, 1);
        if (!pixels) {
            return Failure{pixels.error()};
        }
        auto const& classes = (*prepared)->legend.classes;
        if (!*pixels || classes.empty() ||
            std::none_of((*pixels)->values.begin(), (*pixels)->values.end(),
                         [&](float v) { return v >= static_cast<float>(classes.front().from); })) {
            return std::string{};
        }
        return bench.painter.paint(**pixels, classes, style_, format);
    }

    Result<Legend> legend(Selection const& selection) const override
    {
        auto const prepared = prepare(selection);
        if (!prepared) {
            return Failure{prepared.error()};
        }
        return (*prepared)->legend;
    }

    Result<std::optional<PixelValues>> pixels(Selection const& selection, TileId id, int tiles_wide) const
    {
        auto const prepared = prepare(selection);
        if (!prepared) {
            return Failure{prepared.error()};
        }
        return values_of(**prepared, selection.filter, id, tiles_wide);
    }

private:
    Memo<Prepared>::Answer prepare(Selection const& selection) const
    {
        return prepared_.get(selection.name(), [&] {
            return view_.policy().single_incidents ? prepare_surface(selection)
                                                   : prepare_published(selection);
        });
    }

    Result<Prepared> prepare_published(Selection const& selection) const
    {
        auto options = layers::density_options(selection.options);
        if (!options) {
            return Failure{options.error()};
        }
        auto surface = layers::density(view_, selection.filter, *options);
        if (!surface) {
            return Failure{surface.error()};
        }
        // No points are taken: a view without single incidents has none.
        auto none = PointSet::none(view_);
        auto const largest =
            surface->values.empty() ? 0.0 : *std::max_element(surface->values.begin(), surface->values.end());
        auto legend = Legend{std::move(surface->info), doubling_classes(largest, style_.colours)};
        auto const extent = surface->lattice.bounds();
        return Prepared{*options, std::move(legend),  std::move(none), extent, true,
                        false,    std::move(*surface)};
    }

    Result<Prepared> prepare_surface(Selection const& selection) const
    {
        auto options = layers::density_options(selection.options);
        auto points = PointSet::select(view_, selection.filter);
        if (!options || !points) {
            return Failure{options ? points.error() : options.error()};
        }
        if (auto const found = apply_rule(*options, selection.filter); !found) {
            return Failure{found.error()};
        }
        auto const extent = extent_of(*points, reach_of(*options));
        auto const lattice =
            lattice_over(extent, cell_of_zoom(0, smoothing_radius(*options), side_of(extent)));
        auto surface = layers::density(view_, selection.filter, *options, lattice);
        if (!surface) {
            return Failure{surface.error()};
        }
        auto const largest = *std::max_element(surface->values.begin(), surface->values.end());
        auto legend = Legend{std::move(surface->info), doubling_classes(largest, style_.colours)};
        for (auto& [key, value] : legend.info.parameters) {
            if (key == "cell") {
                value = "by zoom";
            }
        }
        auto const local = options->edge == layers::EdgeCorrection::none && options->kind_weights.empty();
        if (surface->values.size() > kMostCellsKept) {
            surface->values.clear();
        }
        return Prepared{*options, std::move(legend),  std::move(*points), extent, false,
                        local,    std::move(*surface)};
    }

    // A rule looks at all points, so it is asked once and not for every tile.
    Result<void> apply_rule(layers::DensityOptions& options, Filter const& filter) const
    {
        if (options.rule == layers::RadiusRule::given) {
            return {};
        }
        auto const one_cell = Lattice{Metres{1000.0}, 0, 0, 1, 1};
        auto const found = layers::density(view_, filter, options, one_cell);
        if (!found) {
            return Failure{found.error()};
        }
        auto const gaussian = options.kernel == layers::Kernel::gaussian;
        for (auto const& [key, value] : found->info.parameters) {
            if (key == (gaussian ? "sigma" : "radius")) {
                (gaussian ? options.sigma : options.radius) = Metres{std::stod(value)};
            }
        }
        options.rule = layers::RadiusRule::given;
        return {};
    }

    MapBox extent_of(PointSet const& points, double reach) const
    {
        auto const columns = view_.points();
        if (points.size() == 0) {
            return {};
        }
        auto const first = points.row(0);
        auto box =
            MapBox{{columns.east[first], columns.north[first]}, {columns.east[first], columns.north[first]}};
        for (std::size_t i = 0; i < points.size(); ++i) {
            auto const row = points.row(i);
            box.min = {std::min(box.min.east, columns.east[row]),
                       std::min(box.min.north, columns.north[row])};
            box.max = {std::max(box.max.east, columns.east[row]),
                       std::max(box.max.north, columns.north[row])};
        }
        return grown(box, reach);
    }

    Result<std::optional<PixelValues>> values_of(Prepared const& prepared, Filter const& filter, TileId id,
                                                 int tiles_wide) const
    {
        auto const nothing = std::optional<PixelValues>{};
        if (prepared.legend.info.n == 0) {
            return nothing;
        }
        auto const warp = PixelWarp{view_.county().profile.crs, id, tiles_wide};
        auto const box = warp.bounds();
        // Tiles of so low a zoom that PROJ cannot project their corners show the county smaller than a pixel.
        auto const part = box ? common_part(*box, prepared.extent) : std::optional{prepared.extent};
        if (!part) {
            return nothing;
        }
        auto const across = std::min(Metres{kPixelMetres[id.z] * kPixels}, side_of(prepared.extent));
        auto const cell = cell_of_zoom(id.z, smoothing_radius(prepared.options), across);
        auto const county_will_do = !prepared.county.values.empty() && cell >= prepared.county.lattice.cell;
        if (prepared.published || county_will_do) {
            return std::optional{sampled(prepared.county, warp, id, prepared.published)};
        }
        // One cell more on each side, so that every pixel lies between four centres.
        auto const surface = compute(prepared, filter, lattice_over(grown(*part, cell.value()), cell));
        if (!surface) {
            return Failure{surface.error()};
        }
        return std::optional{sampled(*surface, warp, id, false)};
    }

    Result<layers::Surface> compute(Prepared const& prepared, Filter const& filter,
                                    Lattice const& window) const
    {
        if (!prepared.local) {
            return layers::density(view_, filter, prepared.options, window);
        }
        return compute_from_near(prepared, window);
    }

    // The same as layers::density(), but looks only at the points that reach into the window.
    Result<layers::Surface> compute_from_near(Prepared const& prepared, Lattice const& window) const
    {
        auto const reach = reach_of(prepared.options);
        auto const near = world_box(grown(window.bounds(), reach));
        auto const columns = view_.points();
        auto east = std::vector<double>{};
        auto north = std::vector<double>{};
        visit_rows(prepared.points.index(), near, TileId{0, 0, 0}, 0, prepared.points.size(),
                   [&](std::size_t i) {
                       auto const row = prepared.points.row(i);
                       east.push_back(columns.east[row]);
                       north.push_back(columns.north[row]);
                   });
        auto surface = layers::Surface{{}, window, {}};
        if (east.empty()) {
            surface.values.assign(window.size(), 0.0);
            return surface;
        }
        auto const gaussian = prepared.options.kernel == layers::Kernel::gaussian;
        auto values =
            layers::density_at({east, north}, layers::grid_of(window),
                               {prepared.options.kernel,
                                (gaussian ? prepared.options.sigma : prepared.options.radius).value(), 1});
        if (!values) {
            return Failure{values.error()};
        }
        surface.values = std::move(*values);
        for (auto& value : surface.values) {
            value *= kPerSquareKilometre;
        }
        return surface;
    }

    // The box's sides are bent in the world of tiles, so points along them are looked at, and a margin is
    // added.
    KeyBox world_box(MapBox box) const
    {
        constexpr int kSteps = 8;
        auto edge = std::vector<MapPoint>{};
        for (int i = 0; i <= kSteps; ++i) {
            auto const east = box.min.east + (box.max.east - box.min.east) * i / kSteps;
            auto const north = box.min.north + (box.max.north - box.min.north) * i / kSteps;
            edge.insert(
                edge.end(),
                {{east, box.min.north}, {east, box.max.north}, {box.min.east, north}, {box.max.east, north}});
        }
        auto world = WorldBox{};
        for (auto const p : to_world(view_.county().profile.crs, edge)) {
            world.include(p);
        }
        auto const margin = std::max(world.east - world.west, world.south - world.north) / 64;
        auto const below = [&](std::uint32_t v) { return v > margin ? v - margin : 0u; };
        auto const above = [&](std::uint32_t v) {
            return v < 0xffffffffu - margin ? v + margin : 0xffffffffu;
        };
        return {{below(world.west), below(world.north)}, {above(world.east), above(world.south)}};
    }

    static PixelValues sampled(layers::Surface const& surface, PixelWarp const& warp, TileId id,
                               bool published)
    {
        auto const pixel = kPixelMetres[id.z];
        auto const cell = surface.lattice.cell.value();
        // Where a pixel holds several cells it shows their mean.
        auto const samples = published ? 1 : std::max(1, static_cast<int>(std::ceil(pixel / cell - 0.01)));
        auto const reach = grown(surface.lattice.bounds(), 2.0 * pixel);
        auto pixels = PixelValues{warp.width(), warp.height(), {}};
        pixels.values.assign(static_cast<std::size_t>(pixels.width) * static_cast<std::size_t>(pixels.height),
                             0.0f);
        auto* value = pixels.values.data();
        for (int y = 0; y < pixels.height; ++y) {
            for (int x = 0; x < pixels.width; ++x, ++value) {
                if (!reach.contains(warp.at(x + 0.5, y + 0.5))) {
                    continue;
                }
                auto sum = 0.0;
                for (int j = 0; j < samples; ++j) {
                    for (int i = 0; i < samples; ++i) {
                        auto const place = warp.at(x + (i + 0.5) / samples, y + (j + 0.5) / samples);
                        sum += published ? of_cell(surface.lattice, surface.values, place)
                                         : between_cells(surface.lattice, surface.values, place);
                    }
                }
                *value = static_cast<float>(sum / (samples * samples));
            }
        }
        return pixels;
    }

    View view_;
    Style style_;
    mutable Memo<Prepared> prepared_{kSelections};
};

}  // namespace

std::unique_ptr<TileSource> make_density_source(View const& view, Style style)
{
    return std::make_unique<DensitySource>(view, std::move(style));
}

Result<std::optional<PixelValues>> density_pixels(TileSource const& density, Selection const& selection,
                                                  TileId id, int tiles_wide)
{
    auto const* const source = dynamic_cast<DensitySource const*>(&density);
    assert(source != nullptr && "only the density source has density pixels");
    return source->pixels(selection, id, tiles_wide);
}

}  // namespace riskbild::tiles
