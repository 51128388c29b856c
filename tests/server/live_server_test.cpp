#include "server/server.hpp"

#include <atomic>
#include <filesystem>
#include <regex>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "server/request.hpp"
#include "tests/server/county_on_disk.hpp"
#include "tests/server/http_client.hpp"
#include "tests/server/openapi.hpp"
#include "tiles/tile_source.hpp"

namespace riskbild::server::testing {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// The whole server, running until it is forgotten.
class Running {
public:
    explicit Running(std::filesystem::path const& store, tiles::TileServiceOptions tiles = {})
    {
        auto started = Server::start({.store = store,
                                      .http = {.threads = 2, .limits = {.grace = 200ms}},
                                      .tiles = std::move(tiles),
                                      .ask_store_every = 50ms});
        if (!started)
            throw std::runtime_error(started.error().message);
        server_ = *std::move(started);
        thread_ = std::thread([this] { server_->run(); });
    }
    ~Running() { stop(); }
    void stop()
    {
        if (!thread_.joinable())
            return;
        server_->stop();
        thread_.join();
        server_.reset();
    }
    [[nodiscard]] Server& server() { return *server_; }
    [[nodiscard]] std::uint16_t port() const { return server_->port(); }
    [[nodiscard]] json ask_json(std::string_view path) const
    {
        auto const received = get(port(), path);
        return received ? json::parse(received->body, nullptr, false) : json();
    }
    /// The county as soon as it is another than that, or as it is after 20 s.
    [[nodiscard]] json county_after(json const& before) const
    {
        auto const until = std::chrono::steady_clock::now() + 20s;
        auto county = ask_json("/api/v1/county");
        while (county == before && std::chrono::steady_clock::now() < until) {
            std::this_thread::sleep_for(20ms);
            county = ask_json("/api/v1/county");
        }
        return county;
    }

private:
    std::unique_ptr<Server> server_;
    std::thread thread_;
};

/// The whole server on a store of its own, shared by the tests that only ask.
class LiveCounty : public ::testing::Test {
protected:
    static void SetUpTestSuite()
    {
        county_ = std::make_unique<CountyOnDisk>();
        county_->set_aside(2, "rows.csv");
        running_ = std::make_unique<Running>(county_->store());
    }
    static void TearDownTestSuite()
    {
        running_.reset();
        county_.reset();
    }

    static std::uint16_t port() { return running_->port(); }
    static Received ask(std::string_view path, std::string_view more = {}, std::string_view method = "GET")
    {
        return get(port(), path, more, method).value_or(Received{});
    }
    static json ask_json(std::string_view path)
    {
        auto const received = ask(path);
        EXPECT_EQ(received.status, 200) << path << received.body;
        return json::parse(received.body, nullptr, false);
    }
    /// Address of the first tile of a layer that holds the places of the county on disk.
    static std::string tile_path(std::string const& layer, std::string const& format,
                                 std::string_view at = "10/562/298")
    {
        auto const county = ask_json("/api/v1/county");
        for (auto const& one : county["layers"])
            if (one["name"] == layer)
                return fmt::format("/tiles/{}/{}/{}/{}.{}", layer, one["token"].get<std::string>(),
                                   county["view"]["digest"].get<std::string>(), at, format);
        return "/no-such-layer";
    }

