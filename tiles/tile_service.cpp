#include "tiles/tile_service.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <unordered_map>

#include <fmt/format.h>

#include "tiles/finished_tile.hpp"
#include "tiles/memo.hpp"
#include "tiles/tile_cache.hpp"
#include "tiles/tile_source.hpp"
#include "tiles/tile_token.hpp"

namespace riskbild::tiles {

namespace {

constexpr std::size_t kLegends = 256;

/// All layers at one revision.
struct Generation {
    explicit Generation(View seen) : view(std::move(seen)), sources(make_sources(view))
    {
        for (auto const& source : sources) {
            layers.push_back(source->describe());
            tokens.push_back(
                make_token(view.county().epoch, source->follows_revisions() ? view.revision().value() : 0));
            layers.back().token = to_text(tokens.back());
        }
    }

    /// Index of a layer, or nothing.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view layer) const
    {
        auto const found =
            std::find_if(layers.begin(), layers.end(), [&](TileLayer const& l) { return l.name == layer; });
        return found == layers.end() ? std::nullopt
                                     : std::optional{static_cast<std::size_t>(found - layers.begin())};
    }

    View view;
    std::vector<std::unique_ptr<TileSource>> sources;
    std::vector<TileLayer> layers;  // of sources, with their tokens
    std::vector<TileToken> tokens;
};

using Answer = std::function<void(TileAnswer)>;

/// A tile to be rendered; those who ask for it meanwhile join it.
struct Job {
    std::string name;
    std::shared_ptr<Generation const> generation;
    TileSource const* source = nullptr;
    TileId id;
    TileFormat format = TileFormat::mvt;
    Selection selection;
};

}  // namespace

std::string_view extension_of(TileFormat format)
{
    switch (format) {
        case TileFormat::mvt:
            return "mvt";
        case TileFormat::png:
            return "png";
        case TileFormat::webp:
            return "webp";
    }
    return "";
}

std::string_view content_type_of(TileFormat format)
{
    switch (format) {
        case TileFormat::mvt:
            return "application/vnd.mapbox-vector-tile";
        case TileFormat::png:
            return "image/png";
        case TileFormat::webp:
            return "image/webp";
    }
    return "";
}

struct TileService::State {
    State(View first, TileServiceOptions const& wanted)
        : options(wanted),
          cache(wanted.cache_bytes),
          current(std::make_shared<Generation const>(std::move(first)))
    {
        epochs.insert(make_token(current->view.county().epoch, 0).epoch);
        for (unsigned i = 0; i < std::max(1u, options.threads); ++i) {
            workers.emplace_back([this] { work(); });
        }
    }
    ~State() { stop(); }

    void work();
    void stop();
    [[nodiscard]] Result<Job> check(TileAddress const& address);
    [[nodiscard]] TileAnswer render(Job const& job, Workbench& bench);
    [[nodiscard]] Result<std::shared_ptr<Generation const>> generation_of(TileToken const& token,
                                                                          std::string const& layer);

    TileServiceOptions options;
    TileCache cache;
    Memo<Legend> legends{kLegends};

    std::mutex generations;
    std::shared_ptr<Generation const> current;   // guarded by generations
    std::shared_ptr<Generation const> previous;  // guarded by generations
    std::set<std::string> epochs;                // seen since the start; guarded by generations

    std::mutex jobs;
    std::condition_variable wake;
    std::deque<Job> queue;                                         // guarded by jobs
    std::unordered_map<std::string, std::vector<Answer>> waiting;  // by job name; guarded by jobs
    bool stopping = false;                                         // guarded by jobs
    std::vector<std::thread> workers;

