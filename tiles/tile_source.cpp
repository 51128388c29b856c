#include "tiles/tile_source.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include "geo_core/profile.hpp"
#include "tiles/kommun_source.hpp"
#include "tiles/mvt/background_source.hpp"
#include "tiles/mvt/incident_source.hpp"
#include "tiles/mvt/repeat_location_source.hpp"
#include "tiles/raster/density_source.hpp"

namespace riskbild::tiles {

namespace {

// A broken installation stops the program at its start, not at the first tile.
template <class T>
T or_throw(Result<T> result)
{
    if (!result) {
        throw std::runtime_error(result.error().message);
    }
    return std::move(*result);
}

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

std::vector<std::unique_ptr<TileSource>> make_sources(View const& view)
{
    auto const data = data_directory();
    auto sources = std::vector<std::unique_ptr<TileSource>>{};
    sources.push_back(make_density_source(view, or_throw(load_style(data / "styles" / "density.toml"))));
    sources.push_back(make_kommun_source(view, or_throw(load_style(data / "styles" / "kommuner.toml"))));
    if (view.policy().single_incidents) {
        sources.push_back(make_incident_source(view));
        sources.push_back(make_repeat_location_source(view));
    }
    sources.push_back(or_throw(make_background_source(view, data / "figures")));
    return sources;
}

}  // namespace riskbild::tiles
