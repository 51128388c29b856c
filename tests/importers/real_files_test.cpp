// The real files, through the real store. Skipped where the files are not.

#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fake_store.hpp"
#include "importers/import.hpp"
#include "test_files.hpp"

namespace riskbild::importers {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kNow = "2026-12-31T00:00:00Z";  // later than all of the files

class RealFiles : public testing::Test {
protected:
    TemporaryFolder folder;

    std::unique_ptr<Store> new_store(std::string const& profile)
    {
        auto store = create_store(folder.path() / ("county" + std::to_string(++stores_) + ".gpkg"),
                                  *load_profile(profile));
        if (!store)
            throw std::runtime_error{store.error().message};
        return std::move(*store);
    }

    static ImportReport import(Store& store, std::string const& source, std::vector<fs::path> const& files,
                               std::string const& columns = {})
    {
        std::vector<std::string> names;
        for (auto const& file : files)
            names.push_back(file.string());
        auto const report = import_files(
            store, {.source = source, .files = names, .column_profile = columns, .now = at(kNow)});
        if (!report)
            throw std::runtime_error{report.error().message};
        EXPECT_EQ(report->read, report->kept() + report->unchanged + report->outside + report->set_aside);
        return *report;
    }

private:
    int stores_ = 0;
};

fs::path police()
{
    return shared_data() / "police";
}

std::string dump(Store& store)
{
    std::ostringstream text;
    EXPECT_TRUE(store.dump(text));
    return text.str();
}

TEST_F(RealFiles, PoliceEventsOfTheCountyAreAllTakenOnceAndNothingTheSecondTime)
{
    RISKBILD_NEEDS_REAL_FILES();
    auto const store = new_store("uppsala");
    auto const first = import(*store, "police", {police() / "uppsala_lan_latest.json"});
    EXPECT_EQ(first.read, 2569U);
    EXPECT_EQ(first.new_, 2568U);
    EXPECT_EQ(first.outside, 1U);  // Söderhamn
    EXPECT_EQ(first.set_aside, 0U);
    EXPECT_EQ(first.context, 12U);
    for (auto const& note : first.notes)  // every type has its kind
        EXPECT_THAT(note, testing::Not(testing::HasSubstr("kind unknown")));
    EXPECT_THAT(first.notes, testing::Contains(testing::AllOf(
                                 testing::HasSubstr("published before the time in their title"),
                                 testing::EndsWith(": 13 rows"))));
    auto const before = dump(*store);
    auto const second = import(*store, "police", {police() / "uppsala_lan_latest.json"});
    EXPECT_EQ(second.read, 2569U);
    EXPECT_EQ(second.unchanged, 2568U);
    EXPECT_EQ(second.kept(), 0U);
    EXPECT_EQ(second.revision, first.revision);
    EXPECT_EQ(dump(*store), before);
}

struct PlaceCount {
    std::uint64_t events = 0;
    std::uint64_t digests = 0;
    bool operator==(PlaceCount const&) const = default;
};

// What the independent script counts, by place; empty where there is no Python.
std::map<std::string, PlaceCount> counted_independently(fs::path const& file)
{
    std::map<std::string, PlaceCount> counts;
    auto const command =
        "python3 '" RISKBILD_SOURCE_DIR "/tests/reference/police_by_kommun.py' '" + file.string() + "'";
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const pipe{popen(command.c_str(), "r"), pclose};
    std::string output;
    char chunk[4096];
    while (auto const n = std::fread(chunk, 1, sizeof chunk, pipe.get()))
        output.append(chunk, n);
    std::istringstream lines{output};
    for (std::string line; std::getline(lines, line);) {
        auto const tab = line.find('\t');
        auto const second = line.find('\t', tab + 1);
        counts[line.substr(0, tab)] = {std::stoull(line.substr(tab + 1)),
                                       std::stoull(line.substr(second + 1))};
    }
    return counts;
}

TEST_F(RealFiles, PoliceEventsByKommunAgreeWithAnIndependentCount)
{
    RISKBILD_NEEDS_REAL_FILES();
    if (std::system("python3 -c '' >/dev/null 2>&1") != 0)
        GTEST_SKIP() << "the independent count needs python3";
    auto const file = police() / "uppsala_lan_latest.json";
    FakeStore store{county_named("uppsala")};
    ASSERT_TRUE(import_files(store, {.source = "police", .files = {file.string()}, .now = at(kNow)}));

    std::map<std::string, PlaceCount> ours;
    auto const& county = *store.county();
    for (auto const& report : store.reports()) {
        EXPECT_FALSE(point_of(report.place)) << report.title;
        auto const area = area_of(report.place);
        auto& count = ours[area == kNoArea ? county.profile.county_name : county.areas[area].name];
        ++count.events;
        count.digests += report.role == ReportRole::context ? 1 : 0;
    }
    auto theirs = counted_independently(file);
    EXPECT_EQ(theirs["Söderhamn"].events, 1U);
    theirs.erase("Söderhamn");
    EXPECT_EQ(ours, theirs);
    EXPECT_EQ(ours["Uppsala län"].events, 67U);
}

// Fisher and Yates, so that a seed means one order whatever the standard library.
std::vector<fs::path> shuffled(std::vector<fs::path> files, std::uint32_t seed)
{
    std::mt19937 random{seed};
    for (auto i = files.size(); i > 1; --i)
        std::swap(files[i - 1], files[random() % i]);
    return files;
}

TEST_F(RealFiles, PoliceFilesInAnyOrderAndTwiceGiveOneDump)
{
    RISKBILD_NEEDS_REAL_FILES();
    std::vector<fs::path> files{police() / "uppsala_lan_latest.json",
                                police() / "uppsala_lan_revisions.jsonl"};
    for (auto const* below : {"polls", "snapshots", "bad_payloads"})
        for (auto const& entry : fs::directory_iterator{police() / below})
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    ASSERT_EQ(files.size(), 2U + 24U + 4U + 1U);
    std::string expected;
    for (std::uint32_t seed : {0U, 1U, 2U}) {
        auto order = seed == 0 ? files : shuffled(files, seed);
        if (seed > 0) {
            auto const again = shuffled(files, seed + 100);
            order.insert(order.end(), again.begin(), again.end());
        }
        auto const store = new_store("uppsala");
        import(*store, "police", order);
        auto const text = dump(*store);
        if (seed == 0)
            expected = text;
        EXPECT_FALSE(text.empty());
        EXPECT_TRUE(text == expected) << "the order of seed " << seed << " gives another dump";
        auto const check = store->check(false);
        ASSERT_TRUE(check);
        EXPECT_THAT(check->findings, testing::IsEmpty());
    }
}

TEST_F(RealFiles, AnEmptyAnswerOfThePoliceIsNoError)
{
    RISKBILD_NEEDS_REAL_FILES();
    auto const store = new_store("uppsala");
    auto const report = import(*store, "police", {police() / "bad_payloads"});
    EXPECT_EQ(report.read, 0U);
    EXPECT_THAT(report.notes, testing::ElementsAre(testing::HasSubstr("empty answer")));
}

TEST_F(RealFiles, EveryRowOfHoustonIsReadAndAccountedFor)
{
    RISKBILD_NEEDS_REAL_FILES();
    auto const store = new_store("houston");
    auto const file = shared_data() / "crime_points" / "houston_2010_86k.csv.gz";
    auto const report = import(*store, "points", {file});
    EXPECT_EQ(report.read, 86'314U);
    EXPECT_EQ(report.context, 0U);
    EXPECT_THAT(report.reasons, testing::ElementsAre(std::pair{"outside_box", report.set_aside}));
    // Counted with Python's csv module: rows outside longitude -96 … -94.8, latitude 29.3 … 30.3.
    EXPECT_EQ(report.set_aside, 210U);
    EXPECT_EQ(report.outside, 0U);
    auto const again = import(*store, "points", {file});
    EXPECT_EQ(again.kept(), 0U);
    EXPECT_EQ(again.revision, report.revision);
}

TEST_F(RealFiles, ChicagoGraffitiAddsUp)
{
    RISKBILD_NEEDS_REAL_FILES();
    FakeStore store{county_named("chicago")};
    auto const file = shared_data() / "graffiti" / "chicago_311_graffiti_removal_historical.csv";
    auto const report = import(store, "points", {file});
    EXPECT_EQ(report.read, 12'621U);
    EXPECT_EQ(report.new_, 12'620U);
    EXPECT_EQ(report.context, 536U);  // 534 "Completed - Dup", 2 "Open - Dup"
    EXPECT_THAT(report.reasons, testing::ElementsAre(std::pair{"duplicate_id", 1}));
    std::uint64_t without_point = 0;
    for (auto const& r : store.reports())
        without_point += point_of(r.place) ? 0 : 1;
    EXPECT_EQ(without_point, 15U);
    // 7 August 2017 in Chicago, as a civil day.
    EXPECT_EQ(store.report("17-05251065").occurred,
              (TimeInterval{at("2017-08-07T05:00:00Z"), at("2017-08-08T05:00:00Z")}));
}

struct RealTable {
    char const* file;
    char const* county;
    char const* columns;  // empty: found by the heading
    std::uint64_t rows;   // counted with Python's csv module
    char const* first;
    char const* last;
};

// Kept to the last row, also by position: read in another unit or zone they would lie outside the city's box.
TEST_F(RealFiles, TablesOfSixCitiesAreAllTakenWithTheirBuiltInProfiles)
{
    RISKBILD_NEEDS_REAL_FILES();
    for (auto const& table : {
             RealTable{"crime_points/memphis_robberies_2019.csv.gz", "memphis", "", 2245,
                       "2019-01-01T07:30:00Z", "2019-12-31T21:30:00Z"},
             {"crime_points/dc_burglaries_2016_aoristic.csv.gz", "washington_dc", "", 1025,
              "2016-01-01T10:00:00Z", "2016-06-30T19:16:00Z"},
             {"near_repeat/chicago_arson.csv", "chicago", "chicago_arson", 522, "2016-01-01T06:00:00Z",
              "2016-12-29T06:00:00Z"},
             {"near_repeat/chicago_be_month1.csv", "chicago", "chicago_burglary_month", 970,
              "2015-12-31T06:00:00Z", "2016-01-31T06:00:00Z"},
             {"near_repeat/chicago_burglary_2014_2017.csv", "chicago", "", 45'319, "2014-01-01T06:00:00Z",
              "2017-12-31T06:00:00Z"},
             {"graffiti/cincinnati_graffiti.csv", "cincinnati", "", 844, "1990-01-02T05:00:00Z",
              "1990-01-02T05:00:00Z"},
         }) {
        FakeStore store{county_named(table.county)};
        auto const report = import(store, "points", {shared_data() / table.file}, table.columns);
        EXPECT_EQ(report.read, table.rows) << table.file;
        EXPECT_EQ(report.new_, table.rows) << table.file;
        auto first = at(kNow);
        auto last = at("1990-01-01T00:00:00Z");
        for (auto const& kept : store.reports()) {
            EXPECT_TRUE(point_of(kept.place)) << table.file;
            EXPECT_NE(kept.kind_code, "unknown") << table.file;
            first = std::min(first, kept.occurred.from);
            last = std::max(last, kept.occurred.from);
        }
        EXPECT_THAT(to_text(first), testing::StartsWith(table.first)) << table.file;
        EXPECT_THAT(to_text(last), testing::StartsWith(table.last)) << table.file;
        EXPECT_EQ(import(store, "points", {shared_data() / table.file}, table.columns).unchanged, table.rows)
            << table.file;
    }
}

TEST_F(RealFiles, BurglariesOfWashingtonLastAsLongAsNobodyWasAtHome)
{
    RISKBILD_NEEDS_REAL_FILES();
    FakeStore store{county_named("washington_dc")};
    import(store, "points", {shared_data() / "crime_points/dc_burglaries_2016_aoristic.csv.gz"});
    std::uint64_t a_minute = 0;
    std::uint64_t above_a_day = 0;
    for (auto const& report : store.reports()) {
        auto const length = report.occurred.to - report.occurred.from;
        a_minute += length == std::chrono::minutes{1} ? 1 : 0;
        above_a_day += length > std::chrono::hours{24} ? 1 : 0;
    }
    EXPECT_EQ(above_a_day, 146U);  // as Python's datetime counts
    EXPECT_GE(a_minute, 37U);      // those whose end is empty
}

}  // namespace
}  // namespace riskbild::importers
