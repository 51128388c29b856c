// The numbers of methods.md 5, an independent implementation, and laws.

#include "layers/clusters/dbscan.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "layers/clusters/st_dbscan.hpp"
#include "tests/layers/numbers.hpp"

namespace riskbild::layers {
namespace {

struct Columns {
    std::vector<double> east, north;
    std::vector<std::int32_t> day;
    [[nodiscard]] SpaceTimePoints points() const { return {east, north, day}; }
};

Clustering clustering(Columns const& columns, double eps, std::uint32_t min_points)
{
    return dbscan(columns.east, columns.north, {.eps = eps, .min_points = min_points}).value();
}

/// Points in each cluster, most first.
std::vector<int> sizes(Clustering const& found)
{
    std::vector<int> n(static_cast<std::size_t>(found.clusters), 0);
    for (auto const cluster : found.cluster) {
        if (cluster != kNoise) {
            ++n[static_cast<std::size_t>(cluster)];
        }
    }
    std::ranges::sort(n, std::greater{});
    return n;
}

Columns read(std::filesystem::path const& file, char separator, testing::Header header)
{
    Columns columns;
    std::ifstream lines{file};
    std::string line;
    if (header == testing::Header::skipped) {
        std::getline(lines, line);
    }
    while (std::getline(lines, line)) {
        std::ranges::replace(line, separator, ' ');
        std::istringstream words{line};
        double x = 0.0, y = 0.0;
        if (words >> x >> y) {
            columns.east.push_back(x);
            columns.north.push_back(y);
        }
    }
    return columns;
}

TEST(Moons, AreFourClustersOfTwentyFive)
{
    auto const file = testing::shared_file("data/reference/moons_dbscan.csv");
    if (!file) {
        GTEST_SKIP() << "the reference data are not here";
    }
    auto const found = clustering(read(*file, ',', testing::Header::skipped), 0.35, 4);
    EXPECT_EQ(sizes(found), (std::vector{25, 25, 25, 25}));
    EXPECT_EQ(found.noise(), 0U);
}

TEST(ChameleonT48k, HasThePublishedClusters)
{
    auto const file = testing::shared_file("data/reference/dbscan/t4.8k.dat");
    if (!file) {
        GTEST_SKIP() << "the reference data are not here";
    }
    auto const found = clustering(read(*file, ' ', testing::Header::none), 8.5, 15);
    EXPECT_EQ(sizes(found), (std::vector{1791, 1663, 1565, 973, 645, 639}));
    EXPECT_EQ(found.noise(), 724U);
}

class ChicagoMonthClusters : public ::testing::Test {
protected:
    void SetUp() override
    {
        auto const file = testing::shared_file("data/near_repeat/chicago_be_month1.csv");
        if (!file) {
            GTEST_SKIP() << "the Chicago file is not here";
        }
        for (auto const& row : testing::read_rows(*file, testing::Header::none)) {
            int year = 0;
            unsigned month = 0, day = 0;
            std::sscanf(row[2].c_str(), "%d-%u-%u", &year, &month, &day);
            month_.east.push_back(std::stod(row[0]));
            month_.north.push_back(std::stod(row[1]));
            month_.day.push_back(static_cast<std::int32_t>(
                date::sys_days{date::year{year} / date::month{month} / date::day{day}}
                    .time_since_epoch()
                    .count()));
        }
    }
    Columns month_;
};

TEST_F(ChicagoMonthClusters, HasThePublishedClustersAndNoise)
{
    struct Case {
        double eps;
        std::uint32_t min_points;
        std::int32_t clusters;
        std::uint64_t noise;
    };
    for (auto const& one : {Case{200, 4, 19, 862}, {400, 4, 54, 585}, {800, 10, 11, 586}}) {
        auto const found = clustering(month_, one.eps, one.min_points);
        EXPECT_EQ(found.clusters, one.clusters) << one.eps;
        EXPECT_EQ(found.noise(), one.noise) << one.eps;
    }
}

TEST_F(ChicagoMonthClusters, HasThePublishedClustersInSpaceAndTime)
{
    struct Case {
        std::int32_t days;
        std::int32_t clusters;
        std::uint64_t noise;
        std::uint64_t cores;
    };
    for (auto const& one : {Case{7, 32, 778, 127}, {14, 41, 685, 206}}) {
        auto const found =
            st_dbscan(month_.points(), {.eps = 400, .days = one.days, .min_points = 4}).value();
        EXPECT_EQ(found.clusters, one.clusters) << one.days;
        EXPECT_EQ(found.noise(), one.noise) << one.days;
        EXPECT_EQ(found.cores(), one.cores) << one.days;
    }
}

TEST(PeerPointClusters, AreThoseOfFourTools)
{
    struct Case {
        int count;
        std::int32_t clusters;
        std::uint64_t noise;
        std::uint64_t cores;
    };
    bool const slow = std::getenv("RISKBILD_SLOW") != nullptr;
    for (auto const& one : {Case{10'000, 63, 8'005, 1'675},
                            {100'000, 569, 35'728, 54'490},
                            {1'000'000, 494, 169'123, 819'408}}) {
        if (one.count > 100'000 && !slow) {
            continue;
        }
        auto const made = testing::peer_points(one.count);
        if (!made) {
            GTEST_SKIP() << "the script of the peers' points or numpy is not here";
        }
        auto const found = dbscan(made->east, made->north, {.eps = 100, .min_points = 10}).value();
        EXPECT_EQ(found.clusters, one.clusters) << one.count;
        EXPECT_EQ(found.noise(), one.noise) << one.count;
        EXPECT_EQ(found.cores(), one.cores) << one.count;
    }
}

Columns made_up(std::size_t n, std::uint64_t seed, int width, int days)
{
    testing::Chance chance{seed};
    Columns points;
    for (std::size_t i = 0; i < n; ++i) {
        // Half of them in a corner, so that there are dense and thin parts.
        double const side = i % 2 == 0 ? width : width / 4.0;
        points.east.push_back(std::floor(chance.next() * side));
        points.north.push_back(std::floor(chance.next() * side));
        points.day.push_back(static_cast<std::int32_t>(chance.next() * days));
    }
    return points;
}

void expect_as_python(Columns const& points, Clustering const& ours, int eps, int min_points, int days)
{
    std::ostringstream text;
    text << eps << ' ' << min_points << ' ' << days << '\n';
    for (std::size_t i = 0; i < points.day.size(); ++i) {
        text << points.east[i] << ' ' << points.north[i] << ' ' << points.day[i] << '\n';
    }
    auto const theirs = testing::ask_python("dbscan.py", text.str());
    if (!theirs) {
        GTEST_SKIP() << "python3 is not here";
    }
    ASSERT_EQ(theirs->size(), 2 * points.day.size());
    for (std::size_t i = 0; i < points.day.size(); ++i) {
        ASSERT_EQ(ours.cluster[i], (*theirs)[2 * i]) << "point " << i << ", eps " << eps << ", days " << days;
        ASSERT_EQ(ours.core[i], (*theirs)[2 * i + 1])
            << "point " << i << ", eps " << eps << ", days " << days;
    }
}

TEST(Dbscan, AgreesWithAnIndependentImplementation)
{
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        auto const points = made_up(700, seed, 100, 30);
        for (auto const& [eps, least] : {std::pair{1, 2}, {3, 4}, {5, 5}, {7, 20}, {200, 4}}) {
            expect_as_python(points, clustering(points, eps, static_cast<std::uint32_t>(least)), eps, least,
                             -1);
        }
    }
}

TEST(StDbscan, AgreesWithAnIndependentImplementation)
{
    auto const points = made_up(600, 5, 100, 30);
    for (auto const& [eps, least, days] :
         {std::tuple{5, 4, 0}, std::tuple{5, 4, 3}, std::tuple{8, 6, 10}, std::tuple{200, 3, 1}}) {
        auto const ours = st_dbscan(points.points(), {.eps = static_cast<double>(eps),
                                                      .days = days,
                                                      .min_points = static_cast<std::uint32_t>(least)})
                              .value();
        expect_as_python(points, ours, eps, least, days);
    }
}

TEST(StDbscan, WithAllOfTimeIsDbscan)
{
    auto const points = made_up(2'000, 6, 300, 300);
    auto const in_space = clustering(points, 8, 6);
    auto const in_both = st_dbscan(points.points(), {.eps = 8, .days = 300, .min_points = 6}).value();
    EXPECT_EQ(in_space.core, in_both.core);
    EXPECT_EQ(in_space.clusters, in_both.clusters);
    EXPECT_EQ(in_space.noise(), in_both.noise());
}

/// The partition alone, whatever its numbers: for each point the first of its cluster.
std::vector<std::size_t> partition(Clustering const& found, std::vector<std::size_t> const& at)
{
    std::map<std::int32_t, std::size_t> first;
    std::vector<std::size_t> parts;
    for (std::size_t i = 0; i < at.size(); ++i) {
        auto const cluster = found.cluster[at[i]];
        parts.push_back(cluster == kNoise ? at.size() : first.emplace(cluster, i).first->second);
    }
    return parts;
}

TEST(Dbscan, TheOrderOfRowsChangesNobodysCompany)
{
    auto const points = made_up(3'000, 8, 400, 1);
    std::vector<std::size_t> same(points.east.size()), turned(points.east.size());
    Columns reversed;
    for (std::size_t i = 0; i < same.size(); ++i) {
        same[i] = i;
        turned[i] = same.size() - 1 - i;
        reversed.east.push_back(points.east[same.size() - 1 - i]);
        reversed.north.push_back(points.north[same.size() - 1 - i]);
    }
    EXPECT_EQ(partition(clustering(points, 8, 6), same), partition(clustering(reversed, 8, 6), turned));
}

TEST(Dbscan, MovingAndTurningTheCountyChangesNothing)
{
    auto const here = made_up(3'000, 9, 400, 1);
    auto there = here;
    for (std::size_t i = 0; i < there.east.size(); ++i) {
        there.east[i] = 640'000 - here.north[i];  // a quarter of a turn
        there.north[i] = 6'630'000 + here.east[i];
    }
    auto const a = clustering(here, 8, 6);
    auto const b = clustering(there, 8, 6);
    EXPECT_EQ(a.core, b.core);
    EXPECT_EQ(a.clusters, b.clusters);
    EXPECT_EQ(a.noise(), b.noise());
}

TEST(Dbscan, ThreadsChangeNothing)
{
    auto const points = made_up(20'000, 10, 2'000, 1);
    auto const one = dbscan(points.east, points.north, {.eps = 20, .min_points = 8, .threads = 1}).value();
    auto const three = dbscan(points.east, points.north, {.eps = 20, .min_points = 8, .threads = 3}).value();
    EXPECT_EQ(one.cluster, three.cluster);
    EXPECT_EQ(one.core, three.core);
}

TEST(Dbscan, DistancesOfExactlyEpsAreNear)
{
    Columns const line{{0, 3, 6, 9}, {0, 4, 8, 12}, {0, 0, 0, 0}};  // 5 apart each
    EXPECT_EQ(clustering(line, 5.0, 3).clusters, 1);
    EXPECT_EQ(clustering(line, 5.0, 3).cores(), 2U) << "the ends have one neighbour each";
    EXPECT_EQ(clustering(line, 5.0, 3).noise(), 0U);
    EXPECT_EQ(clustering(line, 4.999999, 3).noise(), 4U);
}

TEST(Dbscan, NoneOneAndAllAtOnePlace)
{
    EXPECT_EQ(clustering({}, 100, 10).clusters, 0);
    EXPECT_EQ(clustering({{5}, {5}, {0}}, 100, 2).noise(), 1U);
    EXPECT_EQ(clustering({{5}, {5}, {0}}, 100, 1).clusters, 1) << "it is dense by itself";
    Columns const heap{std::vector<double>(50, 3.0), std::vector<double>(50, 4.0),
                       std::vector<std::int32_t>(50, 1)};
    EXPECT_EQ(clustering(heap, 0.001, 50).clusters, 1);
    EXPECT_EQ(clustering(heap, 0.001, 51).noise(), 50U);
}

TEST(Dbscan, RefusesWhatMakesNoSense)
{
    auto const points = made_up(10, 1, 10, 10);
    auto const field = [](Columns const& columns, double eps, std::uint32_t min_points) {
        auto const result = dbscan(columns.east, columns.north, {.eps = eps, .min_points = min_points});
        return result ? std::string{} : result.error().field;
    };
    EXPECT_EQ(field(points, 5, 3), "");
    EXPECT_EQ(field(points, 0, 3), "eps");
    EXPECT_EQ(field(points, -5, 3), "eps");
    EXPECT_EQ(field(points, NAN, 3), "eps");
    EXPECT_EQ(field(points, INFINITY, 3), "eps");
    EXPECT_EQ(field(points, 1e-12, 3), "eps") << "too many cells to number";
    EXPECT_EQ(field(points, 5, 0), "min_points");
    auto bad = points;
    bad.north[2] = INFINITY;
    EXPECT_EQ(field(bad, 5, 3), "points");
    EXPECT_EQ(st_dbscan(points.points(), {.days = -1}).error().field, "days");
}

TEST(Dbscan, StopsWhenAsked)
{
    auto const points = made_up(20'000, 1, 2'000, 1);
    auto const result = dbscan(points.east, points.north, {.eps = 5, .min_points = 4, .threads = 1},
                               [](double) { return false; });
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::busy);
}

}  // namespace
}  // namespace riskbild::layers
