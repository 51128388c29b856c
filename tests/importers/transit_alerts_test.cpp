#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <protozero/pbf_writer.hpp>

#include "fake_store.hpp"
#include "importers/gtfs_rt/alerts_importer.hpp"
#include "importers/gtfs_rt/known_stops.hpp"
#include "importers/gtfs_rt/transit_alert.hpp"
#include "importers/import.hpp"
#include "place_world.hpp"
#include "test_files.hpp"

namespace riskbild::importers {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::uint64_t kStart = 1'748'779'200;  // 2025-06-01T12:00:00Z

std::string in_language(std::string const& text, std::string const& language)
{
    std::string one, all;
    protozero::pbf_writer translation{one};
    translation.add_string(1, text);
    translation.add_string(2, language);
    protozero::pbf_writer{all}.add_message(1, one);
    return all;
}

// A feed of one alert, written field by field as gtfs-realtime.proto numbers them.
std::string feed_in_protobuf(int cause, std::string const& text, std::vector<std::string> const& stops,
                             std::string const& route = {})
{
    std::string header, period, alert, entity, feed;
    protozero::pbf_writer head{header};
    head.add_string(1, "2.0");
    head.add_enum(2, 0);
    head.add_uint64(3, kStart + 600);
    protozero::pbf_writer range{period};
    range.add_uint64(1, kStart);
    range.add_uint64(2, kStart + 3600);
    protozero::pbf_writer one{alert};
    one.add_message(1, period);
    for (auto const& stop : stops) {
        std::string selector;
        protozero::pbf_writer{selector}.add_string(5, stop);
        one.add_message(5, selector);
    }
    if (!route.empty()) {
        std::string selector;
        protozero::pbf_writer{selector}.add_string(2, route);
        one.add_message(5, selector);
    }
    one.add_enum(6, cause);
    one.add_enum(7, 4);
    one.add_message(10, in_language(text, "sv"));
    one.add_string(99, "a field of tomorrow");
    protozero::pbf_writer whole{entity};
    whole.add_string(1, "a1");
    whole.add_message(5, alert);
    protozero::pbf_writer message{feed};
    message.add_message(1, header);
    message.add_message(2, entity);
    return feed;
}

TEST(TransitAlerts, AreTheSameFromProtobufAndFromJson)
{
    auto const binary = read_alerts(feed_in_protobuf(11, "Polisinsats", {"s1"}, "r8"));
    ASSERT_TRUE(binary) << binary.error().message;
    for (
        auto const* json :
        {R"({"header":{"gtfs_realtime_version":"2.0","timestamp":1748779800},"entity":[{"id":"a1","alert":{
              "active_period":[{"start":1748779200,"end":1748782800}],"informed_entity":[{"stop_id":"s1"},{"route_id":"r8"}],
              "cause":11,"effect":4,"header_text":{"translation":[{"text":"Polisinsats","language":"sv"}]}}}]})",
         R"({"header":{"gtfsRealtimeVersion":"2.0","timestamp":"1748779800"},"entity":[{"id":"a1","isDeleted":false,"alert":{
              "activePeriod":[{"start":"1748779200","end":"1748782800"}],"informedEntity":[{"stopId":"s1"},{"routeId":"r8"}],
              "cause":"POLICE_ACTIVITY","effect":"DETOUR","headerText":{"translation":[{"text":"Polisinsats","language":"sv"}]}}}]})"}) {
        auto const read = read_alerts(json);
        ASSERT_TRUE(read) << read.error().message;
        EXPECT_EQ(*read, *binary) << json;
    }
    auto const& alert = binary->alerts.at(0);
    EXPECT_EQ(alert.cause, "police_activity");
    EXPECT_EQ(alert.effect, "detour");
    EXPECT_EQ(binary->timestamp, at("2025-06-01T12:10:00Z"));
    EXPECT_EQ(alert.periods.at(0).from, at("2025-06-01T12:00:00Z"));
    EXPECT_EQ(
        payload_of(alert),
        R"({"active_period":[{"end":"2025-06-01T13:00:00Z","start":"2025-06-01T12:00:00Z"}],)"
        R"("cause":"police_activity","effect":"detour","header_text":[{"language":"sv","text":"Polisinsats"}],)"
        R"("id":"a1","informed_entity":[{"stop_id":"s1"},{"route_id":"r8"}]})");
}

