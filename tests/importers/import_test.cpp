#include "importers/import.hpp"

#include <fstream>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fake_store.hpp"
#include "geo_core/view.hpp"
#include "importers/dry_run.hpp"
#include "importers/file_guess.hpp"
#include "importers/import_tally.hpp"
#include "importers/observed.hpp"
#include "importers/points/points_importer.hpp"
#include "made_files.hpp"
#include "test_files.hpp"

namespace riskbild::importers {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;

constexpr std::string_view kHeader =
    "id,from,to,kind,lng,lat,precision,kommun,address,title,text,case_number\n";

std::string event(int id)
{
    return R"({"id":)" + std::to_string(id) +
           R"(,"datetime":"2025-03-10 8:00:00 +01:00","name":"10 mars 07.00, Brand, Uppsala","type":"Brand"})";
}

std::string row(std::string const& id)
{
    return id + ",2025-03-10,,theft,17.6,59.8,,,,,,\n";
}

class Import : public testing::Test {
protected:
    TemporaryFolder folder;
    FakeStore store{county_of_squares()};

    Result<ImportReport> import(std::string const& source, std::vector<std::string> files)
    {
        return import_files(store,
                            {.source = source, .files = std::move(files), .now = at("2026-06-01T12:00:00Z")});
    }

    // The error of importing one file with that content.
    std::string refusal(std::string const& source, std::string const& name, std::string_view content)
    {
        auto const report = import(source, {folder.write(name, content)});
        return report ? "imported: " + summary(*report) : report.error().message;
    }
};

TEST_F(Import, AddsUpOverFilesAndFoldersInOrderOfName)
{
    folder.write("b.json", "[" + event(1) + "," + event(2) + "]");
    folder.write("a.json", "[" + event(1) + "]");
    folder.write(".hidden", "not read");
    std::filesystem::create_directory(folder.path() / "below");
    auto const report = import("police", {folder.path().string(), folder.write("c.json", "")});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_THAT(report->files, ElementsAre("a.json", "b.json", "c.json", "c.json"));
    EXPECT_EQ(report->read, 3U);
    EXPECT_EQ(report->new_, 2U);
    EXPECT_EQ(report->unchanged, 1U);
    EXPECT_EQ(report->read, report->kept() + report->unchanged + report->outside + report->set_aside);
    EXPECT_EQ(store.commits, 4);
    EXPECT_EQ(report->revision, Revision{4});
}

TEST_F(Import, GoesOnPastFilesThatCannotBeReadAndSaysWhich)
{
    auto const good = folder.write("good.json", "[" + event(1) + "]");
    auto const bad = folder.write("bad.json", "[" + event(2) + ",");
    auto const page = folder.write("page.json", "<html>busy</html>");
    auto const later = folder.write("later.json", "[" + event(3) + "]");
    auto const report = import("police", {bad, good, page, later});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_THAT(report->files, ElementsAre("good.json", "later.json"));
    ASSERT_EQ(report->not_imported.size(), 2U);
    EXPECT_EQ(report->not_imported[0].first, "bad.json");
    EXPECT_EQ(report->not_imported[0].second, "bad.json row 2: the file is cut off: the array is not closed");
    EXPECT_EQ(report->not_imported[1].first, "page.json");
    EXPECT_EQ(store.reports().size(), 2U);

    auto const none = import("police", {bad, page});
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::unreadable);
    EXPECT_THAT(none.error().message, EndsWith("is not closed; none of the 2 files is imported"));
}

TEST_F(Import, GoesOnPastATableThatNoColumnProfileFits)
{
    auto const readme = folder.write("a_readme.txt", "Hej\nfilen kommer\n");
    auto const good = folder.write("b.csv", std::string{kHeader} + row("1"));
    auto const report = import("points", {readme, good});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_THAT(report->files, ElementsAre("b.csv"));
    ASSERT_EQ(report->not_imported.size(), 1U);
    EXPECT_EQ(report->not_imported[0].first, "a_readme.txt");
}

TEST_F(Import, StopsAtAFaultThatIsNotTheFilesOwn)
{
    auto const file = folder.write("a.json", "[" + event(1) + "]");
    auto begun = 0;
    auto const report = import_files(
        store,
        {.source = "police",
         .files = {file, file, file},
         .now = at("2026-06-01T12:00:00Z"),
         .begin = [&](Source const& source, std::string name) -> Result<std::unique_ptr<ImportSession>> {
             if (++begun == 2)
                 return fail(ErrorCode::full, "the disk is full");
             return store.begin_import(source, std::move(name));
         }});
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::full);
    EXPECT_EQ(report.error().message, "the disk is full; the file before it is imported");
    EXPECT_EQ(begun, 2);
}

