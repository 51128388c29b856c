#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fake_store.hpp"
#include "geo_core/kinds.hpp"
#include "importers/fetch/feed_fetch.hpp"
#include "importers/import.hpp"
#include "importers/kind_rules.hpp"
#include "importers/open311/open311_fetch.hpp"
#include "importers/open311/open311_fields.hpp"
#include "importers/open311/open311_windows.hpp"
#include "test_files.hpp"

namespace riskbild::importers {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using namespace std::chrono_literals;

std::string request(int id,
                    std::string const& more = R"("lat":59.8586,"long":17.6389,"service_name":"Klotter")",
                    std::string const& when = "2026-05-04T10:00:00+02:00")
{
    return fmt::format(R"({{"service_request_id":{},"status":"open","requested_datetime":"{}",{}}})", id,
                       when, more);
}

class Open311 : public ::testing::Test {
protected:
    TemporaryFolder folder;
    FakeStore store{county_of_squares()};

    Result<ImportReport> import(std::string const& bytes, bool swap = false)
    {
        ImportRequest wish{.source = "open311",
                           .files = {folder.write("answer.json", bytes)},
                           .swap_positions = swap,
                           .now = at("2026-06-01T12:00:00Z")};
        wish.service_names = {{"7", "Klotter"}};
        return import_files(store, wish);
    }
    // The reason of the one request that was set aside, and its message.
    std::string aside(std::string const& bytes)
    {
        auto const report = import(bytes);
        if (!report)
            return report.error().message;
        return report->rows.size() == 1 ? report->rows[0].reason + ": " + report->rows[0].message
                                        : summary(*report);
    }
};

TEST_F(Open311, TakesARequestInTheSameFromJsonAndXml)
{
    auto const json = import(
        R"([{"service_request_id":638344,"status":"closed","status_notes":null,"service_name":"Klottersanering",
        "service_code":"006","description":"Klotter på vägg","requested_datetime":"2026-05-04T10:00:00+02:00",
        "updated_datetime":"2026-05-05T10:00:00+02:00","address":"Kungsgatan 1","zipcode":75321,"lat":59.8586,"long":17.6389,
        "media_url":""}])");
    ASSERT_TRUE(json) << json.error().message;
    EXPECT_EQ(json->new_, 1U);
    auto const report = store.report("638344");
    EXPECT_EQ(report.key.source, "open311");
    EXPECT_EQ(report.kind_code, "damage.graffiti");
    EXPECT_EQ(report.role, ReportRole::incident);
    EXPECT_EQ(report.occurred, (TimeInterval{at("2026-05-04T08:00:00Z"), at("2026-05-04T08:01:00Z")}));
    EXPECT_EQ(report.observed_at, at("2026-05-05T08:00:00Z"));
    EXPECT_EQ(precision_of(report.place), Precision::address);
    EXPECT_EQ(report.place_text, "Kungsgatan 1");
    EXPECT_EQ(report.text, "Klotter p\xc3\xa5 v\xc3\xa4gg");
    auto const xml = import(
        "<?xml version=\"1.0\" "
        "encoding=\"utf-8\"?><service_requests><request><service_request_id>638344</service_request_id>"
        "<status>closed</status><status_notes/><service_name>Klottersanering</"
        "service_name><service_code>006</service_code>"
        "<description>Klotter p\xe5 "
        "v\xe4gg</description><requested_datetime>2026-05-04T10:00:00+02:00</requested_datetime>"
        "<updated_datetime>2026-05-05T10:00:00+02:00</updated_datetime><address>Kungsgatan "
        "1</address><zipcode>75321</zipcode>"
        "<lat>59.8586</lat><long>17.6389 </long><media_url></media_url></request></service_requests>");
    ASSERT_TRUE(xml) << xml.error().message;
    EXPECT_EQ(xml->unchanged, 1U);
}

