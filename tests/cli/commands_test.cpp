#include <csignal>
#include <fstream>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "tests/cli/program.hpp"

namespace riskbild::cli::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;

/// Ten incidents at one address in Uppsala, one row too far away, one of an unknown time.
std::string incidents_csv()
{
    std::string text = "id,from,to,kind,lng,lat,precision,kommun,address,title,text,case_number\r\n";
    for (auto i = 0; i < 10; ++i)
        text += fmt::format(
            "a{},2025-03-{:02}T10:00:00+01:00,2025-03-{:02}T10:01:00+01:00,theft,17.6389,59.8586,address,"
            "Uppsala,"
            "=1+1,Title,,\r\n",
            i, i + 1, i + 1);
    text += "far,2025-03-01T10:00:00+01:00,2025-03-01T10:01:00+01:00,theft,0,0,exact,Uppsala,,,,\r\n";
    text += "undated,someday,,theft,17.6389,59.8586,exact,Uppsala,,,,\r\n";
    return text;
}

std::vector<std::string> import_of(std::string const& file, std::string const& store)
{
    return {"import", "points", file, "--store", store, "--profile-columns", "incidents", "--json"};
}

class Commands : public ::testing::Test {
protected:
    std::string imported_store() const
    {
        auto const ran = riskbild(import_of(folder.write("incidents.csv", incidents_csv()), store));
        EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.err;
        return store;
    }
    Folder folder;
    std::string const store = folder / "county.gpkg";
};

void expect_one_sentence(Ran const& ran)
{
    EXPECT_THAT(ran.err, MatchesRegex("riskbild: [^\n]+\n"));
    EXPECT_THAT(ran.err, Not(HasSubstr("unforeseen")));
    EXPECT_THAT(ran.out, IsEmpty());
}

TEST_F(Commands, TellsHelpAndVersion)
{
    EXPECT_THAT(riskbild({"--version"}).out, MatchesRegex("riskbild [0-9]+\\.[0-9]+\\.[0-9]+\n"));
    auto const help = riskbild({"--help"});
    EXPECT_EQ(help.exit_code, 0);
    EXPECT_THAT(help.out, HasSubstr("Examples:"));
    for (auto const* command : {"init", "import", "layer", "serve", "check", "dump", "set-aside", "demo"}) {
        EXPECT_THAT(help.out, HasSubstr(command));
        auto const own = riskbild({command, "--help"});
        EXPECT_EQ(own.exit_code, 0) << command;
        EXPECT_THAT(own.out, HasSubstr("--json")) << command;
        auto const examples = own.out.find("Example");
        ASSERT_NE(examples, std::string::npos) << command;
        EXPECT_THAT(own.out.substr(examples), HasSubstr(fmt::format("\n  riskbild {} ", command)));
    }
    EXPECT_THAT(riskbild({"layer", "--help"}).out, HasSubstr("radius="));
    EXPECT_THAT(riskbild({"demo", "--help"}).out, HasSubstr("200..2000000"));
}

