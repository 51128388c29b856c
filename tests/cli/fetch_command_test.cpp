#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/cli/commands.hpp"
#include "tests/importers/scripted_server.hpp"

namespace riskbild::cli::testing {
namespace {

using namespace std::chrono_literals;
using riskbild::testing::ScriptedServer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::SizeIs;

constexpr char const* kEvent =
    R"([{"id":1,"datetime":"2025-03-10 8:00:00 +01:00","name":"10 mars 07.00, Brand, Uppsala","type":"Brand"}])";

class FetchCommand : public Commands {
protected:
    Ran fetch(std::string const& url, std::vector<std::string> more = {}) const
    {
        std::vector<std::string> all{"fetch", "police", "--store", store, "--url", url};
        all.insert(all.end(), more.begin(), more.end());
        return riskbild(all);
    }
    std::size_t files(std::string const& below) const
    {
        std::size_t count = 0;
        for (auto const& entry :
             std::filesystem::directory_iterator{folder.path() / "county.answers/police" / below})
            count += entry.is_regular_file() && !entry.path().filename().string().starts_with('.') ? 1 : 0;
        return count;
    }
};

TEST_F(FetchCommand, TakesInOneAnswerAndKeepsItBesideTheStore)
{
    ScriptedServer server{{ScriptedServer::page(kEvent)}};
    auto const ran = fetch(server.address("/api/events"));
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_THAT(ran.out, MatchesRegex("20[^\n]*Z police: 1 answer; read 1, kept 1 \\(1 new[^\n]*\n"));
    EXPECT_EQ(files(""), 1U);
    auto const again = fetch(server.address("/api/events"), {"--json", "--location", "Uppsala län"});
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_EQ(again.json()["polls"], 1);
    EXPECT_EQ(again.json()["report"]["unchanged"], 1);
    EXPECT_THAT(server.targets(), ElementsAre("/api/events", "/api/events?locationname=Uppsala%20l%C3%A4n"));
    EXPECT_EQ(riskbild({"check", "--store", store}).exit_code, 0);
}

TEST_F(FetchCommand, SaysInOneSentenceWhatWentWrongAndLosesNothing)
{
    ScriptedServer busy{{ScriptedServer::status(429, "Retry-After: 600\r\n")}};
    auto const refused = fetch(busy.address());
    EXPECT_EQ(refused.exit_code, 1);
    expect_one_sentence(refused);
    EXPECT_THAT(refused.err, HasSubstr("answered 429 (asked too often); it may be asked again 20"));
    auto const too_early = fetch(busy.address());
    EXPECT_EQ(too_early.exit_code, 1);
    EXPECT_THAT(too_early.err, HasSubstr("lets itself be asked again 20"));
    EXPECT_THAT(busy.requests(), SizeIs(1));

    ScriptedServer html{{ScriptedServer::page("<html>Underhåll</html>", "text/html")}};
    auto const page = fetch(html.address(), {"--answers", folder / "other"});
    EXPECT_EQ(page.exit_code, 1);
    expect_one_sentence(page);
    EXPECT_THAT(page.err, HasSubstr("is a web page"));
    EXPECT_THAT(page.err, HasSubstr("refused/police_"));
    EXPECT_FALSE(std::filesystem::exists(store));
}

TEST_F(FetchCommand, IsToldWhatItCannotDo)
{
    for (auto const& [arguments, sentence] :
         {std::pair<std::vector<std::string>, char const*>{{"--url", "http://polisen.se/"}, "is not asked"},
          {{"--every", "1s"}, "expected 10s to 168h"},
          {{"--every", "often"}, "expected 10s to 168h"},
          {{"--period", "april"}, "expected a day, month or year"},
          {{"--contact", "me and you"}, "without blanks"},
          {{"--every", "10m", "--once"}, "--once"}}) {
        std::vector<std::string> all{"fetch", "police", "--store", store};
        all.insert(all.end(), arguments.begin(), arguments.end());
        auto const ran = riskbild(all);
        EXPECT_EQ(ran.exit_code, 2) << sentence;
        EXPECT_THAT(ran.err, HasSubstr(sentence));
    }
    EXPECT_EQ(riskbild({"fetch", "--store", store}).exit_code, 2);
}

TEST_F(FetchCommand, TakesInACitysRequestsWindowByWindow)
{
    ScriptedServer city{
        {ScriptedServer::page(R"([{"service_code":"7","service_name":"Klotter"}])"),
         ScriptedServer::page(R"([{"service_request_id":"1","service_code":"7","lat":"59.8586",
                             "long":"17.6389","requested_datetime":"2025-03-10T08:00:00+01:00"}])"),
         ScriptedServer::page("[]")}};
    std::vector<std::string> const all{"fetch", "open311",           "--store", store,
                                       "--url", city.address("/v2"), "--from",  "2025-03-01",
                                       "--to",  "2025-04-01",        "--json"};
    auto const ran = riskbild(all);
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_EQ(ran.json()["report"]["new"], 1);
    EXPECT_EQ(ran.json()["report"]["source"], "open311");
    EXPECT_THAT(city.targets().at(1), HasSubstr("/v2/requests.json?start_date=2025-03-01T00%3A00%3A00Z"));
    auto wrong = all;
    wrong[7] = "2026-03-01";
    EXPECT_EQ(riskbild(wrong).exit_code, 2);
    wrong[7] = "yesterday";
    EXPECT_EQ(riskbild(wrong).exit_code, 2);
}