    static std::unique_ptr<CountyOnDisk> county_;
    static std::unique_ptr<Running> running_;
};
std::unique_ptr<CountyOnDisk> LiveCounty::county_;
std::unique_ptr<Running> LiveCounty::running_;

TEST_F(LiveCounty, AnswersEveryPathOfTheContractAsItsSchemaSays)
{
    auto const api = OpenApi::load();
    auto const incident = ask_json("/api/v1/incidents?limit=1")["incidents"][0]["id"].get<std::string>();
    auto paths = 0;
    for (auto const& [path, operations] : api.document()["paths"].items()) {
        ++paths;
        auto const schema = api.schema_of(path);
        if (schema.empty())
            continue;
        auto asked = std::regex_replace(path, std::regex(R"(\{id\})"), percent_encoded(incident));
        asked = std::regex_replace(asked, std::regex(R"(\{row\})"), "1");
        if (path == "/api/v1/link/comparison")
            asked += "?a=police:repeat-0&b=police:row-0";
        if (asked.find("{import}") != std::string::npos)
            continue;  // below, with a file
        for (auto const* layer : {"density", "kommuner", "incidents", "repeat_locations", "background"}) {
            auto const one = std::regex_replace(asked, std::regex(R"(\{layer\})"), layer);
            EXPECT_THAT(api.differences(ask_json(one), schema), IsEmpty()) << one;
            if (one == asked)
                break;
        }
    }
    EXPECT_GE(paths, 10);
}

TEST_F(LiveCounty, AnswersErrorsAsTheContractSays)
{
    auto const api = OpenApi::load();
    struct Bad {
        char const* path;
        int status;
        char const* field;
    };
    for (auto const& bad : {
             Bad{"/api/v1/timeline?g=1", 400, "g"},
             Bad{"/api/v1/timeline?step=year", 400, "step"},
             Bad{"/api/v1/timeline?f=kinds%3Dnonsense", 400, "kinds"},
             Bad{"/api/v1/timeline?f=colour%3Dred", 400, "colour"},
             Bad{"/api/v1/timeline?f=a&f=b", 400, "f"},
             Bad{"/api/v1/timeline?f=%ff", 400, "f"},
             Bad{"/api/v1/health?x", 400, "x"},
             Bad{"/api/v1/incidents?limit=0", 400, "limit"},
             Bad{"/api/v1/incidents?limit=1001", 400, "limit"},
             Bad{"/api/v1/incidents?limit=1e2", 400, "limit"},
             Bad{"/api/v1/incidents?box=1,2,3", 400, "box"},
             Bad{"/api/v1/incidents?box=nan,nan,nan,nan", 400, "box"},
             Bad{"/api/v1/incidents?box=1,2,inf,4", 400, "box"},
             Bad{"/api/v1/incidents?box=3,2,1,4", 400, "box"},
             Bad{"/api/v1/incidents?after=x", 400, "after"},
             Bad{"/api/v1/incidents/9007199254740991", 404, nullptr},
             Bad{"/api/v1/incidents/-1", 404, nullptr},
             Bad{"/api/v1/incidents/nobody", 404, nullptr},
             Bad{"/api/v1/layers/nothing/tilejson", 404, "layer"},
             Bad{"/api/v1/layers/nothing/legend", 404, nullptr},
             Bad{"/api/v1/layers/density/tilejson?format=mvt", 400, "format"},
             Bad{"/api/v1/layers/density/legend?o=radius%3Dnan", 400, "radius"},
             Bad{"/api/v1/layers/density/legend?o=radius%3D1e99", 400, "radius"},
             Bad{"/api/v1/layers/density/legend?o=radius", 400, nullptr},
             Bad{"/api/v1/rates?o=per%3D-1", 400, "per"},
             Bad{"/api/v1/repeat-locations?o=nonsense%3D1", 400, "nonsense"},
             Bad{"/api/v1/set-aside?state=lost", 400, "state"},
             Bad{"/api/v1/set-aside?order=up", 400, "order"},
             Bad{"/api/v1/set-aside?offset=-1", 400, "offset"},
             Bad{"/api/v1/set-aside/x", 404, nullptr},
             Bad{"/api/v1/link/review?limit=0", 400, "limit"},
             Bad{"/api/v1/link/comparison?a=police", 400, "a"},
             Bad{"/api/v1/link/comparison?a=police:1", 400, "b"},
             Bad{"/api/v1/link/comparison?a=police:nobody&b=police:nothing", 404, nullptr},
             Bad{"/api/v1/set-aside/999", 404, nullptr},
             Bad{"/api/v1", 404, nullptr},
             Bad{"/api/v1/county/", 404, nullptr},
             Bad{"/api//v1/county", 404, nullptr},
             Bad{"/tiles/density/x/y/0/0/0", 404, nullptr},
             Bad{"/../../etc/passwd", 400, nullptr},
             Bad{"/assets/%2e%2e/%2e%2e/etc/passwd", 400, nullptr},
             Bad{"/assets/..%2f..%2fetc/passwd", 400, nullptr},
             Bad{"/etc/passwd", 404, nullptr},
         }) {
        auto const received = ask(bad.path);
        EXPECT_EQ(received.status, bad.status) << bad.path << received.body;
        auto const error = json::parse(received.body, nullptr, false);
        EXPECT_THAT(api.differences(error, "Error"), IsEmpty()) << bad.path;
        if (bad.field != nullptr) {
            EXPECT_EQ(error.value("field", ""), bad.field) << bad.path << received.body;
        }
        EXPECT_EQ(received.fields.at("cache-control"), "no-store") << bad.path;
    }
}

TEST_F(LiveCounty, ListsIncidentsNewestFirstWithoutLosingAnyBetweenPages)
{
    auto const all = ask_json("/api/v1/incidents");
    ASSERT_EQ(all["n"], 12);
    ASSERT_EQ(all["incidents"].size(), 12U);
    EXPECT_FALSE(all.contains("next"));
    std::vector<json> paged;
    std::string after;
    do {
        auto const page = ask_json("/api/v1/incidents?limit=5" + (after.empty() ? "" : "&after=" + after));
        EXPECT_EQ(page["n"], 12);
        paged.insert(paged.end(), page["incidents"].begin(), page["incidents"].end());
        after = page.value("next", "");
    } while (!after.empty());
    EXPECT_EQ(json(paged), all["incidents"]);
    EXPECT_TRUE(std::is_sorted(paged.begin(), paged.end(),
                               [](auto const& a, auto const& b) { return a["from"] > b["from"]; }));
}

TEST_F(LiveCounty, ShowsNoPositionForIncidentsKnownOnlyToAKommunOrProtected)
{
    auto without = 0;
    auto const listed = ask_json("/api/v1/incidents");
    for (auto const& row : listed["incidents"])
        without += !row.contains("lng");
    EXPECT_EQ(without, 3);
    EXPECT_EQ(ask_json("/api/v1/incidents?box=17,59,19,61")["n"], 9);
    EXPECT_EQ(ask_json("/api/v1/incidents?box=17.6385,59.858,17.6395,59.859")["n"], 5);
}

TEST_F(LiveCounty, OpensAnIncidentByPublicIdAndByNumber)
{
    auto const row = ask_json("/api/v1/incidents?limit=1")["incidents"][0];
    auto const by_id = ask_json("/api/v1/incidents/" + percent_encoded(row["id"].get<std::string>()));
    auto const by_number = ask_json(fmt::format("/api/v1/incidents/{}", row["number"].get<std::int64_t>()));
    EXPECT_EQ(by_id, by_number);
    EXPECT_EQ(by_id["incident"], row);
    EXPECT_EQ(by_id["voices"][0]["gives"], (json{"place", "time", "kind"}));
    EXPECT_EQ(by_id["voices"][0]["text"], "Text with <b>markup</b> & \"quotes\"");
}

TEST(Server, OpensAnIncidentWhosePublicIdIsANumber)
{
    CountyOnDisk const county;
    county.add_incident("digits-1759694");
    Running const running(county.store());
    auto const card = running.ask_json("/api/v1/incidents/818074656643");
    EXPECT_EQ(card["incident"]["id"], "818074656643") << card;
}

TEST_F(LiveCounty, RanksRepeatLocationsWithTheAddressOfASource)
{
    auto const answer = ask_json("/api/v1/repeat-locations");
    ASSERT_EQ(answer["places"].size(), 1U);
    EXPECT_EQ(answer["places"][0]["n"], 5);
    EXPECT_EQ(answer["places"][0]["label"], "Stora torget 1");
    EXPECT_EQ(answer["places"][0]["area"], "0380");
    EXPECT_EQ(answer["info"]["n"], 9);
    // Every ten days at the square; of the eight that were followed for ten days, four were repeated then.
    auto const& repeat = answer["time_to_repeat"];
    EXPECT_EQ(repeat["followed_to"], "2025-04-10");
    EXPECT_EQ(repeat["median_days"], 10);
    EXPECT_EQ(repeat["repeated"],
              json::parse(R"([{"within_days": 7, "share": 0.0}, {"within_days": 14, "share": 0.5},
                                                  {"within_days": 28, "share": 0.5}, {"within_days": 90, "share": 0.5}])"));
    EXPECT_EQ(answer["same_day"], 0);
    EXPECT_EQ(answer["concentration"]["lorenz"],
              json::parse(R"([{"places": 0, "incidents": 0}, {"places": 1, "incidents": 5},
                              {"places": 5, "incidents": 9}])"));
}

TEST_F(LiveCounty, CountsDaysWeeksAndMonthsAlike)
{
    for (auto const* step : {"day", "week", "month"}) {
        auto const answer = ask_json(fmt::format("/api/v1/timeline?step={}", step));
        EXPECT_EQ(answer["n"], 12) << step;
        auto sum = 0;
        for (auto const& bin : answer["bins"])
            sum += bin["n"].get<int>();
        EXPECT_EQ(sum, 12) << step;
    }
    EXPECT_EQ(ask_json("/api/v1/timeline?step=week")["bins"][0]["from"], "2025-02-24");
    EXPECT_EQ(ask_json("/api/v1/timeline?step=month")["bins"][0]["from"], "2025-03-01");
    EXPECT_THAT(ask_json("/api/v1/timeline?f=period%3D1990-01-01..1991-01-01")["bins"], IsEmpty());
}

TEST_F(LiveCounty, ServesTilesThatStayAsTheyAre)
{
    auto const path = tile_path("incidents", "mvt");
    auto const plain = ask(path);
    ASSERT_EQ(plain.status, 200) << plain.body;
    EXPECT_EQ(plain.fields.at("content-type"), "application/vnd.mapbox-vector-tile");
    EXPECT_EQ(plain.fields.at("cache-control"), "private, max-age=31536000, immutable");
    auto const etag = plain.fields.at("etag");
    EXPECT_THAT(etag, ::testing::MatchesRegex("\"[^\"]+\""));

    auto const again = ask(path, fmt::format("If-None-Match: \"x\", W/{}\r\n", etag));
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.fields.at("etag"), etag);
    EXPECT_EQ(ask(path, "If-None-Match: *\r\n").status, 304);
    EXPECT_EQ(ask(path, "If-None-Match: \"x\"\r\n").status, 200);

