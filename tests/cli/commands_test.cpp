#include <csignal>
#include <fstream>
#include <set>
#include <tuple>

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "layers/registry.hpp"
#include "tests/cli/commands.hpp"

namespace riskbild::cli::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;

TEST_F(Commands, TakesAFileWithoutTheColumnsThatMayBeEmpty)
{
    auto const file =
        folder.write("few.csv", "id;from;kind;lng;lat;precision\r\n1;2025-03-10;theft;17,6389;59,8586;\r\n");
    auto const ran = riskbild({"import", "points", file, "--store", store});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("read 1, kept 1"));
    EXPECT_THAT(ran.out, HasSubstr("note: few.csv: lacks the columns address, case_number, kommun, text, "
                                   "title, to, which the column profile incidents names: read as empty\n"));
    auto const other = folder.write(
        "other.csv", "id;from;kind;lng;lat;precision\r\n2;2025-03-10;theft;17,6389;59,8586;\r\n");
    auto const both = riskbild({"import", "points", file, other, "--store", store});
    EXPECT_THAT(both.out, HasSubstr("note: few.csv and 1 more file: lacks the columns address, "));
    EXPECT_THAT(both.out, Not(HasSubstr("other.csv: lacks")));
}

TEST_F(Commands, ImportsOnceAndListsWhatItSetAside)
{
    auto const file = folder.write("incidents.csv", incidents_csv());
    auto const first = riskbild(import_of(file, store));
    ASSERT_EQ(first.exit_code, 0) << first.out << first.err;
    auto const report = first.json();
    EXPECT_EQ(report["read"], 12);
    EXPECT_EQ(report["kept"], 10);
    EXPECT_EQ(report["new"], 10);
    EXPECT_EQ(report["revised"], 0);
    EXPECT_EQ(report["unchanged"], 0);
    EXPECT_EQ(report["outside"], 0);
    EXPECT_EQ(report["set_aside"], 2);
    EXPECT_EQ(report["context"], 0);
    EXPECT_EQ(report["reasons"].size(), 2U);
    ASSERT_EQ(report["rows"].size(), 2U);
    std::set<int> rows;
    for (auto const& row : report["rows"]) {
        for (auto const* key : {"row", "column", "reason", "message"})
            EXPECT_TRUE(row.contains(key)) << key;
        rows.insert(row["row"].get<int>());
    }
    EXPECT_EQ(rows, (std::set{11, 12}));

    auto const again = riskbild(import_of(file, store)).json();
    EXPECT_EQ(again["new"], 0);
    EXPECT_EQ(again["unchanged"], 10);
    EXPECT_EQ(again["revision"], report["revision"]);
}

TEST_F(Commands, LeavesNoStoreBehindAnImportThatFailed)
{
    for (auto const& [name, text] : {std::pair{"empty.csv", ""}, {"columns.csv", "a,b\r\n1,2\r\n"}}) {
        auto const ran = riskbild(import_of(folder.write(name, text), store));
        EXPECT_EQ(ran.exit_code, 1) << name << ran.out;
        EXPECT_FALSE(std::filesystem::exists(store)) << name;
    }
    auto const json =
        riskbild({"import", "police", folder.write("cut.json", "[{\"id\": 1, \"name"), "--store", store});
    EXPECT_EQ(json.exit_code, 1);
    expect_one_sentence(json);
    EXPECT_FALSE(std::filesystem::exists(store));
    auto const missing = riskbild({"import", "police", folder / "none.json", "--store", store});
    EXPECT_EQ(missing.exit_code, 1);
    expect_one_sentence(missing);
}

TEST_F(Commands, InitMakesAStoreThatCheckFindsSound)
{
    auto const made = riskbild({"init", "--store", store, "--profile", "houston", "--json"});
    ASSERT_EQ(made.exit_code, 0) << made.out;
    EXPECT_EQ(made.json()["profile"], "houston");
    auto const checked = riskbild({"check", "--store", store, "--json"});
    EXPECT_EQ(checked.exit_code, 0) << checked.out;
    EXPECT_EQ(checked.json()["sound"], true);
    EXPECT_EQ(riskbild({"init", "--store", folder / "no/such/folder/b.gpkg"}).exit_code, 1);
}