TEST_F(Open311, ReadsListsAndSingleRequestsAndListsInObjects)
{
    for (auto const& bytes : {"[" + request(1) + "," + request(2) + "]", request(1) + "\n" + request(2),
                              R"({"service_requests":[)" + request(1) + "," + request(2) + "]}",
                              R"({"requests":{"request":[)" + request(1) + "," + request(2) + "]}}"}) {
        store.said = {};
        auto const report = import(bytes);
        ASSERT_TRUE(report) << report.error().message << bytes;
        EXPECT_EQ(report->new_, 2U) << bytes;
    }
    EXPECT_EQ(import("[]")->read, 0U);
    EXPECT_THAT(import("")->notes, ElementsAre("answer.json: an empty answer"));
    EXPECT_EQ(import("<service_requests/>")->read, 0U);
}

TEST_F(Open311, SetsAsideWhatCannotBeUsedAndSaysWhy)
{
    auto const with = [](std::string const& more) { return "[" + request(1, more) + "]"; };
    EXPECT_THAT(aside(R"([{"token":"abc","requested_datetime":"2026-05-04T10:00:00Z"}])"),
                HasSubstr("no_id: the request has only the token \"abc\""));
    EXPECT_THAT(aside(with(R"("lat":null,"long":"")")), HasSubstr("no_position: "));
    EXPECT_THAT(aside(with(R"("lat":"n","long":"17.6")")),
                HasSubstr("bad_position: the position is \"n\", \"17.6\""));
    EXPECT_THAT(aside(with(R"("lat":"17.6389","long":"59.8586")")),
                HasSubstr("--swap-positions reads all requests so"));
    EXPECT_THAT(aside(with(R"("lat":0,"long":0)")), HasSubstr("no_position: "));
    EXPECT_THAT(aside(with(R"("lat":0,"long":17.6)")), HasSubstr("outside_box: "));
    EXPECT_THAT(aside("[" + request(1, R"("lat":59.8,"long":17.6)", "04/05/2026") + "]"),
                HasSubstr("bad_time: "));
    EXPECT_THAT(aside("[" + request(1, R"("lat":59.8,"long":17.6)", "2027-05-04T10:00:00Z") + "]"),
                HasSubstr("bad_time: "));
    EXPECT_THAT(aside("[" + request(1) + "," +
                      request(1, R"("lat":59.8586,"long":17.7,"service_name":"Klotter")") + "]"),
                HasSubstr("duplicate_id: "));
    auto const swapped = import(with(R"("lat":"17.6389","long":"59.8586","service_code":7)"), true);
    EXPECT_EQ(swapped->kept(), 1U);
}

TEST_F(Open311, ReadsADecimalCommaAndLooksUpTheAddressOfWhoSetNoPin)
{
    EXPECT_EQ(import("[" + request(1, R"("lat":"59,8586","long":"17,6389","service_code":7)") + "]")->kept(),
              1U);
    EXPECT_EQ(precision_of(store.report("1").place), Precision::address);
    EXPECT_EQ(
        import("[" + request(3, R"("lat":"+59.8586","long":"+17.6389","service_code":7)") + "]")->kept(), 1U);
    auto const report =
        import("[" + request(2, R"("lat":"0.0","long":0,"address":"Kungsgatan 1","service_code":7)") + "]");
    EXPECT_EQ(report->kept(), 1U);
    EXPECT_THAT(report->notes, Contains(HasSubstr("without a position, their address looked up: 1 row")));
}

TEST_F(Open311, KnowsDatesInTheFormsThatCitiesWrite)
{
    int id = 0;
    for (auto const* when : {"2026-05-04T10:00:00+02:00", "2026-05-04T08:00:00Z", "2026-05-04T08:00:00.000Z",
                             "2026-05-04T10:00:00", "2026-05-04 10:00:00", "2026-05-04T10:00:00+0200"}) {
        auto const report =
            import("[" + request(++id, R"("lat":59.8586,"long":17.6389,"service_code":7)", when) + "]");
        ASSERT_TRUE(report);
        ASSERT_EQ(report->kept(), 1U) << when;
        EXPECT_EQ(store.report(std::to_string(id)).occurred.from, at("2026-05-04T08:00:00Z")) << when;
    }
    EXPECT_EQ(import("[" + request(++id, R"("lat":59.8586,"long":17.6389)", "2026-05-04") + "]")->kept(), 1U);
    EXPECT_EQ(store.report(std::to_string(id)).occurred.length(), 24h);
}

