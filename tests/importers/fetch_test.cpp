#include <cstdlib>
#include <sstream>

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fake_store.hpp"
#include "importers/fetch/answer_folder.hpp"
#include "importers/fetch/durable_file.hpp"
#include "importers/fetch/feed_fetch.hpp"
#include "importers/fetch/feed_key.hpp"
#include "importers/fetch/fetch_schedule.hpp"
#include "importers/fetch/police_feed.hpp"
#include "importers/fetch/web_client.hpp"
#include "importers/import.hpp"
#include "importers/observed.hpp"
#include "importers/readers/byte_source.hpp"
#include "scripted_server.hpp"
#include "test_files.hpp"

namespace riskbild::importers {
namespace {

namespace fs = std::filesystem;
using riskbild::testing::ScriptedServer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using namespace std::chrono_literals;

Instant const kNoon = at("2026-06-01T12:00:00Z");

TEST(FetchSchedule, LetsTheFirstCallGoAndThenPauses)
{
    FetchSchedule schedule{police_rules()};
    EXPECT_EQ(schedule.next(kNoon), kNoon);
    schedule.called(kNoon);
    EXPECT_EQ(schedule.next(kNoon + 1s), kNoon + 10s);
    EXPECT_EQ(schedule.next(kNoon + 11s), kNoon + 11s);
}

TEST(FetchSchedule, NeverMakesMoreThanSixtyCallsInAnyHourNor1440InAnyDay)
{
    FetchSchedule schedule{police_rules()};
    std::vector<Instant> calls;
    for (auto now = kNoon; now < kNoon + 49h;) {
        now = schedule.next(now);
        schedule.called(now);
        schedule.succeeded();
        calls.push_back(now);
    }
    for (std::size_t i = 1; i < calls.size(); ++i)
        ASSERT_GE(calls[i] - calls[i - 1], 10s);
    for (std::size_t i = 60; i < calls.size(); ++i)
        ASSERT_GE(calls[i] - calls[i - 60], 1h);
    for (std::size_t i = 1440; i < calls.size(); ++i)
        ASSERT_GE(calls[i] - calls[i - 1440], 24h);
    EXPECT_GT(calls.size(), 2U * 1440U);
    EXPECT_LE(schedule.state().calls.size(), 1441U);
}

TEST(FetchSchedule, WaitsLongerAfterEachFailureAndAtLeastAsLongAsAsked)
{
    FetchSchedule schedule{police_rules()};
    auto const pause = [&](std::optional<std::chrono::seconds> retry_after) {
        schedule.failed(kNoon, retry_after);
        return schedule.next(kNoon) - kNoon;
    };
    EXPECT_EQ(pause({}), 30s);
    EXPECT_EQ(pause({}), 60s);
    EXPECT_EQ(pause(10s), 120s);
    EXPECT_EQ(pause(1000s), 1000s);
    EXPECT_EQ(pause(24h * 365), 24h);
    for (int i = 0; i < 100; ++i)
        EXPECT_LE(pause({}), 1h);
    schedule.succeeded();
    EXPECT_EQ(schedule.next(kNoon), kNoon);
}

TEST(FetchSchedule, IsNotStuckWhenTheClockIsSetBack)
{
    FetchSchedule schedule{police_rules()};
    schedule.called(kNoon + 24h * 365);
    schedule.failed(kNoon + 24h * 365, {});
    EXPECT_EQ(schedule.next(kNoon), kNoon);
}

TEST(FetchMemory, IsReadAsItWasWritten)
{
    AnswerFolder::Memory const memory{
        .schedule = {.calls = {kNoon, kNoon + 10s}, .failures = 3, .not_before = kNoon + 1h},
        .progress = "2026-01-01 \"\n"};
    EXPECT_EQ(parse_memory(memory_text(memory)), memory);
    EXPECT_EQ(parse_memory(memory_text(AnswerFolder::Memory{})), AnswerFolder::Memory{});
    for (auto const* text : {"", "{}", "[]", R"({"calls":["x"],"failures":0,"progress":""})",
                             R"({"calls":[],"failures":1.5,"progress":""})"})
        EXPECT_EQ(parse_memory(text), std::nullopt) << text;
}

TEST(WebClient, AsksUnderItsOwnNameAndUnpacks)
{
    auto const packed = gzip("hello");
    ScriptedServer server{{ScriptedServer::page(*packed, "text/plain", "Content-Encoding: gzip\r\n")}};
    auto client = WebClient::make({.contact = "mailto:a@example.se"});
    ASSERT_TRUE(client) << client.error().message;
    auto const answer = client->get(server.address("/a?b=c"));
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->body, "hello");
    EXPECT_EQ(answer->content_type, "text/plain");
    EXPECT_THAT(server.requests().at(0), HasSubstr("GET /a?b=c HTTP/1.1"));
    EXPECT_THAT(server.requests().at(0), HasSubstr("User-Agent: Riskbild/"));
    EXPECT_THAT(server.requests().at(0), HasSubstr("(+mailto:a@example.se)"));
}

TEST(WebClient, AsksOnlyWhereItMay)
{
    for (auto const* good : {"https://polisen.se/api/events", "http://127.0.0.1:8080/x"})
        EXPECT_TRUE(check_address(good)) << good;
    for (auto const* bad :
         {"http://polisen.se/api/events", "http://localhost/", "http://127.0.0.1.example.se/",
          "file:///etc/passwd", "ftp://example.se/", "https://user:secret@example.se/", "", "polisen.se",
          "https://", "gopher://127.0.0.1/"})
        EXPECT_FALSE(check_address(bad)) << bad;
    EXPECT_FALSE(check_address(std::string{"https://a.se/\0b", 15}));
    EXPECT_FALSE(check_address("https://a.se/ b"));
    EXPECT_FALSE(check_address("https:/a.se/?http://127.0.0.1/"));
    EXPECT_THAT(check_address("https://user:secret@example.se/").error().message, Not(HasSubstr("secret")));
    EXPECT_THAT(check_address("http://example.se/?api_key=secret").error().message, Not(HasSubstr("secret")));
    EXPECT_FALSE(WebClient::make({.contact = "a\r\nHost: b"}));
}

TEST(WebClient, HearsHowLongToWait)
{
    ScriptedServer server{{ScriptedServer::status(429, "Retry-After: 120\r\n"),
                           ScriptedServer::status(503, "Retry-After: Fri, 01 Jan 2100 00:00:00 GMT\r\n"),
                           ScriptedServer::status(503, "Retry-After: soon\r\n"),
                           ScriptedServer::status(503)}};
    auto client = WebClient::make({});
    auto const asked = [&] { return client->get(server.address())->retry_after; };
    EXPECT_EQ(asked(), 120s);
    EXPECT_GT(asked().value_or(0s), 24h);
    EXPECT_EQ(asked(), std::nullopt);
    EXPECT_EQ(asked(), std::nullopt);
}

/// A variable of the environment, for one test.
class Setting {
public:
    Setting(char const* name, char const* value) : name_(name)
    {
        if (auto const* const former = std::getenv(name))
            former_ = former;
        ::setenv(name, value, 1);
    }
    Setting(Setting const&) = delete;
    Setting& operator=(Setting const&) = delete;
    ~Setting() { former_ ? ::setenv(name_, former_->c_str(), 1) : ::unsetenv(name_); }

private:
    char const* name_;
    std::optional<std::string> former_;
};

TEST(WebClient, FollowsAFewRedirectsAndOnlyToWhereItMayAsk)
{
    auto const to = [](std::string const& where) {
        return ScriptedServer::status(302, "Location: " + where + "\r\n");
    };
    auto client = WebClient::make({});
    ScriptedServer good{{to("/b"), to("/c"), ScriptedServer::page("there")}};
    auto const answer = client->get(good.address("/a"));
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->body, "there");
    ScriptedServer loop{{to("/a")}};
    EXPECT_THAT(client->get(loop.address("/a")).error().message, HasSubstr("leads on more than 3 times"));
    EXPECT_THAT(loop.requests(), SizeIs(4));
    for (auto const* where : {"http://example.se/", "file:///etc/passwd", "https://u:p@example.se/"}) {
        ScriptedServer away{{to(where)}};
        EXPECT_THAT(client->get(away.address("/a")).error().message, HasSubstr("where nothing is asked"))
            << where;
    }
}

