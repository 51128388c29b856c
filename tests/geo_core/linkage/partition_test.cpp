#include "geo_core/linkage/partition.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "geo_core/linkage/pair_score.hpp"

namespace riskbild::linkage {
namespace {

using ::testing::ElementsAre;

constexpr double kStrong = kSameBits + 4.0;
constexpr double kWeak = (kSameBits + kPossibleBits) / 2.0;

/// Reports 0, 1, 2 … of the sources named, with keys in that order.
std::vector<Partitioned> reports(std::vector<std::string> const& case_numbers)
{
    std::vector<Partitioned> made;
    for (std::size_t i = 0; i < case_numbers.size(); ++i)
        made.push_back({static_cast<std::int64_t>(i),
                        {"police", std::string(1, static_cast<char>('a' + i))},
                        case_numbers[i]});
    return made;
}

std::vector<Partitioned> unquoted(std::size_t count)
{
    return reports(std::vector<std::string>(count));
}

TEST(Partition, JoinsReportsThatQuoteOneCaseNumber)
{
    EXPECT_THAT(partition_reports(reports({"K1", "", "K2", "K1", ""}), {}, {}),
                ElementsAre(ElementsAre(0, 3), ElementsAre(1), ElementsAre(2), ElementsAre(4)));
}

TEST(Partition, JoinsWhatPeopleSaidBelongsTogetherAndAllThatHangsOnIt)
{
    std::vector<LinkDecision> const together{{1, 2, true}};
    EXPECT_THAT(partition_reports(reports({"K1", "K1", "K2", "K2", ""}), {}, together),
                ElementsAre(ElementsAre(0, 1, 2, 3), ElementsAre(4)));
}

TEST(Partition, KeepsApartWhatPeopleSaidIsNotOne)
{
    std::vector<LinkDecision> const apart{{0, 1, false}};
    EXPECT_THAT(partition_reports(reports({"K1", "K1", "K1"}), {}, apart),
                ElementsAre(ElementsAre(0, 2), ElementsAre(1)));
    std::vector<LinkPair> const strong{{0, 1, kStrong}};
    EXPECT_THAT(partition_reports(unquoted(2), strong, apart), ElementsAre(ElementsAre(0), ElementsAre(1)));
}

TEST(Partition, JoinsStrongPairsAndLeavesWeakOnesToPeople)
{
    std::vector<LinkPair> const pairs{{0, 1, kStrong}, {2, 3, kWeak}};
    EXPECT_THAT(partition_reports(unquoted(4), pairs, {}),
                ElementsAre(ElementsAre(0, 1), ElementsAre(2), ElementsAre(3)));
}

// One report of the police, and two shops that each were robbed at about that time.
TEST(Partition, JoinsNobodyWhereARivalIsAsGood)
{
    std::vector<LinkPair> const as_good{{0, 1, kStrong}, {0, 2, kStrong - kRivalBits / 2}};
    EXPECT_THAT(partition_reports(unquoted(3), as_good, {}),
                ElementsAre(ElementsAre(0), ElementsAre(1), ElementsAre(2)));
    std::vector<LinkPair> const better{{0, 1, kStrong}, {0, 2, kStrong - kRivalBits}};
    EXPECT_THAT(partition_reports(unquoted(3), better, {}), ElementsAre(ElementsAre(0, 1), ElementsAre(2)));
}

TEST(Partition, WhoTellsOfTheSameIsNoRival)
{
    std::vector<LinkPair> const three{{0, 1, kStrong}, {0, 2, kStrong}, {1, 2, kWeak}};
    EXPECT_THAT(partition_reports(unquoted(3), three, {}), ElementsAre(ElementsAre(0, 1, 2)));
    auto of_one_source = three;
    of_one_source[2].one_source = true;  // two of one source are two events until more speaks for one
    EXPECT_THAT(partition_reports(unquoted(3), of_one_source, {}),
                ElementsAre(ElementsAre(0), ElementsAre(1), ElementsAre(2)));
}

TEST(Partition, WhoIsKnownToTellOfTheSameIsNoRival)
{
    std::vector<LinkPair> const pairs{{0, 2, kStrong}, {1, 2, kStrong}, {0, 1, kWeak, true}};
    EXPECT_THAT(partition_reports(unquoted(3), pairs, {}),
                ElementsAre(ElementsAre(0), ElementsAre(1), ElementsAre(2)));
    EXPECT_THAT(partition_reports(reports({"K1", "K1", ""}), pairs, {})[0], ElementsAre(0, 1, 2));
    std::vector<LinkDecision> const together{{0, 1, true}};
    EXPECT_THAT(partition_reports(unquoted(3), pairs, together)[0], ElementsAre(0, 1, 2));
}

TEST(Partition, ARivalThatIsNotAmongTheReportsCounts)
{
    std::vector<LinkPair> const pairs{{0, 1, kSameBits}, {0, 99, kSameBits - kRivalBits / 2}};
    EXPECT_THAT(partition_reports(unquoted(2), pairs, {}), ElementsAre(ElementsAre(0), ElementsAre(1)));
}

TEST(Partition, ARivalThatPeopleRuledOutIsNone)
{
    std::vector<LinkPair> const pairs{{0, 1, kStrong}, {0, 2, kStrong}};
    std::vector<LinkDecision> const ruled_out{{0, 2, false}};
    EXPECT_THAT(partition_reports(unquoted(3), pairs, ruled_out),
                ElementsAre(ElementsAre(0, 1), ElementsAre(2)));
}

TEST(Partition, AChainDoesNotJoinItsEnds)
{
    std::vector<LinkPair> const chain{{0, 1, kStrong + 3.0}, {1, 2, kStrong}};
    EXPECT_THAT(partition_reports(unquoted(3), chain, {}), ElementsAre(ElementsAre(0, 1), ElementsAre(2)));
}

std::vector<std::vector<ReportKey>> keys(std::vector<Partitioned> const& set,
                                         std::vector<LinkPair> const& pairs,
                                         std::vector<LinkDecision> const& decided)
{
    std::vector<std::vector<ReportKey>> groups;
    for (auto const& group : partition_reports(set, pairs, decided)) {
        groups.emplace_back();
        for (auto const i : group)
            groups.back().push_back(set[i].key);
    }
    return groups;
}

TEST(Partition, DoesNotDependOnTheOrderOfAnything)
{
    std::mt19937 random(42);
    for (int round = 0; round < 50; ++round) {
        auto set = reports({"K1", "K2", "K1", "", "K2", "K1", "K3", "K3", "", "", "", "", ""});
        std::vector<LinkPair> pairs;
        for (std::int64_t a = 0; a < 13; ++a)
            for (std::int64_t b = a + 1; b < 13; ++b)
                if (random() % 3 == 0)
                    pairs.push_back(
                        {a, b, kPossibleBits + static_cast<double>(random() % 12), random() % 4 == 0});
        std::vector<LinkDecision> decisions{{0, 1, true}, {2, 5, false}, {6, 3, true}, {4, 9, false}};
        auto const expected = keys(set, pairs, decisions);
        std::ranges::shuffle(set, random);
        std::ranges::shuffle(pairs, random);
        std::ranges::shuffle(decisions, random);
        for (auto& decision : decisions)
            std::swap(decision.a, decision.b);
        ASSERT_EQ(keys(set, pairs, decisions), expected);
    }
}

}  // namespace
}  // namespace riskbild::linkage
