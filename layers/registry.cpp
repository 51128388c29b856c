#include "layers/registry.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "layers/clusters/clusters_layer.hpp"
#include "layers/density/density_layer.hpp"
#include "layers/getis_ord/emerging_layer.hpp"
#include "layers/getis_ord/getis_ord_layer.hpp"
#include "layers/near_repeat/near_repeat_layer.hpp"
#include "layers/rates/rates_layer.hpp"
#include "layers/relative_risk/relative_risk_layer.hpp"
#include "layers/repeat_locations/repeat_locations_layer.hpp"

namespace riskbild::layers {
namespace {

// The whole list: one line per layer.
std::vector<Layer> make_layers()
{
    return {
        density_layer(),
        repeat_locations_layer(),
        rates_layer(),
        near_repeat_layer(),
        getis_ord_layer(),
        emerging_layer(),
        clusters_layer(),
        relative_risk_layer(),
    };
}

}  // namespace

TableDescription const* LayerDescription::find_table(std::string_view key) const
{
    auto const found = std::ranges::find(tables, key, &TableDescription::key);
    return found == tables.end() ? nullptr : &*found;
}

Result<Options> Layer::complete(Options const& given) const
{
    auto complete = complete_options(description.name, description.options, given);
    if (complete && settle != nullptr) {
        if (auto const settled = settle(given, *complete); !settled) {
            return Failure{settled.error()};
        }
    }
    return complete;
}

std::span<Layer const> all_layers()
{
    static auto const layers = make_layers();
    return layers;
}

Layer const* find_layer(std::string_view name)
{
    auto const layers = all_layers();
    auto const found =
        std::ranges::find_if(layers, [&](Layer const& layer) { return layer.description.name == name; });
    return found == layers.end() ? nullptr : &*found;
}

Result<Layer const*> layer_named(std::string_view name)
{
    if (auto const* const layer = find_layer(name)) {
        return layer;
    }
    std::vector<std::string> names;
    for (auto const& layer : all_layers()) {
        names.push_back(layer.description.name);
    }
    return fail(
        ErrorCode::not_found,
        fmt::format("there is no layer \"{}\"; there are {}", name.substr(0, 80), fmt::join(names, ", ")),
        "layer");
}

Result<LayerResult> run_layer(std::string_view name, View const& view, Filter const& filter,
                              Options const& options, Progress const& progress, std::optional<Lattice> window)
{
    auto const layer = layer_named(name);
    if (!layer) {
        return Failure{layer.error()};
    }
    auto const complete = (*layer)->complete(options);
    if (!complete) {
        return Failure{complete.error()};
    }
    return (*layer)->run({view, filter, *complete, progress, window});
}

}  // namespace riskbild::layers