TEST_F(Open311, CountsNoHolesInTheStreetAndNoDuplicates)
{
    auto const at_the_square = [](std::string const& more) {
        return R"("lat":59.8586,"long":17.6389,)" + more;
    };
    auto const report = import(
        "[" + request(1, at_the_square(R"("service_name":"Pothole")")) + "," +
        request(2,
                at_the_square(R"("service_name":"Graffiti Removal","status_notes":"Duplicate request.")")) +
        "," +
        request(
            3,
            at_the_square(
                R"("service_name":"\u00d6vrigt","description":"N\u00e5gon har klottrat p\u00e5 sk\u00e5pet")")) +
        "," + request(4, at_the_square(R"("service_code":7)")) + "]");
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->kept(), 4U);
    EXPECT_EQ(report->context, 2U);
    EXPECT_EQ(store.report("1").role, ReportRole::context);
    EXPECT_EQ(store.report("2").role, ReportRole::context);
    EXPECT_EQ(store.report("3").kind_code, "damage.graffiti");
    EXPECT_EQ(store.report("4").title, "Klotter");
    EXPECT_THAT(report->notes, Contains(HasSubstr("the service \"Pothole\" is no incident")));
}

TEST_F(Open311, SaysWhatAFileIsThatHoldsNoRequests)
{
    EXPECT_THAT(import(R"([{"code":403,"description":"Invalid api_key"}])").error().message,
                HasSubstr("the server says 403: Invalid api_key"));
    EXPECT_THAT(import("<errors><error><code>400</code><description>bad</description></error></errors>")
                    .error()
                    .message,
                HasSubstr("the server says 400: bad"));
    EXPECT_THAT(import("<html><body>Underh\xc3\xa5ll</body></html>").error().message,
                HasSubstr("is a web page"));
    EXPECT_THAT(import("<list><item/></list>").error().message, HasSubstr("its outermost element is list"));
    EXPECT_THAT(import("<!DOCTYPE x><x/>").error().message, HasSubstr("has a document type"));
    EXPECT_THAT(import(R"([{"id":1,"name":"x"}])").error().message,
                HasSubstr("neither service_request_id nor token"));
    EXPECT_THAT(import("[" + request(1) + ",{\"service_").error().message, HasSubstr("cut off"));
    EXPECT_TRUE(store.reports().empty());
}

TEST_F(Open311, KeepsOnlyKindsThatThereAre)
{
    auto const services = KindRules::load("open311_services.toml");
    ASSERT_TRUE(services) << services.error().message;
    for (auto const& kind : services->kinds())
        EXPECT_TRUE(store.county()->kinds.by_code(kind)) << kind;
    EXPECT_FALSE(KindRules::from_toml("[[rule]]\nkind = \"damage\"\n", "x"));
    EXPECT_FALSE(KindRules::from_toml("x", "x"));
}

