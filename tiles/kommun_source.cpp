#include "tiles/kommun_source.hpp"

#include <algorithm>
#include <utility>

#include "layers/rates/rates_layer.hpp"
#include "tiles/memo.hpp"
#include "tiles/mvt/clip.hpp"
#include "tiles/mvt/kommun_shapes.hpp"

namespace riskbild::tiles {

namespace {

constexpr std::size_t kSelections = 32;

struct Coloured {
    layers::AreaValues values;
    std::vector<LegendClass> classes;
};

class KommunSource : public TileSource {
public:
    KommunSource(View view, Style style)
        : view_(std::move(view)), style_(std::move(style)), shapes_(area_shapes(view_.county()))
    {
    }

    TileLayer describe() const override
    {
        return {
            .name = "kommuner",
            .formats = {TileFormat::mvt, TileFormat::png, TileFormat::webp},
            .min_zoom = 0,
            .max_zoom = 14,
            .bounds = view_.county().profile.accepted_box,
            .token = {},
            .vector_layers = {{"kommuner", {"id", "code", "name", "population", "n", "rate", "low", "high"}}},
            .attribution = view_.county().areas.source()};
    }
    Result<layers::Options> complete(layers::Options const& options) const override
    {
        return layers::rates_layer().complete(options);
    }

    Result<std::string> render(TileId id, TileFormat format, Selection const& selection,
                               Workbench& bench) const override
    {
        auto const coloured = colour(selection);
        if (!coloured) {
            return Failure{coloured.error()};
        }
        if (format == TileFormat::mvt) {
            return vector_tile((*coloured)->values, id, bench.layer);
        }
        return picture(**coloured, id, format, bench.painter);
    }

    Result<Legend> legend(Selection const& selection) const override
    {
        auto const coloured = colour(selection);
        if (!coloured) {
            return Failure{coloured.error()};
        }
        return Legend{(*coloured)->values.info, (*coloured)->classes};
    }

private:
    Memo<Coloured>::Answer colour(Selection const& selection) const
    {
        return coloured_.get(selection.name(), [&]() -> Result<Coloured> {
            auto const options = layers::rate_options(selection.options);
            if (!options) {
                return Failure{options.error()};
            }
            auto values = layers::rates(view_, selection.filter, *options);
            if (!values) {
                return Failure{values.error()};
            }
            auto largest = 0.0;
            for (auto const& row : values->rows) {
                largest = std::max(largest, row.rate.value_or(0.0));
            }
            auto classes = even_classes(largest, style_.colours);
            return Coloured{std::move(*values), std::move(classes)};
        });
    }

    std::string vector_tile(layers::AreaValues const& values, TileId id, MvtLayer& layer) const
    {
        auto const frame = TileFrame{id};
        auto const& areas = view_.county().areas;
        layer.begin("kommuner");
        for (auto const& row : values.rows) {
            auto rings = std::vector<TilePath>{};
            for (auto const& polygon : shapes_[row.area.value()]) {
                auto const part = clip_polygon(polygon, frame, outline_step(id.z));
                rings.insert(rings.end(), part.begin(), part.end());
            }
            if (rings.empty()) {
                continue;
            }
            auto const& area = areas[row.area];
            auto tags = std::vector<MvtLayer::Tag>{{layer.key("id"), layer.whole(row.area.value())},
                                                   {layer.key("code"), layer.text(area.code)},
                                                   {layer.key("name"), layer.text(area.name)}};
            if (row.population > 0) {
                tags.push_back({layer.key("population"), layer.whole(row.population)});
            }
            if (row.count) {
                tags.push_back({layer.key("n"), layer.whole(static_cast<std::int64_t>(*row.count))});
            }
            if (row.rate) {
                tags.push_back({layer.key("rate"), layer.number(*row.rate)});
                tags.push_back({layer.key("low"), layer.number(row.low)});
                tags.push_back({layer.key("high"), layer.number(row.high)});
            }
            layer.polygons(std::uint64_t{row.area.value()} + 1, tags, rings);
        }
        auto tile = std::string{};
        layer.append_to(tile);
        return tile;
    }

    Result<std::string> picture(Coloured const& coloured, TileId id, TileFormat format,
                                MapPainter& painter) const
    {
        auto painted = std::vector<PaintedArea>{};
        for (auto const& row : coloured.values.rows) {
            auto const in_class = row.rate ? class_of(*row.rate, coloured.classes) : coloured.classes.size();
            painted.push_back({shapes_[row.area.value()], in_class});
        }
        return painter.paint(painted, TileFrame{id}, coloured.classes, style_, format);
    }

    View view_;
    Style style_;
    std::vector<std::vector<WorldPolygon>> shapes_;
    mutable Memo<Coloured> coloured_{kSelections};
};

}  // namespace

std::unique_ptr<TileSource> make_kommun_source(View const& view, Style style)
{
    return std::make_unique<KommunSource>(view, std::move(style));
}

}  // namespace riskbild::tiles
