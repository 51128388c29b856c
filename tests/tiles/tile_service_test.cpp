#include "tiles/tile_service.hpp"

#include <algorithm>
#include <atomic>
#include <functional>
#include <future>
#include <new>
#include <random>
#include <set>
#include <stdexcept>
#include <stop_token>
#include <thread>

#include <gtest/gtest.h>
#include <libdeflate.h>

#include "tests/tiles/picture.hpp"
#include "tests/tiles/uppsala.hpp"
#include "tiles/tile_source.hpp"

namespace riskbild::tiles {
namespace {

using namespace riskbild::testing;

std::string token_of(TileService const& service, std::string const& layer)
{
    for (auto const& one : service.layers()) {
        if (one.name == layer) {
            return one.token;
        }
    }
    return {};
}

TileAddress address(TileService const& service, std::string const& layer, TileId id,
                    TileFormat format = TileFormat::mvt)
{
    return {layer, token_of(service, layer), service.view().policy().digest(), id, format, {}, {}};
}

/// One layer, `made_up`, whose tiles and legends are what a test does.
class MadeUpSource : public TileSource {
public:
    using Make = std::function<Result<std::string>(TileId, Selection const&)>;
    explicit MadeUpSource(Make make) : make_(std::move(make)) {}

    TileLayer describe() const override
    {
        return {
            .name = "made_up", .formats = {TileFormat::mvt}, .bounds = {}, .token = {}, .attribution = {}};
    }
    Result<layers::Options> complete(layers::Options const& options) const override { return options; }
    Result<std::string> render(TileId id, TileFormat, Selection const& selection, Workbench&) const override
    {
        return make_(id, selection);
    }
    Result<Legend> legend(Selection const& selection) const override
    {
        return make_({}, selection).map([](std::string const&) { return Legend{}; });
    }

private:
    Make make_;
};

MakeSources made_up(MadeUpSource::Make make)
{
    return [source = std::make_shared<MadeUpSource const>(std::move(make))](auto const&) {
        return std::vector{LayerSource{source}};
    };
}

/// Goes on until it is told to stop, as a layer does.
Result<std::string> work_for_ever(TileId, Selection const& selection)
{
    while (selection.progress(0.5)) {
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    return fail(ErrorCode::busy, "stopped before the layer was finished");
}

ErrorCode error_of(TileService& service, TileAddress const& asked)
{
    auto const answer = service.tile(asked);
    EXPECT_FALSE(answer);
    return answer ? ErrorCode::internal : answer.error().code;
}

TEST(TileService, EveryLayerOfItsCatalogueAnswersInEveryFormat)
{
    auto service = TileService{uppsala_view(scattered(500, 1)), {}};
    auto names = std::set<std::string>{};
    for (auto const& layer : service.layers()) {
        names.insert(layer.name);
        for (auto const format : layer.formats) {
            for (int const z : {layer.min_zoom, 9, layer.max_zoom}) {
                auto const tile =
                    service.tile(address(service, layer.name, tile_at({17.64, 59.86}, z), format));
                ASSERT_TRUE(tile) << layer.name << ": " << tile.error().message;
                EXPECT_EQ((*tile)->content_type, content_type_of(format));
                EXPECT_EQ((*tile)->etag.front(), '"');
                EXPECT_EQ((*tile)->etag.back(), '"');
            }
        }
        EXPECT_TRUE(service.legend(layer.name, {}, {})) << layer.name;
    }
    for (auto const* const name : {"background", "density", "incidents", "kommuner", "repeat_locations",
                                   "near_repeat", "getis_ord", "clusters"}) {
        EXPECT_TRUE(names.contains(name)) << name;
    }
}

TEST(TileService, ThePublicViewHasNoIncidents)
{
    auto service = TileService{uppsala_view(scattered(500, 1), Revision{1}, Role::public_), {}};
    for (auto const& layer : service.layers()) {
        EXPECT_NE(layer.name, "incidents");
        EXPECT_NE(layer.name, "repeat_locations");
    }
    auto asked = address(service, "kommuner", {0, 0, 0});
    asked.layer = "incidents";
    EXPECT_EQ(error_of(service, asked), ErrorCode::not_found);
    asked.layer = "kommuner";
    EXPECT_EQ(error_of(service, asked), ErrorCode::forbidden);  // without a published kind and year
}

TEST(TileService, GzipHoldsTheSameBytes)
{
    auto service = TileService{uppsala_view(scattered(2000, 1)), {}};
    auto const tile = service.tile(address(service, "incidents", tile_at({17.64, 59.86}, 8))).value();
    ASSERT_FALSE(tile->gzip.empty());
    EXPECT_LT(tile->gzip.size(), tile->identity.size());
    auto out = std::string(tile->identity.size(), '\0');
    auto* const d = libdeflate_alloc_decompressor();
    auto size = std::size_t{0};
    EXPECT_EQ(
        libdeflate_gzip_decompress(d, tile->gzip.data(), tile->gzip.size(), out.data(), out.size(), &size),
        LIBDEFLATE_SUCCESS);
    libdeflate_free_decompressor(d);
    EXPECT_EQ(out, tile->identity);
}

TEST(TileService, AnEmptyTileIsEmpty)
{
    auto service = TileService{uppsala_view(scattered(50, 1)), {}};
    auto const tile = service.tile(address(service, "incidents", {10, 0, 0})).value();
    EXPECT_TRUE(tile->identity.empty());
    EXPECT_TRUE(tile->gzip.empty());
}

TEST(TileService, AnEmptyPictureIsTransparent)
{
    auto service = TileService{uppsala_view(scattered(50, 1)), {}};
    for (auto const format : {TileFormat::png, TileFormat::webp}) {
        auto const tile = service.tile(address(service, "density", {10, 0, 0}, format)).value();
        auto const picture = read_picture(tile->identity);
        EXPECT_EQ(picture.width, kPixels);
        EXPECT_EQ(picture.height, kPixels);
        EXPECT_TRUE(std::ranges::all_of(picture.pixels, [](auto const& pixel) { return pixel[3] == 0; }));
        EXPECT_EQ(tile->content_type, content_type_of(format));
        EXPECT_GT(tile->etag.size(), 2u);
    }
}

TEST(TileService, TilesOutsideTheGridOrZoomsAreNotFound)
{
    auto service = TileService{uppsala_view(scattered(50, 1)), {}};
    for (auto const id : {TileId{3, 8, 0}, TileId{3, 0, 8}, TileId{0, 1, 0}, TileId{17, 0, 0},
                          TileId{255, 0, 0}, TileId{16, 0xffffffff, 0xffffffff}}) {
        EXPECT_EQ(error_of(service, address(service, "incidents", id)), ErrorCode::not_found);
    }
    EXPECT_TRUE(service.tile(address(service, "incidents", {16, 65535, 65535})));
    EXPECT_EQ(error_of(service, address(service, "kommuner", {15, 0, 0})), ErrorCode::not_found);
    EXPECT_EQ(error_of(service, address(service, "density", {3, 0, 0}, TileFormat::mvt)),
              ErrorCode::not_found);
    EXPECT_EQ(error_of(service, address(service, "no_such_layer", {0, 0, 0})), ErrorCode::not_found);
}

TEST(TileService, WrongOptionsAndFiltersAreSaid)
{
    auto service = TileService{uppsala_view(scattered(50, 1)), {}};
    auto asked = address(service, "density", {0, 0, 0}, TileFormat::png);
    asked.options = {{"radius", "-3"}};
    EXPECT_EQ(error_of(service, asked), ErrorCode::wrong_use);
    asked.options = {{"colour", "red"}};
    EXPECT_EQ(error_of(service, asked), ErrorCode::wrong_use);
    asked.options = {};
    asked.filter.kinds = {"no_such_kind"};
    EXPECT_EQ(error_of(service, asked), ErrorCode::wrong_use);
    auto incidents = address(service, "incidents", {0, 0, 0});
    incidents.options = {{"radius", "100"}};
    EXPECT_EQ(error_of(service, incidents), ErrorCode::wrong_use);
}

TEST(TileService, AnAddressOfAnotherViewIsForbidden)
{
    auto service = TileService{uppsala_view(scattered(50, 1)), {}};
    auto asked = address(service, "incidents", {0, 0, 0});
    asked.view = policy_of(Role::public_).digest();
    EXPECT_EQ(error_of(service, asked), ErrorCode::forbidden);
}

TEST(TileService, TheTwoNewestTokensAnswerAndOlderAreGone)
{
    auto service = TileService{uppsala_view(scattered(100, 1), Revision{5}), {}};
    auto const first = address(service, "incidents", {0, 0, 0});
    auto const background = address(service, "background", {0, 0, 0});
    auto const before = service.tile(first).value()->identity;
    ASSERT_TRUE(service.move_on(uppsala_view(scattered(200, 2), Revision{6})));
    EXPECT_EQ(service.tile(first).value()->identity, before);
    EXPECT_NE(service.tile(address(service, "incidents", {0, 0, 0})).value()->identity, before);
    ASSERT_TRUE(service.move_on(uppsala_view(scattered(300, 3), Revision{8})));
    EXPECT_EQ(error_of(service, first), ErrorCode::gone);  // also though it is in the cache
    EXPECT_TRUE(service.tile(background));                 // never changes with revisions
    EXPECT_EQ(token_of(service, "background"), background.token);

    auto other = first;
    for (auto const* const token : {"e8.9.2", "e8.8.1", "before-the-start.3.2"}) {
        other.token = token;
        EXPECT_EQ(error_of(service, other), ErrorCode::gone) << token;
    }
    for (auto const* const token : {"", "e8", "e8.8", "e8.8.2.1", "e8.x.2", "../.8.2"}) {
        other.token = token;
        EXPECT_EQ(error_of(service, other), ErrorCode::not_found) << token;
    }
}

TEST(TileService, AnotherEpochIsAnotherStateAlsoAtTheSameRevision)
{
    auto service = TileService{uppsala_view(scattered(100, 1), Revision{5}, Role::analyst, "a"), {}};
    auto const first = address(service, "incidents", {0, 0, 0});
    auto const before = service.tile(first).value()->identity;
    ASSERT_TRUE(service.move_on(uppsala_view(scattered(200, 2), Revision{5}, Role::analyst, "b")));
    auto const second = address(service, "incidents", {0, 0, 0});
    EXPECT_NE(second.token, first.token);
    EXPECT_EQ(service.tile(first).value()->identity, before);
    EXPECT_NE(service.tile(second).value()->identity, before);
}

TEST(TileService, MovingOnToTheSameStateKeepsBothTokens)
{
    auto service = TileService{uppsala_view(scattered(100, 1), Revision{5}), {}};
    auto const first = address(service, "incidents", {0, 0, 0});
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(service.move_on(uppsala_view(scattered(200, 2), Revision{6})));
    }
    EXPECT_TRUE(service.tile(first));
}

TEST(TileService, ThirtyTwoWhoAskForOneColdTileGetOneRendering)
{
    auto service = TileService{uppsala_view(scattered(20'000, 1)), {.threads = 2}};
    auto const asked = address(service, "density", tile_at({17.64, 59.86}, 8), TileFormat::png);
    auto threads = std::vector<std::jthread>{};
    auto tiles = std::vector<std::shared_ptr<FinishedTile const>>(32);
    auto answered = std::atomic<int>{0};
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        threads.emplace_back([&, i] {
            tiles[i] = service.tile(asked).value();
            ++answered;
        });
    }
    threads.clear();
    EXPECT_EQ(answered, 32);
    auto const counters = service.counters();
    EXPECT_EQ(counters.requests, 32u);
    EXPECT_EQ(counters.rendered, 1u);
    EXPECT_EQ(counters.hits + counters.joined, 31u);
    for (auto const& tile : tiles) {
        EXPECT_EQ(tile, tiles[0]);  // the same bytes in memory, not equal ones
    }
}

TEST(TileService, ACachedTileIsAnsweredInTheCallersThread)
{
    auto service = TileService{uppsala_view(scattered(100, 1)), {}};
    auto const asked = address(service, "incidents", {0, 0, 0});
    ASSERT_TRUE(service.tile(asked));
    auto thread = std::thread::id{};
    service.request(asked, [&](TileAnswer) { thread = std::this_thread::get_id(); });
    EXPECT_EQ(thread, std::this_thread::get_id());
    EXPECT_EQ(service.counters().hits, 1u);
}

TEST(TileService, FiltersAndOptionsAreTilesOfTheirOwn)
{
    auto service = TileService{uppsala_view(scattered(1000, 1)), {}};
    auto asked = address(service, "incidents", {0, 0, 0});
    auto const all = service.tile(asked).value();
    asked.filter = parse_filter("kinds=theft").value();
    auto const thefts = service.tile(asked).value();
    EXPECT_NE(all->etag, thefts->etag);
    // Absent options and their defaults are one tile.
    auto density = address(service, "density", {0, 0, 0}, TileFormat::png);
    auto const plain = service.tile(density).value();
    density.options = {{"radius", "1000"}};
    EXPECT_EQ(service.tile(density).value(), plain);
}

TEST(TileService, TheCacheStaysWithinItsBound)
{
    auto service = TileService{uppsala_view(scattered(5000, 1)), {.cache_bytes = 50'000}};
    for (auto const id : tiles_over({16.7, 59.5, 18.5, 60.6}, 9)) {
        ASSERT_TRUE(service.tile(address(service, "incidents", id)));
        ASSERT_LE(service.counters().cached_bytes, 50'000u);
    }
    EXPECT_GT(service.counters().evicted, 0u);
}

TEST(TileService, AFullQueueSaysBusy)
{
    auto gate = std::promise<void>{};
    auto const opened = gate.get_future().share();
    auto busy = std::atomic<int>{0};
    auto holding = std::promise<void>{};
    // Its end waits for the answers, which use what stands above.
    auto service = TileService{uppsala_view(scattered(2000, 1)), {.threads = 1, .most_waiting = 2}};
    // The first answer holds the only worker, so that the others pile up.
    service.request(address(service, "incidents", {0, 0, 0}), [&](TileAnswer) {
        holding.set_value();
        opened.wait();
    });
    holding.get_future().wait();
    for (std::uint32_t i = 0; i < 5; ++i) {
        service.request(address(service, "incidents", {5, i, 0}), [&](TileAnswer answer) {
            busy += !answer && answer.error().code == ErrorCode::busy ? 1 : 0;
        });
    }
    EXPECT_EQ(busy, 3);
    gate.set_value();
}

TEST(TileService, WorkThatTakesTooLongIsGivenUp)
{
    auto service = TileService{uppsala_view({}),
                               {.threads = 1,
                                .most_time = std::chrono::milliseconds{50},
                                .make_sources = made_up([](TileId id, Selection const& selection) {
                                    return id.z == 0 ? work_for_ever(id, selection) : "done";
                                })}};
    auto const tile = service.tile(address(service, "made_up", {0, 0, 0}));
    auto const legend = service.legend("made_up", {}, {});
    ASSERT_FALSE(tile || legend);
    for (auto const& error : {tile.error(), legend.error()}) {
        EXPECT_EQ(error.code, ErrorCode::too_slow);
        EXPECT_EQ(error.message,
                  "this takes longer than 0.05 s; ask for a shorter period, fewer kinds or a smaller radius");
    }
    EXPECT_TRUE(service.tile(address(service, "made_up", {1, 0, 0}))) << "the worker is free again";
}

TEST(TileService, WorkEndsWhenTheServerStops)
{
    auto stop = std::stop_source{};
    auto service = TileService{
        uppsala_view({}), {.threads = 1, .stop = stop.get_token(), .make_sources = made_up(work_for_ever)}};
    auto const asking = std::jthread{[&] {
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
        stop.request_stop();
    }};
    auto const tile = service.tile(address(service, "made_up", {0, 0, 0}));
    ASSERT_FALSE(tile);
    EXPECT_EQ(tile.error().message, "the server is stopping");
}

TEST(TileService, WhatASourceThrowsCostsItsTileOnly)
{
    auto service =
        TileService{uppsala_view({}), {.threads = 1, .make_sources = made_up([](TileId id, Selection const&) {
                                                         if (id.z == 0) {
                                                             throw std::bad_alloc{};
                                                         }
                                                         if (id.z == 1) {
                                                             throw 1;
                                                         }
                                                         return Result<std::string>{"done"};
                                                     })}};
    EXPECT_EQ(error_of(service, address(service, "made_up", {0, 0, 0})), ErrorCode::internal);
    EXPECT_EQ(error_of(service, address(service, "made_up", {1, 0, 0})), ErrorCode::internal);
    EXPECT_TRUE(service.tile(address(service, "made_up", {2, 0, 0})));
}

TEST(TileService, ACallerThatThrowsCostsNobodyElseTheAnswer)
{
    auto go_on = std::promise<void>{};
    auto second = std::promise<bool>{};
    auto service = TileService{uppsala_view({}),
                               {.threads = 1,
                                .make_sources = made_up([gate = go_on.get_future().share()](
                                                            TileId, Selection const&) -> Result<std::string> {
                                    gate.wait();
                                    return "done";
                                })}};
    auto const asked = address(service, "made_up", {0, 0, 0});
    service.request(asked, [](TileAnswer) { throw std::runtime_error{"the caller's own trouble"}; });
    service.request(asked, [&](TileAnswer answer) { second.set_value(answer.has_value()); });
    go_on.set_value();
    EXPECT_TRUE(second.get_future().get());
}

TEST(TileService, StaysWhereItIsWhenSourcesCannotBeMade)
{
    auto calls = 0;
    auto const source = std::make_shared<MadeUpSource const>([](TileId, Selection const&) { return "done"; });
    auto service = TileService{
        uppsala_view({}, Revision{1}), {.make_sources = [&](auto const&) -> Result<std::vector<LayerSource>> {
            return ++calls == 2 ? Result<std::vector<LayerSource>>{fail(ErrorCode::unreadable, "no figures")}
                                : std::vector{LayerSource{source}};
        }}};
    auto const asked = address(service, "made_up", {0, 0, 0});
    EXPECT_EQ(service.move_on(uppsala_view({}, Revision{2})).error().message, "no figures");
    EXPECT_EQ(token_of(service, "made_up"), asked.token);
    EXPECT_TRUE(service.tile(asked));
    EXPECT_TRUE(service.move_on(uppsala_view({}, Revision{2})));
    EXPECT_NE(token_of(service, "made_up"), asked.token);
}

TEST(TileService, EveryCallerIsAnsweredOnceAlsoWhenItStops)
{
    auto answered = std::atomic<int>{0};
    {
        auto service = TileService{uppsala_view(scattered(2000, 1)), {.threads = 2}};
        for (std::uint32_t i = 0; i < 200; ++i) {
            service.request(address(service, "incidents", {8, i, 75}), [&](TileAnswer) { ++answered; });
        }
    }
    EXPECT_EQ(answered, 200);
}

TEST(TileService, ManyThreadsWhileTheCountyMovesOn)
{
    auto service =
        TileService{uppsala_view(scattered(500, 1), Revision{1}), {.cache_bytes = 200'000, .threads = 2}};
    auto stop = std::atomic<bool>{false};
    auto wrong = std::atomic<int>{0};
    auto threads = std::vector<std::jthread>{};
    for (unsigned t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            auto random = std::mt19937{t};
            while (!stop) {
                auto const layers = service.layers();
                auto const& layer = layers[random() % layers.size()];
                auto const z = static_cast<int>(random() % 12);
                auto const answer = service.tile({layer.name,
                                                  layer.token,
                                                  service.view().policy().digest(),
                                                  tile_at({17.64, 59.86}, z),
                                                  layer.formats.front(),
                                                  {},
                                                  {}});
                wrong += !answer && answer.error().code != ErrorCode::gone ? 1 : 0;
            }
        });
    }
    for (int revision = 2; revision < 8; ++revision) {
        EXPECT_TRUE(service.move_on(uppsala_view(scattered(500, 1), Revision{revision})));
    }
    stop = true;
    threads.clear();
    EXPECT_EQ(wrong, 0);
}

TEST(TileService, LegendsAreRememberedAndNameWhatTheyShow)
{
    auto service = TileService{uppsala_view(scattered(500, 1)), {}};
    auto const legend = service.legend("density", parse_filter("kinds=theft").value(), {}).value();
    EXPECT_EQ(service.legend("density", parse_filter("kinds=theft").value(), {}).value(), legend);
    EXPECT_EQ(legend->info.filter, "kinds=theft");
    EXPECT_GT(legend->info.n, 0u);
    EXPECT_FALSE(legend->classes.empty());
    EXPECT_EQ(service.legend("no_such", {}, {}).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace riskbild::tiles