TEST(TransitAlerts, ShowSwedishBeforeOtherLanguages)
{
    EXPECT_EQ(best_text({{"en", "works"}, {"sv-SE", "arbeten"}, {"", "x"}}), "arbeten");
    EXPECT_EQ(best_text({{"en", "works"}, {"", "x"}}), "x");
    EXPECT_EQ(best_text({{"fi", "ty\xc3\xb6t"}, {"en", "works"}}), "works");
    EXPECT_EQ(best_text({{"sv", " "}, {"fi", "ty\xc3\xb6t"}}), "ty\xc3\xb6t");
    EXPECT_EQ(best_text({}), "");
    EXPECT_EQ(cause_name(1), "unknown_cause");
    EXPECT_EQ(cause_name(12), "medical_emergency");
    EXPECT_EQ(cause_name(99), "cause_99");
    EXPECT_EQ(effect_name(0), "effect_0");
    EXPECT_EQ(effect_name(-5), "effect_-5");
}

TEST(TransitAlerts, NeverAreHalfAFeed)
{
    auto const whole = feed_in_protobuf(11, "Polisinsats", {"s1"});
    for (std::size_t size = 0; size < whole.size(); ++size) {
        auto const read = read_alerts_protobuf(whole.substr(0, size));
        // Behind the header a feed without alerts could end: what HTTP says of its length tells them apart.
        EXPECT_TRUE(!read || read->alerts.empty()) << size;
    }
    for (auto const* bad :
         {"x", "<html>", "[]", "{}", R"({"header":{}})", R"({"header":{"gtfs_realtime_version":"2.0")"})
        EXPECT_FALSE(read_alerts(bad)) << bad;
    EXPECT_EQ(read_alerts("\n\x05\n\x03"
                          "2.0")
                  ->alerts.size(),
              0U);
}

class AlertsImport : public PlaceWorld {
protected:
    void SetUp() override
    {
        std::filesystem::create_directory(folder.path() / "gtfs");
        folder.write(
            "gtfs/stops.txt",
            "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n"
            "A,Uppsala C (Uppsala),59.8580,17.6466,1,\nA1,Uppsala C (Uppsala),59.8581,17.6467,0,A\n"
            "A2,Uppsala C (Uppsala),59.8582,17.6468,0,A\nB,Stora torget (Uppsala),59.8586,17.6389,1,\n"
            "K,Knivsta station (Knivsta),59.7257,17.7866,1,\nG,V\xc3\xa4ster\xc3\xa5s "
            "C,59.6100,16.5500,1,\n");
        folder.write("gtfs/routes.txt", "route_id,route_short_name,route_type\nr8,8,3\n");
    }
    // The one alert of a feed as it is stored.
    std::string stored(std::string const& feed)
    {
        auto const report = import("gtfs-rt", folder.write("alerts.pb", feed));
        EXPECT_EQ(report.read, 1U);
        std::ostringstream dump;
        EXPECT_TRUE(store->dump(dump));
        return dump.str();
    }
};

