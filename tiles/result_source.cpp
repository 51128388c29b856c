#include "tiles/result_source.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "tiles/mvt/clip.hpp"
#include "tiles/raster/warp.hpp"
#include "tiles/raster/zoom_cells.hpp"

namespace riskbild::tiles {

namespace {

constexpr std::size_t kSelections = 16;
constexpr int kMaxResultZoom = 16;
constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

// One row of a table in the world of tiles.
struct WorldRow {
    WorldBox box;
    std::vector<WorldPoint> path;          // a point, or a line
    std::vector<WorldPolygon> polygons;    // else
    std::optional<std::int64_t> in_class;  // number in the legend
};

// What one filter and one set of options need for all tiles.
struct Drawn {
    std::shared_ptr<layers::LayerResult const> result;
    Legend legend;
    std::vector<double> cells;  // class of each, NaN: not drawn
    std::vector<WorldRow> rows;
};

double largest_of(std::vector<double> const& values)
{
    auto largest = 0.0;
    for (auto const value : values) {
        largest = std::max(largest, value);  // NaN is never the larger
    }
    return largest;
}

std::optional<double> number_of(layers::TableCell const& cell)
{
    if (auto const* const whole = std::get_if<std::int64_t>(&cell)) {
        return static_cast<double>(*whole);
    }
    auto const* const real = std::get_if<double>(&cell);
    return real == nullptr ? std::nullopt : std::optional{*real};
}

// Classes by value stand in the legend as spans around their number in it, so that cells can hold those.
std::vector<LegendClass> named_classes(std::vector<layers::ValueClass> const& classes)
{
    auto legend = std::vector<LegendClass>{};
    for (auto const& one : classes) {
        if (!one.colour.empty()) {
            auto const number = static_cast<double>(legend.size());
            legend.push_back({number, number + 1.0, one.colour, one.sv, one.en});
        }
    }
    return legend;
}

// The number in the legend of the class that a value names.
std::optional<std::int64_t> named_class_of(double value, std::vector<layers::ValueClass> const& classes)
{
    auto number = std::int64_t{0};
    for (auto const& one : classes) {
        if (one.colour.empty()) {
            continue;
        }
        if (value == one.value) {
            return number;
        }
        ++number;
    }
    return std::nullopt;
}

WorldRow world_row(layers::TableShape const& shape, Crs const& crs)
{
    auto row = WorldRow{};
    if (auto const* const point = std::get_if<MapPoint>(&shape)) {
        row.path = to_world(crs, std::span{point, 1});
    } else if (auto const* const line = std::get_if<std::vector<MapPoint>>(&shape)) {
        row.path = to_world(crs, *line);
    } else if (auto const* const polygons = std::get_if<MultiPolygon>(&shape)) {
        row.polygons = to_world(crs, *polygons);
    }
    for (auto const place : row.path) {
        row.box.include(place);
    }
    for (auto const& polygon : row.polygons) {
        row.box.include({polygon.box.west, polygon.box.north});
        row.box.include({polygon.box.east, polygon.box.south});
    }
    return row;
}

layers::Table const* table_on_map(layers::LayerDescription const& about, layers::LayerResult const& result)
{
    for (std::size_t i = 0; i < about.tables.size(); ++i) {
        if (about.tables[i].has_places) {
            return &result.tables[i];
        }
    }
    return nullptr;
}

// The column that decides the colour of a row: `class`, or for amounts `n`, or what the cells beside it show.
std::optional<std::size_t> colour_column(layers::Table const& table, layers::Drawing drawing,
                                         std::optional<layers::Grid> const& grid)
{
    auto wanted = std::string{drawing == layers::Drawing::classes ? "class" : "n"};
    if (drawing == layers::Drawing::amount && grid) {
        wanted = grid->bands.front().quantity.key;
    }
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].quantity.key == wanted) {
            return i;
        }
    }
    return std::nullopt;
}

class ResultSource : public TileSource {
public:
    ResultSource(std::shared_ptr<LayerResults const> results, layers::Layer const& layer, Style style)
        : results_(std::move(results)), layer_(layer), style_(std::move(style))
    {
    }

    TileLayer describe() const override
    {
        auto const& about = layer_.description;
        auto described = TileLayer{.name = about.name,
                                   .formats = {},
                                   .min_zoom = 0,
                                   .max_zoom = kMaxResultZoom,
                                   .bounds = results_->view().county().profile.accepted_box,
                                   .token = {},
                                   .vector_layers = {},
                                   .attribution = {}};
        if (about.has_grid) {
            described.formats = {TileFormat::png, TileFormat::webp};
        }
        if (std::ranges::any_of(about.tables, &layers::TableDescription::has_places)) {
            described.formats.push_back(TileFormat::mvt);
            described.vector_layers = {{about.name, {"row", "class"}}};
        }
        return described;
    }

