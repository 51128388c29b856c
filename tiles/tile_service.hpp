#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "geo_core/filter.hpp"
#include "geo_core/geometry.hpp"
#include "geo_core/result.hpp"
#include "geo_core/view.hpp"
#include "layers/layer_result.hpp"
#include "tiles/deadline.hpp"

namespace riskbild::tiles {

enum class TileFormat : std::uint8_t { mvt, png, webp };
[[nodiscard]] std::string_view extension_of(TileFormat format);
[[nodiscard]] std::string_view content_type_of(TileFormat format);

/// `/tiles/{layer}/{token}/{view}/{z}/{x}/{y}.{ext}?f=…&o=…`, parsed.
struct TileAddress {
    std::string layer;
    std::string token;  ///< which data and which program, \see tiles/tile_token.hpp
    std::string view;   ///< digest of the policy
    TileId id;
    TileFormat format = TileFormat::mvt;
    Filter filter;
    layers::Options options;
};

/// A tile as it goes out, never changed again. Pictures are not compressed further.
struct FinishedTile {
    std::string content_type;
    std::string etag;      ///< strong, with quotes; of the uncompressed bytes
    std::string identity;  ///< empty = an empty vector tile: 204
    std::string gzip;      ///< empty where compression does not pay
};
using TileAnswer = Result<std::shared_ptr<FinishedTile const>>;

/// One colour class of a legend.
struct LegendClass {
    double from = 0.0;
    double to = 0.0;     ///< half-open [from, to); the last class includes its end
    std::string colour;  ///< `#rrggbb`
    std::string sv{};    ///< of a class that is no span of numbers: what it means
    std::string en{};
};

/// What the map must say about a layer as drawn.
struct Legend {
    layers::LayerInfo info;
    std::vector<LegendClass> classes;  ///< once per (layer, token, filter, options, view), not per tile
};

/// What a layer offers, for the catalogue and TileJSON.
struct TileLayer {
    std::string name;
    std::vector<TileFormat> formats;
    int min_zoom = 0;
    int max_zoom = 16;  ///< beyond: 404; the browser overzooms
    LngLatBox bounds;
    std::string token;
    std::vector<std::pair<std::string, std::vector<std::string>>> vector_layers;  ///< MVT layer → its fields
    std::string attribution;
};

class LayerResults;
class TileSource;

/// A layer's tiles from one view.
struct LayerSource {
    std::shared_ptr<TileSource const> source;
    std::string made_of{};  ///< names what the tiles are made of where that is not the view's revision
};

/// Makes the sources for the view of one `LayerResults` after another. Not called by several threads at once.
using MakeSources =
    std::function<Result<std::vector<LayerSource>>(std::shared_ptr<LayerResults const> const&)>;

struct TileServiceOptions {
    std::size_t cache_bytes = 256u << 20;
    unsigned threads = 2;
    std::size_t most_waiting = 1024;              ///< tiles waiting for a thread; more are refused as busy
    std::chrono::milliseconds most_time{30'000};  ///< for one tile or legend; longer work is given up as busy
    std::stop_token stop{};                       ///< when asked to, gives up what is being computed
    MakeSources make_sources{};                   ///< absent: every layer that the view may see, from `data/`
};

/// Tiles of every layer for one store: computes each once, however many ask at the same time, keeps
/// finished bytes in a bounded cache, and answers the two newest tokens of a layer.
class TileService {
public:
    /// \throw std::runtime_error when the sources cannot be made
    TileService(View view, TileServiceOptions options);
    ~TileService();

    /// Moves on to another state of the store, if its epoch is another; running requests finish on the view
    /// they began with. Not by several threads at once. \return why the sources could not be made; the
    /// service then stays where it was
    Result<void> move_on(View view);

    [[nodiscard]] View view() const;
    [[nodiscard]] std::vector<TileLayer> layers() const;

    /// Calls back exactly once: at once in this thread for a cached tile or a refused address, else later
    /// from a worker thread. Errors: not_found (layer, format, zoom), gone (any other token), forbidden
    /// (view digest), wrong_use (filter, options), busy (queue full, too slow, stopping).
    void request(TileAddress const& address, std::function<void(TileAnswer)> answer);

    /// Blocking; for CLI and tests.
    TileAnswer tile(TileAddress const& address);

    /// Legend of a layer as the tiles of this filter and these options are drawn. Cached.
    Result<std::shared_ptr<Legend const>> legend(std::string const& layer, Filter const& filter,
                                                 layers::Options const& options);

    /// What the registry's layers answer for the newest view.
    [[nodiscard]] std::shared_ptr<LayerResults const> results() const;

    /// For other work on one answer, with the same time as a tile's, from now.
    [[nodiscard]] Deadline deadline() const;

    struct Counters {
        std::uint64_t requests = 0, hits = 0, joined = 0, rendered = 0, evicted = 0, cached_bytes = 0;
    };
    [[nodiscard]] Counters counters() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace riskbild::tiles