TEST(WebClient, IsNotLedIntoANetworkOfItsOwn)
{
    auto client = WebClient::make({.most_time_to_connect = 2s});
    auto const led = [&](std::string const& where) {
        ScriptedServer away{{ScriptedServer::status(302, "Location: " + where + "\r\n")}};
        auto const answer = client->get(away.address("/a"));
        return answer ? std::string{"followed"} : answer.error().message;
    };
    for (auto const* where :
         {"https://localhost:1/", "https://LOCALHOST.:1/", "https://a.localhost:1/", "https://[::1]:1/",
          "https://[::ffff:127.0.0.1]:1/", "https://127.1.2.3:1/", "https://2130706434:1/",
          "https://0.0.0.0:1/", "https://10.0.0.1:1/", "https://192.168.1.1:1/", "https://172.16.0.1:1/",
          "https://169.254.169.254/", "https://[fe80::1]:1/", "https://[fd00::1]:1/"})
        EXPECT_THAT(led(where), HasSubstr("where nothing is asked")) << where;
}

// The name says nothing of it: what it resolves to does.
TEST(WebClient, LooksAtTheAddressThatARedirectsNameHas)
{
    char name[256] = {};
    addrinfo* found = nullptr;
    ASSERT_EQ(::gethostname(name, sizeof name - 1), 0);
    if (std::string_view{name}.starts_with("localhost") || ::getaddrinfo(name, nullptr, nullptr, &found) != 0)
        GTEST_SKIP() << "this computer has no name that is known";
    char numbers[256] = {};
    ::getnameinfo(found->ai_addr, found->ai_addrlen, numbers, sizeof numbers, nullptr, 0, NI_NUMERICHOST);
    ::freeaddrinfo(found);
    if (is_of_open_net(numbers) || std::getenv("https_proxy") != nullptr ||
        std::getenv("HTTPS_PROXY") != nullptr)
        GTEST_SKIP() << "this computer's name is of the open net, or a proxy resolves it";
    ScriptedServer away{
        {ScriptedServer::status(302, fmt::format("Location: https://{}:1/?key=secret\r\n", name))}};
    auto const answer = WebClient::make({})->get(away.address("/a"));
    ASSERT_FALSE(answer);
    EXPECT_THAT(answer.error().message, HasSubstr("where nothing is asked"));
    EXPECT_THAT(answer.error().message, Not(HasSubstr("secret")));
}

