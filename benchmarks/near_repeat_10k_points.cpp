// Promise: the table of 5 × 4 bands to 400 m and 28 days with 999 permutations takes at most 0.4 CPU-seconds
// for 10 000 events, and 10 s on two cores for 100 000. Asserts that the means of the permutations lie where
// the exact expectation says, and that threads change nothing.
//
// usage: near_repeat_10k_points [POINTS.csv]
//   POINTS.csv  lines id,x,y,t,kind; without it, 10 000 and 100 000 made-up points

#include <chrono>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "benchmarks/made_up_points.hpp"
#include "layers/near_repeat/knox.hpp"

namespace {

using namespace riskbild::layers;
using namespace riskbild::benchmarks;

constexpr int kPermutations = 999;

bool measure(TimedPoints const& points)
{
    std::vector<std::int32_t> days;
    for (double const day : points.day) {
        days.push_back(static_cast<std::int32_t>(std::floor(day)));
    }
    KnoxBands const bands{{0, 0.1, 100, 200, 300, 400}, {0, 7, 14, 21, 28}};
    SpaceTimePoints const set{points.east, points.north, days};
    auto const start = std::chrono::steady_clock::now();
    double const begin = cpu_seconds();
    auto const table = knox(set, bands, {.permutations = kPermutations}).value();
    double const cpu = cpu_seconds() - begin;
    double const wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::uint64_t pairs = 0;
    for (auto const near : table.distance_pairs) {
        pairs += near;
    }
    std::printf("%zu points, %llu pairs in reach, %d permutations: %.3f CPU-s, %.3f s wall, peak %ld MB\n",
                points.day.size(), static_cast<unsigned long long>(pairs), kPermutations, cpu, wall,
                peak_megabytes());
    bool good = true;
    for (auto const& cell : table.cells) {
        // Five standard errors of a mean of 999.
        good = good && std::abs(cell.mean - cell.expected) <= 5.0 * cell.deviation / std::sqrt(kPermutations);
    }
    auto const few = knox(set, bands, {.permutations = 40, .threads = 1}).value();
    auto const few_again = knox(set, bands, {.permutations = 40, .threads = 2}).value();
    for (std::size_t i = 0; i < few.cells.size(); ++i) {
        good = good && few.cells[i].mean == few_again.cells[i].mean;
    }
    std::printf("    %s\n", good ? "means as expected, threads change nothing" : "WRONG RESULT");
    return good;
}

}  // namespace

int main(int count, char** arguments)
{
    if (count > 1) {
        return measure(read_points(arguments[1])) ? 0 : 1;
    }
    bool const small = measure(made_up_points(10'000));
    return measure(made_up_points(100'000)) && small ? 0 : 1;
}
