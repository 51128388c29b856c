#include "layers/rates/rates.hpp"

#include <gtest/gtest.h>

#include "tests/support/made_up_county.hpp"

namespace riskbild::layers {
namespace {

using riskbild::testing::made_up_view;
using riskbild::testing::MadeUp;

/// Area 01 (10 000 inhabitants): 4; area 02 (20 000): 10; area 03 (5 000): none; area 04 (unknown): 1;
/// county: 2.
std::vector<MadeUp> example(std::string const& day = "2024-05-01")
{
    std::vector<MadeUp> incidents;
    for (int i = 0; i < 3; ++i) {
        incidents.push_back({.east = 10, .north = 10, .day = day});
    }
    incidents.push_back({.day = day, .precision = Precision::kommun, .area = "01"});
    for (int i = 0; i < 10; ++i) {
        incidents.push_back({.day = day, .precision = Precision::kommun, .area = "02"});
    }
    incidents.push_back({.east = 15'000, .north = 15'000, .day = day});
    incidents.push_back({.day = day, .precision = Precision::lan});
    incidents.push_back({.day = day, .precision = Precision::lan});
    return incidents;
}

AreaValues compute(View const& view, RateOptions const& options = {}, std::string_view filter = "")
{
    auto values = rates(view, parse_filter(filter).value(), options);
    EXPECT_TRUE(values) << values.error().message;
    return values.value();
}

TEST(Rates, ArePerThousandInhabitantsWithTheExactInterval)
{
    auto const values = compute(made_up_view(example()));
    ASSERT_EQ(values.rows.size(), 4U);
    auto const& first = values.rows[0];
    EXPECT_EQ(first.area, AreaId{0});
    EXPECT_EQ(first.count, 4U);
    EXPECT_EQ(first.population, 10'000);
    EXPECT_DOUBLE_EQ(first.rate.value(), 0.4);
    EXPECT_NEAR(first.low, 0.108987, 1e-6);
    EXPECT_NEAR(first.high, 1.024159, 1e-6);
    EXPECT_DOUBLE_EQ(values.rows[1].rate.value(), 0.5);
}

TEST(Rates, NoIncidentsIsZeroWithAnUpperEnd)
{
    auto const row = compute(made_up_view(example())).rows[2];
    EXPECT_EQ(row.count, 0U);
    EXPECT_EQ(row.rate, 0.0);
    EXPECT_EQ(row.low, 0.0);
    EXPECT_NEAR(row.high, 3.68888 / 5.0, 1e-5);
}

TEST(Rates, WithoutKnownPopulationThereIsACountAndNoRate)
{
    auto const values = compute(made_up_view(example()));
    EXPECT_EQ(values.rows[3].count, 1U);
    EXPECT_FALSE(values.rows[3].rate);
}

TEST(Rates, IncidentsKnownOnlyToTheCountyAreInNoKommunAndSaid)
{
    auto const info = compute(made_up_view(example())).info;
    EXPECT_EQ(info.n, 15U);
    EXPECT_EQ(info.left_out[LeftOutReason::lan_only], 2U);
    EXPECT_EQ(info.left_out.total(), 2U);
    bool said = false;
    for (auto const& note : info.notes) {
        said = said || note.en == "2 incidents are known only to the county and in no area.";
    }
    EXPECT_TRUE(said);
}

TEST(Rates, CoverThePeriodUnlessYearly)
{
    auto const view = made_up_view(example());
    std::string_view const month = "period=2024-04-15..2024-05-15";
    auto const over_period = compute(view, {}, month);
    EXPECT_EQ(over_period.info.unit,
              "incidents per 1000 inhabitants over the period 2024-04-15 to 2024-05-15");
    EXPECT_DOUBLE_EQ(over_period.rows[0].rate.value(), 0.4);
    auto const yearly = compute(view, {.yearly = true}, month);
    EXPECT_EQ(yearly.info.unit, "incidents per 1000 inhabitants and year");
    EXPECT_NEAR(yearly.rows[0].rate.value(), 0.4 * 365.25 / 30.0, 1e-12);
    EXPECT_NEAR(yearly.rows[0].high / yearly.rows[0].rate.value(),
                over_period.rows[0].high / over_period.rows[0].rate.value(), 1e-12);
}

TEST(Rates, ScaleWithTheNumberOfInhabitantsAskedFor)
{
    auto const values = compute(made_up_view(example()), {.per = 100'000});
    EXPECT_DOUBLE_EQ(values.rows[0].rate.value(), 40.0);
    EXPECT_EQ(rates(made_up_view(example()), {}, {.per = 0}).error().field, "per");
    EXPECT_EQ(rates(made_up_view(example()), {}, {.per = -1000}).error().field, "per");
    EXPECT_EQ(rates(made_up_view(example()), {}, {.per = 10'000'000}).error().field, "per");
}

TEST(Rates, SmoothingStandsBesideTheRate)
{
    auto const plain = compute(made_up_view(example()));
    EXPECT_FALSE(plain.rows[0].smoothed);
    for (auto const smoothing : {Smoothing::global, Smoothing::neighbours}) {
        auto const values = compute(made_up_view(example()), {.smoothing = smoothing});
        EXPECT_EQ(values.rows[0].rate, plain.rows[0].rate);
        ASSERT_TRUE(values.rows[2].smoothed) << name_of(smoothing);
        EXPECT_GT(*values.rows[2].smoothed, 0.0) << "drawn towards the others";
        EXPECT_FALSE(values.rows[3].smoothed);
    }
}

TEST(Rates, OfNothingAreZerosWithoutAPeriod)
{
    auto const values = compute(made_up_view({}), {.yearly = true});
    EXPECT_EQ(values.info.n, 0U);
    EXPECT_FALSE(values.info.period);
    EXPECT_EQ(values.rows[0].rate, 0.0);
}

TEST(Rates, ThePublicGetsPublishedCountsAndWithheldOnesAreAbsent)
{
    auto incidents = example();
    incidents.push_back({.day = "2025-01-02"});  // completes 2024
    auto const view = made_up_view(incidents, Role::public_);
    auto const values =
        compute(view, {.smoothing = Smoothing::global}, "kinds=theft;period=2024-01-01..2025-01-01");
    ASSERT_EQ(values.rows.size(), 4U);
    EXPECT_FALSE(values.rows[0].count) << "four is too few";
    EXPECT_FALSE(values.rows[0].rate);
    EXPECT_EQ(values.rows[0].high, 0.0);
    EXPECT_FALSE(values.rows[3].count);
    EXPECT_FALSE(values.rows[1].smoothed) << "a mean over all would tell of the withheld";
    EXPECT_EQ(values.info.left_out.total(), 0U);
    EXPECT_EQ(values.info.view, "public");
    EXPECT_EQ(values.info.n, values.rows[1].count.value_or(0) + values.rows[2].count.value_or(0));
}

TEST(Rates, ThePublicIsRefusedEveryOtherFilter)
{
    auto incidents = example();
    incidents.push_back({.day = "2025-01-02"});
    auto const view = made_up_view(incidents, Role::public_);
    for (auto const* const filter :
         {"", "kinds=theft", "period=2024-01-01..2025-01-01", "kinds=theft;period=2024-01-01..2024-02-01",
          "hours=3;kinds=theft;period=2024-01-01..2025-01-01"}) {
        auto const values = rates(view, parse_filter(filter).value(), {});
        ASSERT_FALSE(values) << filter;
        EXPECT_EQ(values.error().code, ErrorCode::forbidden);
    }
}

}  // namespace
}  // namespace riskbild::layers
