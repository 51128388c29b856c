#include "tiles/layer_results.hpp"

#include <fmt/format.h>

#include "layers/registry.hpp"

namespace riskbild::tiles {

namespace {

// A grid of the county is 10 MB, most tables are less.
constexpr std::size_t kKept = 24;

}  // namespace

std::string LayerWish::name() const
{
    return fmt::format("{}?{}&{}", layer->description.name, riskbild::to_text(filter),
                       layers::to_text(options));
}

Result<LayerWish> wish_for(std::string const& layer, Filter filter, layers::Options const& options)
{
    auto const known = layers::layer_named(layer);
    if (!known) {
        return Failure{known.error()};
    }
    auto complete = (*known)->complete(options);
    if (!complete) {
        return Failure{complete.error()};
    }
    return LayerWish{*known, std::move(filter), std::move(*complete)};
}

LayerResults::LayerResults(View view) : view_(std::move(view)), results_(kKept) {}

LayerResults::Answer LayerResults::get(LayerWish const& wish, Progress const& progress) const
{
    if (wish.layer->description.takes_long && results_.is_being_made(wish.name())) {
        return fail(ErrorCode::busy, "this is being computed; ask again when its job is done");
    }
    return compute(wish, progress);
}

LayerResults::Answer LayerResults::compute(LayerWish const& wish, Progress const& progress) const
{
    return results_.get(wish.name(), [&] {
        return wish.layer->run({view_, wish.filter, wish.options, progress});
    });
}

}  // namespace riskbild::tiles
