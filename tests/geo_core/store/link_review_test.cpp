#include <gmock/gmock.h>

#include "geo_core/linkage/explanation.hpp"
#include "tests/geo_core/store/store_world.hpp"

namespace riskbild::testing {
namespace {

using ::testing::AnyOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr double kEast = 648'000.0;
constexpr double kNorth = 6'638'000.0;

/// Reports of one address in the first hour: of one kind they are one event, of two kinds of one group they
/// may be.
class LinkReview : public StoreWorld {
protected:
    static Report here(std::string source, std::string id, std::string kind = "theft.shop")
    {
        auto const report = at(told(std::move(id), source), kEast, kNorth, Precision::address);
        return of_source(of_kind(report, std::move(kind)), std::move(source));
    }
    static LinkVerdict verdict(ReportKey a, ReportKey b, bool together)
    {
        return {std::move(a), std::move(b), together, "Eva", "the same broken window", hour(300)};
    }
    [[nodiscard]] bool are_one(ReportKey const& a, ReportKey const& b)
    {
        auto const comparison = must(store_->compare(analyst(), a, b));
        return comparison.incident_a == comparison.incident_b && !comparison.incident_a.empty();
    }
    std::vector<LinkCandidate> waiting(std::string source = {})
    {
        return must(store_->link_candidates({.source = std::move(source)})).pairs;
    }

    ReportKey const kPolice{"police", "1"};
    ReportKey const kShops{"shops", "s"};
    ReportKey const kTransit{"transit", "t"};
};

TEST_F(LinkReview, ListsWhatMayBeOneEventTheLikeliestFirst)
{
    import({here("police", "1")});
    import({here("shops", "s", "theft.bicycle")});
    import({during(here("transit", "t", "theft.boat_engine"), 1, 3)});
    auto const pairs = waiting();
    ASSERT_THAT(pairs, SizeIs(3));
    EXPECT_GE(pairs[0].bits, pairs[1].bits);
    EXPECT_GE(pairs[1].bits, pairs[2].bits);
    for (auto const& pair : pairs) {
        EXPECT_LT(pair.a, pair.b);
        EXPECT_LT(pair.bits, linkage::kSameBits);
        EXPECT_GE(pair.bits, linkage::kPossibleBits);
        EXPECT_NE(pair.incident_a, pair.incident_b);
    }
    EXPECT_EQ(pairs[0].a, kPolice);
    EXPECT_EQ(pairs[0].b, kShops);
    EXPECT_EQ(pairs[0].incident_a, must(store_->compare(analyst(), kPolice, kShops)).incident_a);
    EXPECT_THAT(waiting("transit"), SizeIs(2));
    EXPECT_THAT(waiting("nobody"), IsEmpty());
    auto const first = must(store_->link_candidates({.limit = 1}));
    EXPECT_THAT(first.pairs, SizeIs(1));
    EXPECT_EQ(first.n, 3U);
}

TEST_F(LinkReview, AJoinStaysUntilItIsWithdrawn)
{
    import({here("police", "1")});
    import({here("shops", "s", "theft.bicycle")});
    auto const first = revision();
    auto const joined = must(store_->decide(verdict(kShops, kPolice, true)));
    EXPECT_GT(joined, first);
    EXPECT_TRUE(are_one(kPolice, kShops));
    EXPECT_THAT(waiting(), IsEmpty());
    auto const all = must(store_->verdicts());
    ASSERT_THAT(all, SizeIs(1));
    EXPECT_EQ(all[0].a, kPolice) << "the lower key first";
    EXPECT_EQ(all[0].by, "Eva");
    EXPECT_EQ(all[0].reason, "the same broken window");
    EXPECT_EQ(all[0].at, hour(300));

    import({here("police", "1")});
    import({seen(here("shops", "s", "robbery"), 400)});
    EXPECT_TRUE(are_one(kPolice, kShops)) << "also when the report says something else";
    expect_sound();

    import({seen(here("shops", "s", "theft.bicycle"), 500)});
    must(store_->withdraw(kPolice, kShops));
    EXPECT_FALSE(are_one(kPolice, kShops));
    EXPECT_THAT(waiting(), SizeIs(1));
    EXPECT_THAT(must(store_->verdicts()), IsEmpty());
    expect_sound();
}

TEST_F(LinkReview, APartingStaysAndItsUndoBringsTheIncidentBack)
{
    import({here("police", "1")});
    import({here("shops", "s")});
    ASSERT_TRUE(are_one(kPolice, kShops));
    must(store_->decide(verdict(kPolice, kShops, false)));
    EXPECT_FALSE(are_one(kPolice, kShops));
    EXPECT_THAT(waiting(), IsEmpty()) << "somebody has decided";
    import({seen(here("shops", "s"), 400)});
    EXPECT_FALSE(are_one(kPolice, kShops));
    expect_sound();

    must(store_->decide(verdict(kPolice, kShops, true)));
    EXPECT_TRUE(are_one(kPolice, kShops)) << "in place of the earlier verdict";
    EXPECT_THAT(must(store_->verdicts()), SizeIs(1));
    must(store_->withdraw(kShops, kPolice));
    EXPECT_TRUE(are_one(kPolice, kShops)) << "by what they say";
    expect_sound();
}

TEST_F(LinkReview, AVerdictThatOthersContradictChangesNothing)
{
    import({here("police", "1", "theft.shop")});
    import({during(here("shops", "s", "robbery"), 400, 401)});
    import({during(here("transit", "t", "burglary"), 900, 901)});
    must(store_->decide(verdict(kPolice, kShops, true)));
    must(store_->decide(verdict(kShops, kTransit, true)));
    ASSERT_TRUE(are_one(kPolice, kTransit));
    auto const before = dump();
    auto const refused = store_->decide(verdict(kPolice, kTransit, false));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::wrong_use);
    EXPECT_EQ(refused.error().message,
              "other decisions hold police:1 and transit:t together: withdraw one of them first");
    EXPECT_EQ(dump(), before);
    expect_sound();
}

TEST_F(LinkReview, AJoinDoesNotOverruleAPartingByWayOfAThird)
{
    import({here("police", "1")});
    import({here("shops", "s", "theft.bicycle")});
    import({here("transit", "t", "theft.boat_engine")});
    must(store_->decide(verdict(kPolice, kTransit, false)));
    must(store_->decide(verdict(kShops, kTransit, true)));
    auto const before = dump();
    auto const refused = store_->decide(verdict(kPolice, kShops, true));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::wrong_use);
    EXPECT_EQ(refused.error().message,
              "Eva decided that police:1 and transit:t are two events: withdraw that first");
    EXPECT_EQ(dump(), before);
    must(store_->withdraw(kPolice, kTransit));
    EXPECT_TRUE(store_->decide(verdict(kPolice, kShops, true)));
    expect_sound();
}