TEST_F(Import, KnowsItsSources)
{
    auto const report = import("polis", {"x"});
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::wrong_use);
    EXPECT_EQ(report.error().message, "there is no source \"polis\"; did you mean police?");
    EXPECT_EQ(import("police", {}).error().code, ErrorCode::wrong_use);
    EXPECT_EQ(import("police", {"-", "-"}).error().code, ErrorCode::wrong_use);
}

TEST_F(Import, TakesTheTimeOfObservationThatItIsTold)
{
    auto const file = folder.write("a_20250401T060000Z.json", "[" + event(1) + "]");
    ASSERT_TRUE(import_files(store, {.source = "police",
                                     .files = {file},
                                     .observed = at("2025-05-01T00:00:00Z"),
                                     .now = at("2026-06-01T12:00:00Z")}));
    EXPECT_EQ(store.report("1").observed_at, at("2025-05-01T00:00:00Z"));
}

TEST_F(Import, RefusesATimeOfObservationThatCannotBe)
{
    auto const observed = [&](std::string_view when) {
        auto const report = import_files(store, {.source = "police",
                                                 .files = {folder.write("a.json", "[" + event(1) + "]")},
                                                 .observed = at(when),
                                                 .now = at("2026-06-01T12:00:00Z")});
        return report ? "imported"
                      : std::string{name_of(report.error().code)} + ": " + report.error().message;
    };
    for (auto const* when : {"9999-12-31T12:00:00Z", "2026-06-02T12:00:01Z", "1989-12-31T23:59:59Z"})
        EXPECT_EQ(observed(when), "wrong_use: the time of observation is " + std::string{when} +
                                      ", expected between 1990 and today");
    EXPECT_EQ(store.commits, 0);
    EXPECT_EQ(observed("2026-06-02T12:00:00Z"), "imported");
}

