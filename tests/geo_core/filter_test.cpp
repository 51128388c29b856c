#include "geo_core/filter.hpp"
#include "geo_core/suggestions.hpp"

#include <gtest/gtest.h>

namespace riskbild {
namespace {

std::string canonical(std::string_view text)
{
    auto const filter = parse_filter(text);
    return filter ? to_text(*filter) : "error in " + filter.error().field;
}

TEST(Filter, SortsKeysAndLists)
{
    EXPECT_EQ(canonical("sources=ul,police;kinds=theft,damage.graffiti,theft;period=2025-01-01..2025-02-01"),
              "kinds=damage.graffiti,theft;period=2025-01-01..2025-02-01;sources=police,ul");
}

TEST(Filter, EmptyTextIsNoFilter)
{
    EXPECT_EQ(parse_filter("").value(), Filter{});
    EXPECT_EQ(to_text(Filter{}), "");
}

TEST(Filter, HoursWrapMidnight)
{
    EXPECT_EQ(parse_filter("hours=22..2").value().hours, (1U << 22) | (1U << 23) | 1U | 2U);
    EXPECT_EQ(canonical("hours=0..2,22..24"), "hours=22..2");
    EXPECT_EQ(canonical("hours=7"), "hours=7..8");
    EXPECT_EQ(canonical("hours=18..24,8..10,9..12"), "hours=8..12,18..24");
    EXPECT_EQ(canonical("hours=23"), "hours=23..24");
}

TEST(Filter, AListOfHoursIsTheUnionOfItsParts)
{
    std::vector<std::string> parts;
    for (int from = 0; from < 24; ++from)
        for (int to = 0; to <= 24; ++to)
            if (from != to && (from + to) % 5 == 0)
                parts.push_back(std::to_string(from) + ".." + std::to_string(to));
    auto const hours = [](std::string const& text) {
        auto const mask = parse_filter("hours=" + text).value().hours;
        return mask == 0 ? (1U << 24) - 1 : mask;
    };
    for (auto const& a : parts)
        for (auto const& b : parts)
            EXPECT_EQ(hours(a + ',' + b), hours(a) | hours(b)) << a << ',' << b;
}

TEST(Filter, AllHoursAndAllWeekdaysAreNoFilter)
{
    EXPECT_EQ(canonical("hours=0..24"), "");
    EXPECT_EQ(canonical("hours=0..12,12..24"), "");
    EXPECT_EQ(canonical("hours=0..24,5"), "");
    EXPECT_EQ(canonical("hours=5,0..24"), "");
    EXPECT_EQ(canonical("weekdays=mon,tue,wed,thu,fri,sat,sun"), "");
}

TEST(Filter, WeekdaysStandInWeekOrder)
{
    EXPECT_EQ(canonical("weekdays=sat,fri"), "weekdays=fri,sat");
}

TEST(Filter, NamesTheKeyAtFault)
{
    EXPECT_EQ(canonical("colour=red"), "error in colour");
    EXPECT_EQ(canonical("period=2025-02-01..2025-01-01"), "error in period");
    EXPECT_EQ(canonical("period=2025-02-30..2025-03-01"), "error in period");
    EXPECT_EQ(canonical("period=2025-01-01..2025-01-01"), "error in period");
    EXPECT_EQ(canonical("hours=25"), "error in hours");
    EXPECT_EQ(canonical("hours=5..5"), "error in hours");
    EXPECT_EQ(canonical("hours=-1..3"), "error in hours");
    EXPECT_EQ(canonical("weekdays=monday"), "error in weekdays");
    EXPECT_EQ(canonical("precision=good"), "error in precision");
    EXPECT_EQ(canonical("kinds=a;kinds=b"), "error in kinds");
    EXPECT_EQ(canonical("kinds="), "error in kinds");
    EXPECT_EQ(canonical("kinds=a b"), "error in kinds");
    EXPECT_EQ(canonical("kinds"), "error in filter");
}

TEST(Filter, SaysWhichCodesAreExpectedWhereANameCannotBeOne)
{
    EXPECT_EQ(parse_filter("areas=Upplands Väsby").error().message,
              "areas is \"Upplands Väsby\", expected codes such as 0380, joined by commas (docs/filter.md "
              "lists them)");
    EXPECT_EQ(parse_filter("areas=Håbo")->areas, std::vector<std::string>{"Håbo"}) << "the view says 0305";
    EXPECT_EQ(parse_filter("kinds=Stöld i butik").error().message,
              "kinds is \"Stöld i butik\", expected codes such as damage.graffiti, joined by commas "
              "(docs/kinds.md lists them)");
}

std::string kinds_meant(std::string_view written)
{
    static auto const tree = KindTree::from_toml(R"(kind = [
        { code = "unknown", sv = "Okänt", en = "Unknown" },
        { code = "burglary", sv = "Inbrott", en = "Burglary" },
        { code = "burglary.shop", sv = "Inbrott i butik", en = "Burglary of shop" },
        { code = "damage", sv = "Skadegörelse", en = "Criminal damage" },
        { code = "damage.graffiti", sv = "Klotter", en = "Graffiti" },
        { code = "damage.graffiti.transit", sv = "Klotter på kollektivtrafik", en = "Graffiti on transport" },
        { code = "damage.shop", sv = "Skadegörelse på butik", en = "Damage to shop" },
        { code = "theft", sv = "Stöld", en = "Theft" },
        { code = "theft.bicycle", sv = "Cykelstöld", en = "Bicycle theft" } ])",
                                                 "kinds.toml");
    auto const error = unknown_kind(written, *tree);
    EXPECT_EQ(error.code, ErrorCode::wrong_use);
    EXPECT_EQ(error.field, "kinds");
    return error.message;
}

