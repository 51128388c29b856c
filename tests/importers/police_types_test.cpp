#include "importers/police/police_types.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fake_store.hpp"

namespace riskbild::importers {
namespace {

using testing::HasSubstr;

PoliceTypes types()
{
    auto loaded = PoliceTypes::load();
    EXPECT_TRUE(loaded) << (loaded ? "" : loaded.error().message);
    return std::move(*loaded);
}

TEST(PoliceTypes, AnswerOnlyWithKindsThatTheTreeHas)
{
    auto const county = county_of_squares();
    auto const all = types().kinds();
    EXPECT_GT(all.size(), 50U);
    for (auto const& code : all)
        EXPECT_TRUE(county->kinds.by_code(code)) << code;
}

TEST(PoliceTypes, ProtectSexualOffencesAndMissingPersons)
{
    auto const county = county_of_squares();
    for (auto const* type :
         {"Våldtäkt", "Våldtäkt, försök", "Sexualbrott", "Sedlighetsbrott", "Försvunnen person"})
        EXPECT_TRUE(county->kinds[*county->kinds.by_code(types().classify(type, "").kind)].is_protected)
            << type;
}

TEST(PoliceTypes, KnowATypeInAnyCase)
{
    EXPECT_EQ(types().classify("MORD/DRÅP, FÖRSÖK", "").kind, "violence_lethal.attempt");
    EXPECT_TRUE(types().classify("trafikkontroll", "").patrol_discovered);
}

TEST(PoliceTypes, DoNotKnowWhatIsNotInTheTable)
{
    auto const answer = types().classify("Nytt ord", "");
    EXPECT_EQ(answer.kind, "unknown");
    EXPECT_FALSE(answer.known);
}

TEST(PoliceTypes, TakeEveryDigestForContextAlsoAnUnknownOne)
{
    EXPECT_TRUE(types().classify("Sammanfattning natt", "").is_context);
    EXPECT_TRUE(types().classify("Sammanfattning midsommar", "").is_context);
    EXPECT_FALSE(types().classify("Rån", "Sammanfattning").is_context);
}

TEST(PoliceTypes, TellAFinerKindByTheBeginningOfAWordWithinTheKindOfTheType)
{
    auto const all = types();
    EXPECT_EQ(all.classify("Skadegörelse", "Ungdomar KLOTTRADE på en vägg.").kind, "damage.graffiti");
    EXPECT_TRUE(all.classify("Skadegörelse", "Ungdomar klottrade på en vägg.").by_text);
    EXPECT_EQ(all.classify("Skadegörelse", "Krossade rutor.").kind, "damage");
    EXPECT_EQ(all.classify("Misshandel", "Grälade om klotter.").kind, "assault");
    EXPECT_EQ(all.classify("Skadegörelse", "Vid antiklotterskylten.").kind, "damage");
    EXPECT_EQ(all.classify("Stöld/inbrott", "Inbrott i butik.").kind, "burglary.shop");
    EXPECT_EQ(all.classify("Rån väpnat", "Knivrån mot butik.").kind, "robbery.shop");
}

TEST(PoliceTypes, SayWhatIsWrongWithTheirFile)
{
    auto const error = [](std::string_view toml) {
        return PoliceTypes::from_toml(toml, "t.toml").error().message;
    };
    EXPECT_THAT(error("a = ["), HasSubstr("t.toml line 1"));
    EXPECT_THAT(error("a = 1"), HasSubstr("[kind_of_type] is missing"));
    EXPECT_THAT(error("[kind_of_type]\n\"Rån\" = 3"), HasSubstr("the kind of \"Rån\" is no text"));
    EXPECT_THAT(error("[kind_of_type]\n\"Rån\" = \"robbery\"\n[[text_rule]]\nkind = \"x\""),
                HasSubstr("lacks within"));
}

}  // namespace
}  // namespace riskbild::importers