TEST(WebClient, IsLedAwayByTheProxyAloneWhereThereIsOne)
{
    ScriptedServer server{
        {ScriptedServer::status(302, "Location: https://feed.invalid/\r\n"), ScriptedServer::status(502)}};
    auto const proxy = server.address("");
    Setting const by{"https_proxy", proxy.c_str()}, exempt{"no_proxy", "feed.invalid"};
    EXPECT_FALSE(WebClient::make({})->get(server.address("/a")));
    EXPECT_THAT(server.targets(), ElementsAre("/a", "feed.invalid:443"));
}

TEST(WebClient, KnowsTheOpenNet)
{
    for (auto const* open :
         {"8.8.8.8", "172.32.0.1", "100.128.0.1", "193.10.0.1", "2001:6b0::1", "2a00:1450::1"})
        EXPECT_TRUE(is_of_open_net(open)) << open;
    for (auto const* within :
         {"127.0.0.1", "10.1.2.3",   "172.31.255.255",  "192.168.0.1",     "169.254.1.1",
          "0.0.0.0",   "100.64.0.1", "198.18.0.1",      "224.0.0.1",       "255.255.255.255",
          "::",        "::1",        "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1",
          "fe80::1",   "fc00::1",    "fec0::1",         "ff02::1",         "",
          "polisen.se"})
        EXPECT_FALSE(is_of_open_net(within)) << within;
}

