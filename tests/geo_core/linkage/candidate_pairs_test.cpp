#include "geo_core/linkage/candidate_pairs.hpp"

#include <gmock/gmock.h>

#include <random>

#include "tests/support/made_up_county.hpp"

namespace riskbild::linkage {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::kCorner;

/// Reports of three months around one town: points of every precision, kommuner, the whole county; a minute
/// to three weeks long.
std::vector<LinkSubject> made_up_subjects(County const& county, std::size_t count, unsigned seed)
{
    std::mt19937 random(seed);
    auto const below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    auto const start = *parse_instant("2025-01-01T00:00:00Z");
    std::vector<minutes> const lengths{minutes{1}, minutes{60},   hours{9},
                                       hours{24},  hours{24 * 5}, hours{24 * 21}};
    std::vector<LinkSubject> made;
    for (std::size_t i = 0; i < count; ++i) {
        LinkSubject subject;
        subject.report = static_cast<std::int64_t>(i) + 1;
        subject.source = SourceId{static_cast<std::uint8_t>(below(2))};
        subject.kind =
            KindId{static_cast<std::uint16_t>(below(static_cast<int>(county.kinds.kinds().size())))};
        auto const from = start + minutes{below(90 * 24 * 60)};
        subject.occurred = {from, from + lengths[static_cast<std::size_t>(below(6))]};
        MapPoint const point{kCorner.east + below(6000) - 3000, kCorner.north + below(6000) - 3000};
        auto const precision = kAllPrecisions[below(6)];
        if (is_point(precision))
            subject.place = PointPlace{point, precision, county.areas.at(point)};
        else
            subject.place =
                AreaPlace{precision, precision == Precision::lan ? kNoArea : county.areas.at(point)};
        made.push_back(subject);
    }
    return made;
}

std::vector<CandidatePairs::Pair> one_by_one(PairScorer const& scorer, std::span<LinkSubject const> subjects,
                                             std::size_t fresh)
{
    std::vector<CandidatePairs::Pair> pairs;
    for (std::uint32_t a = 0; a < subjects.size(); ++a)
        for (std::uint32_t b = a + 1; b < subjects.size(); ++b)
            if (auto const numbers = scorer.numbers(subjects[a], subjects[b]);
                a < fresh && numbers && PairScorer::worth_comparing(*numbers))
                pairs.emplace_back(a, b);
    return pairs;
}

std::vector<CandidatePairs::Pair> found(CandidatePairs const& candidates, std::size_t fresh)
{
    std::vector<CandidatePairs::Pair> pairs;
    candidates.each_of_first(fresh, 0, candidates.size(),
                             [&](CandidatePairs::Pair pair, PairScore const&) { pairs.push_back(pair); });
    std::ranges::sort(pairs);
    return pairs;
}

TEST(CandidatePairs, MissNoneThatComparingEachWithEachFinds)
{
    auto const county = testing::made_up_county();
    PairScorer const scorer(*county);
    for (unsigned seed = 1; seed <= 4; ++seed) {
        auto const subjects = made_up_subjects(*county, 3000, seed);
        CandidatePairs const candidates(scorer, *county, subjects);
        auto const expected = one_by_one(scorer, subjects, subjects.size());
        ASSERT_GT(expected.size(), 100U);
        EXPECT_EQ(found(candidates, subjects.size()), expected) << "seed " << seed;
        EXPECT_EQ(found(candidates, 200), one_by_one(scorer, subjects, 200)) << "seed " << seed;
    }
}

TEST(CandidatePairs, OfNothingAreNone)
{
    auto const county = testing::made_up_county();
    PairScorer const scorer(*county);
    EXPECT_TRUE(found(CandidatePairs(scorer, *county, {}), 0).empty());
}

}  // namespace
}  // namespace riskbild::linkage