    std::atomic<std::uint64_t> requests{0}, hits{0}, joined{0}, rendered{0};
};

Result<std::shared_ptr<Generation const>> TileService::State::generation_of(TileToken const& token,
                                                                            std::string const& layer)
{
    auto const lock = std::lock_guard{generations};
    auto known = false;
    for (auto const& generation : {current, previous}) {
        auto const index = generation ? generation->find(layer) : std::nullopt;
        known = known || index;
        if (index && generation->tokens[*index] == token) {
            return generation;
        }
    }
    if (!known) {
        return fail(ErrorCode::not_found, fmt::format("there is no layer \"{}\"", layer), "layer");
    }
    auto const newest = make_token(current->view.county().epoch, current->view.revision().value());
    auto const older = epochs.contains(token.epoch) &&
                       (token.epoch != newest.epoch ||
                        (token.revision <= newest.revision && token.renderer <= newest.renderer));
    if (older) {
        return fail(ErrorCode::gone,
                    "the map has changed since; ask the catalogue for the layer's new address", "token");
    }
    return fail(ErrorCode::not_found, fmt::format("no data has the version \"{}\"", to_text(token)), "token");
}

Result<Job> TileService::State::check(TileAddress const& address)
{
    auto const token = parse_token(address.token);
    if (!token) {
        return fail(ErrorCode::not_found, "the address holds no data version", "token");
    }
    auto const generation = generation_of(*token, address.layer);
    if (!generation) {
        return Failure{generation.error()};
    }
    auto const index = *(*generation)->find(address.layer);
    auto const* const source = (*generation)->sources[index].get();
    auto const& layer = (*generation)->layers[index];
    if (address.view != (*generation)->view.policy().digest()) {
        return fail(ErrorCode::forbidden, "the address belongs to another view", "view");
    }
    if (std::find(layer.formats.begin(), layer.formats.end(), address.format) == layer.formats.end()) {
        return fail(ErrorCode::not_found,
                    fmt::format("the layer {} has no .{} tiles", layer.name, extension_of(address.format)),
                    "format");
    }
    if (!address.id.valid() || address.id.z < layer.min_zoom || address.id.z > layer.max_zoom) {
        return fail(ErrorCode::not_found,
                    fmt::format("no tile {}/{}/{}: the layer {} has zooms {} to {}", address.id.z,
                                address.id.x, address.id.y, layer.name, layer.min_zoom, layer.max_zoom),
                    "tile");
    }
    auto complete = source->complete(address.options);
    if (!complete) {
        return Failure{complete.error()};
    }
    auto selection = Selection{address.filter, std::move(*complete)};
    // A background shows no incidents, so no filter makes another tile of it.
    if (!source->follows_revisions()) {
        selection.filter = {};
    }
    auto name = fmt::format("{}/{}/{}/{}/{}.{}?{}", address.layer, address.token, address.id.z, address.id.x,
                            address.id.y, extension_of(address.format), selection.name());
    return Job{std::move(name), *generation, source, address.id, address.format, std::move(selection)};
}

TileAnswer TileService::State::render(Job const& job, Workbench& bench)
{
    try {
        auto bytes = job.source->render(job.id, job.format, job.selection, bench);
        if (!bytes) {
            return Failure{bytes.error()};
        }
        return std::make_shared<FinishedTile const>(finish(std::move(*bytes), job.format));
    } catch (std::exception const& error) {
        return fail(ErrorCode::internal, fmt::format("the tile could not be made: {}", error.what()));
    }
}

void TileService::State::work()
{
    auto bench = Workbench{};
    while (true) {
        auto job = Job{};
        {
            auto lock = std::unique_lock{jobs};
            wake.wait(lock, [this] { return stopping || !queue.empty(); });
            if (stopping) {
                return;
            }
            job = std::move(queue.front());
            queue.pop_front();
        }
        auto const answer = render(job, bench);
        rendered.fetch_add(1, std::memory_order_relaxed);
        if (answer) {
            cache.keep(job.name, *answer);
        }
        auto callers = std::vector<Answer>{};
        {
            // Who comes after this finds the tile in the cache, or begins anew.
            auto const lock = std::lock_guard{jobs};
            auto const found = waiting.find(job.name);
            callers = std::move(found->second);
            waiting.erase(found);
        }
        for (auto const& call : callers) {
            call(answer);
        }
    }
}

void TileService::State::stop()
{
    {
        auto const lock = std::lock_guard{jobs};
        stopping = true;
    }
    wake.notify_all();
    for (auto& worker : workers) {
        worker.join();
    }
    for (auto const& [name, callers] : waiting) {
        for (auto const& call : callers) {
            call(fail(ErrorCode::busy, "the server is stopping"));
        }
    }
}

TileService::TileService(View view, TileServiceOptions options)
    : state_(std::make_unique<State>(std::move(view), options))
{
}

TileService::~TileService() = default;

void TileService::move_on(View view)
{
    auto next = std::make_shared<Generation const>(std::move(view));
    auto dropped = std::shared_ptr<Generation const>{};  // freed after the lock
    auto const lock = std::lock_guard{state_->generations};
    auto const same = next->view.revision() == state_->current->view.revision() &&
                      next->view.county().epoch == state_->current->view.county().epoch;
    if (same) {
        dropped = std::move(next);
        return;
    }
    state_->epochs.insert(make_token(next->view.county().epoch, 0).epoch);
    dropped = std::exchange(state_->previous, std::exchange(state_->current, std::move(next)));
}

View TileService::view() const
{
    auto const lock = std::lock_guard{state_->generations};
    return state_->current->view;
}

std::vector<TileLayer> TileService::layers() const
{
    auto generation = std::shared_ptr<Generation const>{};
    {
        auto const lock = std::lock_guard{state_->generations};
        generation = state_->current;
    }
    return generation->layers;
}

void TileService::request(TileAddress address, std::function<void(TileAnswer)> answer)
{
    state_->requests.fetch_add(1, std::memory_order_relaxed);
    auto job = state_->check(address);
    if (!job) {
        answer(Failure{job.error()});
        return;
    }
    auto refused = false;
    auto tile = std::shared_ptr<FinishedTile const>{};
    {
        // Cache and waiting list are looked at under one lock: a worker puts a tile into the cache before it
        // takes it off the list, so nobody can miss both.
        auto const lock = std::lock_guard{state_->jobs};
        if (auto const found = state_->waiting.find(job->name); found != state_->waiting.end()) {
            state_->joined.fetch_add(1, std::memory_order_relaxed);
            found->second.push_back(std::move(answer));
            return;
        }
        tile = state_->cache.find(job->name);
        refused = !tile && (state_->stopping || state_->queue.size() >= state_->options.most_waiting);
        if (!tile && !refused) {
            state_->waiting[job->name].push_back(std::move(answer));
            state_->queue.push_back(std::move(*job));
        }
    }
    if (tile) {
        state_->hits.fetch_add(1, std::memory_order_relaxed);
        answer(std::move(tile));
    } else if (refused) {
        answer(fail(ErrorCode::busy, "too many tiles are being drawn; ask again in a moment"));
    } else {
        state_->wake.notify_one();
    }
}

TileAnswer TileService::tile(TileAddress const& address)
{
    auto promise = std::promise<TileAnswer>{};
    auto future = promise.get_future();
    request(address, [&promise](TileAnswer answer) { promise.set_value(std::move(answer)); });
    return future.get();
}

Result<std::shared_ptr<Legend const>> TileService::legend(std::string const& layer, Filter const& filter,
                                                          layers::Options const& options)
{
    auto generation = std::shared_ptr<Generation const>{};
    {
        auto const lock = std::lock_guard{state_->generations};
        generation = state_->current;
    }
    auto const index = generation->find(layer);
    if (!index) {
        return fail(ErrorCode::not_found, fmt::format("there is no layer \"{}\"", layer), "layer");
    }
    auto const* const source = generation->sources[*index].get();
    auto complete = source->complete(options);
    if (!complete) {
        return Failure{complete.error()};
    }
    auto const selection = Selection{filter, std::move(*complete)};
    auto const name = fmt::format("{}/{}?{}", layer, to_text(generation->tokens[*index]), selection.name());
    return state_->legends.get(name, [&] { return source->legend(selection); });
}

TileService::Counters TileService::counters() const
{
    return {.requests = state_->requests.load(),
            .hits = state_->hits.load(),
            .joined = state_->joined.load(),
            .rendered = state_->rendered.load(),
            .evicted = state_->cache.evicted(),
            .cached_bytes = state_->cache.bytes()};
}

}  // namespace riskbild::tiles