TEST(FeedKey, ComesFromAFileAndIsToldNowhere)
{
    TemporaryFolder folder;
    auto const file = folder.write("ul.key", " s3cret/+ \r\n");
    std::string const address = "https://example.se/a.pb?key={key}&x=1";
    EXPECT_EQ(address_with_key(address, file).value(), "https://example.se/a.pb?key=s3cret%2F%2B&x=1");
    EXPECT_EQ(address_with_key("https://example.se/a.pb", {}).value(), "https://example.se/a.pb");
    auto const wrong = [&](std::string const& where, std::string const& from) {
        auto const made = address_with_key(where, from);
        return made ? "made " + *made : made.error().field + ": " + made.error().message;
    };
    EXPECT_THAT(wrong(address, ""), HasSubstr("key-file: the address has {key}"));
    EXPECT_THAT(wrong("https://example.se/a.pb?x=1", file), HasSubstr("url: there is a key, but no {key}"));
    EXPECT_THAT(wrong("https://example.se/{key}/a.pb?x=1", file),
                HasSubstr("url: there is a key, but no {key}"));
    EXPECT_THAT(wrong("https://example.se/{key}/a.pb", file), HasSubstr("url: "));
    EXPECT_THAT(wrong(address, folder.path() / "none"), HasSubstr("key-file: there is no file"));
    for (auto const* text : {"", " \n", "two words", "a\nb", "\x01"}) {
        auto const message = wrong(address, folder.write("bad.key", text));
        EXPECT_THAT(message, HasSubstr("key-file: bad.key holds no key")) << text;
    }
}

TEST(WebClient, EndsWhatIsTooLargeTooSlowOrCutOff)
{
    auto client = WebClient::make({.most_bytes = 100, .most_time = 1s});
    ScriptedServer large{{ScriptedServer::page(std::string(101, 'x'))}};
    EXPECT_EQ(client->get(large.address()).error().code, ErrorCode::too_large);
    auto const bomb = gzip(std::string(100'000, 'x'));
    ScriptedServer packed{{ScriptedServer::page(*bomb, "text/plain", "Content-Encoding: gzip\r\n")}};
    EXPECT_EQ(client->get(packed.address()).error().code, ErrorCode::too_large);
    ScriptedServer cut{{"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf"}};
    EXPECT_EQ(client->get(cut.address()).error().code, ErrorCode::unreadable);
    ScriptedServer nothing{{""}};
    EXPECT_EQ(client->get(nothing.address()).error().code, ErrorCode::unreadable);
    EXPECT_EQ(client->get("http://127.0.0.1:1/").error().code, ErrorCode::unreadable);
    auto impatient = WebClient::make({.give_up = [] { return true; }});
    EXPECT_EQ(impatient->get(large.address()).error().code, ErrorCode::busy);
}

TEST(PoliceFeed, AsksForTheCountyAndAMonth)
{
    EXPECT_EQ(*police_address(kPoliceEvents, "Uppsala län", ""),
              "https://polisen.se/api/events?locationname=Uppsala%20l%C3%A4n");
    EXPECT_EQ(*police_address(kPoliceEvents, "", "2026-04"),
              "https://polisen.se/api/events?DateTime=2026-04");
    EXPECT_EQ(*police_address("https://a.se/?x=1", "Enköping;Håbo", "2026"),
              "https://a.se/?x=1&locationname=Enk%C3%B6ping%3BH%C3%A5bo&DateTime=2026");
    for (auto const* bad : {"april", "2026-13", "2026-4", "26"})
        EXPECT_EQ(police_address(kPoliceEvents, "", bad).error().field, "period") << bad;
}

std::string event(int id, std::string const& place = "Uppsala")
{
    return R"({"id":)" + std::to_string(id) +
           R"(,"datetime":"2026-06-01 8:00:00 +02:00","name":"01 juni 07.00, Brand, )" + place +
           R"(","type":"Brand"})";
}

/// The police's feed as a scripted server plays it, and a clock that only waiting moves.
class PoliceFetch : public ::testing::Test {
protected:
    TemporaryFolder folder;
    FakeStore store{county_of_squares()};
    Instant now = kNoon;
    std::size_t waits_before_stop = 1000;
    std::optional<Error> import_problem;
    std::vector<Instant> calls;
    fs::path answers = folder.path() / "answers";