    auto const head = ask(path, {}, "HEAD");
    EXPECT_EQ(head.fields.at("content-length"), plain.fields.at("content-length"));
    EXPECT_EQ(head.fields.at("etag"), etag);
}

TEST_F(LiveCounty, CompressesTilesOnlyForThoseWhoTakeIt)
{
    auto const path = tile_path("background", "mvt");
    auto const gzip = ask(path, "Accept-Encoding: br, gzip;q=0.5\r\n");
    ASSERT_EQ(gzip.status, 200);
    ASSERT_EQ(gzip.fields.count("content-encoding"), 1U);
    EXPECT_EQ(gzip.fields.at("content-encoding"), "gzip");
    EXPECT_EQ(gzip.fields.at("vary"), "Accept-Encoding");
    EXPECT_EQ(gzip.body.substr(0, 2), "\x1f\x8b");
    auto const plain = ask(path, "Accept-Encoding: gzip;q=0\r\n");
    EXPECT_EQ(plain.fields.count("content-encoding"), 0U);
    EXPECT_EQ(plain.fields.at("vary"), "Accept-Encoding");
    EXPECT_GT(plain.body.size(), gzip.body.size());
    EXPECT_NE(plain.fields.at("etag"), gzip.fields.at("etag"));
    EXPECT_EQ(ask(path, fmt::format("Accept-Encoding: gzip\r\nIf-None-Match: {}\r\n", gzip.fields.at("etag")))
                  .status,
              304);
}

