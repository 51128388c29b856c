#include <filesystem>

#include "tests/cli/commands.hpp"

namespace riskbild::cli::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

class ProfileCommand : public Commands {
protected:
    std::string const list = folder.write("lista.csv",
                                          "Nr;Datum;Klockan;Händelse;Longitud;Latitud\n"
                                          "1;2025-03-10;22:15;Klotter;17,6466;59,8580\n"
                                          "2;2025-03-11;07:05;Stöld;17,6389;59,8586\n");
    std::string const out = folder / "lista.toml";
};

TEST_F(ProfileCommand, SuggestsAProfileThatImportsTheFileAsItIs)
{
    auto const suggested = riskbild({"profile", "suggest", list, "--out", out});
    EXPECT_EQ(suggested.exit_code, 0) << suggested.err;
    EXPECT_THAT(suggested.out, HasSubstr("certain  position.lng = Longitud: read as longitude and latitude"));
    EXPECT_THAT(suggested.out, HasSubstr("Klotter (damage.graffiti)"));
    EXPECT_THAT(suggested.out, HasSubstr("Of 2 rows looked at 2 can be used"));
    auto const imported =
        riskbild({"import", "points", list, "--store", store, "--profile-columns", out, "--json"});
    EXPECT_EQ(imported.json()["new"], 2);

    EXPECT_EQ(riskbild({"profile", "suggest", list, "--out", out}).exit_code, 2) << "it is not replaced";
    EXPECT_EQ(riskbild({"profile", "suggest", list, "--out", out, "--force"}).exit_code, 0);
    EXPECT_THAT(riskbild({"profile", "suggest", list, "--out", folder / "a.txt"}).err,
                HasSubstr("ends in .toml"));
}

TEST_F(ProfileCommand, AnswersInJson)
{
    auto const json = riskbild({"profile", "suggest", list, "--json"}).json();
    EXPECT_EQ(json["form"], "fields separated by semicolons");
    EXPECT_EQ(json["usable_rows"], 2);
    EXPECT_EQ(json["preview"][0]["when"], "2025-03-10 22:15");
    EXPECT_EQ(json["guesses"][0]["key"], "time.from");
    EXPECT_THAT(json["toml"].get<std::string>(), HasSubstr("clock = \"Klockan\""));
}

TEST_F(ProfileCommand, ListsAndShowsTheBuiltInProfiles)
{
    EXPECT_THAT(riskbild({"profile", "list"}).out, HasSubstr("houston_crime"));
    EXPECT_GE(riskbild({"profile", "list", "--json"}).json()["profiles"].size(), 10U);
    EXPECT_THAT(riskbild({"profile", "show", "incidents"}).out, HasSubstr("source = \"incidents\""));
    auto const wrong = riskbild({"profile", "show", "huston_crime"});
    EXPECT_EQ(wrong.exit_code, 2);
    EXPECT_THAT(wrong.err, HasSubstr("did you mean houston_crime"));
}

TEST_F(ProfileCommand, SaysWhatToTypeNextSoThatItCanBePasted)
{
    auto const spaced = folder.write("min lista.csv", "Nr;Datum;Sort\n1;2025-03-10;a\n");
    auto const refused = riskbild({"import", "points", spaced, "--store", store});
    EXPECT_THAT(refused.err, HasSubstr(fmt::format(
                                 "riskbild profile suggest '{}' --out 'min lista.toml' makes one", spaced)));
    auto const elsewhere = riskbild({"import", "points", spaced, "--layer", "a b", "--profile", "chicago",
                                     "--store", folder / "chicago.gpkg"});
    EXPECT_THAT(elsewhere.err,
                HasSubstr("' --layer 'a b' --profile chicago --out 'min lista.toml' makes one"));
    auto const toml = folder / "lista2.toml";
    EXPECT_THAT(
        riskbild({"profile", "suggest", spaced, "--out", toml}).out,
        HasSubstr(fmt::format("; riskbild import points '{}' --profile-columns {} --store county.gpkg\n",
                              spaced, toml)));
    auto const undated = folder.write("undated.csv", "Nr;Sort\n1;a\n");
    auto const undated_out = folder / "undated.toml";
    EXPECT_THAT(riskbild({"profile", "suggest", undated, "--out", undated_out}).out,
                HasSubstr("; fill in its [time], then riskbild import points "));
    EXPECT_THAT(
        riskbild({"import", "points", undated, "--profile-columns", undated_out, "--store", store}).err,
        HasSubstr("time.from: missing"));
    auto const figures = folder.write("bra.csv", "Kommun;Antal\nUppsala;3\n");
    EXPECT_THAT(riskbild({"profile", "suggest", figures, "--out", folder / "bra.toml"}).out,
                HasSubstr(fmt::format("; or riskbild import figures {} --store county.gpkg\n", figures)));
}

TEST_F(ProfileCommand, NamesItsOwnCommands)
{
    EXPECT_EQ(riskbild({"profile"}).err,
              "riskbild: no command is given; the commands are suggest, list, show\n");
    EXPECT_EQ(riskbild({"profile", "sugest", list}).err,
              "riskbild: there is no command \"sugest\"; did you mean suggest?\n");
    EXPECT_EQ(riskbild({"profile", "suggest", "--nonsense"}).err,
              "riskbild: there is no option --nonsense; see riskbild profile suggest --help\n");
    EXPECT_THAT(riskbild({"profile", "suggest", "--help"}).out, HasSubstr("--json"));
}

TEST_F(ProfileCommand, TakesAFileOutOfAnArchiveAndSaysWhatIsNotThere)
{
    EXPECT_EQ(riskbild({"profile", "suggest", folder / "none.csv"}).exit_code, 1);
    EXPECT_EQ(riskbild({"profile", "suggest", list, "--profile", "atlantis"}).exit_code, 2);
    auto const ran = riskbild({"import", "points", list + "/inner.csv", "--store", store});
    EXPECT_THAT(ran.err, HasSubstr("is in no ZIP archive"));
    EXPECT_FALSE(std::filesystem::exists(store)) << "a store made for nothing is not left behind";
}

}  // namespace
}  // namespace riskbild::cli::testing
