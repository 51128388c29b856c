#include "layers/getis_ord/emerging.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "layers/county_cells.hpp"
#include "layers/getis_ord/mann_kendall.hpp"
#include "layers/registry.hpp"
#include "tests/support/made_up_county.hpp"

namespace riskbild::layers {
namespace {

using enum HotSpotHistory;
using riskbild::testing::kCorner;
using riskbild::testing::made_up_view;
using riskbild::testing::MadeUp;

TEST(MannKendall, CountsPairsAndTies)
{
    // By hand: 1 2 2 3 has pairs +1 +1 +1 (from 1), 0 +1, +1: S = 5; Var = (4·3·13 − 2·1·9)/18 = 23/3.
    std::vector<double> const series = {1, 2, 2, 3};
    auto const trend = mann_kendall(series);
    EXPECT_EQ(trend.s, 5.0);
    EXPECT_NEAR(trend.z, 4.0 / std::sqrt(23.0 / 3.0), 1e-12);
    std::vector<double> const down = {3, 2, 2, 1};
    EXPECT_NEAR(mann_kendall(down).z, -trend.z, 1e-12);
    EXPECT_EQ(mann_kendall(std::vector<double>{5, 5, 5, 5}).p, 1.0);
    EXPECT_EQ(mann_kendall(std::vector<double>{1, 2}).z, 0.0);
    EXPECT_EQ(mann_kendall(std::vector<double>{}).z, 0.0);
}

TEST(MannKendall, OfTenRisingValuesIsThatOfTheTables)
{
    std::vector<double> rising;
    for (int i = 0; i < 10; ++i) {
        rising.push_back(i);
    }
    // S = 45, Var = 10·9·25/18 = 125: z = 44/√125 = 3.9355.
    EXPECT_NEAR(mann_kendall(rising).z, 3.93548, 1e-5);
}

TEST(HotSpotHistory, IsToldByWhenACellWasHot)
{
    std::vector<double> const flat(10, 1.0);
    std::vector<double> rising, falling;
    for (int i = 0; i < 10; ++i) {
        rising.push_back(i);
        falling.push_back(-i);
    }
    using Hot = std::vector<std::uint8_t>;
    EXPECT_EQ(history_of(Hot{0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, flat), not_hot);
    EXPECT_EQ(history_of(Hot{0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, flat), fresh);
    EXPECT_EQ(history_of(Hot{0, 0, 0, 0, 0, 0, 0, 1, 1, 1}, flat), consecutive);
    EXPECT_EQ(history_of(Hot{0, 1, 0, 0, 0, 0, 0, 1, 1, 1}, flat), sporadic);
    EXPECT_EQ(history_of(Hot{1, 1, 1, 1, 0, 1, 1, 1, 1, 1}, flat), persistent);
    EXPECT_EQ(history_of(Hot{1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, rising), intensifying);
    EXPECT_EQ(history_of(Hot{1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, falling), diminishing);
    EXPECT_EQ(history_of(Hot{1, 1, 1, 1, 1, 1, 1, 1, 1, 0}, flat), historical);
    EXPECT_EQ(history_of(Hot{1, 1, 0, 0, 0, 0, 0, 0, 0, 0}, flat), former);
}

std::string day_text(int day)
{
    return riskbild::to_text(LocalDate{date::local_days{date::year{2025} / 1 / 1} + date::days{day}});
}

/// Ten periods of ten days: a block that is always there, one that begins with the eighth, one of the last
/// only.
std::vector<MadeUp> scene()
{
    std::vector<MadeUp> incidents;
    auto const block = [&](double east, double north, int period) {
        for (int i = 0; i < 40; ++i) {
            incidents.push_back({.east = east + 150.0 * (i % 8),
                                 .north = north + 250.0 * (i / 8),
                                 .day = day_text(10 * period + i % 10)});
        }
    };
    for (int period = 0; period < 10; ++period) {
        block(5'050, 5'050, period);
        if (period >= 7) {
            block(15'050, 5'050, period);
        }
        if (period == 9) {
            block(5'050, 15'050, period);
        }
        for (int i = 0; i < 10; ++i) {
            incidents.push_back({.east = 1'900.0 * i + 100,
                                 .north = 10'000.0 + 700.0 * ((i * period) % 10),
                                 .day = day_text(10 * period + i)});
        }
    }
    return incidents;
}

TEST(EmergingHotSpots, TellNewFromOld)
{
    Filter filter;
    filter.period = Period{LocalDate{date::local_days{date::year{2025} / 1 / 1}},
                           LocalDate{date::local_days{date::year{2025} / 1 / 1} + date::days{105}}};
    auto const found = emerging_hot_spots(made_up_view(scene()), filter, {.periods = 10}).value();
    EXPECT_EQ(found.days, 10);
    EXPECT_EQ(riskbild::to_text(found.from), "2025-01-06") << "the oldest days left over do not enter";
    auto const exact = Filter{.period = Period{filter.period->from, filter.period->from + date::days{100}}};
    auto const whole = emerging_hot_spots(made_up_view(scene()), exact, {.periods = 10}).value();
    auto const at = [&](double east, double north) {
        return whole.history[cell_of(whole.lattice, {kCorner.east + east, kCorner.north + north}).value()];
    };
    EXPECT_EQ(at(5'200, 5'200), diminishing) << "as much in every period, but of ever more";
    EXPECT_EQ(at(15'200, 5'200), consecutive);
    EXPECT_EQ(at(5'200, 15'200), fresh);
    EXPECT_EQ(at(19'000, 19'000), not_hot);
    EXPECT_EQ(whole.n_of_period.size(), 10U);
    EXPECT_EQ(whole.n_of_period[0], 50U);
    EXPECT_EQ(whole.n_of_period[9], 130U);
}

TEST(EmergingHotSpots, HaveNoMorePeriodsThanDays)
{
    auto const result =
        run_layer("emerging_hot_spots", made_up_view({{.east = 5}}), {}, {{"periods", "12"}}).value();
    auto const& parameters = result.info.parameters;
    EXPECT_NE(std::ranges::find(parameters, std::pair<std::string, std::string>{"periods", "1"}),
              parameters.end());
    EXPECT_TRUE(run_layer("emerging_hot_spots", made_up_view({}), {}, {}));
}

}  // namespace
}  // namespace riskbild::layers