TEST(Filter, SaysWhichKindMayHaveBeenMeant)
{
    for (auto const* written : {"klotter", "Klotter", "GRAFFITI", "graffiti"})
        EXPECT_EQ(kinds_meant(written), "there is no kind \"" + std::string(written) +
                                            "\"; did you mean damage.graffiti (Klotter)?");
    EXPECT_EQ(kinds_meant("theft.bycicle"),
              "there is no kind \"theft.bycicle\"; did you mean theft.bicycle (Cykelstöld)?");
    EXPECT_EQ(kinds_meant("cykel"), "there is no kind \"cykel\"; did you mean theft.bicycle (Cykelstöld)?");
    EXPECT_EQ(kinds_meant("SKADEGÖRELSE"),
              "there is no kind \"SKADEGÖRELSE\"; did you mean damage (Skadegörelse)?");
    EXPECT_EQ(kinds_meant("shop"),
              "there is no kind \"shop\"; did you mean burglary.shop (Inbrott i butik) or damage.shop "
              "(Skadegörelse på butik)?");
    EXPECT_EQ(
        kinds_meant("inbrot"),
        "there is no kind \"inbrot\"; did you mean burglary (Inbrott) or burglary.shop (Inbrott i butik)?");
    EXPECT_EQ(
        kinds_meant("piracy"),
        "there is no kind \"piracy\"; the groups are unknown, burglary, damage, theft, and docs/kinds.md "
        "lists all below them");
    EXPECT_EQ(kinds_meant(std::string(500, 'x')).find(std::string(61, 'x')), std::string::npos);
}

TEST(Filter, SaysWhichAreaMayHaveBeenMeant)
{
    AreaSet const areas("kommuner", "", Metres{0},
                        {Area{.code = "0305", .name = "Håbo", .shape = {}},
                         Area{.code = "0380", .name = "Uppsala", .shape = {}},
                         Area{.code = "0382", .name = "Östhammar", .shape = {}}});
    auto const said = [&](std::string_view written) {
        auto const error = unknown_area(written, areas);
        EXPECT_EQ(error.field, "areas");
        return error.message;
    };
    EXPECT_EQ(said("uppsala"), "there is no area \"uppsala\"; did you mean 0380, the code of Uppsala?");
    EXPECT_EQ(said("Upsala"), "there is no area \"Upsala\"; did you mean 0380, the code of Uppsala?");
    EXPECT_EQ(said("osthammar"), "there is no area \"osthammar\"; did you mean 0382, the code of Östhammar?");
    EXPECT_EQ(said("380"), "there is no area \"380\"; did you mean 0380, the code of Uppsala?");
    EXPECT_EQ(said("0180"), "there is no area \"0180\"; there are 0305 Håbo, 0380 Uppsala, 0382 Östhammar");
    EXPECT_EQ(unknown_area("0180", {}).message, "there is no area \"0180\": the county has none");
}

TEST(Filter, ListsTheSourcesOfTheStore)
{
    EXPECT_EQ(unknown_source("polis", {"police", "ul"}).message,
              "the store has no source \"polis\"; it has police, ul");
    EXPECT_EQ(unknown_source("polis", {}).message, "the store has no source \"polis\"; it has none");
    EXPECT_EQ(unknown_source("polis", {}).field, "sources");
}

TEST(Filter, FindsTheNameThatWasMistyped)
{
    std::vector<std::string> const names{"store", "source", "json", "lng"};
    EXPECT_EQ(nearest_name("stor", names), "store");
    EXPECT_EQ(nearest_name("STROE", names), "store");
    EXPECT_EQ(nearest_name("nlg", names), "lng");
    EXPECT_EQ(nearest_name("long", names), "lng");
    EXPECT_EQ(nearest_name("soure", names), "source");
    EXPECT_EQ(nearest_name("nonsense", names), std::nullopt);
    EXPECT_EQ(nearest_name("", names), std::nullopt);
    EXPECT_EQ(nearest_name("x", names), std::nullopt);
    EXPECT_EQ(nearest_name(std::string(100'000, 's'), names), std::nullopt);
    EXPECT_EQ(there_is_no("source", "polis", {"points", "police"}),
              "there is no source \"polis\"; did you mean police?");
    EXPECT_EQ(there_is_no("source", "nonsense", {"points", "police"}),
              "there is no source \"nonsense\"; there are points, police");
}

TEST(Filter, RefusesOverlongInput)
{
    EXPECT_FALSE(parse_filter("kinds=" + std::string(70'000, 'a')));
    std::string many = "kinds=a";
    for (int i = 0; i < 1000; ++i)
        many += ",a";
    EXPECT_EQ(canonical(many), "error in kinds");
}

TEST(Filter, ReadsBackItsOwnText)
{
    for (auto const* text :
         {"areas=0380;hours=18..24;kinds=theft;period=2025-01-01..2025-02-01;precision=street;"
          "sources=police;weekdays=fri,sat",
          "hours=22..2", "hours=0..1,5..7,23..24"}) {
        auto const filter = parse_filter(text).value();
        EXPECT_EQ(parse_filter(to_text(filter)).value(), filter) << text;
    }
}

}  // namespace
}  // namespace riskbild