    Feed feed()
    {
        auto client = std::make_shared<WebClient>(std::move(*WebClient::make({})));
        return {.name = "police",
                .rules = police_rules(),
                .get =
                    [this, client](std::string const& address) {
                        calls.push_back(now);
                        return client->get(address);
                    },
                .clock = {.now = [this] { return now; },
                          .wait =
                              [this](Instant until) {
                                  if (waits_before_stop == 0)
                                      return false;
                                  --waits_before_stop;
                                  now = std::max(now, until);
                                  return true;
                              }},
                .import = [this](fs::path const& answer) -> Result<ImportReport> {
                    if (import_problem)
                        return Failure{*import_problem};
                    return import_files(store, {.source = "police", .files = {answer.string()}, .now = now});
                }};
    }
    FeedFetch fetch()
    {
        auto opened = FeedFetch::open(feed(), answers);
        if (!opened)
            throw std::runtime_error{opened.error().message};
        return std::move(*opened);
    }
    std::vector<std::string> files(std::string const& below = "")
    {
        std::vector<std::string> names;
        for (auto const& entry : fs::directory_iterator{answers / below})
            if (entry.is_regular_file() && !entry.path().filename().string().starts_with('.'))
                names.push_back(entry.path().filename().string());
        std::ranges::sort(names);
        return names;
    }
};

TEST_F(PoliceFetch, KeepsTheAnswerAndTakesItInAsObservedWhenItCame)
{
    ScriptedServer server{{ScriptedServer::page("[" + event(1) + "," + event(2, "Malmö") + "]")}};
    auto const poll = fetch().poll(server.address());
    ASSERT_FALSE(poll.problem) << poll.problem->message;
    EXPECT_EQ(line_of(poll, "police"),
              "2026-06-01T12:00:00Z police: 1 answer; read 2, kept 1 (1 new, 0 revised; 0 as context), "
              "unchanged 0, "
              "outside 1, set aside 0");
    EXPECT_EQ(store.report("1").observed_at, kNoon);
    EXPECT_THAT(files(), ElementsAre("police_20260601T120000Z.json.gz"));
    EXPECT_THAT(files("waiting"), SizeIs(0));
    // All answers together are an archive that is imported like any other.
    FakeStore other{county_of_squares()};
    auto const again = import_files(other, {.source = "police", .files = {answers.string()}, .now = now});
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(other.report("1").observed_at, kNoon);
}

// What a feed may do to us, one after the other, and then it recovers: nothing is lost.
TEST_F(PoliceFetch, GoesOnThroughEverythingAFeedMayAnswer)
{
    ScriptedServer server{{ScriptedServer::page("[" + event(1) + "]"), ScriptedServer::page(""),
                           ScriptedServer::status(429, "Retry-After: 3600\r\n"),
                           ScriptedServer::page("<!DOCTYPE html><title>Underhåll</title>", "text/html"),
                           ScriptedServer::page("[" + event(2) + ",{\"id\":"), ScriptedServer::page("[]"),
                           ScriptedServer::status(503), ScriptedServer::status(404), "",
                           ScriptedServer::page(R"({"error":"x"})"),
                           ScriptedServer::page("[" + event(3) + "]")}};
    std::vector<std::string> lines;
    waits_before_stop = 10;
    auto polls = fetch();
    auto const ended = poll_repeatedly(polls, server.address("/api"), 10min,
                                       [&](Poll const& poll) { lines.push_back(line_of(poll, "police")); });
    EXPECT_TRUE(ended);
    ASSERT_THAT(lines, SizeIs(11));
    EXPECT_THAT(lines[0], HasSubstr("12:00:00Z police: 1 answer; read 1, kept 1"));
    EXPECT_THAT(lines[1], HasSubstr("12:10:00Z police: 1 answer; read 0, kept 0"));
    EXPECT_THAT(lines[2], HasSubstr("/api answered 429 (asked too often); asked again 2026-06-01T13:20:00Z"));
    EXPECT_THAT(lines[3], HasSubstr("13:20:00Z police: police_20260601T132000Z.xml.gz: is a web page (\""));
    EXPECT_THAT(lines[3], HasSubstr("the answer is kept as "));
    EXPECT_THAT(lines[4], HasSubstr("the file is cut off"));
    EXPECT_THAT(lines[5], HasSubstr("1 answer; read 0, kept 0"));
    EXPECT_THAT(lines[6], HasSubstr("answered 503 (the server is at fault)"));
    EXPECT_THAT(lines[7], HasSubstr("answered 404 (there is nothing at this address)"));
    EXPECT_THAT(lines[8], HasSubstr("cannot be asked"));
    EXPECT_THAT(lines[9], HasSubstr("holds no police events: the first object has the keys error"));
    EXPECT_THAT(lines[10], HasSubstr("1 answer; read 1, kept 1"));
    EXPECT_THAT(files("refused"), SizeIs(3));
    EXPECT_THAT(files("waiting"), SizeIs(0));
    EXPECT_THAT(files(), SizeIs(4));
    EXPECT_EQ(store.reports().size(), 2U);
    for (std::size_t i = 1; i < calls.size(); ++i)
        EXPECT_GE(calls[i] - calls[i - 1], 10min);
}

