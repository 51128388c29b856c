#include "layers/quality/change_points.hpp"

#include <cmath>
#include <limits>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace riskbild::layers {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Years of Jarrett (1979): tests/reference/change_points.py, which made the expected numbers too.
constexpr std::uint32_t kCoal[] = {4, 5, 4, 1, 0, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1,
                                   4, 4, 1, 5, 5, 3, 4, 2, 5, 2, 2, 3, 4, 2, 1, 3, 2, 2, 1, 1, 1, 1, 3,
                                   0, 0, 1, 0, 1, 1, 0, 0, 3, 1, 0, 3, 2, 2, 0, 1, 1, 1, 0, 1, 0, 1, 0,
                                   0, 0, 2, 1, 0, 0, 0, 1, 1, 0, 2, 3, 3, 1, 1, 2, 1, 1, 1, 1, 2, 4, 2,
                                   0, 0, 0, 1, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1};

std::vector<std::size_t> changes(std::vector<LevelSegment> const& segments)
{
    std::vector<std::size_t> found;
    for (std::size_t i = 1; i < segments.size(); ++i)
        found.push_back(segments[i].first);
    return found;
}

TEST(ChangePoints, FindsTheKnownChangeOfTheCoalMines)
{
    auto const segments = level_segments(kCoal, 30.0, 1.0, 4);
    ASSERT_EQ(segments.size(), 2U);
    EXPECT_EQ(segments[0].last, 41U);  // 1851 to 1891
    EXPECT_NEAR(segments[0].mean, 127.0 / 41, 1e-12);
    EXPECT_NEAR(segments[1].mean, 64.0 / 71, 1e-12);
}

TEST(ChangePoints, AgreesWithTheReferenceWithoutPruning)
{
    EXPECT_THAT(changes(level_segments(kCoal, 2 * std::log(112), 1.0, 1)), ElementsAre(41, 97));
    EXPECT_THAT(changes(level_segments(kCoal, 3.0, 1.0, 4)), ElementsAre(36, 46, 54, 60, 79, 97));
}

double value_of(std::vector<LevelSegment> const& segments, double penalty, double dispersion)
{
    auto value = -penalty;
    for (auto const& [first, last, mean] : segments) {
        auto const sum = mean * static_cast<double>(last - first);
        value += penalty + (sum == 0.0 ? 0.0 : 2 * (sum - sum * std::log(mean)) / dispersion);
    }
    return value;
}

/// All segmentations, one after another.
double best_of_all(std::span<std::uint32_t const> counts, double penalty, double dispersion,
                   std::size_t shortest)
{
    auto best = std::numeric_limits<double>::infinity();
    for (std::uint32_t mask = 0; mask < 1U << (counts.size() - 1); ++mask) {
        std::vector<LevelSegment> segments;
        auto is_allowed = true;
        std::size_t first = 0;
        for (std::size_t t = 1; t <= counts.size(); ++t) {
            if (t < counts.size() && (mask >> (t - 1) & 1U) == 0)
                continue;
            auto sum = 0.0;
            for (auto i = first; i < t; ++i)
                sum += counts[i];
            is_allowed = is_allowed && t - first >= shortest;
            segments.push_back({first, t, sum / static_cast<double>(t - first)});
            first = t;
        }
        if (is_allowed)
            best = std::min(best, value_of(segments, penalty, dispersion));
    }
    return best;
}

TEST(ChangePoints, IsTheBestOfAllSegmentations)
{
    std::mt19937 random(7);
    for (auto i = 0; i < 60; ++i) {
        std::vector<std::uint32_t> counts(12);
        for (std::size_t t = 0; t < counts.size(); ++t)
            counts[t] = static_cast<std::uint32_t>(random() % (t < 6 ? 4 : 12));
        for (auto const shortest : {1U, 3U}) {
            auto const penalty = 0.5 + i * 0.2;
            auto const segments = level_segments(counts, penalty, 1.5, shortest);
            EXPECT_NEAR(value_of(segments, penalty, 1.5), best_of_all(counts, penalty, 1.5, shortest), 1e-9)
                << i;
            for (auto const& segment : segments)
                EXPECT_GE(segment.last - segment.first, shortest);
        }
    }
}

TEST(ChangePoints, LeavesALevelSeriesWhole)
{
    EXPECT_THAT(level_segments({}, 1.0), IsEmpty());
    std::vector<std::uint32_t> const level(50, 7);
    EXPECT_THAT(level_segments(level, 5.0), ElementsAre(LevelSegment{0, 50, 7.0}));
    std::vector<std::uint32_t> const none(9, 0);
    EXPECT_THAT(level_segments(none, 5.0, 1.0, 4), ElementsAre(LevelSegment{0, 9, 0.0}));
    std::vector<std::uint32_t> const few{1, 2};
    EXPECT_THAT(level_segments(few, 5.0, 1.0, 4), ElementsAre(LevelSegment{0, 2, 1.5}));
}

TEST(ChangePoints, DoesNotTakeAChangeOfLevelForDispersion)
{
    std::mt19937 random(3);
    std::vector<std::uint32_t> counts;
    for (auto const mean : {20.0, 200.0}) {
        std::poisson_distribution<std::uint32_t> poisson(mean);
        for (auto i = 0; i < 2000; ++i)
            counts.push_back(poisson(random));
    }
    EXPECT_NEAR(dispersion_of(counts), 1.0, 0.1);
    EXPECT_EQ(dispersion_of(std::vector<std::uint32_t>{0, 0, 0}), 1.0);
    EXPECT_EQ(dispersion_of(std::vector<std::uint32_t>{2, 6, 2}), 2.0);
}

TEST(ChangePoints, KnowsHowUnlikelyASilenceIs)
{
    EXPECT_DOUBLE_EQ(chance_of_none(2.0, 1.0), std::exp(-2.0));
    // Negative binomial with mean 2 and variance 4: r = 2, p = 1/2, so (1/2)².
    EXPECT_DOUBLE_EQ(chance_of_none(2.0, 2.0), 0.25);
    EXPECT_NEAR(chance_of_none(2.0, 1.0 + 1e-6), std::exp(-2.0), 1e-6);
    // 365 · (1 − e⁻¹) · e⁻ᵏ < 0.01 from k = 11 on, by hand: 230.7 · e⁻¹⁰ = 0.01047, · e⁻¹¹ = 0.0039.
    EXPECT_EQ(unlikely_silence(1.0, 1.0, 365), 11);
    EXPECT_EQ(unlikely_silence(0.0, 1.0, 365), 0);
    EXPECT_EQ(unlikely_silence(0.001, 1.0, 365), 0);
}

}  // namespace
}  // namespace riskbild::layers
