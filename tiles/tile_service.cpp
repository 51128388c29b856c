#include "tiles/tile_service.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>
#include <unordered_map>

#include <fmt/format.h>

#include "tiles/finished_tile.hpp"
#include "tiles/layer_results.hpp"
#include "tiles/memo.hpp"
#include "tiles/tile_cache.hpp"
#include "tiles/tile_source.hpp"
#include "tiles/tile_token.hpp"

namespace riskbild::tiles {

namespace {

constexpr std::size_t kLegends = 256;

/// All layers in one state of the store.
struct Generation {
    Generation(std::shared_ptr<LayerResults const> answers, std::vector<LayerSource> made)
        : view(answers->view()), results(std::move(answers)), sources(std::move(made))
    {
        for (auto const& [source, made_of] : sources) {
            layers.push_back(source->describe());
            tokens.push_back(made_of.empty() ? make_token(view.county().epoch, view.revision().value())
                                             : make_token(made_of, 0));
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
    std::shared_ptr<LayerResults const> results;
    std::vector<LayerSource> sources;
    std::vector<TileLayer> layers;  // of sources, with their tokens
    std::vector<TileToken> tokens;
};

Result<std::shared_ptr<Generation const>> make_generation(View view, MakeSources const& make)
{
    auto results = std::make_shared<LayerResults const>(std::move(view));
    auto sources = make(results);
    if (!sources) {
        return Failure{sources.error()};
    }
    return std::make_shared<Generation const>(std::move(results), std::move(*sources));
}

// A broken installation stops the program at its start, not at the first tile.
std::shared_ptr<Generation const> first_generation(View view, MakeSources const& make)
{
    auto first = make_generation(std::move(view), make);
    if (!first) {
        throw std::runtime_error(first.error().message);
    }
    return std::move(*first);
}

using Answer = std::function<void(TileAnswer)>;

// One caller's trouble with the answer must not cost the others theirs.
void tell(Answer const& call, TileAnswer const& answer)
{
    try {
        call(answer);
    } catch (...) {
        return;
    }
}

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
    State(View first, TileServiceOptions wanted)
        : options(std::move(wanted)),
          make_sources(options.make_sources ? options.make_sources : sources_from_data()),
          cache(options.cache_bytes),
          current(first_generation(std::move(first), make_sources))
    {
        for (unsigned i = 0; i < std::max(1u, options.threads); ++i) {
            workers.emplace_back([this] { work(); });
        }
    }
    ~State() { stop(); }

    void work();
    void stop();
    [[nodiscard]] Result<Job> check(TileAddress const& address);
    void enqueue(Job job, Answer answer);
    [[nodiscard]] std::optional<Job> next_job();
    [[nodiscard]] TileAnswer render(Job& job, std::optional<Workbench>& bench) const;
    void keep(std::string const& name, TileAnswer const& answer);
    [[nodiscard]] std::vector<Answer> callers_of(std::string const& name);
    [[nodiscard]] std::shared_ptr<Generation const> newest();
    [[nodiscard]] Result<std::shared_ptr<Generation const>> generation_of(TileToken const& token,
                                                                          std::string const& layer);
    [[nodiscard]] Deadline deadline() const { return {options.most_time, options.stop}; }

    TileServiceOptions options;
    MakeSources make_sources;
    TileCache cache;
    Memo<Legend> legends{kLegends};

    std::mutex generations;
    std::shared_ptr<Generation const> current;   // guarded by generations
    std::shared_ptr<Generation const> previous;  // guarded by generations

    std::mutex jobs;
    std::condition_variable wake;
    std::deque<Job> queue;                                         // guarded by jobs
    std::unordered_map<std::string, std::vector<Answer>> waiting;  // by job name; guarded by jobs
    bool stopping = false;                                         // guarded by jobs
    std::vector<std::thread> workers;

    std::atomic<std::uint64_t> requests{0}, hits{0}, joined{0}, rendered{0};
};

std::shared_ptr<Generation const> TileService::State::newest()
{
    auto const lock = std::lock_guard{generations};
    return current;
}

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
    // Older, or of another server: nobody can tell after a start, and to ask anew is right for both.
    return fail(ErrorCode::gone, "the map has changed since; ask the catalogue for the layer's new address",
                "token");
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
    auto const* const source = (*generation)->sources[index].source.get();
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

// \pre the caller holds the lock of jobs
void TileService::State::enqueue(Job job, Answer answer)
{
    auto const place = waiting.emplace(job.name, std::vector<Answer>{std::move(answer)}).first;
    try {
        queue.push_back(std::move(job));
    } catch (...) {
        waiting.erase(place);
        throw;
    }
}

std::optional<Job> TileService::State::next_job()
{
    auto lock = std::unique_lock{jobs};
    wake.wait(lock, [this] { return stopping || !queue.empty(); });
    if (stopping) {
        return std::nullopt;
    }
    auto job = std::move(queue.front());
    queue.pop_front();
    return job;
}

TileAnswer TileService::State::render(Job& job, std::optional<Workbench>& bench) const
{
    auto const until = deadline();
    try {
        if (!bench) {
            bench.emplace();
        }
        job.selection.progress = until.progress();
        auto bytes = job.source->render(job.id, job.format, job.selection, *bench);
        if (!bytes) {
            return Failure{until.explained(bytes.error())};
        }
        return std::make_shared<FinishedTile const>(finish(std::move(*bytes), job.format));
    } catch (std::exception const& error) {
        bench.reset();
        return fail(ErrorCode::internal, fmt::format("the tile could not be made: {}", error.what()));
    } catch (...) {
        bench.reset();
        return fail(ErrorCode::internal, "the tile could not be made");
    }
}

void TileService::State::keep(std::string const& name, TileAnswer const& answer)
{
    try {
        if (answer) {
            cache.keep(name, *answer);
        }
    } catch (std::bad_alloc const&) {
        return;  // it is an answer all the same
    }
}

std::vector<Answer> TileService::State::callers_of(std::string const& name)
{
    auto const lock = std::lock_guard{jobs};
    return std::move(waiting.extract(name).mapped());
}

void TileService::State::work()
{
    auto bench = std::optional<Workbench>{};
    while (auto job = next_job()) {
        auto const answer = render(*job, bench);
        rendered.fetch_add(1, std::memory_order_relaxed);
        keep(job->name, answer);
        // Who comes after this finds the tile in the cache, or begins anew.
        for (auto const& call : callers_of(job->name)) {
            tell(call, answer);
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
            tell(call, fail(ErrorCode::busy, "the server is stopping"));
        }
    }
}

TileService::TileService(View view, TileServiceOptions options)
    : state_(std::make_unique<State>(std::move(view), std::move(options)))
{
}

TileService::~TileService() = default;

Result<void> TileService::move_on(View view)
{
    if (view.county().epoch == state_->newest()->view.county().epoch) {
        return {};
    }
    auto next = make_generation(std::move(view), state_->make_sources);
    if (!next) {
        return Failure{next.error()};
    }
    auto dropped = std::shared_ptr<Generation const>{};  // freed after the lock
    auto const lock = std::lock_guard{state_->generations};
    dropped = std::exchange(state_->previous, std::exchange(state_->current, std::move(*next)));
    return {};
}

View TileService::view() const
{
    return state_->newest()->view;
}

std::vector<TileLayer> TileService::layers() const
{
    return state_->newest()->layers;
}

std::shared_ptr<LayerResults const> TileService::results() const
{
    return state_->newest()->results;
}

Deadline TileService::deadline() const
{
    return state_->deadline();
}

void TileService::request(TileAddress const& address, std::function<void(TileAnswer)> answer)
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
            state_->enqueue(std::move(*job), std::move(answer));
            state_->wake.notify_one();
            return;
        }
    }
    if (tile) {
        state_->hits.fetch_add(1, std::memory_order_relaxed);
        answer(std::move(tile));
    } else {
        answer(fail(ErrorCode::busy, "too many tiles are being drawn; ask again in a moment"));
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
    auto const generation = state_->newest();
    auto const index = generation->find(layer);
    if (!index) {
        return fail(ErrorCode::not_found, fmt::format("there is no layer \"{}\"", layer), "layer");
    }
    auto const* const source = generation->sources[*index].source.get();
    auto complete = source->complete(options);
    if (!complete) {
        return Failure{complete.error()};
    }
    auto const until = deadline();
    auto const selection = Selection{filter, std::move(*complete), until.progress()};
    auto const name = fmt::format("{}/{}?{}", layer, to_text(generation->tokens[*index]), selection.name());
    return state_->legends.get(name, [&] { return source->legend(selection); }).map_error([&](Error error) {
        return until.explained(std::move(error));
    });
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