TEST_F(Commands, DumpsTheSameToAFileAsToStandardOutput)
{
    auto const sound = imported_store();
    auto const dumped = riskbild({"dump", "--store", sound});
    ASSERT_EQ(dumped.exit_code, 0);
    EXPECT_THAT(dumped.out, Not(IsEmpty()));
    auto const filed = riskbild({"dump", "--store", sound, "--out", folder / "dump.txt", "--json"});
    EXPECT_EQ(filed.json()["bytes"], dumped.out.size());
    EXPECT_EQ(read_file(folder / "dump.txt"), dumped.out);
    EXPECT_EQ(riskbild({"dump", "--store", sound, "--json"}).exit_code, 2);
}

TEST_F(Commands, ReplacesAFileOnlyWhenForced)
{
    auto const sound = imported_store();
    auto const file = folder.write("dump.txt", "something dear");
    auto const kept = riskbild({"dump", "--store", sound, "--out", file});
    EXPECT_EQ(kept.exit_code, 2);
    EXPECT_THAT(kept.err, HasSubstr("--force"));
    EXPECT_EQ(read_file(file), "something dear");
    EXPECT_EQ(riskbild({"dump", "--store", sound, "--out", file, "--force"}).exit_code, 0);
    EXPECT_EQ(read_file(file), riskbild({"dump", "--store", sound}).out);
}

TEST_F(Commands, NeverWritesOverTheStoreItReads)
{
    auto const sound = imported_store();
    auto const before = read_file(sound);
    std::filesystem::create_hard_link(sound, folder / "same.gpkg");
    std::filesystem::create_symlink(sound, folder / "link.gpkg");
    auto const detour = (folder.path() / ".." / folder.path().filename() / "county.gpkg").string();
    for (auto const& out : {sound, detour, folder / "same.gpkg", folder / "link.gpkg", sound + "-wal",
                            sound + "-shm", sound + "-journal"}) {
        auto const dumped = riskbild({"dump", "--store", sound, "--out", out, "--force"});
        EXPECT_EQ(dumped.exit_code, 2) << out;
        expect_one_sentence(dumped);
        EXPECT_EQ(riskbild({"dump", "--store", folder / "link.gpkg", "--out", out, "--force"}).exit_code, 2)
            << out;
        EXPECT_EQ(riskbild({"layer", "rates", "--store", sound, "--out", out, "--force"}).exit_code, 2)
            << out;
    }
    EXPECT_EQ(read_file(sound), before);
    EXPECT_FALSE(std::filesystem::exists(sound + "-journal"));
}

TEST_F(Commands, ReplacesOrdinaryFilesOnly)
{
    auto const sound = imported_store();
    auto const pipe = folder / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    auto const link = folder / "link.txt";
    std::filesystem::create_symlink(folder.write("far.txt", "far"), link);
    std::filesystem::create_symlink("nowhere", folder / "dangling.txt");
    // A device of the test's own: what would replace it must not find the machine's.
    auto const device = folder / "null";
    auto const has_device = ::mknod(device.c_str(), S_IFCHR | 0600, makedev(1, 3)) == 0;
    for (auto const& out : {pipe, link, folder / "dangling.txt", has_device ? device : pipe}) {
        auto const ran = riskbild({"dump", "--store", sound, "--out", out, "--force"});
        EXPECT_EQ(ran.exit_code, 2) << out;
        expect_one_sentence(ran);
    }
    EXPECT_TRUE(std::filesystem::is_fifo(pipe));
    EXPECT_TRUE(std::filesystem::is_symlink(link));
    EXPECT_EQ(read_file(folder / "far.txt"), "far");
    EXPECT_EQ(std::filesystem::is_character_file(device), has_device);
}

TEST_F(Commands, ListsWhatIsStillSetAside)
{
    auto const sound = imported_store();
    auto const all = riskbild({"set-aside", "--store", sound, "--json"}).json();
    EXPECT_EQ(all["n"], 2);
    EXPECT_EQ(all["more"], false);
    ASSERT_EQ(all["rows"].size(), 2U);
    EXPECT_EQ(all["rows"][0]["row"], 11);
    EXPECT_EQ(all["rows"][1]["row"], 12);
    for (auto const* key : {"source", "file", "column", "reason", "message"})
        EXPECT_TRUE(all["rows"][0].contains(key)) << key;

    auto const table = riskbild({"set-aside", "--store", sound, "--source", "incidents"}).out;
    EXPECT_THAT(table, MatchesRegex("file +row  column +reason +message\n"
                                    "incidents.csv   11  [^\n]+\n"
                                    "incidents.csv   12  [^\n]+\n"));
    auto const one = riskbild({"set-aside", "--store", sound, "--limit", "1"}).out;
    EXPECT_THAT(one, HasSubstr("only the newest 1; a higher --limit lists more"));
    EXPECT_EQ(riskbild({"set-aside", "--store", folder / "none.gpkg"}).exit_code, 1);
}