TEST_F(AlertsImport, ArePlacedByTheStopsThatTheStoreKnows)
{
    import("gtfs", (folder.path() / "gtfs").string());
    auto const known = KnownStops::of(*store);
    ASSERT_TRUE(known);
    auto const precision = [&](std::vector<AlertEntity> const& concerns) {
        return std::string{name_of(precision_of(known->where(concerns).place))};
    };
    EXPECT_EQ(precision({{.stop = "A1"}}), "address");
    EXPECT_EQ(precision({{.stop = "A1"}, {.stop = "A2"}, {.route = "r8"}}), "address");
    EXPECT_EQ(precision({{.stop = "A1"}, {.stop = "B"}}), "kommun");
    EXPECT_EQ(precision({{.stop = "A1"}, {.stop = "K"}}), "lan");
    EXPECT_EQ(precision({{.stop = "A1"}, {.stop = "unknown"}}), "lan");
    EXPECT_EQ(precision({{.route = "r8"}}), "lan");
    EXPECT_EQ(precision({}), "lan");
    auto const where = known->where({{.route = "r8"}, {.stop = "A1"}, {.route = "r9"}, {.stop = "X"}});
    EXPECT_EQ(where.words, "Linje 8, r9, Uppsala C (Uppsala)");
    using Reach = KnownStops::Where::Reach;
    auto const reach = [&](std::vector<AlertEntity> const& concerns) { return known->where(concerns).reach; };
    EXPECT_EQ(reach({{.stop = "G"}}), Reach::elsewhere);
    EXPECT_EQ(reach({{.stop = "G"}, {.stop = "unknown"}}), Reach::untold);
    EXPECT_EQ(reach({{.stop = "unknown"}}), Reach::untold);
    EXPECT_EQ(reach({{.stop = "G"}, {.stop = "A1"}}), Reach::county);
    EXPECT_EQ(reach({{.stop = "unknown"}, {.stop = "A1"}}), Reach::county);
    EXPECT_EQ(reach({{.stop = "G"}, {.route = "r8"}}), Reach::county);
    EXPECT_EQ(reach({{.agency = "UL"}}), Reach::county);
    EXPECT_EQ(reach({}), Reach::county);
    EXPECT_EQ(where.unknown, 2U);
    auto const dump = stored(feed_in_protobuf(11, "Polisinsats", {"A1"}));
    EXPECT_THAT(dump, HasSubstr("police_work.operation"));
    EXPECT_THAT(dump, HasSubstr("a1@2025-06-01T12:00:00Z"));
    expect_sound();
}

// The same alerts asked for at two moments: one that tells no beginning, one that begins in between.
std::string poll_at(std::uint64_t timestamp)
{
    return fmt::format(
        R"({{"header":{{"gtfs_realtime_version":"2.0","timestamp":{}}},"entity":[
        {{"id":"1","alert":{{"cause":"POLICE_ACTIVITY","header_text":{{"translation":[{{"text":"x"}}]}}}}}},
        {{"id":"2","alert":{{"active_period":[{{"start":1748780000}}],"cause":"ACCIDENT"}}}},
        {{"id":"3","alert":{{"cause":"CONSTRUCTION"}}}}]}})",
        timestamp);
}

