#include "server/server.hpp"

#include <atomic>
#include <filesystem>
#include <regex>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "server/request.hpp"
#include "tests/server/county_on_disk.hpp"
#include "tests/server/http_client.hpp"
#include "tests/server/openapi.hpp"
#include "tests/server/running_server.hpp"
#include "tiles/tile_source.hpp"

namespace riskbild::server::testing {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

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
    /// Those that the catalogue tells of.
    static std::vector<std::string> names_of_layers()
    {
        std::vector<std::string> names;
        for (auto const& layer : ask_json("/api/v1/layers")["layers"])
            names.push_back(layer["name"]);
        return names;
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
        if (asked.find("{import}") != std::string::npos || asked.find("{job}") != std::string::npos)
            continue;  // below, with a file or a job
        auto layers =
            std::vector<std::string>{"density", "kommuner", "incidents", "repeat_locations", "background"};
        if (path == "/api/v1/layers/{layer}/result")
            layers = names_of_layers();
        if (path == "/api/v1/layers/{layer}/why") {
            layers = {"density"};
            asked += "?at=17.64,59.86";
        }
        for (auto const& layer : layers) {
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
             Bad{"/api/v1/layers/nothing/result", 404, "layer"},
             Bad{"/api/v1/layers/density/result?o=radius%3D-1", 400, "radius"},
             Bad{"/api/v1/layers/density/result?limit=0", 400, "limit"},
             Bad{"/api/v1/layers/density/why", 400, "at"},
             Bad{"/api/v1/layers/density/why?at=17", 400, "at"},
             Bad{"/api/v1/layers/density/why?at=nan,59", 400, "at"},
             Bad{"/api/v1/layers/density/why?at=17,99", 400, "at"},
             Bad{"/api/v1/layers/rates/why?at=17.6,59.8", 404, "layer"},
             Bad{"/api/v1/jobs/1", 404, "job"},
             Bad{"/api/v1/jobs/x", 404, "job"},
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

TEST_F(LiveCounty, ComputesALayerAsAJobAndThenAnswersFromIt)
{
    auto const api = OpenApi::load();
    auto const asked = R"({"f":"","o":"permutations=99"})";
    auto const begun = send_json(port(), "/api/v1/layers/near_repeat/job", asked).value_or(Received{});
    ASSERT_EQ(begun.status, 202) << begun.body;
    auto job = json::parse(begun.body);
    EXPECT_THAT(api.differences(job, "LayerJob"), IsEmpty());
    EXPECT_THAT(job["options"].get<std::string>(), HasSubstr("permutations=99"));
    auto const path = fmt::format("/api/v1/jobs/{}", job["id"].get<int>());
    for (int i = 0; i < 1000 && job["step"] != "done"; ++i) {
        std::this_thread::sleep_for(10ms);
        job = ask_json(path);
        EXPECT_THAT(api.differences(job, "LayerJob"), IsEmpty());
    }
    EXPECT_EQ(job["step"], "done");
    EXPECT_EQ(job["progress"], 1.0);
    auto const result = ask_json("/api/v1/layers/near_repeat/result?o=permutations%3D99");
    EXPECT_EQ(result["info"]["parameters"]["permutations"], "99");
    auto const cancelled = send_json(port(), path + "/cancel", "{}").value_or(Received{});
    EXPECT_EQ(cancelled.status, 200);
    EXPECT_EQ(json::parse(cancelled.body)["step"], "done") << "what has ended stays as it is";
    struct Bad {
        char const* body;
        char const* field;
    };
    for (auto const& bad : {Bad{R"({"o":"permutations=0"})", "permutations"},
                            Bad{R"({"f":"kinds"})", nullptr}, Bad{R"({"x":1})", "x"}}) {
        auto const refused =
            send_json(port(), "/api/v1/layers/near_repeat/job", bad.body).value_or(Received{});
        EXPECT_EQ(refused.status, 400) << bad.body << refused.body;
        if (bad.field != nullptr) {
            EXPECT_EQ(json::parse(refused.body)["field"], bad.field);
        }
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
                          {.make_sources = [&](auto const&) -> Result<std::vector<tiles::LayerSource>> {
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
        return {.most_time = most_time, .make_sources = [this](auto const&) {
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