TEST_F(Open311, ReadsTheSpecificationsExamples)
{
    RISKBILD_NEEDS_REAL_FILES();
    auto const folder_of_spec = shared_data() / "graffiti" / "open311";
    auto const example = [&](std::string const& name) {
        return import_files(store, {.source = "open311",
                                    .files = {(folder_of_spec / name).string()},
                                    .now = at("2026-06-01T12:00:00Z")});
    };
    // San Francisco lies elsewhere, so its requests are set aside, each for its position alone.
    auto const xml = example("spec_service-requests.xml");
    ASSERT_TRUE(xml) << xml.error().message;
    EXPECT_EQ(xml->read, 2U);
    EXPECT_THAT(xml->reasons, ElementsAre(std::pair{std::string{"outside_box"}, std::uint64_t{2}}));
    EXPECT_THAT(example("spec_service-requests.json").error().message,
                AllOf(HasSubstr("row 1: is no valid JSON"), HasSubstr("ask it for XML")));
    EXPECT_THAT(example("spec_service-list.xml").error().message,
                HasSubstr("its outermost element is services"));
    auto const services = read_open311_services(read_all(folder_of_spec / "spec_service-list.xml"));
    ASSERT_TRUE(services) << services.error().message;
    EXPECT_THAT(*services, SizeIs(3));
    EXPECT_EQ(services->at("001"), "Cans left out 24x7");
}

// A city of requests by hour, which answers windows in its own way.
struct City {
    std::vector<Instant> requests;
    std::size_t page_size = 50;
    bool knows_pages = true;
    std::size_t asked = 0;

    std::set<std::string> answer(Open311Windows::Page const& page)
    {
        ++asked;
        std::vector<std::string> within;
        for (auto const when : requests)
            if (when >= page.window.from && when <= page.window.to)
                within.push_back(to_text(when));
        auto const begin =
            knows_pages ? std::min(within.size(), page_size * static_cast<std::size_t>(page.number - 1)) : 0;
        auto const end = std::min(within.size(), begin + page_size);
        return {within.begin() + static_cast<std::ptrdiff_t>(begin),
                within.begin() + static_cast<std::ptrdiff_t>(end)};
    }
    // Asks for everything. \return what was got
    std::set<std::string> all(Open311Windows& windows)
    {
        std::set<std::string> got;
        while (auto const page = windows.next()) {
            auto const ids = answer(*page);
            EXPECT_LE(page->window.length(), 24h * 90);
            got.insert(ids.begin(), ids.end());
            windows.held(ids);
        }
        return got;
    }
};

TEST(Open311Windows, GetEveryRequestHoweverACityPages)
{
    auto const from = at("2026-01-01T00:00:00Z"), to = at("2026-07-15T00:00:00Z");
    for (auto const pause : {1h, 5h, 100h, 24h * 200})
        for (auto const page_size : {50, 100, 1000})
            for (auto const knows_pages : {true, false}) {
                City city{.page_size = static_cast<std::size_t>(page_size), .knows_pages = knows_pages};
                for (auto when = from; when < to; when += pause)
                    city.requests.push_back(when);
                Open311Windows windows{from, to};
                EXPECT_THAT(city.all(windows), SizeIs(city.requests.size())) << page_size << knows_pages;
                EXPECT_EQ(windows.complete_until(), to);
                EXPECT_EQ(windows.cut_off(), 0U);
                EXPECT_LT(city.asked, 1000U);
            }
}

TEST(Open311Windows, SayWhereADayIsCutOff)
{
    auto const from = at("2026-01-01T00:00:00Z");
    City city{.page_size = 50, .knows_pages = false};
    for (int minute = 0; minute < 24 * 60; ++minute)
        city.requests.push_back(from + std::chrono::minutes{minute});
    Open311Windows windows{from, from + 24h};
    city.all(windows);
    EXPECT_EQ(windows.cut_off(), 1U);
}

TEST(Open311Progress, IsReadAsItWasWritten)
{
    auto const a = at("2026-01-01T00:00:00Z"), b = at("2026-03-01T00:00:00Z");
    for (auto const& progress :
         {Open311Progress{}, {.done = a}, {.from = a, .through = b}, {.done = a, .from = a, .through = b}})
        EXPECT_EQ(parse_progress(progress_text(progress)), progress) << progress_text(progress);
    for (auto const* text : {"x", "done x", "a through b", "done , through "})
        EXPECT_EQ(parse_progress(text), Open311Progress{}) << text;
}

