#include "tiles/mvt/background_source.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "geo_core/figure_table.hpp"
#include "tiles/mvt/clip.hpp"
#include "tiles/mvt/key_index.hpp"
#include "tiles/mvt/kommun_shapes.hpp"

namespace riskbild::tiles {

namespace {

constexpr auto kFiguresOf = "uppsala";

struct Water {
    std::string water_class;
    WorldPolygon shape;
};

struct UrbanArea {
    std::string name;
    std::int64_t population = 0;
    WorldPoint place;
};

struct Background {
    std::vector<Water> water;
    std::vector<UrbanArea> urban_areas;
    Borders borders;
    WorldPolygon outside;  ///< all around the county, for the map to fade
};

// A missing table is an incomplete installation; to a browser, not_found would mean that there is no such
// tile.
Result<void> read_table(std::filesystem::path const& file, std::initializer_list<std::string_view> columns,
                        std::function<bool(FigureRow const&)> const& take)
{
    return for_each_figure(file, columns, take).map_error([](Error error) {
        error.code = ErrorCode::unreadable;
        return error;
    });
}

Result<std::vector<Water>> read_water(std::filesystem::path const& folder, std::string const& file,
                                      Crs const& crs)
{
    struct Shape {
        std::string water_class;
        std::map<std::string, Ring> rings;  // by number; 0 is the outer one
    };
    auto shapes = std::map<std::string, Shape>{};
    auto const take = [&](FigureRow const& row) {
        auto const east = figure_number(row[3]);
        auto const north = figure_number(row[4]);
        if (!east || !north) {
            return false;
        }
        auto& shape = shapes[row[0]];
        shape.water_class = row[1];
        shape.rings[row[2]].push_back({*east, *north});
        return true;
    };
    auto const read = read_table(folder / file, {"water_id", "class", "ring", "east_m", "north_m"}, take);
    if (!read) {
        return Failure{read.error()};
    }
    auto water = std::vector<Water>{};
    for (auto& [id, shape] : shapes) {
        auto polygon = Polygon{};
        for (auto& [ring_number, ring] : shape.rings) {
            if (ring.size() > 1 && ring.front() == ring.back()) {
                ring.pop_back();
            }
            if (ring_number == "0") {
                polygon.outer = std::move(ring);
            } else {
                polygon.inners.push_back(std::move(ring));
            }
        }
        if (polygon.outer.size() < 3) {
            return fail(ErrorCode::unreadable, fmt::format("{}: water {} has no outer ring", file, id));
        }
        water.push_back(
            {shape.water_class, std::move(to_world(crs, MultiPolygon{std::move(polygon)}).front())});
    }
    return water;
}

/// Where a town's name belongs, for the few whose official midpoint lies far from its centre.
Result<std::map<std::string, MapPoint>> read_label_points(std::filesystem::path const& folder)
{
    auto points = std::map<std::string, MapPoint>{};
    auto const take = [&](FigureRow const& row) {
        auto const east = figure_number(row[1]);
        auto const north = figure_number(row[2]);
        if (east && north) {
            points[row[0]] = {*east, *north};
        }
        return east && north;
    };
    auto const read =
        read_table(folder / "uppsala_lan_label_points.csv", {"tatort", "east_m", "north_m"}, take);
    if (!read) {
        return Failure{read.error()};
    }
    return points;
}

Result<std::vector<UrbanArea>> read_urban_areas(std::filesystem::path const& folder, Crs const& crs)
{
    auto const label_points = read_label_points(folder);
    if (!label_points) {
        return Failure{label_points.error()};
    }
    auto urban_areas = std::vector<UrbanArea>{};
    auto const take = [&](FigureRow const& row) {
        auto const population = figure_number(row[1]);
        auto const east = figure_number(row[2]);
        auto const north = figure_number(row[3]);
        if (!population || !east || !north) {
            return false;
        }
        auto const better = label_points->find(row[0]);
        auto const place = better == label_points->end() ? MapPoint{*east, *north} : better->second;
        urban_areas.push_back(
            {row[0], static_cast<std::int64_t>(*population), to_world(crs, std::span{&place, 1}).front()});
        return true;
    };
    auto const read = read_table(folder / "uppsala_lan_tatorter.csv",
                                 {"tatort", "population_2020", "east_m", "north_m"}, take);
    if (!read) {
        return Failure{read.error()};
    }
    return urban_areas;
}

class BackgroundSource : public TileSource {
public:
    BackgroundSource(std::shared_ptr<County const> county, Background background)
        : county_(std::move(county)), background_(std::move(background))
    {
    }