TEST_F(Commands, EndsWith2AndOneSentenceAtWrongUse)
{
    auto const sound = imported_store();
    for (auto const& wrong : std::vector<std::vector<std::string>>{
             {},
             {"nonsense"},
             {"init"},
             {"init", "--store", folder / "x.gpkg", "--profile", "atlantis", "--nonsense"},
             {"init", "--store", sound},
             {"init", "--store", folder / "x.gpkg", "--profile", "atlantis"},
             {"import", "points", folder / "incidents.csv", "--store", folder / "x.gpkg", "--profile",
              "atlantis"},
             {"import", "nonsense", folder / "incidents.csv", "--store", sound},
             {"import", "points", folder / "incidents.csv", "--store", sound, "--profile-columns",
              "nonsense"},
             {"import", "points", folder / "incidents.csv", "--store", sound, "--observed", "yesterday"},
             {"import", "points", folder / "incidents.csv", "--store", sound, "--profile", "houston"},
             {"layer", "nonsense", "--store", sound, "--out", folder / "a.tif"},
             {"layer", "density", "--store", sound, "--out", folder / "a.gpkg"},
             {"layer", "rates", "--store", sound, "--out", folder / "a.tif"},
             {"layer", "density", "--store", sound, "--out", folder / "a"},
             {"layer", "density", "--store", sound, "--out", folder.path().string()},
             {"layer", "density", "--store", sound, "--out", folder / "a.tif", "--as", "king"},
             {"layer", "density", "--store", sound, "--out", folder / "a.tif", "--filter", "colour=red"},
             {"layer", "density", "--store", sound, "--out", folder / "a.tif", "--option", "radius"},
             {"layer", "density", "--store", sound, "--out", folder / "a.tif", "--option", "radius=nan"},
             {"layer", "density", "--store", sound, "--out", folder / "a.tif", "--option", "nonsense=1"},
             {"serve", "--store", sound, "--port", "99999"},
             {"serve", "--store", sound, "--port", "-1"},
             {"dump", "--store", sound, "--json", "--out"},
             {"set-aside", "--store", sound, "--source", "nonsense"},
             {"set-aside", "--store", sound, "--limit", "0"},
             {"demo", "--store", folder / "d.gpkg", "--no-serve", "--reports", "-5"},
             {"demo", "--store", folder / "d.gpkg", "--no-serve", "--reports", "2000001"},
         }) {
        auto const ran = riskbild(wrong);
        EXPECT_EQ(ran.exit_code, 2) << fmt::format("{} {}", wrong.empty() ? "" : wrong[0], ran.err);
        if (std::find(wrong.begin(), wrong.end(), "--json") == wrong.end())
            expect_one_sentence(ran);
    }
    EXPECT_FALSE(std::filesystem::exists(folder / "a.tif"));
}

TEST_F(Commands, NamesTheCommandsWhereNoneIsGivenOrKnown)
{
    auto const unknown = riskbild({"frob", "--store", store});
    EXPECT_EQ(
        unknown.err,
        "riskbild: there is no command \"frob\"; the commands are init, import, layer, serve, check, dump, "
        "set-aside, demo\n");
    EXPECT_THAT(riskbild({}).err, HasSubstr("no command is given; the commands are init"));
    EXPECT_EQ(riskbild({"improt", "--store", store}).err,
              "riskbild: there is no command \"improt\"; did you mean import?\n");
}

TEST_F(Commands, SaysWhichNumbersAreAllowed)
{
    EXPECT_EQ(
        riskbild({"demo", "--reports", "-5"}).err,
        "riskbild: --reports: expected a whole number from 200 to 2000000, not \"-5\"; see riskbild demo "
        "--help\n");
    for (auto const* command : {"serve", "demo"})
        for (auto const* port : {"99999", "65536", "-1", "http", "80.5"})
            EXPECT_THAT(
                riskbild({command, "--store", store, "--port", port}).err,
                HasSubstr(fmt::format("--port: expected a whole number from 0 to 65535, not \"{}\"", port)));
    EXPECT_THAT(riskbild({"serve", "--help"}).out, HasSubstr("0..65535"));
}

TEST_F(Commands, SaysWhichOptionMayHaveBeenMeant)
{
    struct Case {
        std::vector<std::string> arguments;
        char const* said;
    };
    for (auto const& one : {
             Case{{"import", "points", "a.csv", "--stor", store},
                  "there is no option --stor; did you mean --store?"},
             {{"check", "--stroe=" + store}, "there is no option --stroe; did you mean --store?"},
             {{"layer", "density", "--store", store, "--out", "a.tif", "--fliter", "x"},
              "there is no option --fliter; did you mean --filter?"},
             {{"import", "--nonsense"}, "there is no option --nonsense; see riskbild import --help"},
             {{"check", "-z", "--store", store}, "there is no option -z; see riskbild check --help"},
             {{"check", "a", "--stor", "b"}, "there is no option --stor; did you mean --store?"},
             {{"check", "--store", store, "more"},
              "\"more\" is one argument too many; see riskbild check --help"},
             {{"check"}, "--store is required; see riskbild check --help"},
             {{"--store", store, "check"}, "--store stands behind the command, as in riskbild check --store"},
             {{"--verison"}, "there is no option --verison; did you mean --version?"},
         }) {
        auto const ran = riskbild(one.arguments);
        EXPECT_EQ(ran.exit_code, 2);
        EXPECT_EQ(ran.err, fmt::format("riskbild: {}\n", one.said));
    }
    auto const json = riskbild({"check", "--stor", store, "--json"});
    EXPECT_EQ(json.json()["message"], "there is no option --stor; did you mean --store?");
}