TEST_F(Import, TellsHowFarItIs)
{
    std::string rows{kHeader};
    for (int i = 0; i < 20'000; ++i)
        rows += row(std::to_string(i));
    std::vector<ImportProgress> told;
    ASSERT_TRUE(import_files(store, {.source = "points",
                                     .files = {folder.write("a.csv", rows)},
                                     .column_profile = "incidents",
                                     .now = at("2026-06-01T12:00:00Z"),
                                     .progress = [&](ImportProgress const& p) { told.push_back(p); }}));
    ASSERT_EQ(told.size(), 4U);
    EXPECT_EQ(told[0].rows, 0U);
    EXPECT_EQ(told[1].rows, 8192U);
    EXPECT_EQ(told[3].rows, 20'000U);
    EXPECT_EQ(told[3].bytes, told[3].total_bytes);
    EXPECT_FALSE(told[2].is_in);
    EXPECT_TRUE(told[3].is_in);
}

TEST_F(Import, RefusesBadPointFilesInOneSentence)
{
    EXPECT_EQ(refusal("points", "empty.csv", ""), "empty.csv: is empty, expected rows");
    EXPECT_THAT(refusal("points", "wrong.csv", "a,b\n1,2\n"),
                HasSubstr("wrong.csv: no column profile fits its columns (a, b)"));
    EXPECT_EQ(refusal("points", "garbage.csv", std::string_view{"\x01\x02\0\xff\xfe\x03", 6}),
              "garbage.csv: is binary data, expected text");
    EXPECT_EQ(
        refusal("points", "quotes.csv", std::string{kHeader} + row("1") + "2,\"2025-03-10,,\n" + row("3")),
        "quotes.csv row 2 (line 3): the quote opened in line 3 is not closed before the file ends");
    EXPECT_THAT(refusal("points", "table.xlsx", "PK\x03\x04rest"),
                HasSubstr("the ZIP data are damaged or cut off"));
    EXPECT_TRUE(store.reports().empty());
}

TEST_F(Import, RefusesBadPoliceFilesInOneSentence)
{
    EXPECT_THAT(refusal("police", "wrong.json", R"([{"a":1}])"),
                HasSubstr("wrong.json: holds no police events"));
    EXPECT_THAT(refusal("police", "garbage.json", std::string_view{"\x01\x02\0\xff\xfe\x03", 6}),
                HasSubstr("binary data"));
    EXPECT_THAT(refusal("police", "cut.json", "[" + event(1) + ",{\"id\":2,"),
                HasSubstr("cut.json row 2: the file is cut off"));
    EXPECT_THAT(refusal("police", "csv.json", "id,name\n1,2\n"), HasSubstr("begins with \"i\""));
    EXPECT_TRUE(store.reports().empty());
}

TEST_F(Import, RefusesAWebPageWhateverItIsCalledAndWhoeverReadsIt)
{
    constexpr std::string_view kPage =
        "\xef\xbb\xbf<!-- 1 -->\n<!DOCTYPE html>\n<html><head><title>503 Service Unavailable</title></head>"
        "<body>Sorry, <b>no</b></body></html>\n";
    for (auto const& source : source_names())
        EXPECT_EQ(
            refusal(source, "events.json", kPage),
            "events.json: is a web page (\"503 Service Unavailable\"), not the data; the server may have "
            "answered with an error page, or a program saved HTML under another name: fetch it again, "
            "or save it as CSV or XLSX")
            << source;
    EXPECT_THAT(refusal("points", "t.csv", "<HTML lang=sv>\n<table>"),
                HasSubstr("t.csv: is a web page, not"));
    EXPECT_THAT(refusal("points", "t.csv", "<html>s,id\n1,2\n").c_str(), HasSubstr("is a web page"));
    EXPECT_THAT(refusal("points", "t.csv", "<id>,from\n1,2\n"), HasSubstr("no column profile fits"));
}

TEST(FileGuess, TellsASourceByWhatTheFileHolds)
{
    auto const guess = [](std::string_view bytes) {
        auto source = ByteSource::from_memory("t", std::string{bytes});
        return source_by_content(source).value_or("none");
    };
    EXPECT_EQ(guess(R"([{"service_request_id":"1","requested_datetime":"2025-01-01T00:00:00Z"}])"),
              "open311");
    EXPECT_EQ(guess("<?xml version=\"1.0\"?><service_requests><request/></service_requests>"), "open311");
    EXPECT_EQ(guess(R"({"header":{"gtfs_realtime_version":"2.0"},"entity":[]})"), "gtfs-rt");
    EXPECT_EQ(guess(std::string_view{"\x0a\x0d\x0a\x03"
                                     "2.0\x10\x00\x18\x00",
                                     11}),
              "gtfs-rt");
    EXPECT_EQ(guess(std::string_view{"\0\0\0\x0d\x0a\x09OSMHeader\x18\x7c", 17}), "osm");
    EXPECT_EQ(guess(zip_of({{"agency.txt", "a\n"}, {"stops.txt", "stop_id\n"}})), "gtfs");
    EXPECT_EQ(guess("id,from\n1,2\n"), "none");
    EXPECT_EQ(guess(""), "none");
}

TEST_F(Import, SetsAsideBadRowsOfAGoodFile)
{
    auto const report = import(
        "points",
        {folder.write("mixed.csv", std::string{kHeader} + row("1") + "2,2025-03-10,,theft,nan,59.8,,,,,,\n" +
                                       "3,2025-03-10,,theft,11.97,57.7,,,,,,\n" +
                                       "4,2099-03-10,,theft,17.6,59.8,,,,,,\n" +
                                       "5,2025-03-10,,theft,17.6,59.8,,,K\xe5re,,,\n" +
                                       "6,2025-03-10,,theft,17.6,59.8,,,Kåre,,,\n")});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(summary(*report),
              "read 6, kept 3 (3 new, 0 revised; 0 as context), unchanged 0, outside 0, set aside 3 (1 "
              "bad_time, 2 outside_box)");
    EXPECT_EQ(store.report("5").place_text, "Kåre");
    EXPECT_EQ(store.report("6").place_text, "Kåre");
}

TEST(ImportTally, SetsAsideAReportThatTheStoreRefusesAndGoesOn)
{
    TemporaryFolder folder;
    auto const store = *create_store(folder.path() / "county.gpkg", *load_profile("uppsala"));
    auto const session = *store->begin_import({.name = "test", .title = "Test"}, "t.csv");
    ImportTally tally{*session, "test", "t.csv"};
    Report report{.key = {"test", "1"},
                  .observed_at = at("2025-03-11T00:00:00Z"),
                  .kind_code = "theft",
                  .occurred = {at("2025-03-10T00:00:00Z"), at("9999-12-31T12:00:00Z")},
                  .payload = "{\"id\":1}"};
    ASSERT_TRUE(tally.take(report, 1, "id"));
    report = {.key = {"test", "2"},
              .observed_at = report.observed_at,
              .kind_code = "theft",
              .occurred = {at("2025-03-10T00:00:00Z"), at("2025-03-10T01:00:00Z")},
              .payload = "{\"id\":2}"};
    ASSERT_TRUE(tally.take(report, 2, "id"));
    auto const done = tally.finish();
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(
        summary(*done),
        "read 2, kept 1 (1 new, 0 revised; 0 as context), unchanged 0, outside 0, set aside 1 (1 refused)");
    ASSERT_EQ(done->rows.size(), 1U);
    EXPECT_EQ(done->rows[0].message, "report 1 of test has a year beyond 1 to 9999");
    EXPECT_EQ(done->rows[0].payload, "{\"id\":1}");
}

TEST(ImportTally, RefusesRowsThatTheStoreWouldHaveTwice)
{
    TemporaryFolder const folder;
    auto const store = *create_store(folder.path() / "county.gpkg", *load_profile("uppsala"));
    auto const by_id = load_column_profile("incidents").value();
    auto by_case = by_id.toml;
    by_case.replace(by_case.find("id = \"id\""), 9, "id = \"case_number\"");
    auto other_source = by_id.toml;
    other_source.replace(other_source.find("source = \"incidents\""), 20, "source = \"copy\"");
    auto const import = [&](std::string const& toml, std::string_view rows, BeginImport const& begin = {}) {
        auto source =
            ByteSource::from_memory("events_20260101T060000Z.csv", std::string{kHeader} + std::string{rows});
        auto const columns = parse_column_profile(toml, "incidents").value();
        return import_points(*store, source,
                             {.columns = columns, .now = at("2026-06-01T12:00:00Z"), .begin = begin});
    };
    auto const rows = [](int from, int to) {
        std::string text;
        for (int i = from; i <= to; ++i)
            text += fmt::format("{0},2025-03-10,,theft,17.6,59.8,,,,,,K {0}\n", i);
        return text;
    };
    std::string const bad = "99,2025-02-30,,theft,17.6,59.8,,,,,,K 99\n";
    ASSERT_EQ(import(by_id.toml, rows(1, 11) + bad)->new_, 11U);
    EXPECT_EQ(import(by_id.toml, rows(7, 11) + bad + rows(1, 6))->unchanged, 11U);
    for (auto const& otherwise : {by_case, other_source})
        for (auto const& begin : {BeginImport{}, dry_run(*store)}) {
            auto const twice = import(otherwise, bad + rows(1, 11), begin);
            ASSERT_FALSE(twice);
            EXPECT_EQ(twice.error().field, "profile-columns");
            EXPECT_THAT(twice.error().message,
                        HasSubstr("from the file events_20260101T060000Z.csv of the source incidents"));
            EXPECT_THAT(twice.error().message, HasSubstr("; at least 10 of 12 would be there twice"));
        }
    EXPECT_EQ(store->set_aside_page({})->n, 1U);
    EXPECT_EQ(View(*store->snapshot(), Role::analyst).count({}).value(), 11U);
    EXPECT_EQ(import(by_id.toml, rows(51, 59))->new_, 9U);
    EXPECT_EQ(import(other_source, rows(51, 59))->new_, 9U) << "so few may be alike by chance";
}

TEST(ImportTally, SaysThatOtherContentOfTheSameMomentMayNotBeShown)
{
    TemporaryFolder folder;
    auto const store = *create_store(folder.path() / "county.gpkg", *load_profile("uppsala"));
    auto const import = [&](std::string const& name, std::string const& rows) {
        return import_files(*store, {.source = "points",
                                     .files = {folder.write(name, std::string{kHeader} + rows)},
                                     .observed = at("2025-04-01T00:00:00Z"),
                                     .now = at("2026-06-01T12:00:00Z")})
            ->notes;
    };
    EXPECT_THAT(import("a.csv", row("1")), testing::Not(testing::Contains(HasSubstr("stored already"))));
    EXPECT_THAT(
        import("b.csv", "1,2025-03-10,,robbery,17.6,59.8,,,,,,\n"),
        testing::Contains("b.csv: 1 row is stored already with other content said to be of the very same "
                          "moment: nothing tells which is newer, so the former may stay the one shown; "
                          "a later --observed decides"));
}

TEST_F(Import, AsksOfAFileOfUnusableRowsWhetherItIsTheRightOne)
{
    std::string rows{kHeader};
    for (int i = 0; i < 10; ++i)
        rows += std::to_string(i) + ",someday,,theft,17.6,59.8,,,,,,\n";
    EXPECT_THAT(import("points", {folder.write("bad.csv", rows)})->notes,
                testing::Contains("bad.csv: 10 of 10 rows cannot be used: is it the right file and the right "
                                  "county?"));
}

long peak_kilobytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

// Importing in a child process shows how much memory that took, on top of what the tests before it hold.
void import_within(long megabytes, std::string const& source, std::string const& file,
                   std::string const& expected)
{
    auto const child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        FakeStore store{county_of_squares()};
        auto const before = peak_kilobytes();
        auto const report = import_files(store, {.source = source, .files = {file}});
        auto const grown = peak_kilobytes() - before;
        auto const right = !report && report.error().message.find(expected) != std::string::npos;
        if (!right)
            std::fprintf(stderr, "%s\n", report ? summary(*report).c_str() : report.error().message.c_str());
        _exit(!right ? 1 : grown > megabytes * 1024 ? 2 : 0);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0) << "1 = another answer, 2 = more than " << megabytes << " MB of memory";
}

TEST_F(Import, RefusesALineOf200MegabytesWithoutHoldingIt)
{
    constexpr long kMegabytes = 100;  // for a record of at most 16, held and copied while it grows
    std::string const piece(1'000'000, 'x');
    auto const csv = (folder.path() / "long.csv").string();
    {
        std::ofstream out{csv, std::ios::binary};
        out << kHeader << row("1");
        for (int i = 0; i < 200; ++i)
            out << piece;
    }
    import_within(kMegabytes, "points", csv, "long.csv row 2 (line 3): longer than 16 MB");
    auto const json = (folder.path() / "long.json").string();
    {
        std::ofstream out{json, std::ios::binary};
        out << "[" << event(1) << ",{\"id\":2,\"name\":\"";
        for (int i = 0; i < 200; ++i)
            out << piece;
    }
    import_within(kMegabytes, "police", json, "long.json row 2: longer than 16 MB");
}

TEST_F(Import, SaysWhyAFolderOrFileCannotBeRead)
{
    EXPECT_EQ(import("police", {(folder.path() / "none.json").string()}).error().code, ErrorCode::not_found);
    auto const locked = folder.path() / "locked";
    std::filesystem::create_directory(locked);
    EXPECT_THAT(import("police", {locked.string()}).error().message, HasSubstr("holds no files"));
    auto const file = folder.write("locked/a.json", "[" + event(1) + "]");
    chmod(file.c_str(), 0);
    chmod(folder.path().c_str(), 0755);
    auto const child = fork();  // root reads everything, so somebody else must ask
    ASSERT_GE(child, 0);
    if (child == 0) {
        if (geteuid() == 0 && setuid(65534) != 0)
            _exit(3);
        auto const of_file = import("police", {file});
        auto const file_told = !of_file && of_file.error().code == ErrorCode::unreadable &&
                               of_file.error().message.ends_with("cannot be read: Permission denied");
        _exit(file_told ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(WEXITSTATUS(status), 0);

    chmod(locked.c_str(), 0);
    auto const second = fork();
    ASSERT_GE(second, 0);
    if (second == 0) {
        if (geteuid() == 0 && setuid(65534) != 0)
            _exit(3);
        auto const of_folder = import("police", {locked.string()});
        auto const told = !of_folder && of_folder.error().code == ErrorCode::unreadable &&
                          of_folder.error().message.find("the folder \"" + locked.string() +
                                                         "\" cannot be read: Permission denied") == 0;
        _exit(told ? 0 : 1);
    }
    ASSERT_EQ(waitpid(second, &status, 0), second);
    EXPECT_EQ(WEXITSTATUS(status), 0);
    chmod(locked.c_str(), 0700);
}

TEST(FileStamp, IsFoundAnywhereInAName)
{
    EXPECT_EQ(file_stamp("events_20250402T143013Z_f25f34929e.json.gz"), at("2025-04-02T14:30:13Z"));
    EXPECT_EQ(file_stamp("20230501T154431Z_3d2532ca85.bin"), at("2023-05-01T15:44:31Z"));
    EXPECT_EQ(file_stamp("20230501T154431Z"), at("2023-05-01T15:44:31Z"));
    for (auto const* none : {"", "uppsala_lan_latest.json", "20230501T154431", "20231301T154431Z",
                             "1120230501T154431Z", "20230501154431Z"})
        EXPECT_EQ(file_stamp(none), std::nullopt) << none;
}

}  // namespace
}  // namespace riskbild::importers
