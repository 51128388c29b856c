// The numbers of methods.md 4, the definition, an independent implementation, and laws.

#include "layers/near_repeat/knox.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/layers/numbers.hpp"

namespace riskbild::layers {
namespace {

struct Columns {
    std::vector<double> east, north;
    std::vector<std::int32_t> day;
    [[nodiscard]] SpaceTimePoints points() const { return {east, north, day}; }
    void add(double e, double n, std::int32_t d)
    {
        east.push_back(e);
        north.push_back(n);
        day.push_back(d);
    }
};

std::int32_t day_of(int year, unsigned month, unsigned day)
{
    return static_cast<std::int32_t>(
        date::sys_days{date::year{year} / date::month{month} / date::day{day}}.time_since_epoch().count());
}

/// 970 burglaries of a month, x, y, YYYY-MM-DD without a heading.
std::optional<Columns> chicago_month()
{
    auto const file = testing::shared_file("data/near_repeat/chicago_be_month1.csv");
    if (!file) {
        return std::nullopt;
    }
    Columns columns;
    for (auto const& row : testing::read_rows(*file, testing::Header::none)) {
        int year = 0;
        unsigned month = 0, day = 0;
        std::sscanf(row[2].c_str(), "%d-%u-%u", &year, &month, &day);
        columns.add(std::stod(row[0]), std::stod(row[1]), day_of(year, month, day));
    }
    return columns;
}

std::vector<std::uint64_t> observed(KnoxTable const& table)
{
    std::vector<std::uint64_t> counts;
    for (auto const& cell : table.cells) {
        counts.push_back(cell.observed);
    }
    return counts;
}

using Counts = std::vector<std::uint64_t>;

TEST(ChicagoMonth, HasThePublishedTableOfStreetDistances)
{
    auto const month = chicago_month();
    if (!month) {
        GTEST_SKIP() << "the Chicago file is not here";
    }
    ASSERT_EQ(month->day.size(), 970U);
    KnoxBands const bands{{0, 0.1, 200, 400, 600}, {0, 7, 14, 21}, Closed::left, Metric::manhattan};
    auto const table = knox(month->points(), bands, {.permutations = 99}).value();
    EXPECT_EQ(observed(table), (Counts{28, 5, 5, 141, 69, 27, 186, 140, 100, 237, 192, 128}));
    std::array const ratios{1.8032, .4016, .6163,  1.4133, .8625, .5180,
                            1.0151, .9529, 1.0446, .9737,  .9837, 1.0066};
    for (std::size_t i = 0; i < ratios.size(); ++i) {
        auto const& cell = table.cells[i];
        EXPECT_NEAR(static_cast<double>(cell.observed) / cell.expected, ratios[i], 5e-5) << i;
        // The mean of 99 permutations lies within 4.5 standard errors of the exact expectation.
        EXPECT_NEAR(cell.mean, cell.expected, 4.5 * cell.deviation / std::sqrt(99.0)) << i;
    }
}

TEST(ChicagoMonth, HasThePublishedTableOfStraightDistancesAndItsExactVariance)
{
    auto const month = chicago_month();
    if (!month) {
        GTEST_SKIP() << "the Chicago file is not here";
    }
    KnoxBands const bands{{0, 0.1, 200, 400, 600}, {0, 7, 14, 21}, Closed::left, Metric::euclidean};
    EXPECT_EQ(observed(knox(month->points(), bands, {.permutations = 0}).value()),
              (Counts{28, 5, 5, 164, 85, 41, 275, 197, 145, 325, 295, 175}));
    auto const one = knox(month->points(), {{0, 600}, {0, 14}}, {.permutations = 999}).value();
    EXPECT_EQ(one.distance_pairs.front(), 1'918U);
    EXPECT_EQ(one.time_pairs.front(), 328'730U);
    EXPECT_EQ(one.cells.front().observed, 1'374U);
    EXPECT_NEAR(one.cells.front().expected, 1341.5981, 5e-5);
    EXPECT_NEAR(one.cells.front().deviation, 24.478, 5e-4) << "20.038 would be that of permuted flags";
}

TEST(Chicago2016Knox, HasThePublishedTableWithBandsClosedOnTheRight)
{
    auto const file = testing::shared_file("data/near_repeat/chicago_burglary_2014_2017.csv");
    if (!file) {
        GTEST_SKIP() << "the Chicago file is not here";
    }
    Columns columns;
    for (auto const& row : testing::read_rows(*file)) {  // x, y, DD/MM/YYYY
        unsigned day = 0, month = 0;
        int year = 0;
        std::sscanf(row[2].c_str(), "%u/%u/%d", &day, &month, &year);
        if (year == 2016) {
            columns.add(std::stod(row[0]), std::stod(row[1]), day_of(year, month, day));
        }
    }
    ASSERT_EQ(columns.day.size(), 11'701U);
    KnoxBands const bands{{0, 0.1, 200, 400, 600}, {0, 7, 14, 21}, Closed::right, Metric::euclidean};
    EXPECT_EQ(observed(knox(columns.points(), bands, {.permutations = 0}).value()),
              (Counts{342, 97, 62, 1892, 1514, 1362, 4145, 3643, 3592, 5805, 5143, 4919}));
}

TEST(Burkitt, HasThePublishedPairsWithEitherEndClosed)
{
    auto const file = testing::shared_file("data/reference/burkitt_pysal.csv");
    if (!file) {
        GTEST_SKIP() << "the reference data are not here";
    }
    Columns columns;
    for (auto const& row : testing::read_rows(*file)) {
        columns.add(std::stod(row[1]), std::stod(row[2]), static_cast<std::int32_t>(std::stod(row[3])));
    }
    ASSERT_EQ(columns.day.size(), 188U);
    auto const right =
        knox(columns.points(), {{0, 20}, {0, 5}, Closed::right}, {.permutations = 9999}).value();
    auto const& cell = right.cells.front();
    EXPECT_EQ(cell.observed, 13U);
    EXPECT_EQ(right.distance_pairs.front(), 13U + 3416U) << "near, not soon";
    EXPECT_EQ(right.time_pairs.front(), 13U + 39U) << "soon, not near";
    EXPECT_EQ(right.pairs, 13U + 3416U + 39U + 14'110U);
    EXPECT_NEAR(cell.expected, 10.1438161, 5e-8);
    // Published is P(X > 13) = .14624558 of the hypergeometric distribution: pairs are taken as independent,
    // which under permuted times they are not; with ties ours is P(T ≥ 13).
    EXPECT_GT(cell.p, 0.14);
    auto const left = knox(columns.points(), {{0, 20}, {0, 5}}, {.permutations = 0}).value();
    EXPECT_EQ(left.cells.front().observed, 12U);
    EXPECT_EQ(left.distance_pairs.front(), 12U + 3392U);
    EXPECT_EQ(left.time_pairs.front(), 12U + 32U);
    EXPECT_EQ(left.pairs, 12U + 3392U + 32U + 14'142U);
}

TEST(PeerPoints, HaveThePublishedPairsWithinAHundredMetresAndSevenDays)
{
    auto const made = testing::peer_points(10'000);
    if (!made) {
        GTEST_SKIP() << "the script of the peers' points or numpy is not here";
    }
    Columns columns{made->east, made->north, {}};
    for (double const day : made->day) {
        columns.day.push_back(static_cast<std::int32_t>(std::lround(day * 1e4)));  // ten-thousandths of a day
    }
    auto const table =
        knox(columns.points(), {{0, 100}, {0, 70'000}, Closed::right}, {.permutations = 99}).value();
    EXPECT_EQ(table.cells.front().observed, 1'363U);
    EXPECT_NEAR(table.cells.front().expected, 636.2165481548, 5e-10);
    EXPECT_NEAR(table.cells.front().mean, 636.2165481548,
                4.5 * table.cells.front().deviation / std::sqrt(99.0));
}

TEST(Knox, APairOnAnEdgeBelongsToTheNextBand)
{
    Columns two;
    two.add(0, 0, 0);
    two.add(100, 0, 3);
    EXPECT_EQ(observed(knox(two.points(), {{0, 100}, {0, 7}}, {.permutations = 0}).value()), (Counts{0}));
    EXPECT_EQ(observed(knox(two.points(), {{0, 200}, {0, 3}}, {.permutations = 0}).value()), (Counts{0}));
    EXPECT_EQ(observed(knox(two.points(), {{100, 200}, {3, 7}}, {.permutations = 0}).value()), (Counts{1}));
    EXPECT_EQ(observed(knox(two.points(), {{0, 100}, {0, 3}, Closed::right}, {.permutations = 0}).value()),
              (Counts{1}));
    EXPECT_EQ(
        observed(knox(two.points(), {{0, 100, 200}, {0, 3, 7}, Closed::right}, {.permutations = 0}).value()),
        (Counts{1, 0, 0, 0}));
}

std::string asked(Columns const& points, KnoxBands const& bands)
{
    std::ostringstream text;
    for (double const edge : bands.distance) {
        text << edge << ' ';
    }
    text << '\n';
    for (auto const edge : bands.days) {
        text << edge << ' ';
    }
    text << '\n'
         << (bands.closed == Closed::left ? "left " : "right ")
         << (bands.metric == Metric::euclidean ? "euclidean" : "manhattan") << '\n';
    for (std::size_t i = 0; i < points.day.size(); ++i) {
        text << points.east[i] << ' ' << points.north[i] << ' ' << points.day[i] << '\n';
    }
    return text.str();
}

Columns made_up(std::size_t n, std::uint64_t seed, int width, int days)
{
    testing::Chance chance{seed};
    Columns points;
    for (std::size_t i = 0; i < n; ++i) {
        points.add(std::floor(chance.next() * width), std::floor(chance.next() * width),
                   static_cast<std::int32_t>(chance.next() * days));
    }
    return points;
}

TEST(Knox, AgreesWithAnIndependentImplementation)
{
    for (auto const closed : {Closed::left, Closed::right}) {
        for (auto const metric : {Metric::euclidean, Metric::manhattan}) {
            KnoxBands const bands{{0, 5, 10, 25}, {0, 2, 7}, closed, metric};
            auto const points = made_up(300, 7, 100, 40);
            auto const theirs = testing::ask_python("near_repeat.py", asked(points, bands));
            if (!theirs) {
                GTEST_SKIP() << "python3 is not here";
            }
            auto const ours = observed(knox(points.points(), bands, {.permutations = 0}).value());
            ASSERT_EQ(theirs->size(), ours.size());
            for (std::size_t i = 0; i < ours.size(); ++i) {
                EXPECT_EQ(static_cast<double>(ours[i]), (*theirs)[i]) << i;
            }
        }
    }
}

TEST(Knox, ExpectationAndVarianceAreThoseOfAllOrdersOfTheTimes)
{
    KnoxBands const bands{{0, 3, 6, 20}, {0, 2, 5}};
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        auto const points = made_up(6, seed, 10, 8);
        auto const theirs = testing::ask_python("near_repeat.py", asked(points, bands));
        if (!theirs) {
            GTEST_SKIP() << "python3 is not here";
        }
        auto const ours = knox(points.points(), bands, {.permutations = 0}).value();
        ASSERT_EQ(theirs->size(), 3 * ours.cells.size());
        for (std::size_t i = 0; i < ours.cells.size(); ++i) {
            // Sums of 720 small whole numbers: the rounding of the root is all that differs.
            EXPECT_NEAR(ours.cells[i].expected, (*theirs)[6 + 2 * i], 1e-12) << i;
            EXPECT_NEAR(ours.cells[i].deviation, (*theirs)[7 + 2 * i], 1e-7) << i;
        }
    }
}

/// The same for each permutation, whatever computes it.
void expect_same(KnoxTable const& a, KnoxTable const& b)
{
    ASSERT_EQ(a.cells.size(), b.cells.size());
    for (std::size_t i = 0; i < a.cells.size(); ++i) {
        EXPECT_EQ(a.cells[i].observed, b.cells[i].observed);
        EXPECT_EQ(a.cells[i].mean, b.cells[i].mean);
        EXPECT_EQ(a.cells[i].reached, b.cells[i].reached);
        EXPECT_EQ(a.cells[i].p, b.cells[i].p);
    }
}

TEST(Knox, ThreadsAndInstructionsChangeNothing)
{
    auto const points = made_up(3'000, 3, 3'000, 400);
    KnoxBands const bands{{0, 50, 100, 200}, {0, 3, 7, 14, 21, 28}};
    auto const one = knox(points.points(), bands, {.permutations = 70, .threads = 1}).value();
    expect_same(one, knox(points.points(), bands, {.permutations = 70, .threads = 3}).value());
    expect_same(one, knox(points.points(), bands, {.permutations = 70, .simd = Simd::baseline}).value());
}

TEST(Knox, TimesThatNeedMoreBitsAreCountedAlike)
{
    auto const days = made_up(400, 5, 300, 200);
    auto finer = days;
    for (auto& day : finer.day) {
        day *= 1'000;
    }
    KnoxBands const bands{{0, 20, 60}, {0, 3, 9}};
    KnoxBands const finer_bands{{0, 20, 60}, {0, 3'000, 9'000}};
    auto const ours = knox(days.points(), bands, {.permutations = 50}).value();
    expect_same(ours, knox(finer.points(), finer_bands, {.permutations = 50}).value());
    expect_same(ours,
                knox(finer.points(), finer_bands, {.permutations = 50, .simd = Simd::baseline}).value());
}

TEST(Knox, MovingTheCountyAndTheCalendarChangesNothing)
{
    auto const here = made_up(500, 11, 1'000, 90);
    auto there = here;
    for (std::size_t i = 0; i < there.day.size(); ++i) {
        there.east[i] += 640'000;
        there.north[i] += 6'630'000;
        there.day[i] += 20'000;
    }
    KnoxBands const bands{{0, 1, 50, 100}, {0, 7, 14}};
    auto const a = knox(here.points(), bands, {.permutations = 40}).value();
    expect_same(a, knox(there.points(), bands, {.permutations = 40}).value());
}

TEST(Knox, TheOrderOfRowsChangesNoCount)
{
    auto const points = made_up(500, 13, 1'000, 90);
    Columns reversed;
    for (std::size_t i = points.day.size(); i-- > 0;) {
        reversed.add(points.east[i], points.north[i], points.day[i]);
    }
    KnoxBands const bands{{0, 1, 50, 100}, {0, 7, 14}};
    auto const a = knox(points.points(), bands, {.permutations = 0}).value();
    auto const b = knox(reversed.points(), bands, {.permutations = 0}).value();
    for (std::size_t i = 0; i < a.cells.size(); ++i) {
        EXPECT_EQ(a.cells[i].observed, b.cells[i].observed);
        EXPECT_EQ(a.cells[i].expected, b.cells[i].expected);
        EXPECT_NEAR(a.cells[i].deviation, b.cells[i].deviation, 1e-12);
    }
}

TEST(Knox, WhereEverythingIsOnOneDayOrAtOnePlaceNothingIsSurprising)
{
    Columns one_day, one_place;
    for (int i = 0; i < 50; ++i) {
        one_day.add(i % 7, i % 5, 3);
        one_place.add(10, 10, i);
    }
    for (auto const* const points : {&one_day, &one_place}) {
        auto const table = knox(points->points(), {{0, 3, 20}, {0, 2, 9}}, {.permutations = 99}).value();
        for (auto const& cell : table.cells) {
            EXPECT_NEAR(static_cast<double>(cell.observed), cell.expected, 1e-9);
            EXPECT_NEAR(cell.deviation, 0.0, 1e-6);
            EXPECT_EQ(cell.p, 1.0) << "every permutation gives the same";
        }
    }
}

TEST(Knox, NonePointAndOneHaveNoPairs)
{
    Columns points;
    for (int n = 0; n < 2; ++n) {
        auto const table = knox(points.points(), {{0, 10}, {0, 7}}, {}).value();
        EXPECT_EQ(table.pairs, 0U);
        EXPECT_EQ(table.cells.front().observed, 0U);
        EXPECT_EQ(table.cells.front().p, 1.0);
        points.add(1, 1, 1);
    }
}

TEST(Knox, RefusesWhatMakesNoSense)
{
    auto const points = made_up(50, 1, 10, 10);
    auto const field = [&](KnoxBands const& bands, KnoxRun const& run) {
        auto const result = knox(points.points(), bands, run);
        return result ? std::string{} : result.error().field;
    };
    EXPECT_EQ(field({{0, 10}, {0, 7}}, {.permutations = 9}), "");
    EXPECT_EQ(field({{0}, {0, 7}}, {}), "distance");
    EXPECT_EQ(field({{0, 10, 10}, {0, 7}}, {}), "distance");
    EXPECT_EQ(field({{10, 5}, {0, 7}}, {}), "distance");
    EXPECT_EQ(field({{-1, 5}, {0, 7}}, {}), "distance");
    EXPECT_EQ(field({{0, NAN}, {0, 7}}, {}), "distance");
    EXPECT_EQ(field({{0, 10}, {7, 0}}, {}), "days");
    EXPECT_EQ(field({{0, 10}, {0, 7}}, {.permutations = -1}), "permutations");
    EXPECT_EQ(field({{0, 10}, {0, 7}}, {.permutations = 100'000'000}), "permutations");
    auto bad = points;
    bad.east[3] = NAN;
    EXPECT_EQ(knox(bad.points(), {{0, 10}, {0, 7}}, {}).error().field, "points");
}

TEST(Knox, SaysHowManyPermutationsWouldFit)
{
    auto const points = made_up(200, 1, 10, 10);
    auto const pairs =
        knox(points.points(), {{0, 5}, {0, 7}}, {.permutations = 0}).value().distance_pairs.front();
    auto const result = knox(points.points(), {{0, 5}, {0, 7}},
                             {.permutations = 999, .most_work = 500.0 * static_cast<double>(pairs)});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::too_large);
    EXPECT_NE(result.error().message.find(" 500 permutations would fit"), std::string::npos)
        << result.error().message;
}

TEST(Knox, StopsWhenAsked)
{
    auto const points = made_up(5'000, 1, 500, 100);
    int asked_times = 0;
    auto const result = knox(points.points(), {{0, 50}, {0, 7}}, {.permutations = 9'999},
                             [&](double) { return ++asked_times < 3; });
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::busy);
    EXPECT_EQ(asked_times, 3);
}

}  // namespace
}  // namespace riskbild::layers
