#include "tiles/tile_service.hpp"

#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include <gtest/gtest.h>
#include <libdeflate.h>

#include "tests/tiles/mvt_decoder.hpp"
#include "tests/tiles/uppsala.hpp"

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
    EXPECT_EQ(names,
              (std::set<std::string>{"background", "density", "incidents", "kommuner", "repeat_locations"}));
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
    service.move_on(uppsala_view(scattered(200, 2), Revision{6}));
    EXPECT_EQ(service.tile(first).value()->identity, before);
    EXPECT_NE(service.tile(address(service, "incidents", {0, 0, 0})).value()->identity, before);
    service.move_on(uppsala_view(scattered(300, 3), Revision{8}));
    EXPECT_EQ(error_of(service, first), ErrorCode::gone);  // also though it is in the cache
    EXPECT_TRUE(service.tile(background));                 // never changes with revisions
    EXPECT_EQ(token_of(service, "background"), background.token);

    auto future = first;
    future.token = "e1.9.1";
    EXPECT_EQ(error_of(service, future), ErrorCode::not_found);
    for (auto const* const token : {"", "e1", "e1.8", "e1.8.1.1", "e1.x.1", "other.8.1", "../.8.1"}) {
        future.token = token;
        EXPECT_EQ(error_of(service, future), ErrorCode::not_found) << token;
    }
    service.move_on(
        uppsala_view(scattered(10, 4), Revision{2}, Role::analyst, "e2"));  // restored from a copy
    service.move_on(uppsala_view(scattered(10, 4), Revision{3}, Role::analyst, "e2"));
    future.token = "e1.8.1";
    EXPECT_EQ(error_of(service, future), ErrorCode::gone);
}

TEST(TileService, MovingOnToTheSameRevisionKeepsBothTokens)
{
    auto service = TileService{uppsala_view(scattered(100, 1), Revision{5}), {}};
    auto const first = address(service, "incidents", {0, 0, 0});
    for (int i = 0; i < 3; ++i) {
        service.move_on(uppsala_view(scattered(200, 2), Revision{6}));
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
    auto service = TileService{uppsala_view(scattered(2000, 1)), {.threads = 1, .most_waiting = 2}};
    auto gate = std::promise<void>{};
    auto const opened = gate.get_future().share();
    auto done = std::vector<std::promise<ErrorCode>>(6);
    auto busy = std::atomic<int>{0};
    // The first answer holds the only worker, so that the others pile up.
    auto holding = std::promise<void>{};
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
        service.move_on(uppsala_view(scattered(500, 1), Revision{revision}));
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
