#include "tiles/mvt/incident_source.hpp"

#include <utility>

#include "layers/layer_info.hpp"
#include "tiles/memo.hpp"
#include "tiles/mvt/point_set.hpp"

namespace riskbild::tiles {

namespace {

// Selections kept ready: up to 12 bytes an incident each.
constexpr std::size_t kSelections = 8;

class IncidentSource : public TileSource {
public:
    explicit IncidentSource(View view) : view_(std::move(view)) {}

    TileLayer describe() const override
    {
        return {.name = "incidents",
                .formats = {TileFormat::mvt},
                .min_zoom = 0,
                .max_zoom = 16,
                .bounds = view_.county().profile.accepted_box,
                .token = {},
                .vector_layers = {{"incidents",
                                   {"kind", "from", "precision", "sources", "reports", "n", "edge"}}},
                .attribution = {}};
    }
    Result<layers::Options> complete(layers::Options const& options) const override
    {
        return no_options("incidents", options);
    }

    Result<std::string> render(TileId id, TileFormat, Selection const& selection,
                               Workbench& bench) const override
    {
        auto const selected = select(selection.filter);
        if (!selected) {
            return Failure{selected.error()};
        }
        auto tile = std::string{};
        bench.incidents.encode(**selected, id, IncidentDetail::automatic, tile);
        return tile;
    }

    Result<Legend> legend(Selection const& selection) const override
    {
        auto const selected = select(selection.filter);
        if (!selected) {
            return Failure{selected.error()};
        }
        auto legend = Legend{layers::begin_info("incidents", view_, selection.filter), {}};
        legend.info.unit = "incidents";
        legend.info.n = (*selected)->size();
        legend.info.left_out = (*selected)->left_out();
        return legend;
    }

private:
    Memo<PointSet>::Answer select(Filter const& filter) const
    {
        return selections_.get(to_text(filter), [&] { return PointSet::select(view_, filter); });
    }

    View view_;
    mutable Memo<PointSet> selections_{kSelections};
};

}  // namespace

std::unique_ptr<TileSource> make_incident_source(View const& view)
{
    return std::make_unique<IncidentSource>(view);
}

}  // namespace riskbild::tiles
