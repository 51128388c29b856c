#include "tiles/raster/map_painter.hpp"

#include <algorithm>
#include <deque>
#include <utility>

// Mapnik's headers do not pass our warnings; they are included as system headers (cmake/dependencies.cmake).
#include <mapnik/agg_renderer.hpp>
#include <mapnik/color.hpp>
#include <mapnik/datasource.hpp>
#include <mapnik/feature.hpp>
#include <mapnik/feature_factory.hpp>
#include <mapnik/feature_layer_desc.hpp>
#include <mapnik/feature_type_style.hpp>
#include <mapnik/featureset.hpp>
#include <mapnik/geometry.hpp>
#include <mapnik/image.hpp>
#include <mapnik/image_any.hpp>
#include <mapnik/image_util.hpp>
#include <mapnik/layer.hpp>
#include <mapnik/map.hpp>
#include <mapnik/raster.hpp>
#include <mapnik/raster_colorizer.hpp>
#include <mapnik/rule.hpp>
#include <mapnik/symbolizer.hpp>

#include <fmt/format.h>

#include "tiles/mvt/clip.hpp"

namespace riskbild::tiles {

namespace {

// The data is in pixels already, so map and layers share any one system and nothing is projected.
constexpr auto kPixelSystem = "epsg:3857";

/// Hands Mapnik features that lie ready in memory.
class FeaturesAtHand : public mapnik::datasource {
public:
    FeaturesAtHand(datasource_t type, mapnik::box2d<double> extent)
        : mapnik::datasource(mapnik::parameters{}), type_(type), extent_(std::move(extent))
    {
    }
    void push(mapnik::feature_ptr feature) { features_.push_back(std::move(feature)); }

    datasource_t type() const override { return type_; }
    boost::optional<mapnik::datasource_geometry_t> get_geometry_type() const override { return {}; }
    mapnik::featureset_ptr features(mapnik::query const&) const override
    {
        return std::make_shared<Walk>(features_);
    }
    mapnik::featureset_ptr features_at_point(mapnik::coord2d const&, double) const override
    {
        return mapnik::make_invalid_featureset();
    }
    mapnik::box2d<double> envelope() const override { return extent_; }
    mapnik::layer_descriptor get_descriptor() const override { return {"at hand", "utf-8"}; }

private:
    class Walk : public mapnik::Featureset {
    public:
        explicit Walk(std::vector<mapnik::feature_ptr> const& features) : features_(features) {}
        mapnik::feature_ptr next() override
        {
            return next_ < features_.size() ? features_[next_++] : nullptr;
        }

    private:
        std::vector<mapnik::feature_ptr> const& features_;
        std::size_t next_ = 0;
    };

    datasource_t type_;
    mapnik::box2d<double> extent_;
    std::vector<mapnik::feature_ptr> features_;
};

// A surface has as many colours as its legend and areas few more, so a palette loses nothing and makes a PNG
// a third as large. WebP at quality 80, method 0 is the cheapest to encode.
char const* encoder_of(TileFormat format)
{
    return format == TileFormat::webp ? "webp:quality=80:method=0" : "png8:m=h:z=6";
}

mapnik::feature_type_style style_of(mapnik::symbolizer symbolizer)
{
    auto rule = mapnik::rule{};
    rule.append(std::move(symbolizer));
    auto style = mapnik::feature_type_style{};
    style.add_rule(std::move(rule));
    return style;
}

void add_layer(mapnik::Map& map, std::string const& name, std::shared_ptr<FeaturesAtHand> source,
               mapnik::feature_type_style style)
{
    map.insert_style(name, std::move(style));
    auto layer = mapnik::layer{name, kPixelSystem};
    layer.add_style(name);
    layer.set_datasource(std::move(source));
    map.add_layer(std::move(layer));
}

mapnik::geometry::linear_ring<double> ring_in_pixels(TilePath const& path, double pixel, double height)
{
    auto ring = mapnik::geometry::linear_ring<double>{};
    ring.reserve(path.size() + 1);
    for (std::size_t i = 0; i <= path.size(); ++i) {
        auto const p = path[i == path.size() ? 0 : i];
        ring.emplace_back(p.x * pixel, height - p.y * pixel);
    }
    return ring;
}

// Outer rings are positive in tile units, holes negative: \see MvtLayer::polygons.
bool is_outer(TilePath const& ring)
{
    std::int64_t doubled = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        auto const& next = ring[i + 1 == ring.size() ? 0 : i + 1];
        doubled += std::int64_t{ring[i].x} * next.y - std::int64_t{next.x} * ring[i].y;
    }
    return doubled > 0;
}

mapnik::geometry::multi_polygon<double> polygons_in_pixels(std::span<TilePath const> rings, double pixel,
                                                           double height)
{
    auto polygons = mapnik::geometry::multi_polygon<double>{};
    for (auto const& ring : rings) {
        if (is_outer(ring)) {
            polygons.emplace_back();
            polygons.back().exterior_ring = ring_in_pixels(ring, pixel, height);
        } else {
            polygons.back().interior_rings.push_back(ring_in_pixels(ring, pixel, height));
        }
    }
    return polygons;
}

mapnik::feature_ptr feature_of(std::span<TilePath const> rings, int id)
{
    auto feature = mapnik::feature_factory::create(std::make_shared<mapnik::context_type>(), id);
    feature->set_geometry(polygons_in_pixels(rings, static_cast<double>(kPixels) / kExtent, kPixels));
    return feature;
}

Result<std::string> picture_of(mapnik::Map& map, int width, int height, TileFormat format)
{
    try {
        map.resize(static_cast<unsigned>(width), static_cast<unsigned>(height));
        map.set_aspect_fix_mode(mapnik::Map::RESPECT);
        map.zoom_to_box(mapnik::box2d<double>(0, 0, width, height));
        auto image = mapnik::image_rgba8(width, height);
        auto renderer = mapnik::agg_renderer<mapnik::image_rgba8>(map, image);
        renderer.apply();
        return mapnik::save_to_string(image, encoder_of(format));
    } catch (std::exception const& error) {
        return fail(ErrorCode::internal, fmt::format("Mapnik could not draw the tile: {}", error.what()));
    }
}

}  // namespace

