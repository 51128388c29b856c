#include "layers/change/changes.hpp"

#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/layers/numbers.hpp"

namespace riskbild::layers {
namespace {

using Counts = std::vector<std::uint64_t>;

TEST(Changes, ClassWhatIsMoreThanChance)
{
    auto const found = changes(Counts{10, 40, 50, 0}, 365, Counts{40, 10, 52, 20}, 365, 0.05);
    EXPECT_EQ(found[0].change, ChangeClass::more);
    EXPECT_EQ(found[1].change, ChangeClass::fewer);
    EXPECT_EQ(found[2].change, ChangeClass::unclear);
    EXPECT_EQ(found[3].change, ChangeClass::more) << "twenty where none were";
    EXPECT_DOUBLE_EQ(found[0].against.ratio, 4.0);
    EXPECT_TRUE(std::isinf(found[3].against.ratio));
}

TEST(Changes, AllowForPeriodsOfDifferentLength)
{
    auto const found = changes(Counts{100}, 200, Counts{50}, 100, 0.05);
    EXPECT_DOUBLE_EQ(found[0].against.ratio, 1.0);
    EXPECT_EQ(found[0].change, ChangeClass::unclear);
}

TEST(Changes, DoNotJudgeWhatCouldNotBeClear)
{
    // Of equal periods: five all in one have p = 2/32, six 2/64.
    auto const found = changes(Counts{5, 0, 0, 6}, 365, Counts{0, 0, 6, 0}, 365, 0.05);
    EXPECT_FALSE(found[0].change);
    EXPECT_FALSE(found[0].p_adjusted);
    EXPECT_FALSE(found[1].change);
    EXPECT_DOUBLE_EQ(found[0].against.p, 2.0 / 32.0);
    EXPECT_EQ(found[2].change, ChangeClass::more);
    EXPECT_EQ(found[3].change, ChangeClass::fewer);
    EXPECT_NEAR(*found[3].p_adjusted, 2.0 / 64.0, 1e-14) << "two were judged, not four";
}

TEST(Changes, AgreeWithExactFractions)
{
    testing::Chance chance{21};
    Counts before, after;
    std::string input = "365 181 0.05\n";
    for (int i = 0; i < 120; ++i) {
        auto const mean = i % 3 == 0 ? 4.0 : i % 3 == 1 ? 20.0 : 60.0;
        before.push_back(static_cast<std::uint64_t>(mean * 2.0 * chance.next()));
        after.push_back(static_cast<std::uint64_t>(mean * (i % 7 == 0 ? 3.0 : 1.0) * chance.next()));
        input += fmt::format("{} {}\n", before.back(), after.back());
    }
    auto const reference = testing::ask_python("change.py", input);
    if (!reference) {
        GTEST_SKIP() << "python3 is absent";
    }
    ASSERT_EQ(reference->size(), 2 * before.size());
    auto const found = changes(before, 365, after, 181, 0.05);
    int judged = 0, clear = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        double const theirs = (*reference)[2 * i];
        EXPECT_EQ(found[i].p_adjusted.has_value(), !std::isnan(theirs)) << i;
        if (found[i].p_adjusted && !std::isnan(theirs)) {
            ++judged;
            EXPECT_NEAR(*found[i].p_adjusted, theirs, 1e-12) << i;
            EXPECT_EQ(static_cast<double>(*found[i].change), (*reference)[2 * i + 1]) << i;
            clear += *found[i].change != ChangeClass::unclear ? 1 : 0;
        }
    }
    EXPECT_GT(judged, 50);
    EXPECT_GT(clear, 5);
    EXPECT_LT(clear, judged);
}

TEST(Changes, LookTheOtherWayRoundFromTheOtherSide)
{
    Counts const a = {3, 14, 15, 92, 65};
    Counts const b = {27, 18, 2, 81, 82};
    auto const forth = changes(a, 100, b, 130, 0.1);
    auto const back = changes(b, 130, a, 100, 0.1);
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_NEAR(*forth[i].p_adjusted, *back[i].p_adjusted, 1e-12);
        EXPECT_EQ(static_cast<int>(*forth[i].change), -static_cast<int>(*back[i].change));
    }
    EXPECT_TRUE(changes({}, 100, {}, 130, 0.1).empty());
}

}  // namespace
}  // namespace riskbild::layers