TEST_F(Commands, SaysWhichSourceLayerOrColumnProfileMayHaveBeenMeant)
{
    auto const file = folder.write("incidents.csv", incidents_csv());
    struct Case {
        std::vector<std::string> arguments;
        char const* said;
    };
    for (auto const& one : {
             Case{{"import", "polis", file, "--store", store},
                  "there is no source \"polis\"; did you mean police?\n"},
             {{"import", "shops", file, "--store", store},
              "there is no source \"shops\"; there are points, police\n"},
             {{"layer", "densty", "--store", store, "--out", "a.tif"},
              "there is no layer \"densty\"; did you mean density?\n"},
             {{"layer", "nonsense", "--store", store, "--out", "a.tif"},
              "there is no layer \"nonsense\"; there are density, "},
             {{"import", "points", file, "--store", store, "--profile-columns", "incident"},
              "there is no column profile \"incident\", did you mean incidents; there are "
              "chicago_graffiti, "},
         }) {
        auto const ran = riskbild(one.arguments);
        EXPECT_EQ(ran.exit_code, 2) << one.said;
        expect_one_sentence(ran);
        EXPECT_THAT(ran.err, HasSubstr(one.said));
        EXPECT_FALSE(std::filesystem::exists(store));
    }
    EXPECT_EQ(riskbild({"import", "polis", file, "--store", store, "--json"}).json()["field"], "source");
    EXPECT_EQ(riskbild({"layer", "densty", "--store", store, "--out", "a.tif", "--json"}).json()["field"],
              "layer");
}

TEST_F(Commands, TakesAFileWithoutTheColumnsThatMayBeEmpty)
{
    auto const file =
        folder.write("few.csv", "id;from;kind;lng;lat;precision\r\n1;2025-03-10;theft;17,6389;59,8586;\r\n");
    auto const ran = riskbild({"import", "points", file, "--store", store});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("read 1, kept 1"));
    EXPECT_THAT(ran.out, HasSubstr("note: few.csv: lacks the columns address, case_number, kommun, text, "
                                   "title, to, which the column profile incidents names: read as empty\n"));
}

