#include "layers/quality/data_quality.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/made_up_county.hpp"

namespace riskbild::layers {
namespace {

using riskbild::testing::made_up_view;
using riskbild::testing::MadeUp;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

LocalDate day(std::string_view text)
{
    return *parse_date(text);
}

std::string day_after(std::string_view first, int days)
{
    return to_text(day(first) + date::days(days));
}

/// So many a day from a Monday on.
std::vector<MadeUp> every_day(std::string_view first, int days, int a_day, std::uint64_t sources = 1)
{
    std::vector<MadeUp> made;
    for (auto i = 0; i < days; ++i)
        for (auto n = 0; n < a_day; ++n)
            made.push_back({.east = 10.0 + n, .day = day_after(first, i), .sources = sources});
    return made;
}

SourceQuality of_a(std::vector<MadeUp> const& made, std::string_view today = "2025-12-01")
{
    return source_quality(made_up_view(made), day(today)).at(0);
}

TEST(DataQuality, CountsASourceWithItsPrecisions)
{
    auto made = every_day("2025-01-06", 2, 1);
    made.push_back({.day = "2025-01-20", .precision = Precision::kommun, .area = "01", .sources = 3});
    made.push_back({.day = "2025-01-21", .sources = 2});
    auto const all = source_quality(made_up_view(made), day("2025-01-31"));
    ASSERT_THAT(all, SizeIs(2));
    EXPECT_EQ(all[0].incidents, 3U);
    EXPECT_EQ(all[1].incidents, 2U);
    EXPECT_EQ(all[0].precision[static_cast<std::size_t>(Precision::exact)], 2U);
    EXPECT_EQ(all[0].precision[static_cast<std::size_t>(Precision::kommun)], 1U);
    EXPECT_EQ(all[0].period, (Period{day("2025-01-06"), day("2025-01-21")}));
    EXPECT_EQ(all[0].silent_days, 10);
}

TEST(DataQuality, FindsASuddenChangeOfVolumeAtItsMonday)
{
    auto made = every_day("2025-01-06", 70, 2);
    for (auto const& one : every_day("2025-03-17", 70, 6))
        made.push_back(one);
    auto const quality = of_a(made);
    EXPECT_THAT(quality.levels, ElementsAre(VolumeLevel{day("2025-01-06"), day("2025-03-17"), 14.0},
                                            VolumeLevel{day("2025-03-17"), day("2025-05-26"), 42.0}));
    EXPECT_THAT(quality.silences, IsEmpty());
}

TEST(DataQuality, FindsDaysThatAreMissing)
{
    auto made = every_day("2025-01-06", 140, 3);
    std::erase_if(made, [](MadeUp const& one) { return one.day >= "2025-03-03" && one.day < "2025-03-15"; });
    auto const quality = of_a(made);
    ASSERT_THAT(quality.silences, SizeIs(1));
    EXPECT_EQ(quality.silences[0].first, day("2025-03-03"));
    EXPECT_EQ(quality.silences[0].days, 12);
    EXPECT_LT(quality.silences[0].expected, 0.01);
}

TEST(DataQuality, FindsAlsoASilenceOfMonths)
{
    auto made = every_day("2025-01-06", 280, 3);
    std::erase_if(made, [](MadeUp const& one) { return one.day >= "2025-03-03" && one.day < "2025-06-02"; });
    auto const quality = of_a(made);
    EXPECT_THAT(quality.levels, SizeIs(3));
    ASSERT_THAT(quality.silences, SizeIs(1));
    EXPECT_EQ(quality.silences[0].days, 91);
}

TEST(DataQuality, DoesNotTakeASparseSourceForASilentOne)
{
    std::vector<MadeUp> made;
    for (auto i = 0; i < 300; i += 9)
        made.push_back({.day = day_after("2025-01-06", i)});
    auto const quality = of_a(made, "2025-11-10");
    EXPECT_THAT(quality.silences, IsEmpty());
    EXPECT_FALSE(quality.is_silent());
}

TEST(DataQuality, SaysSinceWhenASourceIsSilent)
{
    auto const made = every_day("2025-01-06", 140, 2);
    auto const last = day_after("2025-01-06", 139);
    EXPECT_EQ(of_a(made, last).silent_days, 0);
    auto const quality = of_a(made, day_after(last, 20));
    EXPECT_EQ(quality.silent_days, 19);
    EXPECT_TRUE(quality.is_silent());
    EXPECT_FALSE(of_a(made, day_after(last, 2)).is_silent());
    EXPECT_EQ(of_a(made, "2025-01-31").period->to, day("2025-02-01")) << "nothing later than today counts";
}

TEST(DataQuality, HoldsNothingForAViewWithoutSingleIncidents)
{
    auto const all =
        source_quality(made_up_view(every_day("2025-01-06", 9, 1), Role::public_), day("2025-02-01"));
    EXPECT_EQ(all.at(0).incidents, 0U);
    EXPECT_FALSE(all.at(0).police_share);
}

TEST(DataQuality, KnowsThePolice)
{
    EXPECT_TRUE(is_police("police"));
    EXPECT_TRUE(is_police("police_cases"));
    EXPECT_FALSE(is_police("policedog"));
}

TEST(DataQuality, TellsAShareWithWilsonsInterval)
{
    // Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20 and 1 of 29.
    for (auto const& [count, of, low, high] : {std::tuple{81U, 263U, 0.2553, 0.3662},
                                               {15U, 148U, 0.0624, 0.1605},
                                               {0U, 20U, 0.0, 0.1611},
                                               {1U, 29U, 0.0061, 0.1718}}) {
        auto const interval = wilson_interval(count, of);
        EXPECT_NEAR(interval.low, low, 5e-5) << count;
        EXPECT_NEAR(interval.high, high, 5e-5) << count;
    }
    EXPECT_EQ(wilson_interval(0, 0).high, 1.0);
}

}  // namespace
}  // namespace riskbild::layers