TEST(Open311Progress, IsOfOneAddressJurisdictionAndService)
{
    Open311Wish const all{.base = "https://a.se/v2"};
    auto graffiti = all, elsewhere = all, other = all;
    graffiti.service_code = "006";
    elsewhere.jurisdiction = "b.se";
    other.base = "https://b.se/v2";
    Open311Progress const half{.from = at("2026-01-01T00:00:00Z"), .through = at("2026-03-01T00:00:00Z")};
    Open311Progress const done{.done = at("2026-06-01T00:00:00Z")};
    auto memory = with_progress("", graffiti, half);
    for (auto const& wish : {all, elsewhere, other})
        EXPECT_EQ(progress_of(wish, memory), Open311Progress{});
    memory = with_progress(memory, all, done);
    EXPECT_EQ(progress_of(graffiti, memory), half);
    EXPECT_EQ(progress_of(all, memory), done);
    auto same = all;
    same.base += '/';
    EXPECT_EQ(progress_of(same, memory), done);
    memory = with_progress(memory, graffiti, done);
    EXPECT_EQ(progress_of(graffiti, memory), done);
    EXPECT_EQ(std::ranges::count(memory, '\n'), 1);
    EXPECT_EQ(progress_of(all, "done 2026-06-01T00:00:00Z"), Open311Progress{});
}

class Open311Fetch : public ::testing::Test {
protected:
    TemporaryFolder folder;
    FakeStore store{county_of_squares()};
    Instant now = at("2026-06-01T12:00:00Z");
    std::vector<std::string> asked;
    std::function<Result<WebAnswer>(std::string const&)> city;

    int waits = 1000;  // until it is told to end

    std::vector<std::string> problems;  // as told while a run goes on

    Open311Run run(Open311Wish const& wish)
    {
        Open311Run done;
        run_with(wish, [&](FeedFetch& fetch, Open311Wish const& whole, auto const& services) {
            done = fetch_open311(fetch, whole, services, [&](Poll const& poll) {
                if (poll.problem)
                    problems.push_back(poll.problem->message);
            });
        });
        return done;
    }
    // What became of each run until the clock said to end.
    std::vector<Open311Run> runs(Open311Wish const& wish)
    {
        std::vector<Open311Run> all;
        run_with(wish, [&](FeedFetch& fetch, Open311Wish const& whole, auto const& services) {
            EXPECT_TRUE(fetch_open311_repeatedly(
                fetch, whole, 24h, services, [](Poll const&) {},
                [&](Open311Run const& done) { all.push_back(done); }));
        });
        return all;
    }
    template <class Use>
    void run_with(Open311Wish wish, Use const& use)
    {
        wish.base = "https://example.se/open311/v2/";
        std::map<std::string, std::string> names;
        auto fetch = FeedFetch::open(
            {.name = "staden",
             .rules = open311_rules(),
             .get = [&](std::string const& address) -> Result<WebAnswer> {
                 asked.push_back(address);
                 return city(address);
             },
             .clock = {.now = [&] { return now; },
                       .wait =
                           [&](Instant until) {
                               now = std::max(now, until);
                               return --waits > 0;
                           }},
             .import =
                 [&](std::filesystem::path const& answer) {
                     ImportRequest request{.source = "open311", .files = {answer.string()}, .now = now};
                     request.service_names = names;
                     request.places.source_name = "staden";
                     return import_files(store, request);
                 }},
            folder.path() / "answers");
        ASSERT_TRUE(fetch);
        use(*fetch, wish, [&](std::map<std::string, std::string> told) { names = std::move(told); });
    }
    // Of each first page of requests that was asked for, the day on which its window begins.
    std::vector<std::string> windows_asked() const
    {
        std::vector<std::string> days;
        std::string const begin = "start_date=";
        for (auto const& address : asked)
            if (auto const from = address.find(begin);
                from != std::string::npos && address.ends_with("page=1"))
                days.push_back(address.substr(from + begin.size(), 10));
        return days;
    }
    static WebAnswer empty(std::string const&) { return {.status = 200, .body = "[]"}; }
    static bool is_services(std::string const& address)
    {
        return address.find("/services.") != std::string::npos;
    }
};

