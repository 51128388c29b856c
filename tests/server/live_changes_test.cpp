#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/server/county_on_disk.hpp"
#include "tests/server/http_client.hpp"
#include "tests/server/openapi.hpp"
#include "tests/server/running_server.hpp"

namespace riskbild::server::testing {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

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

}  // namespace
}  // namespace riskbild::server::testing
