#include "geo_core/linkage/pair_score.hpp"

#include <gmock/gmock.h>

#include "geo_core/linkage/kind_agreement.hpp"
#include "geo_core/profile.hpp"
#include "geo_core/read_file.hpp"

namespace riskbild::linkage {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// 13:07 local time: on no quarter of an hour.
Instant const kNoon = *parse_instant("2025-03-10T12:07:00Z");

County const& county()
{
    static County const made = [] {
        auto profile = *load_profile("uppsala");
        auto areas = *load_areas(profile);
        auto const text = *read_file(data_directory() / "kinds" / "kinds.toml");
        County built{std::move(profile), std::move(areas), *KindTree::from_toml(text, "kinds.toml"), {}, ""};
        built.sources = {{.name = "police", .title = "", .rank = 10, .made_up = false, .repeats = true},
                         {.name = "shops", .title = "", .rank = 30},
                         {.name = "transit", .title = "", .rank = 20}};
        return built;
    }();
    return made;
}

PairScorer const& scorer()
{
    static PairScorer const made(county());
    return made;
}

LinkReport report(std::string const& source, std::string const& kind, minutes after, minutes length,
                  Place place, std::string_view text = "")
{
    auto const& sources = county().sources;
    auto const id = std::ranges::find(sources, source, &Source::name) - sources.begin();
    LinkReport made;
    made.subject = {1,
                    SourceId{static_cast<std::uint8_t>(id)},
                    *county().kinds.by_code(kind),
                    {kNoon + after, kNoon + after + length},
                    place};
    made.text = text;
    return made;
}

Place point(double east, Precision precision = Precision::address)
{
    return PointPlace{{648'000.0 + east, 6'638'000.0}, precision, county().areas.by_code("0380")};
}

Place kommun(std::string_view code)
{
    return AreaPlace{Precision::kommun, county().areas.by_code(code)};
}

double bits(LinkReport const& a, LinkReport const& b)
{
    auto const score = scorer().score(a, b);
    EXPECT_TRUE(score.has_value());
    return score ? score->bits() : -100.0;
}

TEST(PairScore, DoesNotDependOnWhichComesFirst)
{
    auto const a = report("police", "robbery", minutes{0}, minutes{1}, kommun("0380"), "Tre män med yxa");
    auto const b = report("shops", "theft.shop", minutes{25}, hours{1}, point(0), "Yxa mot guldsmed");
    EXPECT_EQ(bits(a, b), bits(b, a));
}

TEST(PairScore, TheSameShopTheSameMinuteIsOneEvent)
{
    EXPECT_EQ(outcome_of(bits(report("police", "robbery.shop", minutes{0}, minutes{1}, point(40)),
                              report("shops", "robbery.shop", minutes{0}, minutes{1}, point(0)))),
              Outcome::same);
}

// Two burglaries on one street the same night, 250 m apart, each told by another source in its own words.
TEST(PairScore, TwoHousesOfOneStreetTheSameNightAreTwo)
{
    auto const a =
        report("police", "burglary.dwelling", minutes{0}, hours{9}, point(0), "Altandörr uppbruten");
    auto const b =
        report("shops", "burglary.dwelling", minutes{30}, hours{9}, point(250), "Källarfönster krossat");
    EXPECT_EQ(outcome_of(bits(a, b)), Outcome::different);
}

TEST(PairScore, GraffitiOnTheSameWallADayLaterIsARecurrence)
{
    auto const first =
        report("transit", "damage.graffiti", minutes{0}, hours{2}, point(0), "Röd tagg på pelare");
    auto const later =
        report("shops", "damage.graffiti", hours{27}, hours{2}, point(0), "Röd tagg på pelare");
    EXPECT_EQ(scorer().score(first, later), std::nullopt);
}

TEST(PairScore, ARegisterTellsOnceAFeedMayTellTwice)
{
    auto const of = [](char const* source) {
        return report(source, "theft", minutes{0}, minutes{1}, kommun("0331"), "Kranar saknas");
    };
    EXPECT_EQ(scorer().score(of("shops"), of("shops")), std::nullopt);
    EXPECT_EQ(outcome_of(bits(of("police"), of("police"))), Outcome::same);
}

TEST(PairScore, WeighsLessTheFurtherApartInTime)
{
    auto const a = report("police", "robbery", minutes{0}, minutes{1}, point(0));
    auto last = 1000.0;
    for (auto const later : {0, 8, 25, 55, 170, 700, 1400}) {
        auto const now = bits(a, report("shops", "robbery", minutes{later}, minutes{1}, point(0)));
        EXPECT_LT(now, last) << later << " minutes";
        last = now;
    }
}

TEST(PairScore, WeighsLessTheFurtherApartInPlace)
{
    auto const a = report("police", "robbery", minutes{0}, minutes{1}, point(0));
    auto last = 1000.0;
    for (auto const metres : {50, 150, 450}) {
        auto const now = bits(a, report("shops", "robbery", minutes{0}, minutes{1}, point(metres)));
        EXPECT_LT(now, last) << metres << " m";
        last = now;
    }
    EXPECT_EQ(scorer().score(a, report("shops", "robbery", minutes{0}, minutes{1}, point(501))),
              std::nullopt);
}

TEST(PairScore, ASmallKommunTellsMoreThanALargeOne)
{
    auto const in = [](char const* code) {
        return bits(report("police", "fire", minutes{0}, minutes{1}, kommun(code)),
                    report("shops", "fire", minutes{4}, minutes{1}, kommun(code)));
    };
    EXPECT_GT(in("0331"), in("0380") + 3.0);  // Heby has 14 000 inhabitants, Uppsala 240 000
    EXPECT_EQ(scorer().score(report("police", "fire", minutes{0}, minutes{1}, kommun("0331")),
                             report("shops", "fire", minutes{0}, minutes{1}, kommun("0380"))),
              std::nullopt);
}

TEST(PairScore, ATimeOnTheQuarterIsWorthLess)
{
    auto const at = [](minutes after) {
        return bits(report("police", "robbery", after, minutes{1}, point(0)),
                    report("shops", "robbery", after, minutes{1}, point(0)));
    };
    EXPECT_LT(at(minutes{8}) + 1.0, at(minutes{7}));  // 13:15 against 13:14
}

TEST(PairScore, OtherCaseNumbersSpeakAgainst)
{
    auto a = report("police", "robbery", minutes{0}, minutes{1}, point(0));
    auto b = report("shops", "robbery", minutes{0}, minutes{1}, point(0));
    auto const without = bits(a, b);
    a.case_number = "5000-K1-25";
    EXPECT_EQ(bits(a, b), without);
    b.case_number = "5000-K2-25";
    EXPECT_EQ(bits(a, b), without - 8.0);
}

TEST(KindAgreement, KnowsWhatSourcesTakeForEachOther)
{
    auto const agree = [](char const* a, char const* b) {
        auto const& kinds = county().kinds;
        return agreement(kinds, *kinds.by_code(a), *kinds.by_code(b));
    };
    EXPECT_EQ(agree("theft.shop", "theft.shop"), KindAgreement::same);
    EXPECT_EQ(agree("theft", "theft.shop"), KindAgreement::same);
    EXPECT_EQ(agree("theft.bicycle", "theft.shop"), KindAgreement::same_group);
    EXPECT_EQ(agree("robbery.shop", "theft.shop"), KindAgreement::may_be);
    EXPECT_EQ(agree("alarm.burglary", "burglary"), KindAgreement::may_be);
    EXPECT_EQ(agree("fire", "theft.shop"), KindAgreement::other);
    EXPECT_EQ(agree("fraud", "police_work.check"), KindAgreement::other);
    EXPECT_EQ(agree("unknown", "fire"), KindAgreement::unknown);
}

TEST(KindAgreement, EveryGroupOfTheTreeHasAFamilyOfItsOwnKind)
{
    auto const& kinds = county().kinds;
    for (auto const group : kinds.groups())
        for (auto const other : kinds.groups())
            if (agreement(kinds, group, other) != KindAgreement::other && group != kUnknownKind &&
                other != kUnknownKind) {
                EXPECT_EQ(family_of(kinds, group), family_of(kinds, other))
                    << kinds[group].code << " and " << kinds[other].code;
            }
}

}  // namespace
}  // namespace riskbild::linkage