TEST_F(Commands, CorrectsARowAndTakesItInAgain)
{
    auto const sound = imported_store();
    EXPECT_EQ(riskbild({"set-aside", "list", "--store", sound, "--reason", "badtime"}).out,
              "no such rows: there is no reason \"badtime\"; did you mean bad_time?\n");
    EXPECT_EQ(riskbild({"set-aside", "list", "--store", sound, "--source", "incident"}).out,
              "no such rows: there is no source \"incident\"; did you mean incidents?\n");
    auto const page = riskbild({"set-aside", "list", "--store", sound, "--order", "file", "--json"}).json();
    ASSERT_EQ(page["n"], 2);
    auto const id = std::to_string(page["rows"][0]["id"].get<int>());
    auto const row = riskbild({"set-aside", "show", id, "--store", sound, "--json"}).json();
    EXPECT_EQ(row["read_by"], "points, column profile incidents");
    auto const corrected = riskbild({"set-aside", "correct", id, "--store", sound, "--set",
                                     "from=2025-03-01T10:00", "--set", "lng=17.6389", "--set", "lat=59.8586",
                                     "--set", "precision=exact", "--by", "Eva Ek", "--retry"});
    EXPECT_EQ(corrected.exit_code, 0) << corrected.err;
    EXPECT_THAT(corrected.out, HasSubstr("1 row: 1 taken in"));
    EXPECT_THAT(riskbild({"set-aside", "show", id, "--store", sound}).out,
                HasSubstr("corrected by Eva Ek at"));
    EXPECT_EQ(riskbild({"set-aside", "--store", sound, "--json"}).json()["n"], 1);
    EXPECT_EQ(riskbild({"set-aside", "drop", "--store", sound, "--source", "incidents"}).exit_code, 0);
    EXPECT_EQ(riskbild({"set-aside", "--store", sound}).out, "no rows are set aside\n");
    for (auto const* shown : {"corrected by", "set aside for"}) {
        auto const undone = riskbild({"set-aside", "undo", id, "--store", sound});
        EXPECT_EQ(undone.exit_code, 0);
        EXPECT_THAT(undone.out, HasSubstr(shown));
    }
    EXPECT_EQ(riskbild({"set-aside", "undo", id, "--store", sound}).exit_code, 2);
    EXPECT_EQ(riskbild({"set-aside", "list", "--store", sound, "--state", "dropped", "--json"}).json()["n"],
              1);
    EXPECT_EQ(riskbild({"check", "--store", sound}).exit_code, 0);
}

TEST_F(Commands, TellsHowGoodTheDataAre)
{
    auto const sound = imported_store();
    auto const all = riskbild({"quality", "--store", sound, "--today", "2026-01-01", "--json"}).json();
    ASSERT_EQ(all["sources"].size(), 1U);
    auto const& source = all["sources"][0];
    EXPECT_EQ(source["set_aside"], 2);
    auto const& imports = source["imports"];
    EXPECT_EQ(imports["read"].get<int>(), imports["new"].get<int>() + imports["set_aside"].get<int>() +
                                              imports["outside"].get<int>() + imports["revised"].get<int>());
    EXPECT_EQ(imports["files"], 1);
    auto const text = riskbild({"quality", "--store", sound, "--today", "2026-01-01"}).out;
    EXPECT_THAT(text, HasSubstr("incidents (Händelselista)\n  imports: of 1 file: read "));
    EXPECT_THAT(text, HasSubstr("on the desk: 2 rows"));
    EXPECT_EQ(riskbild({"quality", "--store", sound, "--source", "nobody"}).exit_code, 1);
}

TEST_F(Commands, CountsTheDaysWithoutIncidentsOfASparseSource)
{
    auto const list = folder.write("sparse.csv",
                                   "id,from,to,kind,lng,lat,precision,kommun,address,title,text,case_number\n"
                                   "a,2005-01-01,,theft,17.6389,59.8586,address,Uppsala,,,,\n"
                                   "b,2025-03-10,,theft,17.6389,59.8586,address,Uppsala,,,,\n");
    ASSERT_EQ(riskbild(import_of(list, store)).exit_code, 0);
    EXPECT_THAT(riskbild({"quality", "--store", store, "--today", "2025-03-12"}).out,
                HasSubstr("freshness: last incident 2025-03-10, 1 day without one since\n"));
}

