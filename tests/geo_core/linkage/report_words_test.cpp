#include "geo_core/linkage/report_words.hpp"

#include <gmock/gmock.h>

namespace riskbild::linkage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ReportWords, AreThoseThatTellMoreThanKindTimeAndKommun)
{
    auto const words = ReportWords::of("29 september 19:48, Stöld, Uppsala",
                                       "Kranar till STORT värde saknas på länsväg 288.", "Enköping");
    EXPECT_THAT(words.informative, ElementsAre("kranar", "saknas", "stort", "värde"));
    EXPECT_THAT(words.numbers, ElementsAre("288"));
    EXPECT_THAT(words.place, IsEmpty());
    EXPECT_EQ(words.wording, "kranar till stort värde saknas på länsväg 288");
}

TEST(ReportWords, FormsOfOneWordAreOne)
{
    auto const words = ReportWords::of("", "Fönsterruta krossad, fönster i trapphuset", "");
    EXPECT_THAT(words.informative, ElementsAre("fönste", "krossa", "trapph"));
}

TEST(ReportWords, ARoadOrAHouseIsANumberADayIsNot)
{
    EXPECT_THAT(ReportWords::of("", "På E4 den 12 vid 14B", "").numbers, ElementsAre("14b", "e4"));
}

TEST(ReportWords, AgreeInWhatBothTell)
{
    auto const a =
        ReportWords::of("", "Tre män med yxa slog sönder guldsmedens skyltfönster", "Svartbäcksgatan");
    auto const b = ReportWords::of("", "Guldsmeden ringde: yxa mot rutan på Svartbäcksgatan", "");
    EXPECT_THAT(agreement(a, b, false).shared, ElementsAre("guldsm"));
    EXPECT_THAT(agreement(a, b, true).shared, ElementsAre("guldsm", "svartb"));
    EXPECT_FALSE(agreement(a, b, false).same_wording);
    EXPECT_EQ(agreement(a, b, false).unshared, 3U);  // ringde, rutan, svartbäcksgatan
}

TEST(ReportWords, TellOfTwoWhereNothingIsShared)
{
    auto const a = ReportWords::of("", "Lastbil välte i Dalby, körbanan avstängd på länsväg 282", "");
    auto const b = ReportWords::of("", "Cykelbanan isig, halka orsakade vurpa på väg 288", "");
    auto const found = agreement(a, b, false);
    EXPECT_THAT(found.shared, IsEmpty());
    EXPECT_EQ(found.unshared, 4U);
    EXPECT_TRUE(found.other_numbers);
}

TEST(ReportWords, OneWordAloneIsNoWording)
{
    auto const a = ReportWords::of("", "Klotter", "");
    EXPECT_FALSE(agreement(a, a, false).same_wording);
    auto const b = ReportWords::of("", "Klotter, tunnel", "");
    EXPECT_TRUE(agreement(b, b, false).same_wording);
}

}  // namespace
}  // namespace riskbild::linkage
