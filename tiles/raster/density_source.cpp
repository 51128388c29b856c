#include "tiles/raster/density_source.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "layers/density/density_layer.hpp"
#include "tiles/memo.hpp"
#include "tiles/mvt/key_box.hpp"
#include "tiles/mvt/key_index.hpp"
#include "tiles/raster/warp.hpp"
#include "tiles/raster/zoom_cells.hpp"

namespace riskbild::tiles {

namespace {

constexpr std::size_t kSelections = 8;
// A surface of the whole county is kept when it is no larger: 12 MB.
constexpr std::size_t kMostCellsKept = 1'500'000;
constexpr int kMaxDensityZoom = 16;

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

// Places along the quadtree's curve, to be found by tile. A moved vector keeps its memory, so the index stays
// good.
struct KeyedRows {
    explicit KeyedRows(std::vector<std::uint64_t> sorted) : keys(std::move(sorted)), index(keys) {}
    std::vector<std::uint64_t> keys;
    KeyIndex index;
};

// What one filter and one set of options need for all tiles.
struct Prepared {
    std::optional<layers::DensityEstimate> estimate;  // nothing: the published grid of counts instead
    KeyedRows points;                                 // those of the estimate
    Legend legend;
    MapBox extent;           // beyond it the density is zero; empty without points
    layers::Surface county;  // in the cells of the lowest zooms; without values when too large to keep
};

double largest_of(std::vector<double> const& values)
{
    auto largest = 0.0;
    for (auto const value : values) {
        largest = std::max(largest, value);  // NaN is never the larger
    }
    return largest;
}

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
        auto complete = layers::density_layer().complete(options);
        if (!complete) {
            return Failure{complete.error()};
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
        auto const pixels = values_of(**prepared, selection.progress, id, 1);
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
        return values_of(**prepared, selection.progress, id, tiles_wide);
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
        auto legend =
            Legend{std::move(surface->info), doubling_classes(largest_of(surface->values), style_.colours)};
        auto const extent = surface->lattice.bounds();
        return Prepared{std::nullopt, KeyedRows{{}}, std::move(legend), extent, std::move(*surface)};
    }

    Result<Prepared> prepare_surface(Selection const& selection) const
    {
        auto options = layers::density_options(selection.options);
        if (!options) {
            return Failure{options.error()};
        }
        auto const progress = selection.progress;
        auto estimate = layers::DensityEstimate::make(view_, selection.filter, *options, progress);
        if (!estimate) {
            return Failure{estimate.error()};
        }
        auto const extent = estimate->extent().value_or(MapBox{});
        auto const radius = estimate->smoothing_radius();
        auto county = layers::Surface{{}, lattice_over(extent, cell_of_zoom(0, radius, side_of(extent))), {}};
        auto values = estimate->over(county.lattice, progress);
        if (!values) {
            return Failure{values.error()};
        }
        // Cells this far apart pass by the peaks.
        auto const coarse = county.lattice.cell > radius / 4.0;
        auto const largest = coarse ? estimate->largest(progress) : largest_of(*values);
        if (!largest) {
            return Failure{largest.error()};
        }
        auto legend = Legend{estimate->info(), doubling_classes(*largest, style_.colours)};
        auto& parameters = legend.info.parameters;
        parameters.insert(parameters.begin(), {"cell", "by zoom"});
        if (values->size() <= kMostCellsKept) {
            county.values = std::move(*values);
        }
        auto keys = std::vector<std::uint64_t>{};
        for (auto const row : estimate->rows()) {
            keys.push_back(view_.points().quadtree[row]);
        }
        return Prepared{std::move(*estimate), KeyedRows{std::move(keys)}, std::move(legend), extent,
                        std::move(county)};
    }

    Result<std::optional<PixelValues>> values_of(Prepared const& prepared, Progress const& progress,
                                                 TileId id, int tiles_wide) const
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
        if (!prepared.estimate) {
            return std::optional{sampled(prepared.county, warp, id, true)};
        }
        auto const cell = cell_of_zoom(id.z, prepared.estimate->smoothing_radius(), across);
        if (!prepared.county.values.empty() && cell >= prepared.county.lattice.cell) {
            return std::optional{sampled(prepared.county, warp, id, false)};
        }
        // One cell more on each side, so that every pixel lies between four centres.
        auto surface = layers::Surface{{}, lattice_over(grown(*part, cell.value()), cell), {}};
        auto values = prepared.estimate->over(surface.lattice, progress, near(prepared, surface.lattice));
        if (!values) {
            return Failure{values.error()};
        }
        surface.values = std::move(*values);
        return std::optional{sampled(surface, warp, id, false)};
    }

    // The points that reach into a window, and some more.
    std::vector<std::uint32_t> near(Prepared const& prepared, Lattice const& window) const
    {
        auto const box = world_box(grown(window.bounds(), prepared.estimate->reach().value()));
        auto found = std::vector<std::uint32_t>{};
        visit_rows(prepared.points.index, box, TileId{0, 0, 0}, 0, prepared.points.keys.size(),
                   [&](std::size_t i) { found.push_back(static_cast<std::uint32_t>(i)); });
        return found;
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