TEST_F(Commands, PointsFromALongImportReportToTheList)
{
    std::string text = incidents_csv();
    for (auto i = 0; i < 12; ++i)
        text += fmt::format("bad{},someday\x1b[2J,,theft,17.6389,59.8586,exact,Uppsala,,,,\r\n", i);
    auto const ran = riskbild({"import", "points", folder.write("long.csv", text), "--store", store,
                               "--profile-columns", "incidents"});
    EXPECT_THAT(ran.out,
                HasSubstr("… and 4 more; riskbild set-aside list --store " + store + " lists them\n"));
    EXPECT_THAT(ran.out, Not(HasSubstr("\x1b"))) << "a terminal would obey";
}

TEST_F(Commands, NoticesThatStandardOutputTakesNoMore)
{
    auto const sound = imported_store();
    for (auto const& command : std::vector<std::vector<std::string>>{
             {"dump", "--store", sound}, {"check", "--store", sound, "--json"}, {"--help"}}) {
        auto const ran = riskbild(command, "/dev/full");
        EXPECT_EQ(ran.exit_code, 1) << command[0];
        expect_one_sentence(ran);
    }
    auto const piped = run_program(
        {"bash", "-c", "'" + program() + "' dump --store '" + sound + "' | true; exit ${PIPESTATUS[0]}"});
    EXPECT_TRUE(piped.exit_code == 0 || piped.exit_code == 1) << piped.exit_code;
}

