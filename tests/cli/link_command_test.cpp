#include "tests/cli/commands.hpp"

namespace riskbild::cli::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// Two lists that tell of one place at one time, as a theft from a shop and as one of a bicycle.
class LinkCommand : public Commands {
protected:
    void SetUp() override
    {
        import("shops", "a", "theft.shop");
        import("transit", "b", "theft.bicycle");
    }

    void import(std::string const& source, std::string const& id, std::string const& kind)
    {
        auto const profile = folder.write(source + ".toml", fmt::format(R"(source = "{}"
title = "Made up"
rank = 50
id = "id"
[time]
from = "from"
to = "to"
style = "iso"
[position]
lng = "lng"
lat = "lat"
precision = "address"
[kind]
column = "kind"
codes = true
)",
                                                                        source));
        auto const file = folder.write(
            source + ".csv",
            fmt::format("id,from,to,kind,lng,lat\n{},2025-03-01T10:00:00+01:00,2025-03-01T11:00:00+01:00,{},"
                        "17.6389,59.8586\n",
                        id, kind));
        auto const ran =
            riskbild({"import", "points", file, "--store", store, "--profile-columns", profile, "--json"});
        ASSERT_EQ(ran.exit_code, 0) << ran.err;
    }

    Ran link(std::vector<std::string> words) const
    {
        words.insert(words.begin(), "link");
        words.insert(words.end(), {"--store", store});
        return riskbild(words);
    }
};

TEST_F(LinkCommand, ListsExplainsJoinsAndTakesBack)
{
    EXPECT_THAT(link({"list"}).out, AllOf(HasSubstr("shops:a  Shoplifting, 2025-03-01 10:00"),
                                          HasSubstr("transit:b  Bicycle theft")));
    EXPECT_THAT(link({"list", "--source", "polis"}).out,
                HasSubstr("nothing waits for a decision: there is no source \"polis\""));
    EXPECT_EQ(link({"list", "--source", "shop"}).out,
              "nothing waits for a decision: there is no source \"shop\"; did you mean shops?\n");
    EXPECT_THAT(link({"why", "shops:a", "transit:b"}).out,
                AllOf(HasSubstr("two incidents"), HasSubstr("bits for one event: may be one event"),
                      HasSubstr("0 m apart, places known to about 100 m"),
                      HasSubstr("two kinds of one group"), HasSubstr("their times overlap")));

    auto const joined =
        link({"join", "transit:b", "shops:a", "--by", "Eva", "--reason", "the bicycle stood in the shop"});
    EXPECT_EQ(joined.exit_code, 0) << joined.err;
    EXPECT_THAT(joined.out, HasSubstr("joined by Eva at "));
    EXPECT_THAT(link({"list"}).out, HasSubstr("nothing waits for a decision"));
    EXPECT_THAT(link({"decisions"}).out,
                HasSubstr("shops:a is transit:b, by Eva: the bicycle stood in the shop"));
    EXPECT_EQ(riskbild({"check", "--store", store}).exit_code, 0);

    EXPECT_THAT(link({"part", "shops:a", "transit:b", "--by", "Eva"}).out, HasSubstr("parted by Eva"));
    EXPECT_THAT(link({"undo", "shops:a", "transit:b"}).out, HasSubstr("two incidents"));
    EXPECT_THAT(link({"decisions"}).out, HasSubstr("nobody has decided anything yet"));
    EXPECT_EQ(link({"undo", "shops:a", "transit:b"}).exit_code, 1);
}

TEST_F(LinkCommand, AnswersInJson)
{
    auto const listed = link({"list", "--json"}).json();
    ASSERT_EQ(listed["pairs"].size(), 1U);
    auto const& pair = listed["pairs"][0];
    EXPECT_EQ(pair["a"]["source"], "shops");
    EXPECT_NE(pair["incident_a"], pair["incident_b"]);
    auto const& score = pair["score"];
    EXPECT_EQ(score["kinds"], "same_group");
    auto sum = 0.0;
    for (auto const& part : score["of"])
        sum += part.get<double>();
    EXPECT_NEAR(sum, score["bits"].get<double>(), 1e-9);
    auto const joined = link({"join", "shops:a", "transit:b", "--by", "Eva", "--json"}).json();
    EXPECT_EQ(joined["incident_a"], joined["incident_b"]);
    EXPECT_EQ(joined["verdict"]["by"], "Eva");
    EXPECT_EQ(link({"decisions", "--json"}).json()["verdicts"][0]["together"], true);
}

TEST_F(LinkCommand, SaysWhatIsWrong)
{
    auto const no_key = link({"why", "shops:a", "transit"});
    EXPECT_EQ(no_key.exit_code, 2);
    EXPECT_EQ(no_key.err,
              "riskbild: \"transit\" is not a report, expected source:id such as police:12345; riskbild link "
              "list shows some\n");
    auto const unknown = link({"join", "shops:a", "transit:z"});
    EXPECT_EQ(unknown.exit_code, 1);
    EXPECT_EQ(unknown.err, "riskbild: there is no report transit:z\n");
    expect_one_sentence(link({"join", "shops:a", "shops:a"}));
    EXPECT_EQ(riskbild({"link"}).err,
              "riskbild: no command is given; the commands are list, why, join, part, undo, decisions\n");
    EXPECT_THAT(link({"list"}).out, Not(IsEmpty()));
}

}  // namespace
}  // namespace riskbild::cli::testing