    TileLayer describe() const override
    {
        auto attribution = county_->areas.source();
        if (!background_.water.empty()) {
            attribution += "; GSHHG, LGPL-3+; SCB, CC0";
        }
        return {.name = "background",
                .formats = {TileFormat::mvt},
                .min_zoom = 0,
                .max_zoom = 14,
                .bounds = county_->profile.accepted_box,
                .token = {},
                .vector_layers = {{"water", {"class"}},
                                  {"outside", {}},
                                  {"borders", {"kind"}},
                                  {"urban_areas", {"name", "population"}}},
                .attribution = std::move(attribution)};
    }
    bool follows_revisions() const override { return false; }
    Result<layers::Options> complete(layers::Options const& options) const override
    {
        return no_options("background", options);
    }

    Result<std::string> render(TileId id, TileFormat, Selection const&, Workbench& bench) const override
    {
        auto tile = std::string{};
        write_water(id, bench.layer, tile);
        write_outside(id, bench.layer, tile);
        write_borders(id, bench.layer, tile);
        write_urban_areas(id, bench.layer, tile);
        return tile;
    }

    Result<Legend> legend(Selection const&) const override
    {
        auto legend = Legend{};
        legend.info.layer = "background";
        return legend;
    }

private:
    void write_water(TileId id, MvtLayer& layer, std::string& tile) const
    {
        auto const frame = TileFrame{id};
        layer.begin("water");
        for (auto const& water : background_.water) {
            auto const rings = clip_polygon(water.shape, frame, outline_step(id.z));
            if (!rings.empty()) {
                auto const tags =
                    std::array<MvtLayer::Tag, 1>{{{layer.key("class"), layer.text(water.water_class)}}};
                layer.polygons({}, tags, rings);
            }
        }
        layer.append_to(tile);
    }

    void write_outside(TileId id, MvtLayer& layer, std::string& tile) const
    {
        layer.begin("outside");
        auto const rings = clip_polygon(background_.outside, TileFrame{id}, outline_step(id.z));
        if (!rings.empty()) {
            layer.polygons({}, std::span<MvtLayer::Tag const>{}, rings);
        }
        layer.append_to(tile);
    }

    void write_borders(TileId id, MvtLayer& layer, std::string& tile) const
    {
        auto const frame = TileFrame{id};
        layer.begin("borders");
        for (auto const& [kind, lines] :
             {std::pair{"county", &background_.borders.outer}, {"kommun", &background_.borders.between}}) {
            auto paths = std::vector<TilePath>{};
            for (auto const& line : *lines) {
                auto const parts = clip_line(line, frame, outline_step(id.z));
                paths.insert(paths.end(), parts.begin(), parts.end());
            }
            if (!paths.empty()) {
                auto const tags = std::array<MvtLayer::Tag, 1>{{{layer.key("kind"), layer.text(kind)}}};
                layer.lines({}, tags, paths);
            }
        }
        layer.append_to(tile);
    }

    void write_urban_areas(TileId id, MvtLayer& layer, std::string& tile) const
    {
        auto const frame = TileFrame{id};
        layer.begin("urban_areas");
        for (auto const& urban : background_.urban_areas) {
            if (frame.contains(urban.place)) {
                auto const tags =
                    std::array<MvtLayer::Tag, 2>{{{layer.key("name"), layer.text(urban.name)},
                                                  {layer.key("population"), layer.whole(urban.population)}}};
                auto const place = frame.local(urban.place);
                layer.point({}, tags, {std::min(place.x, kExtent - 1), std::min(place.y, kExtent - 1)});
            }
        }
        layer.append_to(tile);
    }

    std::shared_ptr<County const> county_;
    Background background_;
};

}  // namespace

Result<std::unique_ptr<TileSource>> make_background_source(View const& view,
                                                           std::filesystem::path const& figures)
{
    auto const& profile = view.county().profile;
    auto background = Background{{}, {}, area_borders(view.county()), outside_of(view.county())};
    if (profile.name == kFiguresOf) {
        for (auto const* const file : {"uppsala_lan_water.csv", "uppsala_lan_open_sea.csv"}) {
            auto water = read_water(figures, file, profile.crs);
            if (!water) {
                return Failure{water.error()};
            }
            std::ranges::move(*water, std::back_inserter(background.water));
        }
        auto urban_areas = read_urban_areas(figures, profile.crs);
        if (!urban_areas) {
            return Failure{urban_areas.error()};
        }
        background.urban_areas = std::move(*urban_areas);
    }
    return std::make_unique<BackgroundSource>(view.shared_county(), std::move(background));
}

}  // namespace riskbild::tiles