TEST_F(PoliceFetch, TakesInLaterWhatCouldNotBeStored)
{
    ScriptedServer server{
        {ScriptedServer::page("[" + event(1) + "]"), ScriptedServer::page("[" + event(2) + "]")}};
    import_problem = Error{ErrorCode::busy, "the store is being written"};
    auto const failed = fetch().poll(server.address());
    ASSERT_TRUE(failed.problem);
    EXPECT_THAT(failed.problem->message, HasSubstr("the store is being written; the answer waits in "));
    EXPECT_THAT(files("waiting"), SizeIs(1));
    // While nothing can be stored, nothing is asked.
    EXPECT_TRUE(fetch().poll(server.address()).problem);
    EXPECT_THAT(calls, SizeIs(1));

    import_problem.reset();
    auto const poll = fetch().poll(server.address());
    EXPECT_FALSE(poll.problem);
    EXPECT_EQ(poll.answers, 2U);
    EXPECT_EQ(store.reports().size(), 2U);
    EXPECT_EQ(store.report("1").observed_at, kNoon);
}

TEST_F(PoliceFetch, RemembersCallsAndPausesWhenStartedAnew)
{
    ScriptedServer server{{ScriptedServer::status(429, "Retry-After: 7200\r\n"), ScriptedServer::page("[]")}};
    EXPECT_TRUE(fetch().poll(server.address()).problem);
    EXPECT_EQ(fetch().next(), kNoon + 2h);
    EXPECT_FALSE(fetch().poll(server.address()).problem);
    EXPECT_THAT(calls, ElementsAre(kNoon, kNoon + 2h));
    EXPECT_EQ(fetch().next(), kNoon + 2h + 10s);
    folder.write("answers/.state.json", "damaged");
    EXPECT_EQ(fetch().next(), kNoon + 2h + 10s);
}

TEST_F(PoliceFetch, HasItsFolderForItself)
{
    auto const first = fetch();
    auto const second = FeedFetch::open(feed(), answers);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::busy);
    auto const nowhere = FeedFetch::open(feed(), folder.write("file", "") + "/below");
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().code, ErrorCode::unwritable);
}

// As after a power cut between taking an answer in and noting it, or in the middle of writing one.
TEST_F(PoliceFetch, TakesAnAnswerInOnlyOnceAndForgetsHalfOnes)
{
    ScriptedServer server{{ScriptedServer::page("[" + event(1) + "]"), ScriptedServer::page("[]")}};
    ASSERT_FALSE(fetch().poll(server.address()).problem);
    fs::copy(answers / "police_20260601T120000Z.json.gz",
             answers / "waiting/police_20260601T120000Z.json.gz");
    folder.write("answers/waiting/.part-police_20260601T121000Z.json.gz", "half");
    auto const poll = fetch().poll(server.address());
    EXPECT_FALSE(poll.problem);
    EXPECT_EQ(poll.answers, 2U);
    EXPECT_EQ(poll.report.unchanged, 1U);
    EXPECT_FALSE(fs::exists(answers / "waiting/.part-police_20260601T121000Z.json.gz"));
    EXPECT_THAT(files(), SizeIs(2));
    EXPECT_THAT(files("waiting"), SizeIs(0));
}