TEST_F(LiveCounty, ServesPicturesOfTheDensity)
{
    auto const picture = ask(tile_path("density", "png"));
    ASSERT_EQ(picture.status, 200) << picture.body;
    EXPECT_EQ(picture.fields.at("content-type"), "image/png");
    EXPECT_EQ(picture.body.substr(1, 3), "PNG");
}

TEST_F(LiveCounty, TellsEmptyUnknownAndOldTilesApart)
{
    EXPECT_EQ(ask(tile_path("incidents", "mvt", "12/0/0")).status, 204);
    auto const empty_picture = ask(tile_path("density", "png", "12/0/0"));
    EXPECT_EQ(empty_picture.status, 200);
    EXPECT_EQ(empty_picture.body.substr(1, 3), "PNG");
    EXPECT_EQ(empty_picture.fields.count("etag"), 1U);
    for (auto const* at : {"23/0/0", "5/32/0", "5/0/32", "-1/0/0", "5/99999999999/0", "5/1.5/0", "05/0/0",
                           "5/nan/0", "5/0x1/0", "99999999999999999999/0/0", "5/1/+1"})
        EXPECT_EQ(ask(tile_path("incidents", "mvt", at)).status, 404) << at;
    EXPECT_EQ(ask(tile_path("incidents", "exe")).status, 404);
    EXPECT_EQ(ask(tile_path("incidents", "png")).status, 404);
    auto const good = tile_path("incidents", "mvt");
    for (auto const* older : {"/incidents/$1.0.", "/incidents/before-the-start.1."})
        EXPECT_EQ(ask(std::regex_replace(good, std::regex(R"(/incidents/([^/.]+)\.[0-9]+\.)"), older)).status,
                  410)
            << older;
    EXPECT_EQ(ask(std::regex_replace(good, std::regex("/incidents/[^/]+"), "/incidents/nonsense")).status,
              404);
    EXPECT_EQ(ask(good + "?f=kinds%3Dnonsense").status, 400);
    EXPECT_EQ(ask(good + "?o=nonsense%3D1").status, 400);
    EXPECT_EQ(ask(good + "?q=1").status, 400);
    auto const other_view =
        std::regex_replace(good, std::regex("^(/tiles/[^/]+/[^/]+)/[^/]+"), "$1/00000000");
    EXPECT_EQ(ask(other_view).status, 403);
}

TEST_F(LiveCounty, GivesTileJsonWhoseAddressesAnswer)
{
    auto const answer = ask_json("/api/v1/layers/incidents/tilejson?f=kinds%3Dtheft");
    auto address = answer["tiles"][0].get<std::string>();
    auto const origin = fmt::format("http://127.0.0.1:{}", port());
    ASSERT_EQ(address.substr(0, origin.size()), origin);
    address =
        std::regex_replace(address.substr(origin.size()), std::regex(R"(\{z\}/\{x\}/\{y\})"), "10/562/298");
    EXPECT_THAT(address, HasSubstr("?f=kinds=theft"));
    EXPECT_EQ(ask(address).status, 200);
}

TEST_F(LiveCounty, SendsSecurityHeadersWithEverySortOfAnswer)
{
    for (auto const& path :
         {std::string("/"), std::string("/api/v1/county"), std::string("/nothing"),
          std::string("/api/v1/timeline?x=1"), tile_path("incidents", "mvt"),
          tile_path("incidents", "mvt", "12/0/0"), tile_path("density", "png"), std::string("/%00")}) {
        auto const received = ask(path);
        for (auto const* field :
             {"content-security-policy", "cross-origin-opener-policy", "cross-origin-embedder-policy",
              "cross-origin-resource-policy", "x-content-type-options", "referrer-policy",
              "permissions-policy", "cache-control", "date"})
            EXPECT_EQ(received.fields.count(field), 1U) << path << " " << field;
        EXPECT_EQ(received.fields.count("server"), 0U);
        EXPECT_EQ(received.fields.count("access-control-allow-origin"), 0U);
    }
}

