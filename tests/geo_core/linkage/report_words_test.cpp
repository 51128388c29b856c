#include "geo_core/linkage/report_words.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <iterator>
#include <random>
#include <string>
#include <vector>

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

struct Texts {
    std::string_view title;
    std::string_view text;
    std::string_view place;
};

WordAgreement agreement(Texts const& a, Texts const& b, bool with_places = false)
{
    WordPrints prints;
    auto const of_a = prints.add(a.title, a.text, a.place);
    auto const of_b = prints.add(b.title, b.text, b.place);
    return prints.agreement(of_a, of_b, with_places);
}

std::vector<std::string> shared(Texts const& a, Texts const& b, bool with_places = false)
{
    return shared_words(ReportWords::of(a.title, a.text, a.place), ReportWords::of(b.title, b.text, b.place),
                        with_places);
}

TEST(ReportWords, AgreeInWhatBothTell)
{
    Texts const a{"", "Tre män med yxa slog sönder guldsmedens skyltfönster", "Svartbäcksgatan"};
    Texts const b{"", "Guldsmeden ringde: yxa mot rutan på Svartbäcksgatan", ""};
    EXPECT_THAT(shared(a, b), ElementsAre("guldsm"));
    EXPECT_THAT(shared(a, b, true), ElementsAre("guldsm", "svartb"));
    EXPECT_EQ(agreement(a, b).shared, 1U);
    EXPECT_EQ(agreement(a, b, true).shared, 2U);
    EXPECT_FALSE(agreement(a, b).same_wording);
    EXPECT_EQ(agreement(a, b).unshared, 3U);  // ringde, rutan, svartbäcksgatan
}

TEST(ReportWords, TellOfTwoWhereNothingIsShared)
{
    Texts const a{"", "Lastbil välte i Dalby, körbanan avstängd på länsväg 282", ""};
    Texts const b{"", "Cykelbanan isig, halka orsakade vurpa på väg 288", ""};
    EXPECT_THAT(shared(a, b), IsEmpty());
    EXPECT_EQ(agreement(a, b).shared, 0U);
    EXPECT_EQ(agreement(a, b).unshared, 4U);
    EXPECT_TRUE(agreement(a, b).other_numbers);
}

TEST(ReportWords, OneWordAloneIsNoWording)
{
    Texts const a{"", "Klotter", ""};
    EXPECT_FALSE(agreement(a, a).same_wording);
    Texts const b{"", "Klotter, tunnel", ""};
    EXPECT_TRUE(agreement(b, b).same_wording);
    Texts const turned{"", "Tunnel, klotter", ""};
    EXPECT_FALSE(agreement(b, turned).same_wording);
}

/// The prints are the same words as hashes: what is counted with them is what the words themselves show.
TEST(WordPrints, CountWhatTheWordsShow)
{
    std::vector<std::string> const vocabulary{"yxa",    "fönster", "Guldsmed", "E4",    "288",      "polis",
                                              "tunnel", "14B",     "Luthagen", "krans", "Kransen",  "12",
                                              "vägen",  "SPRAY",   "å",        "röd",   "rödfärgad"};
    std::mt19937 random(7);
    auto const sentence = [&](std::size_t most) {
        std::string words;
        for (auto n = random() % (most + 1); n > 0; --n)
            words += vocabulary[random() % vocabulary.size()] + (random() % 4 == 0 ? ", " : " ");
        return words;
    };
    for (auto i = 0; i < 2000; ++i) {
        std::vector<std::string> const told{sentence(3), sentence(9), sentence(2),
                                            sentence(3), sentence(9), sentence(2)};
        auto const a = ReportWords::of(told[0], told[1], told[2]);
        auto const b = ReportWords::of(told[3], told[4], told[5]);
        for (bool const with_places : {false, true}) {
            auto const found =
                agreement({told[0], told[1], told[2]}, {told[3], told[4], told[5]}, with_places);
            std::vector<std::string> both;
            std::ranges::set_intersection(a.informative, b.informative, std::back_inserter(both));
            auto const of_fewer = std::min(a.informative.size(), b.informative.size());
            std::vector<std::string> numbers;
            std::ranges::set_intersection(a.numbers, b.numbers, std::back_inserter(numbers));
            EXPECT_EQ(found.shared, shared_words(a, b, with_places).size());
            EXPECT_EQ(found.unshared, of_fewer - both.size());
            EXPECT_EQ(found.same_wording, a.wording == b.wording && a.wording.find(' ') != std::string::npos);
            EXPECT_EQ(found.other_numbers, numbers.empty() && !a.numbers.empty() && !b.numbers.empty());
        }
    }
}

}  // namespace
}  // namespace riskbild::linkage