TEST_F(Commands, SaysErrorsAsOneObjectWhenAskedForJson)
{
    auto const parse = riskbild({"layer", "--json"});
    EXPECT_EQ(parse.exit_code, 2);
    EXPECT_EQ(parse.json()["code"], "wrong_use");
    auto const missing = riskbild({"check", "--store", folder / "none.gpkg", "--json"});
    EXPECT_EQ(missing.exit_code, 1);
    EXPECT_EQ(missing.json()["code"], "not_found");
    EXPECT_FALSE(missing.json()["message"].get<std::string>().empty());
    auto const option = riskbild({"layer", "density", "--store", imported_store(), "--out", folder / "a.tif",
                                  "--option", "radius=-1", "--json"});
    EXPECT_EQ(option.exit_code, 2);
    EXPECT_EQ(option.json()["field"], "radius");
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

TEST_F(Commands, WritesEveryLayerInEveryFormatThatSuits)
{
    auto const sound = imported_store();
    struct Case {
        char const* layer;
        char const* file;
        char const* begins;
    };
    for (auto const& one : {Case{"density", "d.tif", "II"},
                            {"density", "d.csv", "east,north,value\r\n"},
                            {"rates", "r.gpkg", "SQLite format 3"},
                            {"rates", "r.geojson", "{"},
                            {"rates", "r.csv", "code,name,n,"},
                            {"repeat_locations", "p.gpkg", "SQLite format 3"},
                            {"repeat_locations", "p.geojson", "{"},
                            {"repeat_locations", "p.csv", "rank,east,north,"}}) {
        auto const file = folder / one.file;
        auto const ran = riskbild({"layer", one.layer, "--store", sound, "--out", file, "--json"});
        ASSERT_EQ(ran.exit_code, 0) << one.file << ran.out << ran.err;
        auto const answer = ran.json();
        EXPECT_EQ(answer["n"], 10) << one.file;
        EXPECT_EQ(answer["left_out"], 0) << one.file;
        EXPECT_TRUE(answer["reasons"].is_object());
        EXPECT_EQ(answer["period"]["from"], "2025-03-01");
        EXPECT_EQ(answer["bytes"], std::filesystem::file_size(file));
        EXPECT_EQ(read_file(file).substr(0, std::string(one.begins).size()), one.begins) << one.file;
        auto const again = riskbild({"layer", one.layer, "--store", sound, "--out", file});
        EXPECT_EQ(again.exit_code, 2) << "must not overwrite " << one.file;
        EXPECT_THAT(again.err, HasSubstr("--force"));
    }
    EXPECT_EQ(riskbild({"layer", "rates", "--store", sound, "--out", folder / "r.csv", "--force"}).exit_code,
              0);
    for (auto const& entry : std::filesystem::directory_iterator(folder.path()))
        EXPECT_THAT(entry.path().filename().string(), Not(HasSubstr(".part-")));
}

TEST_F(Commands, PutsUnitNAndLeftOutIntoTheFile)
{
    auto const sound = imported_store();
    ASSERT_EQ(
        riskbild({"layer", "repeat_locations", "--store", sound, "--out", folder / "p.geojson"}).exit_code,
        0);
    auto const geojson = nlohmann::json::parse(read_file(folder / "p.geojson"));
    EXPECT_EQ(geojson["riskbild"]["n"], "10");
    EXPECT_EQ(geojson["riskbild"]["left_out"], "0");
    EXPECT_EQ(geojson["riskbild"]["period"], "2025-03-01..2025-03-11");
    ASSERT_EQ(geojson["features"].size(), 1U);
    EXPECT_EQ(geojson["features"][0]["properties"]["n"], 10);
    EXPECT_NEAR(geojson["features"][0]["geometry"]["coordinates"][0].get<double>(), 17.6389, 1e-6);
    EXPECT_NEAR(geojson["features"][0]["geometry"]["coordinates"][1].get<double>(), 59.8586, 1e-6);

    ASSERT_EQ(
        riskbild({"layer", "density", "--store", sound, "--out", folder / "d.tif", "--filter", "kinds=theft"})
            .exit_code,
        0);
    auto const info = run_program({"gdalinfo", "-json", folder / "d.tif"});
    if (info.exit_code == 127)
        GTEST_SKIP() << "gdalinfo is not installed";
    auto const tif = info.json();
    EXPECT_EQ(tif["metadata"][""]["n"], "10");
    EXPECT_EQ(tif["metadata"][""]["filter"], "kinds=theft");
    EXPECT_EQ(tif["bands"][0]["type"], "Float64");
    EXPECT_THAT(tif["coordinateSystem"]["wkt"].get<std::string>(), HasSubstr("3006"));

    ASSERT_EQ(riskbild({"layer", "rates", "--store", sound, "--out", folder / "r.gpkg"}).exit_code, 0);
    auto const rates = run_program({"ogrinfo", "-al", "-so", folder / "r.gpkg"});
    EXPECT_THAT(rates.out, HasSubstr("n=10"));
    EXPECT_THAT(rates.out, HasSubstr("Geometry: Multi Polygon"));
    EXPECT_THAT(rates.out, HasSubstr("Feature Count: 8"));
}

TEST_F(Commands, WritesNoFileWhereAViewMayNotSee)
{
    auto const ran = riskbild({"layer", "repeat_locations", "--store", imported_store(), "--out",
                               folder / "p.csv", "--as", "public", "--json"});
    EXPECT_EQ(ran.exit_code, 1);
    EXPECT_EQ(ran.json()["code"], "forbidden");
    EXPECT_FALSE(std::filesystem::exists(folder / "p.csv"));
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

TEST_F(Commands, PointsFromALongImportReportToTheList)
{
    std::string text = incidents_csv();
    for (auto i = 0; i < 12; ++i)
        text += fmt::format("bad{},someday\x1b[2J,,theft,17.6389,59.8586,exact,Uppsala,,,,\r\n", i);
    auto const ran = riskbild({"import", "points", folder.write("long.csv", text), "--store", store,
                               "--profile-columns", "incidents"});
    EXPECT_THAT(ran.out, HasSubstr("… and 4 more; riskbild set-aside --store " + store + " lists them\n"));
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
    for (auto const* streams : {"", "2>&1"}) {
        auto const ran = run_program({"bash", "-c",
                                      fmt::format("'{}' set-aside --store '{}' --limit 5000 {} | head -c 100 "
                                                  ">/dev/null; exit ${{PIPESTATUS[0]}}",
                                                  program(), store, streams)});
        EXPECT_EQ(ran.exit_code, 1) << streams;
        EXPECT_EQ(ran.err, "");  // of the second nothing comes here: it must end by no signal
    }
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
    EXPECT_EQ(answer["layers"].size(), 3U);
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

TEST_F(Commands, MarksExportsOfTheDemoAsMadeUpAndNamesItsPlaces)
{
    ASSERT_EQ(riskbild({"demo", "--store", store, "--reports", "3000", "--no-serve"}).exit_code, 0);
    auto const exported = [&](char const* layer, std::string const& name) {
        auto const ran = riskbild({"layer", layer, "--store", store, "--out", folder / name});
        EXPECT_EQ(ran.exit_code, 0) << ran.err;
        return read_file(folder / name);
    };
    auto const made_up = HasSubstr("butiker, klotter, police, polis_uttag, ul");
    EXPECT_THAT(exported("rates", "r.csv"), Not(made_up));
    EXPECT_THAT(read_file(folder / "r.csv-metadata.json"), made_up);
    EXPECT_THAT(exported("density", "d.tif"), made_up);
    EXPECT_THAT(exported("rates", "r.geojson"), made_up);
    auto const places = exported("repeat_locations", "p.csv");
    EXPECT_THAT(places, HasSubstr("rank,east,north,label,area,area_name,n,"));
    EXPECT_THAT(places, HasSubstr(",\"Exempel"));
    EXPECT_THAT(exported("density", "d #1.csv"), Not(HasSubstr(",0\r\n"))) << "only cells where something is";
    auto const metadata = nlohmann::json::parse(read_file(folder / "d #1.csv-metadata.json"));
    EXPECT_EQ(metadata["url"], "d%20%231.csv");
    EXPECT_EQ(metadata["notes"][0]["lattice_cell"], "250");

    // Withheld is not nothing.
    auto const withheld = riskbild({"layer", "rates", "--store", store, "--out", folder / "w.csv", "--as",
                                    "public", "--filter", "kinds=drugs;period=2024-01-01..2025-01-01"});
    EXPECT_EQ(withheld.exit_code, 0) << withheld.err;
    EXPECT_THAT(withheld.out, HasSubstr("too small to publish"));
    EXPECT_THAT(withheld.out, Not(HasSubstr("no incident matches")));
}

TEST_F(Commands, SaysWhereTheDataLieWhenNothingMatches)
{
    std::ignore = imported_store();
    auto const ran = riskbild({"layer", "density", "--store", store, "--out", folder / "d.tif", "--filter",
                               "period=1999-01-01..2000-01-01"});
    EXPECT_THAT(ran.out, HasSubstr("options cell=250, "));
    EXPECT_THAT(ran.out,
                HasSubstr("note: no incident matches the filter; there are incidents from 2025-03-01 up to"));
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