struct MapPainter::Maps {
    mapnik::Map map{kPixels, kPixels, kPixelSystem};
};

MapPainter::MapPainter() : maps_(std::make_unique<Maps>()) {}
MapPainter::~MapPainter() = default;

Result<std::string> MapPainter::paint(PixelValues const& pixels, std::span<LegendClass const> classes,
                                      Style const& style, TileFormat format)
{
    auto image = mapnik::image_gray32f(pixels.width, pixels.height);
    std::copy(pixels.values.begin(), pixels.values.end(), image.data());
    auto const extent = mapnik::box2d<double>(0, 0, pixels.width, pixels.height);
    auto raster = std::make_shared<mapnik::raster>(extent, std::move(image), 1.0);
    auto feature = mapnik::feature_factory::create(std::make_shared<mapnik::context_type>(), 1);
    feature->set_raster(raster);
    auto source = std::make_shared<FeaturesAtHand>(mapnik::datasource::Raster, extent);
    source->push(std::move(feature));

    auto colorizer =
        std::make_shared<mapnik::raster_colorizer>(mapnik::COLORIZER_DISCRETE, mapnik::color{0, 0, 0, 0});
    for (auto const& one : classes) {
        // The picture holds floats: a break between two floats belongs to the upper one.
        colorizer->add_stop(mapnik::colorizer_stop{static_cast<float>(one.from), mapnik::COLORIZER_DISCRETE,
                                                   mapnik::color{one.colour}});
    }
    auto symbolizer = mapnik::raster_symbolizer{};
    mapnik::put(symbolizer, mapnik::keys::colorizer, colorizer);
    mapnik::put(symbolizer, mapnik::keys::opacity, style.opacity);
    mapnik::put(symbolizer, mapnik::keys::scaling, mapnik::SCALING_NEAR);

    maps_->map.remove_all();
    add_layer(maps_->map, "surface", std::move(source), style_of(std::move(symbolizer)));
    return picture_of(maps_->map, pixels.width, pixels.height, format);
}

Result<std::string> MapPainter::paint(std::span<PaintedArea const> areas, TileFrame const& frame,
                                      std::span<LegendClass const> classes, Style const& style,
                                      TileFormat format)
{
    auto const extent = mapnik::box2d<double>(0, 0, kPixels, kPixels);
    auto const make_source = [&] {
        return std::make_shared<FeaturesAtHand>(mapnik::datasource::Vector, extent);
    };
    auto by_class = std::vector<std::shared_ptr<FeaturesAtHand>>(classes.size());
    auto const outlines = make_source();
    auto drawn = 0;
    for (auto const& area : areas) {
        auto rings = std::vector<TilePath>{};
        for (auto const& polygon : area.shape) {
            auto const part = clip_polygon(polygon, frame, 1);
            rings.insert(rings.end(), part.begin(), part.end());
        }
        if (rings.empty()) {
            continue;
        }
        outlines->push(feature_of(rings, ++drawn));
        if (area.colour_class < classes.size()) {
            auto& source = by_class[area.colour_class];
            source = source ? source : make_source();
            source->push(feature_of(rings, drawn));
        }
    }
    if (drawn == 0) {
        return std::string{};
    }
    maps_->map.remove_all();
    for (std::size_t i = 0; i < classes.size(); ++i) {
        if (!by_class[i]) {
            continue;
        }
        auto fill = mapnik::polygon_symbolizer{};
        mapnik::put(fill, mapnik::keys::fill, mapnik::color{classes[i].colour});
        mapnik::put(fill, mapnik::keys::fill_opacity, style.opacity);
        add_layer(maps_->map, fmt::format("class {}", i), by_class[i], style_of(std::move(fill)));
    }
    if (!style.line_colour.empty() && style.line_width > 0.0) {
        auto line = mapnik::line_symbolizer{};
        mapnik::put(line, mapnik::keys::stroke, mapnik::color{style.line_colour});
        mapnik::put(line, mapnik::keys::stroke_width, style.line_width);
        add_layer(maps_->map, "outlines", outlines, style_of(std::move(line)));
    }
    return picture_of(maps_->map, kPixels, kPixels, format);
}

}  // namespace riskbild::tiles