TEST_F(LiveCounty, SaysHowToBuildTheViewerWhenItIsNotThere)
{
    auto const page = ask("/");
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.fields.at("content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.fields.at("cache-control"), "no-cache");
    EXPECT_THAT(page.body, HasSubstr("./dev build"));
    EXPECT_EQ(ask("/", fmt::format("If-None-Match: {}\r\n", page.fields.at("etag"))).status, 304);
    EXPECT_EQ(ask("/?f=kinds%3Dtheft&anything=1").status, 200);
}

TEST_F(LiveCounty, SaysWhoMaySeeWhat)
{
    EXPECT_THAT(running_->server().greeting(),
                HasSubstr("no accounts: everybody on this computer has the analyst's view"));
    EXPECT_THAT(running_->server().greeting(), Not(HasSubstr("made up")));
    EXPECT_EQ(ask_json("/api/v1/county")["example_data"], false);
}

TEST(Server, MovesOnWhenAnotherProcessHasWritten)
{
    CountyOnDisk const county;
    Running const running(county.store());
    auto const before = running.ask_json("/api/v1/county");
    county.add_incident("later");
    auto const after = running.county_after(before);
    EXPECT_GT(after["revision"], before["revision"]);
    EXPECT_EQ(after["incidents"], before["incidents"].get<int>() + 1);
    for (std::size_t i = 0; i < after["layers"].size(); ++i) {
        auto const is_background = after["layers"][i]["name"] == "background";
        EXPECT_EQ(after["layers"][i]["token"] == before["layers"][i]["token"], is_background)
            << "tokens must change with what they name, and not without";
    }
}

TEST(Server, ChangesTheStoreForWhoeverSaysWhoTheyAre)
{
    CountyOnDisk const county;
    county.set_aside(3, "rows.csv");
    Running const running(county.store());
    auto const api = OpenApi::load();
    auto const send = [&](std::string const& path, std::string const& schema_path, char const* method,
                          json const& body) {
        auto const done = send_json(running.port(), path, body.dump(), method);
        EXPECT_EQ(done->status, 200) << done->body;
        auto answer = json::parse(done->body, nullptr, false);
        auto const lower = method == std::string("PUT") ? "put" : "post";
        EXPECT_THAT(api.differences(answer, api.schema_of(schema_path, lower)), IsEmpty()) << done->body;
        return answer;
    };
    auto const* const drop = "/api/v1/set-aside/drop";
    auto const page = running.ask_json("/api/v1/set-aside?order=file&limit=2");
    EXPECT_EQ(page["n"], 3);
    ASSERT_EQ(page["rows"].size(), 2U);
    auto const id = page["rows"][0]["id"].get<int>();
    for (auto const* wrong :
         {R"({"rows":[1]})", R"({"by":"Eva"})", R"({"by":"Eva","rows":[1],"colour":"red"})"})
        EXPECT_EQ(send_json(running.port(), drop, wrong)->status, 400) << wrong;
    EXPECT_EQ(send_json(running.port(), drop, R"({"by":"Eva","rows":[999]})")->status, 404);

    auto const row = fmt::format("/api/v1/set-aside/{}", id);
    send(row + "/correction", "/api/v1/set-aside/{row}/correction", "PUT",
         {{"by", "Eva"},
          {"values",
           {{"datetime", "2025-03-30 12:00:00 +02:00"},
            {"name", "30 mars 10:00, Rån, Knivsta"},
            {"type", "Rån"}}}});
    auto const before = running.ask_json("/api/v1/county");
    auto const retried =
        send("/api/v1/set-aside/retry", "/api/v1/set-aside/retry", "POST", {{"by", "Eva"}, {"rows", {id}}});
    EXPECT_EQ(retried["taken"], 1) << retried.dump();
    auto const after = running.ask_json("/api/v1/county");
    EXPECT_EQ(after["incidents"].get<int>(), before["incidents"].get<int>() + 1)
        << "who asks after the answer sees it";
    EXPECT_EQ(running.ask_json("/api/v1/set-aside?state=taken")["n"], 1);
    send(row + "/undo", "/api/v1/set-aside/{row}/undo", "POST", {{"by", "Eva"}});
    EXPECT_EQ(running.ask_json("/api/v1/county")["incidents"], before["incidents"]);
    EXPECT_EQ(send(drop, drop, "POST", {{"by", "Eva"}, {"rows", {id}}})["dropped"], 1);
    EXPECT_EQ(running.ask_json("/api/v1/set-aside")["n"], 2);
}

TEST(Server, JoinsAndPartsReportsForWhoeverSaysWhoTheyAre)
{
    CountyOnDisk const county;
    county.tell_again("s1");
    Running const running(county.store());
    auto const api = OpenApi::load();
    auto const conforms = [&](json const& answer, std::string const& path, char const* method) {
        EXPECT_THAT(api.differences(answer, api.schema_of(path, method)), IsEmpty()) << answer.dump();
    };
    auto const* const verdicts = "/api/v1/link/verdicts";
    auto const* const withdraw = "/api/v1/link/verdicts/withdraw";
    auto const* const comparison = "/api/v1/link/comparison";
    auto const review = running.ask_json("/api/v1/link/review");
    conforms(review, "/api/v1/link/review", "get");
    auto const* const of_both = "/api/v1/link/comparison?a=police:repeat-0&b=shops:s1";
    auto const before = running.ask_json(of_both);
    conforms(before, comparison, "get");
    EXPECT_EQ(before["incident_a"], before["incident_b"]) << "joined by what they say";

    auto const parted = send_json(running.port(), verdicts,
                                  R"({"a":"police:repeat-0","b":"shops:s1","together":false,"by":"Eva"})");
    ASSERT_EQ(parted->status, 200) << parted->body;
    auto const answer = json::parse(parted->body);
    conforms(answer, verdicts, "post");
    EXPECT_NE(answer["incident_a"], answer["incident_b"]);
    EXPECT_EQ(answer["verdict"]["by"], "Eva");
    auto const all = running.ask_json(verdicts);
    conforms(all, verdicts, "get");
    EXPECT_EQ(all["verdicts"].size(), 1U);

    for (auto const* wrong : {R"({"a":"police:repeat-0","b":"shops:s1","together":"no","by":"Eva"})",
                              R"({"a":"police:repeat-0","b":"shops:s1","together":true})",
                              R"({"a":"police","b":"shops:s1","together":true,"by":"Eva"})",
                              R"({"a":"police:repeat-0","b":"police:repeat-0","together":true,"by":"Eva"})"})
        EXPECT_EQ(send_json(running.port(), verdicts, wrong)->status, 400) << wrong;
    EXPECT_EQ(send_json(running.port(), verdicts,
                        R"({"a":"police:nobody","b":"shops:s1","together":true,"by":"Eva"})")
                  ->status,
              404);
    auto const undone =
        send_json(running.port(), withdraw, R"({"a":"shops:s1","b":"police:repeat-0","by":"Eva"})");
    ASSERT_EQ(undone->status, 200) << undone->body;
    conforms(json::parse(undone->body), withdraw, "post");
    EXPECT_EQ(running.ask_json(of_both)["incident_a"], before["incident_a"]);
    EXPECT_EQ(running.ask_json(verdicts)["verdicts"].size(), 0U);
}

/// A file as a browser sends it.
json send_file(Running const& running, std::string const& name, std::string const& content, int status = 200)
{
    Client client(running.port());
    client.send(
        fmt::format("POST /api/v1/imports?name={} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: "
                    "application/octet-stream\r\nContent-Length: {}\r\n\r\n{}",
                    percent_encoded(name), running.port(), content.size(), content));
    auto const received = client.receive();
    EXPECT_EQ(received->status, status) << received->body;
    return json::parse(received->body, nullptr, false);
}

json ended(Running const& running, json import)
{
    for (auto i = 0; i < 1000 && import["step"] == "running"; ++i) {
        std::this_thread::sleep_for(20ms);
        import = running.ask_json(fmt::format("/api/v1/imports/{}", import["id"].get<int>()));
    }
    return import;
}

std::string const kTable = [] {
    std::string table = "lopnr,datum,handelse,longitud,latitud\n";
    for (auto i = 1; i <= 20; ++i)
        table += fmt::format("{0},2025-03-{0:02} 10:00,Klotter,17.64{0:02},59.86{0:02}\n", i);
    return table + "21,igår,Klotter,17.6621,59.8821\n";
}();

TEST(Server, TakesInAFileThatItWasSent)
{
    CountyOnDisk const county;
    Running const running(county.store());
    auto const api = OpenApi::load();
    auto const before = running.ask_json("/api/v1/county")["incidents"].get<int>();
    auto const sent = send_file(running, "lista.csv", kTable);
    EXPECT_THAT(api.differences(sent, "Import"), IsEmpty()) << sent.dump();
    EXPECT_EQ(sent["source"], "points");
    ASSERT_TRUE(sent.contains("suggestion")) << sent.dump();
    auto const path = fmt::format("/api/v1/imports/{}", sent["id"].get<int>());
    auto const run = [&](json const& body) {
        auto const begun = send_json(running.port(), path + "/run", body.dump());
        EXPECT_EQ(begun->status, 200) << begun->body;
        auto import = ended(running, json::parse(begun->body, nullptr, false));
        EXPECT_THAT(api.differences(import, "Import"), IsEmpty()) << import.dump();
        return import;
    };
    auto const tried = run({{"source", "points"}, {"dry_run", true}});
    EXPECT_EQ(tried["step"], "done") << tried.dump();
    EXPECT_EQ(tried["report"]["new"], 20) << tried.dump();
    EXPECT_EQ(running.ask_json("/api/v1/county")["incidents"], before) << "a dry run leaves nothing";
    EXPECT_EQ(running.ask_json("/api/v1/set-aside")["n"], 0);

    auto const wrong = run({{"by", "Eva"},
                            {"source", "points"},
                            {"changes", {{"time.from", "nothing_such"}}},
                            {"dry_run", true}});
    EXPECT_EQ(wrong["step"], "failed") << wrong.dump();

    auto const done = run({{"by", "Eva"}, {"source", "points"}, {"kinds", {{"klotter", "theft"}}}});
    EXPECT_EQ(done["step"], "done") << done.dump();
    EXPECT_EQ(done["report"]["set_aside"], 1);
    EXPECT_EQ(running.ask_json("/api/v1/county")["incidents"], before + 20);
    EXPECT_EQ(running.ask_json("/api/v1/rates?f=kinds%3Dtheft")["info"]["n"], 7 + 20) << "the changed kind";
    EXPECT_EQ(running.ask_json("/api/v1/set-aside")["n"], 1);
    EXPECT_EQ(send_json(running.port(), path + "/run", R"({"by":"Eva","source":"points"})")->status, 400)
        << "the file is gone";
}

TEST(Server, TellsWhatAFileSeemsToBe)
{
    CountyOnDisk const county;
    Running const running(county.store());
    EXPECT_EQ(send_file(running, "bra_2023.csv", "Kommun;Antal\nUppsala;12\n")["source"], "figures");
    EXPECT_EQ(
        send_file(running, "arenden.json",
                  R"([{"service_request_id":"1","requested_datetime":"2025-01-01T00:00:00Z"}])")["source"],
        "open311");
    auto const page = send_file(running, "html.json", "<!DOCTYPE html>\n<html></html>\n");
    EXPECT_FALSE(page.contains("suggestion"));
    EXPECT_THAT(page["no_suggestion"]["message"].get<std::string>(), HasSubstr("is a web page"));
}

TEST(Server, TakesInByAProfileOfTheSendersOwnAndKeepsTheSuggestedOne)
{
    CountyOnDisk const county;
    Running const running(county.store());
    auto const api = OpenApi::load();
    auto const sent = send_file(running, "lista.csv", kTable);
    auto const path = fmt::format("/api/v1/imports/{}", sent["id"].get<int>());
    auto const profile = [&](std::string const& body) {
        return json::parse(send_json(running.port(), path + "/profile", body)->body);
    };
    auto const suggested = profile("{}");
    EXPECT_THAT(api.differences(suggested, "ProfileText"), IsEmpty()) << suggested.dump();
    EXPECT_EQ(suggested["name"], "lista");
    EXPECT_THAT(suggested["toml"].get<std::string>(), HasSubstr("# Suggested by looking at 21 rows"));
    auto const changed = profile(R"({"kinds":{"klotter":"theft"},"changes":{"title":"Min lista"}})");
    EXPECT_THAT(changed["toml"].get<std::string>(), HasSubstr("Min lista"));
    EXPECT_EQ(profile(R"({"changes":{"time.style":"sideways"}})")["code"], "wrong_use");

    auto const again =
        json::parse(send_json(running.port(), path + "/look", R"({"kind_column":"lopnr"})")->body);
    EXPECT_THAT(api.differences(again, "Import"), IsEmpty()) << again.dump();
    EXPECT_EQ(again["suggestion"]["kinds"].size(), 21U);
    EXPECT_EQ(json::parse(send_json(running.port(), path + "/look", R"({"sheet":"x"})")->body)["code"],
              "wrong_use");

    auto const run = [&](json body) {
        body["by"] = "Eva";
        body["source"] = "points";
        return send_json(running.port(), path + "/run", body.dump());
    };
    EXPECT_EQ(json::parse(run({{"profile_toml", "source='x'\n"}})->body)["field"], "profile_toml");
    EXPECT_EQ(json::parse(run({{"observed", "yesterday"}})->body)["field"], "observed");
    auto const begun = run({{"profile_toml", changed["toml"]}, {"observed", "2025-04-01"}});
    EXPECT_EQ(begun->status, 200) << begun->body;
    EXPECT_EQ(ended(running, json::parse(begun->body))["report"]["new"], 20);
    EXPECT_EQ(running.ask_json("/api/v1/rates?f=kinds%3Dtheft")["info"]["n"], 7 + 20);
}

TEST(Server, TurnsAwayWhatItCannotTakeIn)
{
    CountyOnDisk const county;
    Running const running(county.store());
    EXPECT_EQ(send_file(running, "../passwd", "x", 400)["field"], "name");
    EXPECT_EQ(send_file(running, "", "x", 400)["field"], "name");
    auto const police = send_file(
        running, "svar.json",
        R"([{"id":1,"datetime":"","name":"","summary":"","url":"","type":"","location":{"name":"","gps":""}}])");
    EXPECT_EQ(police["source"], "police");
    auto const noise = send_file(running, "brus.bin", std::string("\x00\x01\x02", 3));
    EXPECT_TRUE(noise.contains("no_suggestion")) << noise.dump();
    auto const path = fmt::format("/api/v1/imports/{}", noise["id"].get<int>());
    for (auto const* body :
         {R"({"source":"points"})", R"({"by":"Eva"})", R"({"by":"Eva","source":"nothing"})",
          R"({"by":"Eva","source":"points","profile":"/etc/passwd.toml"})",
          R"({"by":"Eva","source":"gtfs","dry_run":true})"})
        EXPECT_EQ(send_json(running.port(), path + "/run", body)->status, 400) << body;
    EXPECT_EQ(json::parse(send_json(running.port(), path + "/cancel", R"({"by":"Eva"})")->body)["step"],
              "cancelled");
    EXPECT_EQ(running.ask_json("/api/v1/imports/99")["code"], "not_found");
}

TEST(Server, LeavesNothingOfAnImportThatIsCancelled)
{
    CountyOnDisk const county;
    auto const before = [&] {
        Running const running(county.store());
        auto count = running.ask_json("/api/v1/county")["incidents"].get<int>();
        auto table = kTable.substr(0, kTable.find('\n') + 1);
        for (auto i = 0; i < 200'000; ++i)
            table += fmt::format("{},2025-03-10 10:{:02},Klotter,17.64,59.86\n", i, i % 60);
        auto const sent = send_file(running, "lista.csv", table);
        auto const path = fmt::format("/api/v1/imports/{}", sent["id"].get<int>());
        auto const begun = send_json(running.port(), path + "/run", R"({"by":"Eva","source":"points"})");
        EXPECT_EQ(json::parse(begun->body)["step"], "running");
        EXPECT_EQ(send_json(running.port(), path + "/run", R"({"by":"Eva","source":"points"})")->status, 503);
        EXPECT_EQ(send_file(running, "b.csv", "a\n1\n", 503)["code"], "busy");
        EXPECT_EQ(send_json(running.port(), path + "/cancel", R"({"by":"Eva"})")->status, 200);
        EXPECT_EQ(ended(running, json::parse(begun->body))["step"], "cancelled");
        return count;
    }();
    Running const again(county.store());
    EXPECT_EQ(again.ask_json("/api/v1/county")["incidents"], before);
}

TEST_F(LiveCounty, KnowsTheMethodsOfEachAddress)
{
    auto const allowed = [](std::string_view method, std::string_view path) {
        auto const received = ask(path, "Content-Length: 0\r\n", method);
        EXPECT_EQ(received.status, 405) << method << path;
        auto const allow = received.fields.find("allow");
        return allow == received.fields.end() ? std::string() : allow->second;
    };
    EXPECT_EQ(allowed("GET", "/api/v1/set-aside/1/undo"), "POST");
    EXPECT_EQ(allowed("PATCH", "/api/v1/set-aside/1/correction"), "PUT");
    EXPECT_EQ(allowed("POST", "/api/v1/county"), "GET, HEAD");
    EXPECT_EQ(allowed("PUT", "/"), "GET, HEAD");
    EXPECT_EQ(allowed("DELETE", "/tiles/density/x/y/0/0/0"), "GET, HEAD");
}

TEST(Server, TakesUpAnotherFileOfTheSameRevision)
{
    for (auto const is_moved : {true, false}) {
        CountyOnDisk const county, other;
        county.add_incident("here");
        other.add_incident("there");
        Running const running(county.store());
        auto const before = running.ask_json("/api/v1/county");
        auto const newest = running.ask_json("/api/v1/incidents?limit=1")["incidents"][0];
        if (is_moved)
            std::filesystem::rename(other.store(), county.store());
        else
            std::filesystem::copy_file(other.store(), county.store(),
                                       std::filesystem::copy_options::overwrite_existing);
        auto const after = running.county_after(before);
        EXPECT_EQ(after["revision"], before["revision"]);
        EXPECT_NE(after["layers"], before["layers"]) << "never new bytes under an old address";
        auto const newest_now = running.ask_json("/api/v1/incidents?limit=1")["incidents"][0];
        EXPECT_NE(newest_now["id"], newest["id"]);
        auto const card = running.ask_json("/api/v1/incidents/" + newest_now["id"].get<std::string>());
        EXPECT_EQ(card["voices"][0]["source_id"], "there");
    }
}

TEST(Server, ServesOnWhenWhatTheMapIsDrawnFromCannotBeRead)
{
    CountyOnDisk const county;
    std::atomic<int> views{0};
    Running const running(county.store(),
                          {.make_sources = [&](View const&) -> Result<std::vector<tiles::LayerSource>> {
                              if (++views > 1)
                                  throw std::runtime_error("cannot read styles/density.toml");
                              return std::vector<tiles::LayerSource>{};
                          }});
    auto const before = running.ask_json("/api/v1/county");
    county.add_incident("later");
    auto const until = std::chrono::steady_clock::now() + 20s;
    while (views < 3 && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(5ms);
    EXPECT_EQ(running.ask_json("/api/v1/county"), before);
}

/// Goes on until it is told to stop, as a layer does, but at most a minute.
class EndlessSource : public tiles::TileSource {
public:
    explicit EndlessSource(std::atomic<bool>& began) : began_(began) {}
    [[nodiscard]] tiles::TileLayer describe() const override
    {
        return {.name = "density",
                .formats = {tiles::TileFormat::png},
                .bounds = {},
                .token = {},
                .attribution = {}};
    }
    [[nodiscard]] Result<layers::Options> complete(layers::Options const& options) const override
    {
        return options;
    }
    Result<std::string> render(TileId, tiles::TileFormat, tiles::Selection const& selection,
                               tiles::Workbench&) const override
    {
        began_ = true;
        auto const until = std::chrono::steady_clock::now() + 60s;
        while (selection.progress(0.5) && std::chrono::steady_clock::now() < until)
            std::this_thread::sleep_for(1ms);
        return fail(ErrorCode::busy, "stopped");
    }
    Result<tiles::Legend> legend(tiles::Selection const&) const override { return tiles::Legend{}; }

private:
    std::atomic<bool>& began_;
};

class EndlessCounty : public ::testing::Test {
protected:
    [[nodiscard]] tiles::TileServiceOptions tiles(std::chrono::milliseconds most_time)
    {
        return {.most_time = most_time, .make_sources = [this](View const&) {
                    return std::vector{tiles::LayerSource{std::make_shared<EndlessSource const>(began_)}};
                }};
    }
    static std::string tile_path(Running const& running)
    {
        auto const county = running.ask_json("/api/v1/county");
        return fmt::format("/tiles/density/{}/{}/0/0/0.png", county["layers"][0]["token"].get<std::string>(),
                           county["view"]["digest"].get<std::string>());
    }
    CountyOnDisk county_;
    std::atomic<bool> began_{false};
};

TEST_F(EndlessCounty, GivesUpATileInTime)
{
    Running const running(county_.store(), tiles(100ms));
    auto const received = get(running.port(), tile_path(running));
    ASSERT_TRUE(received);
    EXPECT_EQ(received->status, 503);
    auto const error = json::parse(received->body);
    EXPECT_EQ(error["code"], "too_slow");
    EXPECT_THAT(error["message"].get<std::string>(), HasSubstr("takes longer than 0.1 s"));
}

TEST_F(EndlessCounty, StopsWhileATileIsComputed)
{
    Running running(county_.store(), tiles(60s));
    Client client(running.port());
    client.send(
        fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", tile_path(running), running.port()));
    while (!began_)
        std::this_thread::sleep_for(1ms);
    auto const asked = std::chrono::steady_clock::now();
    running.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - asked, 10s);
}

TEST(Server, SaysWhyItCannotStart)
{
    CountyOnDisk county;
    EXPECT_EQ(Server::start({.store = county.folder() / "none.gpkg"}).error().code, ErrorCode::not_found);
    EXPECT_EQ(Server::start({.store = county.store(), .http = {.address = "0.0.0.0"}}).error().code,
              ErrorCode::wrong_use);
    auto const first = Server::start({.store = county.store()});
    ASSERT_TRUE(first);
    EXPECT_EQ(Server::start({.store = county.store(), .http = {.port = (*first)->port()}}).error().code,
              ErrorCode::busy);
}

}  // namespace
}  // namespace riskbild::server::testing