TEST_F(Open311Fetch, AsksForServicesThenForWindowsAndPages)
{
    city = [](std::string const& address) -> WebAnswer {
        if (is_services(address))
            return {.status = 200, .body = R"([{"service_code":"7","service_name":"Klotter"}])"};
        auto const first = address.find("page=1") != std::string::npos;
        return {.status = 200,
                .body = first ? "[" + request(1, R"("lat":59.8586,"long":17.6389,"service_code":7)") + "]"
                              : "[]"};
    };
    auto const done = run({.jurisdiction = "staden.se", .from = now - 24h * 100});
    EXPECT_FALSE(done.problem) << done.problem->message;
    EXPECT_EQ(done.windows, 2U);
    EXPECT_EQ(done.pages, 4U);
    EXPECT_EQ(asked[0], "https://example.se/open311/v2/services.json?jurisdiction_id=staden.se");
    EXPECT_EQ(asked[1],
              "https://example.se/open311/v2/"
              "requests.json?jurisdiction_id=staden.se&start_date=2026-02-21T12%3A00%3A00Z"
              "&end_date=2026-05-22T12%3A00%3A00Z&page_size=200&page=1");
    EXPECT_EQ(store.report("1").title, "Klotter");
    // The next run of the same asks for what is new, and a week before.
    now += 24h;
    asked.clear();
    EXPECT_EQ(run({.jurisdiction = "staden.se"}).windows, 1U);
    EXPECT_THAT(asked[1], HasSubstr("start_date=" + percent_encoded("2026-05-25T12:00:00Z")));
}

TEST_F(Open311Fetch, AsksForTheSameUntilARunHasGoneThrough)
{
    bool is_refused = true;
    city = [&](std::string const& address) -> WebAnswer {
        if (windows_asked().size() > 15)
            waits = 0;  // the third run has begun
        if (!is_services(address) && std::exchange(is_refused, false))
            return {.status = 404};
        return {.status = 200, .body = "[]"};
    };
    auto const all = runs({.from = at("2023-01-01T00:00:00Z")});
    ASSERT_GE(all.size(), 3U);
    ASSERT_TRUE(all[0].problem);
    EXPECT_FALSE(all[1].problem);
    EXPECT_EQ(all[0].windows, 0U);
    EXPECT_EQ(all[1].windows, 14U);  // 1247 days
    auto const days = windows_asked();
    EXPECT_EQ(days.at(0), "2023-01-01");
    EXPECT_EQ(days.at(1), "2023-01-01");
    EXPECT_EQ(days.at(15), "2026-05-26");  // a week before the whole run, which was a day after the first
}

TEST_F(Open311Fetch, KeepsTheProgressOfOneServiceApart)
{
    std::size_t good = 2;
    city = [&](std::string const& address) -> WebAnswer {
        if (is_services(address) || good-- > 0)
            return {.status = 200, .body = "[]"};
        return {.status = 404};
    };
    auto const from = at("2025-09-01T00:00:00Z");
    EXPECT_EQ(run({.service_code = "006", .from = from}).windows, 2U);
    city = empty;
    asked.clear();
    EXPECT_FALSE(run({.from = from}).problem);
    EXPECT_EQ(windows_asked().at(0), "2025-09-01");
    asked.clear();
    EXPECT_FALSE(run({.service_code = "006"}).problem);
    EXPECT_EQ(windows_asked().at(0), "2026-02-21");  // a week before the one of this service was cut off
    // A whole run for one service says nothing of the others'.
    asked.clear();
    EXPECT_FALSE(run({.service_code = "007"}).problem);
    EXPECT_EQ(windows_asked().at(0), "2026-03-03");
}

