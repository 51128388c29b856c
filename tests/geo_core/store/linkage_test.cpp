#include "geo_core/store/linkage.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "geo_core/store/voices.hpp"
#include "tests/geo_core/store/store_world.hpp"

namespace riskbild::testing {
namespace {

using store::link_reports;
using store::LinkDecision;
using store::LinkReport;
using store::merge_voices;
using store::ReportVoice;
using ::testing::ElementsAre;

std::vector<LinkReport> reports(std::vector<std::string> const& case_numbers)
{
    std::vector<LinkReport> made;
    for (std::size_t i = 0; i < case_numbers.size(); ++i) {
        made.push_back({{"police", std::string(1, static_cast<char>('a' + i))}, case_numbers[i]});
    }
    return made;
}

TEST(Linkage, JoinsReportsThatQuoteOneCaseNumber)
{
    EXPECT_THAT(link_reports(reports({"K1", "", "K2", "K1", ""}), {}),
                ElementsAre(ElementsAre(0, 3), ElementsAre(1), ElementsAre(2), ElementsAre(4)));
}

TEST(Linkage, JoinsWhatPeopleSaidBelongsTogetherAndAllThatHangsOnIt)
{
    std::vector<LinkDecision> const together = {{1, 2, true}};
    EXPECT_THAT(link_reports(reports({"K1", "K1", "K2", "K2", ""}), together),
                ElementsAre(ElementsAre(0, 1, 2, 3), ElementsAre(4)));
}

TEST(Linkage, KeepsApartWhatPeopleSaidIsNotOne)
{
    std::vector<LinkDecision> const apart = {{0, 1, false}};
    EXPECT_THAT(link_reports(reports({"K1", "K1", "K1"}), apart),
                ElementsAre(ElementsAre(0, 2), ElementsAre(1)));
}

TEST(Linkage, DoesNotDependOnTheOrderOfReports)
{
    auto const original = reports({"K1", "K2", "K1", "", "K2", "K1", "K3", "K3", "K1", "K2"});
    std::vector<LinkDecision> const decisions = {{0, 1, true}, {2, 5, false}, {6, 3, true}, {4, 9, false}};
    auto const as_keys = [](std::vector<LinkReport> const& set, std::vector<LinkDecision> const& decided) {
        std::vector<std::vector<ReportKey>> groups;
        for (auto const& group : link_reports(set, decided)) {
            groups.emplace_back();
            for (auto const i : group) {
                groups.back().push_back(set[i].key);
            }
        }
        return groups;
    };
    auto const expected = as_keys(original, decisions);
    std::mt19937 random(42);
    for (int round = 0; round < 50; ++round) {
        std::vector<std::size_t> order(original.size());
        for (std::size_t i = 0; i < order.size(); ++i) {
            order[i] = i;
        }
        std::ranges::shuffle(order, random);
        std::vector<LinkReport> shuffled(original.size());
        for (std::size_t i = 0; i < order.size(); ++i) {
            shuffled[order[i]] = original[i];
        }
        auto moved = decisions;
        for (auto& decision : moved) {
            decision = {order[decision.b], order[decision.a], decision.together};
        }
        std::ranges::shuffle(moved, random);
        ASSERT_EQ(as_keys(shuffled, moved), expected);
    }
}

ReportVoice voice(int report, int source, int rank, Precision precision, int hours, bool patrol = false)
{
    ReportVoice made;
    made.report = ReportId{report};
    made.source = SourceId{static_cast<std::uint8_t>(source)};
    made.source_rank = rank;
    made.occurred = {hour(0), hour(hours)};
    if (is_point(precision)) {
        made.place = PointPlace{{1, 2}, precision, AreaId{0}};
    } else {
        made.place = AreaPlace{precision, AreaId{0}};
    }
    made.patrol_discovered = patrol;
    return made;
}

TEST(Voices, BestPrecisionGivesThePlaceNarrowestIntervalTheTimeLowestRankTheKind)
{
    std::vector<ReportVoice> const voices = {voice(7, 0, 10, Precision::kommun, 24),
                                             voice(8, 1, 20, Precision::street, 5),
                                             voice(9, 5, 30, Precision::locality, 1)};
    auto const merged = merge_voices(voices);
    EXPECT_EQ(merged.kind_from, 0U);
    EXPECT_EQ(merged.place_from, 1U);
    EXPECT_EQ(merged.time_from, 2U);
    EXPECT_EQ(merged.sources, 0b100011U);
}

TEST(Voices, OfEqualVoicesTheLowestKeyIsBelieved)
{
    std::vector<ReportVoice> const voices = {voice(9, 0, 10, Precision::street, 1),
                                             voice(2, 0, 10, Precision::street, 1)};
    auto const merged = merge_voices(voices);
    EXPECT_EQ(merged.kind_from + merged.place_from + merged.time_from, 0U);
}

TEST(Voices, OnlyAPatrolAloneMakesAPatrolDiscovery)
{
    auto const found = voice(1, 0, 1, Precision::street, 1, true);
    auto const called = voice(2, 1, 1, Precision::street, 1, false);
    EXPECT_TRUE(merge_voices(std::vector{found, found}).patrol_discovered);
    EXPECT_FALSE(merge_voices(std::vector{found, called}).patrol_discovered);
}

}  // namespace
}  // namespace riskbild::testing