TEST_F(AlertsImport, AreTheSameInAnyOrderAndUnchangedWhenAPollSaysNothingNew)
{
    auto const before = folder.write("a1.json", poll_at(1'748'779'800));
    auto const after = folder.write("a2.json", poll_at(1'748'790'000));
    auto const dump_of = [&](std::string const& name, std::vector<std::string> const& polls) {
        store = std::move(*create_store(folder.path() / name, *load_profile("uppsala")));
        for (auto const& poll : polls)
            import("gtfs-rt", poll);
        std::ostringstream dump;
        EXPECT_TRUE(store->dump(dump));
        expect_sound();
        return dump.str();
    };
    auto const whole = dump_of("a.gpkg", {before, after, before});
    EXPECT_THAT(whole, HasSubstr("1@2025-06-01"));
    EXPECT_EQ(dump_of("b.gpkg", {after, before}), whole);
    EXPECT_EQ(dump_of("c.gpkg", {before, after}), whole);
    auto const revision = store->revision();
    EXPECT_EQ(import("gtfs-rt", before).unchanged, 3U);
    auto const later = import("gtfs-rt", folder.write("a3.json", poll_at(1'748'790'300)));
    EXPECT_EQ(later.unchanged, 3U);
    EXPECT_THAT(later.notes,
                Contains(HasSubstr("alerts that do not tell since when; kept as context for each "
                                   "day on which they are seen: 2 rows")));
    EXPECT_EQ(*store->revision(), *revision);
}

TEST_F(AlertsImport, ThatDoNotTellSinceWhenAreTakenAnewTheNextDay)
{
    auto const poll = [&](std::string const& name, std::uint64_t timestamp) {
        std::string alerts;
        for (int i = 0; i < 12; ++i)
            alerts +=
                fmt::format(R"({}{{"id":"{}","alert":{{"cause":"CONSTRUCTION"}}}})", i == 0 ? "" : ",", i);
        return import("gtfs-rt",
                      folder.write(name, fmt::format(R"({{"header":{{"gtfs_realtime_version":"2.0",)"
                                                     R"("timestamp":{}}},"entity":[{}]}})",
                                                     timestamp, alerts)))
            .new_;
    };
    EXPECT_EQ(poll("a1.json", 1'748'779'800), 12U);
    EXPECT_EQ(poll("a2.json", 1'748'779'800 + 86'400), 12U);
}

TEST_F(AlertsImport, OfStopsElsewhereAreOutsideAndOfUnknownOnesContext)
{
    import("gtfs", (folder.path() / "gtfs").string());
    std::vector<std::string> notes;
    auto const taken = [&](std::string const& stop) {
        auto const report = import(
            "gtfs-rt", folder.write(stop + ".pb", feed_in_protobuf(11, "Polisinsats " + stop, {stop})));
        notes = report.notes;
        return fmt::format("{} outside, {} as context", report.outside, report.context);
    };
    EXPECT_EQ(taken("G"), "1 outside, 0 as context");
    EXPECT_THAT(notes, IsEmpty());
    EXPECT_EQ(taken("9022"), "0 outside, 1 as context");
    EXPECT_THAT(notes, Contains(HasSubstr("the stops of the county, not those elsewhere")));
    EXPECT_EQ(taken("K"), "0 outside, 0 as context");
    expect_sound();
}

class AlertsOfFakeStore : public ::testing::Test {
protected:
    TemporaryFolder folder;
    FakeStore store{county_of_squares()};
    ImportReport import(std::string const& feed)
    {
        auto report = import_files(store, {.source = "gtfs-rt",
                                           .files = {folder.write("alerts", feed)},
                                           .now = at("2026-06-01T12:00:00Z")});
        EXPECT_TRUE(report) << report.error().message;
        return report ? *report : ImportReport{};
    }
};

TEST_F(AlertsOfFakeStore, AreContextUnlessTheyTellOfAnIncident)
{
    auto const kind = [&](int cause, std::string const& text) {
        store.said = {};
        import(feed_in_protobuf(cause, text, {}));
        auto const report = store.reports().at(0);
        return (report.role == ReportRole::context ? "context " : "") + report.kind_code;
    };
    EXPECT_EQ(kind(10, "Hållplatsen flyttas"), "context traffic.obstruction");
    EXPECT_EQ(kind(11, "Inställda turer"), "police_work.operation");
    EXPECT_EQ(kind(6, "Olycka"), "traffic.accident");
    EXPECT_EQ(kind(3, "Stenkastning mot buss 8"), "damage.transit");
    auto const kinds = KindRules::load("transit_alerts.toml");
    ASSERT_TRUE(kinds) << kinds.error().message;
    for (auto const& code : kinds->kinds())
        EXPECT_TRUE(store.county()->kinds.by_code(code)) << code;
}

TEST_F(AlertsOfFakeStore, KeepAPlanAsContextUntilItBegins)
{
    auto const plan =
        R"({"header":{"gtfs_realtime_version":"2.0","timestamp":1748779200},"entity":[{"id":"1","alert":{
        "active_period":[{"start":1758779200}],"cause":"ACCIDENT","header_text":{"translation":[{"text":"x"}]}}},
        {"id":"2","tripUpdate":{}},{"id":"3","isDeleted":true}]})";
    auto const report = import(plan);
    EXPECT_EQ(report.read, 1U);
    EXPECT_EQ(report.context, 1U);
    EXPECT_THAT(report.notes,
                Contains(HasSubstr("trip updates and vehicle positions, which are not read: 1 entity")));
    EXPECT_EQ(store.reports().at(0).occurred.from, at("2025-09-25T05:46:40Z"));
    EXPECT_EQ(import(plan).unchanged, 1U);
    std::string begun{plan};
    begun.replace(begun.find("1748779200"), 10, "1758779201");
    EXPECT_EQ(import(begun).revised, 1U);
    auto const& versions = store.said.versions.begin()->second;
    EXPECT_EQ(versions.back().role, ReportRole::incident);
    EXPECT_EQ(versions.back().occurred, versions.front().occurred);
    EXPECT_THAT(import("").notes, Contains(HasSubstr("an empty answer")));
}

TEST_F(AlertsOfFakeStore, OfSeveralPeriodsStayOneWhenTheFirstGoesFromTheFeed)
{
    auto const with = [&](std::string const& periods) {
        return import(
            R"({"header":{"gtfs_realtime_version":"2.0","timestamp":1748790000},"entity":[{"id":"1","alert":{
            "active_period":[)" +
            periods + R"(],"cause":"ACCIDENT"}}]})");
    };
    EXPECT_EQ(with(R"({"start":1748779200,"end":1748780000},{"start":1748785000})").new_, 1U);
    EXPECT_EQ(store.reports().at(0).occurred.from, at("2025-06-01T12:00:00Z"));
    EXPECT_EQ(with(R"({"start":1748785000})").revised, 1U);
    EXPECT_THAT(store.reports(), SizeIs(1));
    // The number again, of what began at another time: another event.
    EXPECT_EQ(with(R"({"start":1748789000})").new_, 1U);
    EXPECT_THAT(store.reports(), SizeIs(2));
}

TEST_F(AlertsOfFakeStore, AreReadBehindAByteOrderMark)
{
    EXPECT_EQ(import("\xef\xbb\xbf" + poll_at(1'748'779'800)).read, 3U);
}

TEST_F(AlertsOfFakeStore, AreReadFromRealFeeds)
{
    RISKBILD_NEEDS_REAL_FILES();
    auto const real = [&](std::string const& name) {
        auto report = import_files(store, {.source = "gtfs-rt",
                                           .files = {(shared_data() / "transit" / name).string()},
                                           .now = at("2026-06-01T12:00:00Z")});
        return report ? summary(*report) : report.error().message;
    };
    EXPECT_THAT(real("ct-service-alerts.pb"), HasSubstr("read 0, "));
    EXPECT_THAT(real("ct-service-alerts.pb.json"), HasSubstr("read 0, "));
    EXPECT_THAT(real("ul_realtime_tripupdates.json"), HasSubstr("read 0, "));
    EXPECT_EQ(real("BA-alerts.json"),
              "read 8, kept 8 (8 new, 0 revised; 8 as context), unchanged 0, outside 0, set aside 0");
    EXPECT_EQ(store.reports().at(0).text, "Test trip description. trip_id:1031527WKDY");  // `descriptionText`
    auto const pb = read_alerts(read_all(shared_data() / "transit" / "ct-service-alerts.pb"));
    auto const json = read_alerts(read_all(shared_data() / "transit" / "ct-service-alerts.pb.json"));
    ASSERT_TRUE(pb && json);
    EXPECT_EQ(*pb, *json);
    EXPECT_THAT(real("badgtfs.zip"), HasSubstr("badgtfs"));
}

}  // namespace
}  // namespace riskbild::importers