/// `| head` closes the pipe early; the text is longer than a pipe holds.
TEST_F(Commands, SaysNothingWhenTheReaderHasHadEnough)
{
    std::string text = incidents_csv();
    for (auto i = 0; i < 2'000; ++i)
        text += fmt::format("bad{},someday,,theft,17.6389,59.8586,exact,Uppsala,,,,\r\n", i);
    std::ignore = imported_store();
    ASSERT_EQ(riskbild(import_of(folder.write("long.csv", text), store)).exit_code, 0);
    auto const ran = run_program(
        {"bash", "-c",
         fmt::format(
             "'{}' set-aside --store '{}' --limit 5000 | head -c 100 >/dev/null; exit ${{PIPESTATUS[0]}}",
             program(), store)});
    EXPECT_EQ(ran.exit_code, 1);
    EXPECT_EQ(ran.err, "");
}

TEST_F(Commands, EndsAsEverWhereNobodyCanBeToldWhatWentWrong)
{
    auto const ran = run_program(
        {"bash", "-c", fmt::format("'{}' check --store '{}' 2>&-", program(), folder / "none.gpkg")});
    EXPECT_EQ(ran.exit_code, 1) << "not ended by a signal";
}

TEST_F(Commands, ForgetsRowsSetAsideWhenTold)
{
    std::string text = incidents_csv();
    for (auto i = 0; i < 100; ++i)
        text += fmt::format("bad{},someday,,theft,17.6389,59.8586,exact,Uppsala,,,,\r\n", i);
    std::ignore = imported_store();
    auto const before = riskbild({"set-aside", "--store", store, "--json"}).json()["n"];
    auto const ran = riskbild(import_of(folder.write("other.csv", text), store));
    EXPECT_THAT(ran.out, HasSubstr("of 112 rows cannot be used")) << "nearly all";
    EXPECT_EQ(riskbild({"set-aside", "--store", store, "--file", "other.csv", "--json"}).json()["n"], 100);
    for (auto const& wrong :
         std::vector<std::vector<std::string>>{{}, {"--file", "other.csv", "--limit", "3"}}) {
        auto arguments = std::vector<std::string>{"set-aside", "--store", store, "--discard"};
        arguments.insert(arguments.end(), wrong.begin(), wrong.end());
        EXPECT_EQ(riskbild(arguments).exit_code, 2) << "which rows is not said, or in two ways";
    }
    EXPECT_EQ(riskbild({"set-aside", "--store", store, "--file", "none.csv", "--discard"}).exit_code, 1);
    auto const discarded =
        riskbild({"set-aside", "--store", store, "--file", "other.csv", "--discard", "--json"});
    EXPECT_EQ(discarded.exit_code, 0);
    EXPECT_EQ(discarded.json()["discarded"], 100);
    EXPECT_EQ(riskbild({"set-aside", "--store", store, "--json"}).json()["n"], before);
    EXPECT_EQ(riskbild({"check", "--store", store}).exit_code, 0);
}

TEST_F(Commands, RefusesFilesThatAreNoStoreOfThisVersion)
{
    auto const newer = imported_store();
    std::fstream file(newer, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(60);  // user_version in the header of an SQLite file, big-endian
    file.write("\x7f\xff\xff\xff", 4);
    file.close();
    auto const before = read_file(newer);
    for (auto const& command : std::vector<std::vector<std::string>>{
             {"check", "--store", newer},
             {"dump", "--store", newer},
             {"serve", "--store", newer, "--port", "0"},
             {"layer", "density", "--store", newer, "--out", folder / "a.tif"},
             {"import", "points", folder / "incidents.csv", "--store", newer, "--profile-columns",
              "incidents"}}) {
        auto const ran = riskbild(command);
        EXPECT_EQ(ran.exit_code, 1) << command[0];
        expect_one_sentence(ran);
        EXPECT_THAT(ran.err, HasSubstr("newer")) << command[0];
    }
    EXPECT_EQ(read_file(newer), before);
    for (auto const& text : {std::string(), std::string("not a store"),
                             std::string("SQLite format 3\0", 16) + std::string(5000, 'x')}) {
        auto const ran = riskbild({"check", "--store", folder.write("bad.gpkg", text)});
        EXPECT_EQ(ran.exit_code, 1);
        expect_one_sentence(ran);
    }
}

TEST_F(Commands, MakesTheDemoFromTheSameImporters)
{
    auto const ran = riskbild({"demo", "--store", store, "--reports", "600", "--no-serve", "--json"});
    ASSERT_EQ(ran.exit_code, 0) << ran.out << ran.err;
    auto const answer = ran.json();
    EXPECT_EQ(answer["layers"].size(), layers::all_layers().size());
    auto read = 0;
    for (auto const& one : answer["imports"]) {
        EXPECT_EQ(one["read"].get<int>(), one["kept"].get<int>() + one["unchanged"].get<int>() +
                                              one["outside"].get<int>() + one["set_aside"].get<int>());
        read += one["read"].get<int>();
    }
    EXPECT_EQ(read, 600);
    auto const again =
        riskbild({"demo", "--store", store, "--reports", "600", "--no-serve", "--json"}).json();
    for (auto const& one : again["imports"])
        EXPECT_EQ(one["new"], 0);
}

TEST_F(Commands, MakesNoDemoInAStoreOfRealReports)
{
    auto const real = folder / "real.gpkg";
    ASSERT_EQ(riskbild({"import", "police",
                        RISKBILD_TESTS_DIR "/../importers/police/cases/digests/input.json", "--store", real})
                  .exit_code,
              0);
    auto const before = riskbild({"dump", "--store", real}).out;
    auto const ran = riskbild({"demo", "--store", real, "--reports", "600", "--no-serve"});
    EXPECT_EQ(ran.exit_code, 2) << ran.out;
    expect_one_sentence(ran);
    EXPECT_THAT(ran.err, HasSubstr("Polisens händelser"));
    EXPECT_EQ(riskbild({"dump", "--store", real}).out, before);
    EXPECT_FALSE(std::filesystem::exists(folder / "example"));
}

TEST_F(Commands, SaysThatTheDemosPortIsInUseBeforeItImports)
{
    Serving const serving({"--store", imported_store()});
    auto const ran = riskbild({"demo", "--store", folder / "demo.gpkg", "--reports", "600", "--port",
                               std::to_string(serving.port())});
    EXPECT_EQ(ran.exit_code, 1);
    expect_one_sentence(ran);
    EXPECT_THAT(ran.err, HasSubstr("in use"));
    EXPECT_FALSE(std::filesystem::exists(folder / "demo.gpkg"));
}

TEST_F(Commands, ServesUntilASignalAndEndsWell)
{
    auto const sound = imported_store();
    for (auto const signal : {SIGTERM, SIGINT}) {
        Serving serving({"--store", sound});
        ASSERT_GT(serving.port(), 0);
        auto const asked = run_program(
            {"curl", "-s", "-m", "20", fmt::format("http://127.0.0.1:{}/api/v1/health", serving.port())});
        if (asked.exit_code == 127)
            GTEST_SKIP() << "curl is not installed";
        EXPECT_EQ(asked.json()["status"], "ok");
        auto const second = riskbild({"serve", "--store", sound, "--port", std::to_string(serving.port())});
        EXPECT_EQ(second.exit_code, 1);
        expect_one_sentence(second);
        EXPECT_THAT(second.err, HasSubstr("in use"));
        serving.send(signal);
        EXPECT_EQ(serving.wait(), 0);
    }
}

}  // namespace
}  // namespace riskbild::cli::testing
