#include "layers/moran/rate_scores.hpp"

#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "layers/moran/moran.hpp"
#include "tests/layers/numbers.hpp"
#include "tests/layers/spatial_weights/reference_maps.hpp"

namespace riskbild::layers {
namespace {

struct Deaths {
    std::vector<std::uint64_t> counts;
    std::vector<std::int64_t> births;
};

/// SID74 and BIR74, columns 17 and 18 of the expectations.
Deaths deaths_of(testing::ReferenceMap const& map)
{
    Deaths deaths;
    for (auto const& row : map.expected) {
        deaths.counts.push_back(std::stoul(row.at(17)));
        deaths.births.push_back(std::stol(row.at(18)));
    }
    return deaths;
}

TEST(RateScores, GiveTheEmpiricalBayesMoranOfSpdepInR)
{
    auto const map = testing::sids2();
    if (!map) {
        GTEST_SKIP() << "expected_sids2_SIDR74.csv is absent";
    }
    auto const deaths = deaths_of(*map);
    auto const weights = row_standardised(map->binary);
    std::string input = fmt::format("{}\n", deaths.counts.size());
    for (std::size_t i = 0; i < deaths.counts.size(); ++i) {
        input += fmt::format("{} {} {}", deaths.counts[i], deaths.births[i], weights.row(i).size());
        for (auto const& entry : weights.row(i)) {
            input += fmt::format(" {}", entry.unit + 1);
        }
        input += '\n';
    }
    auto const reference = testing::ask_r("spdep", "empirical_bayes_moran.R", input);
    if (!reference) {
        GTEST_SKIP() << "R or its package spdep is absent";
    }
    ASSERT_EQ(reference->size(), 101U);
    auto const scores = rate_scores(deaths.counts, deaths.births);
    EXPECT_NEAR(morans_i(scores, weights)->value, reference->front(), 1e-12);
    for (std::size_t i = 0; i < scores.size(); ++i) {
        EXPECT_NEAR(scores[i], (*reference)[i + 1], 1e-11) << i;
    }
}

TEST(RateScores, AreSmallerForTheSameRateOfFewerPeople)
{
    std::vector<std::uint64_t> const counts = {100, 2, 50, 5};
    std::vector<std::int64_t> const people = {10'000, 200, 20'000, 2000};
    auto const scores = rate_scores(counts, people);
    EXPECT_GT(scores[0], scores[1]) << "both have 1 in 100";
    EXPECT_GT(scores[1], 0.0);
    EXPECT_LT(scores[2], scores[3]);
}

/// Rates less spread than chance alone would make them: each is divided by its chance.
TEST(RateScores, StandEqualRatesAndNone)
{
    auto const equal =
        rate_scores(std::vector<std::uint64_t>{10, 20, 30}, std::vector<std::int64_t>{100, 200, 300});
    for (double const score : equal) {
        EXPECT_NEAR(score, 0.0, 1e-12);
    }
    auto const nearly =
        rate_scores(std::vector<std::uint64_t>{10, 21, 29}, std::vector<std::int64_t>{100, 200, 300});
    EXPECT_NEAR(nearly[2], (29.0 / 300.0 - 0.1) / std::sqrt(0.1 / 300.0), 1e-12);
    EXPECT_EQ(rate_scores(std::vector<std::uint64_t>{0, 0}, std::vector<std::int64_t>{5, 6}),
              (std::vector<double>{0.0, 0.0}));
}

}  // namespace
}  // namespace riskbild::layers