TEST_F(Open311Fetch, GoesBackToWhereALaterRunLeftAGap)
{
    city = empty;
    run({.from = at("2026-01-01T00:00:00Z"), .to = at("2026-02-01T00:00:00Z")});
    run({.from = at("2026-05-01T00:00:00Z")});
    asked.clear();
    run({});
    EXPECT_EQ(windows_asked().at(0), "2026-01-25");
}

TEST_F(Open311Fetch, EndsWhereThereIsNoConnectionAndSaysSo)
{
    city = [](std::string const&) -> Result<WebAnswer> {
        return fail(ErrorCode::unreadable, "no such host");
    };
    auto const done = run({});
    ASSERT_TRUE(done.problem);
    EXPECT_THAT(problems, ElementsAre("no such host"));
    EXPECT_THAT(asked, SizeIs(3));
    EXPECT_EQ(done.pages, 0U);
}

TEST_F(Open311Fetch, AsksForJsonWhereOnlyTheServicesFailedForAWhile)
{
    std::size_t bad = 1;
    city = [&](std::string const&) -> WebAnswer {
        return bad > 0 && bad-- > 0 ? WebAnswer{.status = 503} : WebAnswer{.status = 200, .body = "[]"};
    };
    EXPECT_FALSE(run({}).problem);
    EXPECT_THAT(asked.back(), HasSubstr("/requests.json?"));
}

TEST_F(Open311Fetch, TakesXmlWhereThereIsNoJson)
{
    city = [](std::string const& address) -> WebAnswer {
        if (address.find(".json") != std::string::npos)
            return {.status = 404};
        return {.status = 200, .body = is_services(address) ? "<services/>" : "<service_requests/>"};
    };
    EXPECT_FALSE(run({}).problem);
    EXPECT_THAT(asked.back(), HasSubstr("/requests.xml?"));
}

TEST_F(Open311Fetch, GoesOnAWeekBeforeTheLastWholeWindowEnded)
{
    std::size_t good = 3;  // the services, and a window of two pages
    city = [&](std::string const& address) -> WebAnswer {
        if (is_services(address))
            return {.status = 200, .body = "[]"};
        if (--good == 0)
            return {.status = 500};
        return {.status = 200, .body = "[]"};
    };
    auto const from = now - 24h * 300;
    auto const down = [&](std::string const& address) -> WebAnswer {
        return {.status = is_services(address) ? 200 : 500, .body = "[]"};
    };
    auto const working = city;
    city = [&](std::string const& address) { return good > 1 ? working(address) : down(address); };
    auto const cut = run({.from = from});
    ASSERT_TRUE(cut.problem);
    EXPECT_THAT(cut.problem->message, HasSubstr("answered 500"));
    EXPECT_EQ(cut.windows, 2U);
    EXPECT_GT(now, at("2026-06-01T12:07:00Z"));  // it was tried again, with pauses

    good = 1000;
    asked.clear();
    auto const rest = run({.from = from});
    EXPECT_FALSE(rest.problem);
    EXPECT_EQ(rest.windows, 2U);
    EXPECT_THAT(asked[1], HasSubstr("start_date=" + percent_encoded(to_text(from + 24h * (180 - 7)))));
    EXPECT_THAT(rest.notes, Contains(HasSubstr("a week before an earlier run ended")));
}

TEST_F(Open311Fetch, IsToldWhatItCannotAsk)
{
    auto const wrong = [&](Open311Wish const& wish) {
        auto const good = check_open311_wish(wish, now);
        return good ? std::string{} : good.error().field;
    };
    EXPECT_EQ(wrong({.base = "http://example.se"}), "url");
    EXPECT_EQ(wrong({.base = "https://example.se/?x"}), "url");
    EXPECT_EQ(wrong({.base = "https://example.se", .from = now}), "from");
    EXPECT_EQ(wrong({.base = "https://example.se"}), "");
}

}  // namespace
}  // namespace riskbild::importers
