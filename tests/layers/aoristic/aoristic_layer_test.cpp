#include "layers/aoristic/aoristic_layer.hpp"

#include <gtest/gtest.h>

#include "layers/registry.hpp"
#include "tests/layers/results.hpp"
#include "tests/support/made_up_county.hpp"

namespace riskbild::layers {
namespace {

using riskbild::testing::made_up_view;
using riskbild::testing::MadeUp;
using testing::fact;

LayerResult run(View const& view, std::string_view filter = "")
{
    auto result = run_layer("aoristic", view, parse_filter(filter).value(), {});
    EXPECT_TRUE(result) << result.error().message;
    return result.value();
}

/// Two on a Monday at noon, one of them in a protected kind; one on Tuesday known to the day and a kommun;
/// one within two hours of Wednesday, known to the county.
std::vector<MadeUp> example()
{
    return {{.east = 100, .north = 100},
            {.east = 200, .north = 100, .kind = "sexual"},
            {.day = "2025-03-11",
             .hour = 0,
             .precision = Precision::kommun,
             .area = "01",
             .length_minutes = 1440},
            {.day = "2025-03-12", .hour = 20, .precision = Precision::lan, .length_minutes = 120}};
}

TEST(AoristicLayer, CountsIncidentsWithAndWithoutAPoint)
{
    auto const result = run(made_up_view(example()));
    EXPECT_EQ(result.info.n, 4U);
    EXPECT_EQ(result.info.left_out.total(), 0U);
    auto const& week = result.tables[0];
    ASSERT_EQ(week.rows.size(), 168U);
    EXPECT_EQ(week.rows[12],
              (std::vector<TableCell>{std::int64_t{1}, std::int64_t{12}, 2.0, 0.5, std::int64_t{2}}));
    EXPECT_NEAR(std::get<double>(week.rows[24][2]), 1.0 / 24.0, 1e-11);
    EXPECT_DOUBLE_EQ(std::get<double>(week.rows[2 * 24 + 21][2]), 0.5);
    ASSERT_EQ(result.tables[1].rows.size(), 24U);
    EXPECT_NEAR(std::get<double>(result.tables[1].rows[20][1]), 0.5 + 1.0 / 24.0, 1e-11);
    ASSERT_EQ(result.tables[2].rows.size(), 7U);
    EXPECT_EQ(result.tables[2].rows[0], (std::vector<TableCell>{std::int64_t{1}, 2.0, 0.5}));
}

TEST(AoristicLayer, SaysThePeakAndHowMuchIsSpread)
{
    auto const result = run(made_up_view(example()));
    EXPECT_EQ(fact(result.facts, "n"), TableCell{std::int64_t{4}});
    EXPECT_EQ(fact(result.facts, "hour_known"), TableCell{std::int64_t{3}});
    EXPECT_EQ(fact(result.facts, "spread"), TableCell{std::int64_t{2}});
    EXPECT_EQ(fact(result.facts, "uniform"), TableCell{std::int64_t{0}});
    EXPECT_EQ(fact(result.facts, "peak_weekday"), TableCell{std::int64_t{1}});
    EXPECT_EQ(fact(result.facts, "peak_hour"), TableCell{std::int64_t{12}});
    EXPECT_EQ(fact(result.facts, "peak_share"), TableCell{0.5});
    EXPECT_EQ(fact(result.facts, "worst_weekday"), TableCell{std::int64_t{1}});
    ASSERT_EQ(result.info.notes.size(), 1U);
    EXPECT_EQ(result.info.notes[0].en,
              "2 of 4 incidents may have happened in several hours and are spread over them.");
}

TEST(AoristicLayer, CountsWhatAnHourFilterCannotPlaceAsLeftOut)
{
    auto const result = run(made_up_view(example()), "hours=0..22");
    EXPECT_EQ(result.info.n, 3U);
    EXPECT_EQ(result.info.left_out[LeftOutReason::hour_unknown], 1U);
    EXPECT_EQ(result.info.left_out.total(), 1U);
    EXPECT_NE(result.info.notes.back().en.find("choose by the start"), std::string::npos);
}

TEST(AoristicLayer, HasRowsAndNoPeakWhenNothingMatches)
{
    auto const result = run(made_up_view(example()), "kinds=damage");
    EXPECT_EQ(result.info.n, 0U);
    EXPECT_EQ(result.tables[0].rows.size(), 168U);
    EXPECT_EQ(result.tables[0].rows[0][3], TableCell{0.0});
    EXPECT_EQ(fact(result.facts, "peak_hour"), TableCell{});
}

TEST(AoristicLayer, IsNotForThePublicAndStopsWhenAsked)
{
    auto const refused = run_layer("aoristic", made_up_view(example(), Role::public_), {}, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::forbidden);
    auto const stopped = run_layer("aoristic", made_up_view(example()), {}, {}, [](double) { return false; });
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::busy);
    auto const unknown = run_layer("aoristic", made_up_view(example()), {}, {{"hours", "3"}});
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().field, "hours");
    EXPECT_EQ(unknown.error().message, "aoristic has no option \"hours\"; it has none");
}

}  // namespace
}  // namespace riskbild::layers
