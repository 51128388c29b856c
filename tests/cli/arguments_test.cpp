#include "tests/cli/commands.hpp"

namespace riskbild::cli::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

class Arguments : public Commands {};

TEST_F(Arguments, TellsHelpAndVersion)
{
    EXPECT_THAT(riskbild({"--version"}).out, MatchesRegex("riskbild [0-9]+\\.[0-9]+\\.[0-9]+\n"));
    auto const help = riskbild({"--help"});
    EXPECT_EQ(help.exit_code, 0);
    EXPECT_THAT(help.out, HasSubstr("Examples:"));
    for (auto const* command :
         {"init", "import", "layer", "serve", "check", "dump", "set-aside", "demo", "quality"}) {
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

TEST_F(Arguments, TellsTheHelpOfEveryCommandBelowAnotherWithItsOwnExample)
{
    for (auto const& [command, below] : std::vector<std::pair<std::string, std::vector<std::string>>>{
             {"set-aside", {"list", "show", "correct", "retry", "drop", "undo"}},
             {"link", {"list", "why", "join", "part", "undo", "decisions"}},
             {"profile", {"suggest", "list", "show"}},
             {"fetch", {"police", "open311", "gtfs-rt"}}})
        for (auto const& name : below) {
            auto const help = riskbild({command, name, "--help"}).out;
            EXPECT_THAT(help, HasSubstr(fmt::format("Example:\n  riskbild {} {}", command, name)));
            EXPECT_THAT(help, Not(HasSubstr("riskbild demo"))) << command << name;
        }
}

TEST_F(Arguments, TellsOfAnImportOnlyWhatItsSourceTakes)
{
    auto const help = riskbild({"import", "gtfs", "--help"}).out;
    EXPECT_THAT(help, HasSubstr("--source-name TEXT"));
    EXPECT_THAT(help, HasSubstr("Under which name they are kept"));
    EXPECT_THAT(help, HasSubstr("Examples:\n  riskbild import gtfs ul.zip"));
    EXPECT_THAT(help, HasSubstr("a folder or a ZIP archive"));
    EXPECT_THAT(help, Not(AnyOf(HasSubstr("standard input"), HasSubstr("PG:"))));
    for (auto const* other : {"--layer", "--measure", "--profile-columns", "--valid-from", "import points"})
        EXPECT_THAT(help, Not(HasSubstr(other)));
    EXPECT_THAT(riskbild({"import", "areas", "--help"}).out, HasSubstr("--valid-from"));
    for (auto const* source :
         {"areas", "figures", "gtfs", "gtfs-rt", "open311", "osm", "points", "police", "shops"})
        EXPECT_THAT(riskbild({"import", source, "--help"}).out,
                    HasSubstr(fmt::format("\n  riskbild import {} ", source)));
    EXPECT_THAT(riskbild({"import", "--help"}).out, HasSubstr("--measure"));
    EXPECT_THAT(riskbild({"import", "nonsense", "--help"}).out, HasSubstr("--measure"));
}

TEST_F(Arguments, RefusesAnOptionThatTheSourceDoesNotLookAt)
{
    auto const wrong = riskbild({"import", "figures", folder / "a_2024.csv", "--observed", "2025-01-01",
                                 "--store", folder / "x.gpkg"});
    EXPECT_EQ(wrong.exit_code, 2);
    EXPECT_THAT(wrong.err,
                HasSubstr("--observed is not for figures, but for gtfs-rt, open311, points, police"));
}

TEST_F(Arguments, EndsWith2AndOneSentenceAtWrongUse)
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
             {"set-aside"},
             {"quality"},
             {"quality", "--store", sound, "--today", "yesterday"},
             {"set-aside", "lisst", "--store", sound},
             {"set-aside", "show", "--store", sound},
             {"set-aside", "list", "--store", sound, "--state", "lost"},
             {"set-aside", "list", "--store", sound, "--order", "up"},
             {"set-aside", "correct", "1", "--store", sound, "--set", "from"},
             {"set-aside", "correct", "1", "--store", sound, "--set", "nonsense=1"},
             {"set-aside", "retry", "--store", sound},
             {"set-aside", "drop", "1", "--reason", "bad_time", "--store", sound},
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

TEST_F(Arguments, NamesTheCommandsWhereNoneIsGivenOrKnown)
{
    auto const unknown = riskbild({"frob", "--store", store});
    EXPECT_EQ(
        unknown.err,
        "riskbild: there is no command \"frob\"; the commands are init, import, layer, serve, check, dump, "
        "set-aside, demo, profile, fetch, link, quality\n");
    EXPECT_THAT(riskbild({}).err, HasSubstr("no command is given; the commands are init"));
    EXPECT_EQ(riskbild({"improt", "--store", store}).err,
              "riskbild: there is no command \"improt\"; did you mean import?\n");
}

TEST_F(Arguments, SaysWhichNumbersAreAllowed)
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

TEST_F(Arguments, SaysWhichOptionMayHaveBeenMeant)
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

TEST_F(Arguments, SaysWhichSourceLayerOrColumnProfileMayHaveBeenMeant)
{
    auto const file = folder.write("incidents.csv", incidents_csv());
    struct Case {
        std::vector<std::string> arguments;
        char const* said;
    };
    for (auto const& one : {
             Case{{"import", "polis", file, "--store", store},
                  "there is no source \"polis\"; did you mean police?\n"},
             {{"import", "weather", file, "--store", store},
              "there is no source \"weather\"; there are areas, figures, gtfs, gtfs-rt, open311, osm, "
              "points, "
              "police, shops\n"},
             {{"layer", "densty", "--store", store, "--out", "a.tif"},
              "there is no layer \"densty\"; did you mean density?\n"},
             {{"layer", "nonsense", "--store", store, "--out", "a.tif"},
              "there is no layer \"nonsense\"; there are density, "},
             {{"import", "points", file, "--store", store, "--profile-columns", "incident"},
              "there is no column profile \"incident\", did you mean incidents; there are "
              "chicago_arson, "},
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

TEST_F(Arguments, SaysErrorsAsOneObjectWhenAskedForJson)
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

}  // namespace
}  // namespace riskbild::cli::testing