    Result<layers::Options> complete(layers::Options const& options) const override
    {
        return layer_.complete(options);
    }

    Result<std::string> render(TileId id, TileFormat format, Selection const& selection,
                               Workbench& bench) const override
    {
        auto const drawn = draw(selection);
        if (!drawn) {
            return Failure{drawn.error()};
        }
        if (format == TileFormat::mvt) {
            return vector_tile(**drawn, id, bench.layer);
        }
        return picture(**drawn, id, format, bench.painter);
    }

    Result<Legend> legend(Selection const& selection) const override
    {
        auto const drawn = draw(selection);
        if (!drawn) {
            return Failure{drawn.error()};
        }
        return (*drawn)->legend;
    }

private:
    Memo<Drawn>::Answer draw(Selection const& selection) const
    {
        auto const wish = LayerWish{&layer_, selection.filter, selection.options};
        auto const result = results_->get(wish, selection.progress);
        if (!result) {
            return Failure{result.error()};
        }
        return drawn_.get(selection.name(), [&]() -> Result<Drawn> { return drawn_from(*result); });
    }

    Drawn drawn_from(std::shared_ptr<layers::LayerResult const> result) const
    {
        auto drawn = Drawn{std::move(result), {}, {}, {}};
        drawn.legend.info = drawn.result->info;
        if (layer_.description.drawing == layers::Drawing::classes) {
            drawn.legend.classes = named_classes(layer_.description.classes);
        }
        if (drawn.result->grid) {
            colour_cells(drawn);
        }
        if (auto const* const table = table_on_map(layer_.description, *drawn.result)) {
            place_rows(drawn, *table);
        }
        return drawn;
    }

    void colour_cells(Drawn& drawn) const
    {
        auto const& values = drawn.result->grid->bands.front().values;
        auto& classes = drawn.legend.classes;
        if (layer_.description.drawing != layers::Drawing::classes) {
            classes = doubling_classes(largest_of(values), style_.colours);
            drawn.cells = values;
            return;
        }
        drawn.cells.reserve(values.size());
        for (auto const value : values) {
            auto const number = named_class_of(value, layer_.description.classes);
            drawn.cells.push_back(number ? static_cast<double>(*number) + 0.5 : kNothing);
        }
    }

