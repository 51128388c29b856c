#include "geo_core/store/voices.hpp"

#include "tests/geo_core/store/store_world.hpp"

namespace riskbild::testing {
namespace {

using store::merge_voices;
using store::ReportVoice;
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