TEST_F(FetchCommand, TakesInAlertsAndRepeatsNoKey)
{
    auto const* const feed =
        R"({"header":{"gtfsRealtimeVersion":"2.0","timestamp":"1748779800"},"entity":[{"id":"a","alert":{"cause":11}}]})";
    ScriptedServer server{{ScriptedServer::page(feed), ScriptedServer::status(403)}};
    auto const address = server.address("/alerts.pb?key=secret");
    auto const ran = riskbild({"fetch", "gtfs-rt", "--store", store, "--url", address, "--json"});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_EQ(ran.json()["report"]["new"], 1);
    auto const refused = riskbild({"fetch", "gtfs-rt", "--store", store, "--url", address});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, HasSubstr("/alerts.pb answered 403 (not allowed)"));
    EXPECT_THAT(refused.err, ::testing::Not(HasSubstr("secret")));
}

TEST_F(FetchCommand, PutsAKeyFromAFileIntoTheAddress)
{
    auto const* const feed =
        R"({"header":{"gtfsRealtimeVersion":"2.0","timestamp":"1748779800"},"entity":[]})";
    ScriptedServer server{{ScriptedServer::page(feed)}};
    std::ofstream{folder / "ul.key"} << "secret\n";
    std::vector<std::string> all{"fetch",  "gtfs-rt",    "--store",
                                 store,    "--url",      server.address("/a.pb?key={key}"),
                                 "--json", "--key-file", folder / "ul.key"};
    auto const ran = riskbild(all);
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_THAT(server.targets(), ElementsAre("/a.pb?key=secret"));
    EXPECT_THAT(ran.out + ran.err, ::testing::Not(HasSubstr("secret")));
    for (auto const& entry : std::filesystem::recursive_directory_iterator{folder.path() / "county.answers"})
        EXPECT_THAT(entry.path().string(), ::testing::Not(HasSubstr("secret")));
    all.resize(7);
    EXPECT_EQ(riskbild(all).exit_code, 2);
}