TEST_F(LinkReview, AVerdictOnWhatHasBecomeBackgroundStandsInNoOthersWay)
{
    import({here("police", "1")});
    import({here("shops", "s", "theft.bicycle")});
    import({here("transit", "t", "theft.boat_engine")});
    must(store_->decide(verdict(kPolice, kShops, true)));
    auto background = here("shops", "s", "theft.bicycle");
    background.role = ReportRole::context;
    background.observed_at = hour(200);
    import({background});
    EXPECT_TRUE(store_->decide(verdict(kPolice, kTransit, true)));
    EXPECT_TRUE(are_one(kPolice, kTransit));
    expect_sound();
}

TEST_F(LinkReview, RefusesWhatCannotBeDecided)
{
    auto digest = here("transit", "t");
    digest.role = ReportRole::context;
    import({here("police", "1")});
    import({here("shops", "s")});
    import({digest});
    auto const before = dump();
    auto const why = [&](ReportKey const& a, ReportKey const& b) {
        return store_->decide(verdict(a, b, true)).error();
    };
    EXPECT_EQ(why(kPolice, kPolice).code, ErrorCode::wrong_use);
    EXPECT_EQ(why(kPolice, {"police", "9"}).code, ErrorCode::not_found);
    EXPECT_EQ(why(kPolice, kTransit).code, ErrorCode::wrong_use) << "background tells of no incident";
    EXPECT_EQ(store_->withdraw(kPolice, kShops).error().code, ErrorCode::not_found);
    EXPECT_EQ(dump(), before);
}

TEST_F(LinkReview, SaysWhyTwoReportsAreOneEvent)
{
    auto with_words = here("police", "1");
    with_words.text = "Tre män med yxa slog sönder guldsmedens fönster";
    auto other = here("shops", "s");
    other.text = "Guldsmed utsatt för rån";
    import({with_words});
    import({other});
    auto const comparison = must(store_->compare(analyst(), kPolice, kShops));
    EXPECT_EQ(comparison.a.key, kPolice);
    EXPECT_EQ(comparison.b.text, "Guldsmed utsatt för rån");
    EXPECT_THAT(comparison.shared_words, ElementsAre("guldsm"));
    ASSERT_TRUE(comparison.score);
    EXPECT_EQ(comparison.score->places.apart, 0_m);
    EXPECT_EQ(comparison.score->gap.count(), 0);
    EXPECT_EQ(linkage::outcome_of(comparison.score->bits()), linkage::Outcome::same);
    EXPECT_FALSE(comparison.verdict);
}

TEST_F(LinkReview, ShowsNoTextsNorSharedWordsWhereAKindIsProtected)
{
    std::string kind;
    for (auto const& one : store_->county()->kinds.kinds()) {
        if (one.is_protected) {
            kind = one.code;
        }
    }
    ASSERT_NE(kind, "");
    auto hidden = here("police", "1", kind);
    hidden.text = "";
    hidden.title = "Hemlige Kvistmark";
    auto open = here("shops", "s", "unknown");
    open.text = "";
    open.title = "Kvistmark larmade";
    import({hidden});
    import({open});
    auto const comparison = must(store_->compare(analyst(), kPolice, kShops));
    EXPECT_EQ(comparison.a.title, "");
    EXPECT_EQ(comparison.b.title, "");
    EXPECT_THAT(comparison.shared_words, IsEmpty());
    ASSERT_TRUE(comparison.score);
    EXPECT_TRUE(comparison.score->withheld);
    EXPECT_EQ(comparison.score->places.apart, std::nullopt);
    EXPECT_EQ(comparison.score->place, 0.0);
    EXPECT_GT(comparison.score->words, 0.0);
    EXPECT_THAT(linkage::explanation(*comparison.score, {}, store_->county()->areas),
                Each(Not(AnyOf(HasSubstr(" m apart"), HasSubstr("both say")))));
    EXPECT_EQ(comparison.a.precision, Precision::kommun);
    EXPECT_EQ(comparison.b.precision, Precision::kommun);
}

TEST_F(LinkReview, IsForAnalysts)
{
    import({here("police", "1")});
    import({here("shops", "s")});
    View const public_view(must(store_->snapshot()), Role::public_);
    EXPECT_EQ(store_->compare(public_view, kPolice, kShops).error().code, ErrorCode::forbidden);
}

}  // namespace
}  // namespace riskbild::testing
