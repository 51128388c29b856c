#include "tiles/tile_source.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "geo_core/profile.hpp"
#include "geo_core/read_file.hpp"
#include "layers/registry.hpp"
#include "tiles/finished_bytes.hpp"
#include "tiles/kommun_source.hpp"
#include "tiles/layer_results.hpp"
#include "tiles/mvt/background_source.hpp"
#include "tiles/mvt/incident_source.hpp"
#include "tiles/mvt/repeat_location_source.hpp"
#include "tiles/raster/density_source.hpp"
#include "tiles/result_source.hpp"

namespace riskbild::tiles {

namespace {

struct Styles {
    Style density;
    Style kommuner;
};

Result<Styles> read_styles(std::filesystem::path const& folder)
{
    auto density = load_style(folder / "density.toml");
    auto kommuner = load_style(folder / "kommuner.toml");
    if (!density || !kommuner) {
        return Failure{density ? kommuner.error() : density.error()};
    }
    return Styles{std::move(*density), std::move(*kommuner)};
}

void append(std::string& text, Ring const& ring)
{
    for (auto const& point : ring) {
        fmt::format_to(std::back_inserter(text), "{} {},", point.east, point.north);
    }
    text += ';';
}

// All that the background takes from a county.
std::string name_of_county(County const& county)
{
    auto const& box = county.profile.accepted_box;
    auto text = fmt::format("{}|{}|{} {} {} {}|{}|", county.profile.name, county.profile.crs.epsg(), box.west,
                            box.south, box.east, box.north, county.areas.source());
    for (auto const& area : county.areas.areas()) {
        for (auto const& polygon : area.shape) {
            append(text, polygon.outer);
            std::ranges::for_each(polygon.inners, [&](Ring const& inner) { append(text, inner); });
        }
    }
    return name_of_bytes(text);
}

std::string name_of_files(std::filesystem::path const& folder)
{
    auto files = std::vector<std::filesystem::path>{};
    auto ignored = std::error_code{};
    for (auto const& entry : std::filesystem::directory_iterator{folder, ignored}) {
        files.push_back(entry.path());
    }
    std::ranges::sort(files);
    auto text = std::string{};
    for (auto const& file : files) {
        text += file.filename().string() + "\n" + read_file(file).value_or("");
    }
    return name_of_bytes(text);
}

// Those whose tiles are made in a way of their own.
bool has_own_source(std::string_view layer)
{
    return layer == "density" || layer == "rates" || layer == "repeat_locations";
}

class SourcesFromData {
public:
    Result<std::vector<LayerSource>> operator()(std::shared_ptr<LayerResults const> const& results)
    {
        auto const& view = results->view();
        if (auto const read = read_once(view); !read) {
            return Failure{read.error()};
        }
        auto sources = std::vector<LayerSource>{};
        sources.push_back({make_density_source(view, styles_->density)});
        sources.push_back({make_kommun_source(view, styles_->kommuner)});
        if (view.policy().single_incidents) {
            sources.push_back({make_incident_source(view)});
            sources.push_back({make_repeat_location_source(view)});
            for (auto const& layer : layers::all_layers()) {
                if (!has_own_source(layer.description.name) && is_drawn(layer.description)) {
                    sources.push_back({make_result_source(results, layer, styles_->density)});
                }
            }
        }
        sources.push_back(background_);
        return sources;
    }

private:
    Result<void> read_once(View const& view)
    {
        if (!styles_) {
            auto styles = read_styles(data_directory() / "styles");
            if (!styles) {
                return Failure{styles.error()};
            }
            styles_ = std::move(*styles);
        }
        auto county = name_of_county(view.county());
        return county == county_ ? Result<void>{} : draw_background(view, std::move(county));
    }

    Result<void> draw_background(View const& view, std::string county)
    {
        auto const figures = data_directory() / "figures";
        auto source = make_background_source(view, figures);
        if (!source) {
            return Failure{source.error()};
        }
        background_ = {std::move(*source), name_of_bytes(county + name_of_files(figures))};
        county_ = std::move(county);
        return {};
    }

    std::optional<Styles> styles_;
    std::string county_;  // that the background is of
    LayerSource background_;
};

}  // namespace

std::string Selection::name() const
{
    return to_text(filter) + "|" + layers::to_text(options);
}

Result<layers::Options> no_options(std::string const& layer, layers::Options const& options)
{
    if (!options.empty()) {
        auto const& key = options.begin()->first;
        return fail(ErrorCode::wrong_use,
                    fmt::format("option \"{}\" is not known; the layer {} has none", key, layer), key);
    }
    return layers::Options{};
}

MakeSources sources_from_data()
{
    return SourcesFromData{};
}

}  // namespace riskbild::tiles