TEST_F(FetchCommand, LosesNothingWhenTheDiskIsFull)
{
    auto const disk = folder.path() / "disk";
    std::filesystem::create_directory(disk);
    if (::geteuid() != 0 || ::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=512k") != 0)
        GTEST_SKIP() << "needs root, to mount";
    // Texts that cannot be packed well, of events elsewhere.
    std::string many = "[";
    std::uint64_t random = 1;
    for (int i = 0; i < 20'000; ++i) {
        many += fmt::format(
            R"({}{{"id":{},"datetime":"2025-03-10 8:00:00 +01:00","name":"10 mars 07.00, Brand, Malmö","summary":")",
            i == 0 ? "" : ",", 1000 + i);
        for (int word = 0; word < 6; ++word) {
            random = random * 6364136223846793005U + 1442695040888963407U;
            many += fmt::format("{:016x}", random);
        }
        many += "\"}";
    }
    ScriptedServer server{{ScriptedServer::page(many + "]"), ScriptedServer::page(kEvent)}};
    auto const answers = (disk / "answers").string();
    auto const full = fetch(server.address(), {"--answers", answers});
    EXPECT_EQ(full.exit_code, 1);
    EXPECT_THAT(full.err, HasSubstr("the disk is full"));
    for (auto const& entry : std::filesystem::recursive_directory_iterator{answers})
        EXPECT_FALSE(entry.path().extension() == ".gz") << entry.path();
    ::mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT, "size=64m");
    // The pause after the failure is longer than a fetch waits that is done once: its end is brought nearer.
    std::filesystem::remove(disk / "answers/.state.json");
    auto const again = fetch(server.address(), {"--answers", answers});
    ::umount2(disk.c_str(), MNT_DETACH);
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_THAT(again.out, HasSubstr("kept 1"));
}

// Killed wherever it stands: what is kept is whole, and the next fetch takes it in.
TEST_F(FetchCommand, HasNoHalfAnswersAfterBeingKilled)
{
    std::vector<std::string> script;
    for (int i = 0; i < 40; ++i)
        script.push_back(ScriptedServer::page(fmt::format(
            R"([{{"id":{},"datetime":"2025-03-10 8:00:00 +01:00","name":"10 mars 07.00, Brand, Uppsala","type":"Brand"}}])",
            i + 1)));
    ScriptedServer server{script};
    ASSERT_EQ(riskbild({"init", "--store", store}).exit_code, 0);
    for (int round = 0; round < 12; ++round) {
        auto const process = ::fork();
        if (process == 0) {
            ::execl(program().c_str(), "riskbild", "fetch", "police", "--store", store.c_str(), "--url",
                    server.address().c_str(), "--json", nullptr);
            ::_exit(127);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{20 + 12 * round});
        ::kill(process, SIGKILL);
        auto status = 0;
        ::waitpid(process, &status, 0);
    }
    auto const last = fetch(server.address());
    EXPECT_EQ(last.exit_code, 0) << last.err;
    EXPECT_EQ(files("waiting"), 0U);
    EXPECT_EQ(files("refused"), 0U);
    auto const checked = riskbild({"check", "--store", store, "--json"}).json();
    EXPECT_EQ(checked["sound"], true);
    EXPECT_EQ(checked["reports"], files(""));
}

// It waits between two polls when it is told to end.
TEST_F(FetchCommand, EndsWellWhenToldTo)
{
    ScriptedServer server{{ScriptedServer::page(kEvent)}};
    for (auto const signal : {SIGTERM, SIGINT}) {
        auto const process = ::fork();
        if (process == 0) {
            ::execl(program().c_str(), "riskbild", "fetch", "police", "--store", store.c_str(), "--url",
                    server.address().c_str(), "--every", "1h", "--json", nullptr);
            ::_exit(127);
        }
        auto const expected = signal == SIGTERM ? 1U : 2U;
        for (int i = 0; i < 1000 && (server.requests().size() < expected || !std::filesystem::exists(store));
             ++i)
            std::this_thread::sleep_for(10ms);
        ::kill(process, signal);
        auto status = 0;
        ASSERT_EQ(::waitpid(process, &status, 0), process);
        EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
    }
    EXPECT_EQ(files("waiting"), 0U);
    EXPECT_EQ(riskbild({"check", "--store", store}).exit_code, 0);
}

}  // namespace
}  // namespace riskbild::cli::testing