    void place_rows(Drawn& drawn, layers::Table const& table) const
    {
        auto const drawing = layer_.description.drawing;
        auto const column = colour_column(table, drawing, drawn.result->grid);
        auto& classes = drawn.legend.classes;
        if (column && drawing == layers::Drawing::amount && !drawn.result->grid) {
            auto largest = 0.0;
            for (auto const& row : table.rows) {
                largest = std::max(largest, number_of(row[*column]).value_or(0.0));
            }
            classes = doubling_classes(largest, style_.colours);
        }
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            auto row = world_row(table.shapes[i], results_->view().county().profile.crs);
            if (auto const value = column ? number_of(table.rows[i][*column]) : std::nullopt) {
                row.in_class = drawing == layers::Drawing::classes
                                   ? named_class_of(*value, layer_.description.classes)
                                   : std::optional{static_cast<std::int64_t>(class_of(*value, classes))};
            }
            drawn.rows.push_back(std::move(row));
        }
    }

    std::string vector_tile(Drawn const& drawn, TileId id, MvtLayer& layer) const
    {
        auto const* const table = table_on_map(layer_.description, *drawn.result);
        auto const frame = TileFrame{id};
        layer.begin(layer_.description.name);
        for (std::size_t i = 0; i < drawn.rows.size() && layer.features() < kMostRowsInTile; ++i) {
            if (drawn.rows[i].box.meets(frame)) {
                add_row(drawn.rows[i], i, *table, frame, id.z, layer);
            }
        }
        auto tile = std::string{};
        layer.append_to(tile);
        return tile;
    }

    static void add_row(WorldRow const& row, std::size_t number, layers::Table const& table,
                        TileFrame const& frame, int zoom, MvtLayer& layer)
    {
        auto const tags = tags_of(row, number, table, layer);
        auto const id = std::uint64_t{number} + 1;
        if (row.path.size() == 1) {
            if (frame.contains(row.path.front())) {
                layer.point(id, tags, frame.local(row.path.front()));
            }
            return;
        }
        if (!row.path.empty()) {
            if (auto const parts = clip_line(row.path, frame, 1); !parts.empty()) {
                layer.lines(id, tags, parts);
            }
            return;
        }
        auto rings = std::vector<TilePath>{};
        for (auto const& polygon : row.polygons) {
            auto const part = clip_polygon(polygon, frame, outline_step(zoom));
            rings.insert(rings.end(), part.begin(), part.end());
        }
        if (!rings.empty()) {
            layer.polygons(id, tags, rings);
        }
    }

    static std::vector<MvtLayer::Tag> tags_of(WorldRow const& row, std::size_t number,
                                              layers::Table const& table, MvtLayer& layer)
    {
        auto tags =
            std::vector<MvtLayer::Tag>{{layer.key("row"), layer.whole(static_cast<std::int64_t>(number))}};
        for (std::size_t column = 0; column < table.columns.size(); ++column) {
            auto const& key = table.columns[column].quantity.key;
            auto const& cell = table.rows[number][column];
            if (key == "class" || key == "row") {
                continue;
            }
            if (auto const* const whole = std::get_if<std::int64_t>(&cell)) {
                tags.push_back({layer.key(key), layer.whole(*whole)});
            } else if (auto const* const real = std::get_if<double>(&cell)) {
                tags.push_back({layer.key(key), layer.number(*real)});
            } else if (auto const* const text = std::get_if<std::string>(&cell)) {
                tags.push_back({layer.key(key), layer.text(*text)});
            }
        }
        if (row.in_class) {
            tags.push_back({layer.key("class"), layer.whole(*row.in_class)});
        }
        return tags;
    }

    Result<std::string> picture(Drawn const& drawn, TileId id, TileFormat format, MapPainter& painter) const
    {
        auto const& classes = drawn.legend.classes;
        auto const pixels = pixels_of(drawn, id);
        if (classes.empty() || std::ranges::none_of(pixels.values, [&](float value) {
                return value >= static_cast<float>(classes.front().from);
            })) {
            return std::string{};
        }
        return painter.paint(pixels, classes, style_, format);
    }

    PixelValues pixels_of(Drawn const& drawn, TileId id) const
    {
        auto const& lattice = drawn.result->grid->lattice;
        auto const warp = PixelWarp{results_->view().county().profile.crs, id};
        auto const samples =
            std::max(1, static_cast<int>(std::ceil(kPixelMetres[id.z] / lattice.cell.value())));
        auto pixels = PixelValues{warp.width(), warp.height(), {}};
        pixels.values.reserve(static_cast<std::size_t>(pixels.width) *
                              static_cast<std::size_t>(pixels.height));
        for (int y = 0; y < pixels.height; ++y) {
            for (int x = 0; x < pixels.width; ++x) {
                pixels.values.push_back(pixel_of(drawn, lattice, warp, x, y, samples));
            }
        }
        return pixels;
    }

    // Where a pixel holds several cells it shows the one that matters most: the first class of the legend, or
    // the largest amount. Of a county, single cells would else come and go with the zoom.
    float pixel_of(Drawn const& drawn, Lattice const& lattice, PixelWarp const& warp, int x, int y,
                   int samples) const
    {
        auto const by_class = layer_.description.drawing == layers::Drawing::classes;
        auto shown = std::optional<double>{};
        for (int j = 0; j < samples; ++j) {
            for (int i = 0; i < samples; ++i) {
                auto const place = warp.at(x + (i + 0.5) / samples, y + (j + 0.5) / samples);
                if (auto const value = cell_at(lattice, drawn.cells, place)) {
                    shown = shown ? (by_class ? std::min(*shown, *value) : std::max(*shown, *value)) : value;
                }
            }
        }
        return static_cast<float>(shown.value_or(-1.0));
    }

    // Nothing outside the lattice and where nothing is drawn.
    static std::optional<double> cell_at(Lattice const& lattice, std::vector<double> const& cells,
                                         MapPoint place)
    {
        auto const side = lattice.cell.value();
        auto const col = std::floor(place.east / side) - static_cast<double>(lattice.first_col);
        auto const row = std::floor(place.north / side) - static_cast<double>(lattice.first_row);
        if (!(col >= 0.0 && col < lattice.cols && row >= 0.0 && row < lattice.rows)) {
            return std::nullopt;
        }
        auto const value = cells[static_cast<std::size_t>(row) * static_cast<std::size_t>(lattice.cols) +
                                 static_cast<std::size_t>(col)];
        return std::isnan(value) ? std::nullopt : std::optional{value};
    }

    std::shared_ptr<LayerResults const> results_;
    layers::Layer const& layer_;
    Style style_;
    mutable Memo<Drawn> drawn_{kSelections};
};

}  // namespace

bool is_drawn(layers::LayerDescription const& layer)
{
    return layer.drawing != layers::Drawing::none;
}

std::unique_ptr<TileSource> make_result_source(std::shared_ptr<LayerResults const> results,
                                               layers::Layer const& layer, Style style)
{
    return std::make_unique<ResultSource>(std::move(results), layer, std::move(style));
}

}  // namespace riskbild::tiles
