#pragma once

#include <memory>
#include <string>
#include <vector>

#include "geo_core/filter.hpp"
#include "layers/layer_result.hpp"
#include "tiles/mvt/incident_encoder.hpp"
#include "tiles/mvt/mvt_layer.hpp"
#include "tiles/raster/map_painter.hpp"
#include "tiles/tile_service.hpp"

namespace riskbild::tiles {

/// What one worker thread keeps from tile to tile.
struct Workbench {
    MvtLayer layer;
    IncidentEncoder incidents;
    MapPainter painter;
};

/// Which data a tile shows: filter and options, checked and complete, with one text that names both.
struct Selection {
    Filter filter;
    layers::Options options;
    Progress progress{};  ///< to be given to layers, which stop when it says so; names no data
    [[nodiscard]] std::string name() const;
};

/// One layer's tiles from one view. Immutable from outside; any number of threads may ask at once.
class TileSource {
public:
    virtual ~TileSource() = default;

    /// All but the token.
    [[nodiscard]] virtual TileLayer describe() const = 0;
    /// Whether a new revision may change the tiles.
    [[nodiscard]] virtual bool follows_revisions() const { return true; }
    /// Fills in absent options. \return ErrorCode::wrong_use naming the key
    [[nodiscard]] virtual Result<layers::Options> complete(layers::Options const& options) const = 0;
    /// The bytes, uncompressed; empty for an empty tile.
    virtual Result<std::string> render(TileId id, TileFormat format, Selection const& selection,
                                       Workbench& bench) const = 0;
    virtual Result<Legend> legend(Selection const& selection) const = 0;
};

/// For layers that take no options. \return ErrorCode::wrong_use naming the first key
Result<layers::Options> no_options(std::string const& layer, layers::Options const& options);

/// Every layer that a view may see, in the order of catalogues. Styles are read for the first view only,
/// figures once for each county. \return from what it gives: the error of a style or table of figures in
/// `data/`
[[nodiscard]] MakeSources sources_from_data();

}  // namespace riskbild::tiles