std::string unpacked(fs::path const& file)
{
    auto source = ByteSource::open(file.string());
    std::string body(std::size_t{4} << 20, '\0');
    std::size_t size = 0;
    while (auto const got = source->read({body.data() + size, body.size() - size}).value())
        size += got;
    body.resize(size);
    return body;
}

std::string dump_of(Store& store)
{
    std::ostringstream out;
    EXPECT_TRUE(store.dump(out));
    return out.str();
}

// What the feed answered on 2 and 3 April 2025, and in between what may go wrong.
TEST_F(PoliceFetch, GivesTheSameStoreAsTheAnswersThemselves)
{
    RISKBILD_NEEDS_REAL_FILES();
    std::vector<std::string> polls;
    for (auto const& entry : fs::directory_iterator{shared_data() / "police" / "polls"})
        polls.push_back(entry.path().string());
    std::ranges::sort(polls);
    ASSERT_THAT(polls, SizeIs(24));
    std::vector<std::string> script;
    std::vector<std::optional<Instant>> came;  // when, of each answer that is one
    auto const then = [&](std::string answer, std::optional<Instant> when) {
        script.push_back(std::move(answer));
        came.push_back(when);
    };
    for (std::size_t i = 0; i < polls.size(); ++i) {
        auto const body = unpacked(polls[i]);
        if (i % 5 == 1)
            then(ScriptedServer::status(i % 2 == 0 ? 503 : 429), {});
        if (i % 5 == 2)
            then(ScriptedServer::page(body.substr(0, body.size() / 2)), {});
        if (i % 5 == 3)
            then(ScriptedServer::page(""), {});
        then(ScriptedServer::page(body), file_stamp(fs::path{polls[i]}.filename().string()));
    }
    auto const direct = create_store(folder.path() / "direct.gpkg", *load_profile("uppsala"));
    auto const fetched = create_store(folder.path() / "fetched.gpkg", *load_profile("uppsala"));
    ASSERT_TRUE(direct && fetched);
    ASSERT_TRUE(
        import_files(**direct, {.source = "police", .files = polls, .now = at("2025-04-04T00:00:00Z")}));

    ScriptedServer server{script};
    now = *came.front();
    auto recorded = feed();
    std::size_t asked = 0;
    recorded.get = [&, get = recorded.get](std::string const& address) {
        now = std::max(now, came.at(asked++).value_or(now));
        return get(address);
    };
    recorded.import = [&](fs::path const& answer) {
        return import_files(**fetched, {.source = "police", .files = {answer.string()}, .now = now});
    };
    {
        auto opened = FeedFetch::open(recorded, answers);
        ASSERT_TRUE(opened);
        for (std::size_t i = 0; i < script.size(); ++i)
            static_cast<void>(opened->poll(server.address()));
    }
    EXPECT_EQ(asked, script.size());
    EXPECT_THAT(files("waiting"), SizeIs(0));
    EXPECT_THAT(files("refused"), SizeIs(5));
    EXPECT_EQ(dump_of(**fetched), dump_of(**direct));
}

TEST_F(PoliceFetch, StopsWhenToldTo)
{
    ScriptedServer server{{ScriptedServer::page("[]")}};
    waits_before_stop = 0;
    auto polls = fetch();
    std::size_t told = 0;
    EXPECT_TRUE(poll_repeatedly(polls, server.address(), 1h, [&](Poll const&) { ++told; }));
    EXPECT_EQ(told, 1U);
    EXPECT_TRUE(polls.poll(server.address()).is_stopped);  // it would have to wait
    EXPECT_THAT(calls, SizeIs(1));
}

}  // namespace
}  // namespace riskbild::importers
