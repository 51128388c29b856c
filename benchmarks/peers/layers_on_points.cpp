// Layers on points from a file, for comparing with a peer on the same points.
//
// usage: layers_on_points points COUNT POINTS.csv               made-up points; lines id,x,y,t,kind after a
// heading
//        layers_on_points dbscan POINTS.csv EPS MIN OUT         4 bytes a point: cluster, −1 none; then 1
//        byte: core layers_on_points getis_ord POINTS.csv PERMUTATIONS OUT doubles: z of 480 × 600 cells,
//        then p by permutation layers_on_points knox POINTS.csv METRES DAYS PERMUTATIONS   prints pairs,
//        expected, p; both limits included
//
// Prints `cpu SECONDS`: of the layer alone, one thread, the least of three runs.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "benchmarks/made_up_points.hpp"
#include "layers/clusters/dbscan.hpp"
#include "layers/getis_ord/grid_g.hpp"
#include "layers/near_repeat/knox.hpp"

namespace {

using namespace riskbild;
using namespace riskbild::layers;

void print_least(std::function<void()> const& work)
{
    double best = 1e9;
    for (int repeat = 0; repeat < 3; ++repeat) {
        double const begin = benchmarks::cpu_seconds();
        work();
        best = std::min(best, benchmarks::cpu_seconds() - begin);
    }
    std::printf("cpu %.6f\n", best);
}

template <class T>
void append(std::ofstream& file, std::vector<T> const& values)
{
    file.write(reinterpret_cast<char const*>(values.data()),
               static_cast<std::streamsize>(values.size() * sizeof(T)));
}

void run_dbscan(char** arguments)
{
    auto const points = benchmarks::read_points(arguments[0]);
    DbscanOptions const options{
        .eps = std::strtod(arguments[1], nullptr),
        .min_points = static_cast<std::uint32_t>(std::strtoul(arguments[2], nullptr, 10)),
        .threads = 1};
    Clustering found;
    print_least([&] { found = dbscan(points.east, points.north, options).value(); });
    std::ofstream file(arguments[3], std::ios::binary);
    append(file, found.cluster);
    append(file, found.core);
}

void run_getis_ord(char** arguments)
{
    auto const points = benchmarks::read_points(arguments[0]);
    CellValues cells{480, 600, std::vector<double>(288'000, 0.0)};
    for (std::size_t i = 0; i < points.east.size(); ++i) {
        auto const col = static_cast<std::size_t>(std::floor((points.east[i] - 590'000.0) / 250.0));
        auto const row = static_cast<std::size_t>(std::floor((points.north[i] - 6'590'000.0) / 250.0));
        cells.values.at(row * 480 + col) += 1.0;
    }
    GridG g;
    print_least([&] {
        g = grid_g(cells,
                   {.permutations = static_cast<int>(std::strtol(arguments[1], nullptr, 10)), .threads = 1})
                .value();
    });
    std::ofstream file(arguments[2], std::ios::binary);
    append(file, g.z);
    append(file, g.p_high);
}

void run_knox(char** arguments)
{
    auto const points = benchmarks::read_points(arguments[0]);
    std::vector<std::int32_t> times;  // ten-thousandths of a day, as in the file
    for (double const day : points.day) {
        times.push_back(static_cast<std::int32_t>(std::lround(day * 1e4)));
    }
    KnoxBands const bands{
        {0.0, std::strtod(arguments[1], nullptr)},
        {0, static_cast<std::int32_t>(std::lround(std::strtod(arguments[2], nullptr) * 1e4))},
        Closed::right};
    KnoxTable table;
    print_least([&] {
        table = knox({points.east, points.north, times}, bands,
                     {.permutations = static_cast<int>(std::strtol(arguments[3], nullptr, 10)), .threads = 1})
                    .value();
    });
    auto const& cell = table.cells.front();
    std::printf("observed %llu\nexpected %.10f\np %.6f\n", static_cast<unsigned long long>(cell.observed),
                cell.expected, cell.p);
}

}  // namespace

int main(int count, char** arguments)
{
    std::string const what = count > 1 ? arguments[1] : "";
    if (what == "points" && count == 4) {
        benchmarks::write_points(benchmarks::made_up_points(std::strtoul(arguments[2], nullptr, 10)),
                                 arguments[3]);
    } else if (what == "dbscan" && count == 6) {
        run_dbscan(arguments + 2);
    } else if (what == "getis_ord" && count == 5) {
        run_getis_ord(arguments + 2);
    } else if (what == "knox" && count == 6) {
        run_knox(arguments + 2);
    } else {
        std::fprintf(
            stderr,
            "usage: layers_on_points points|dbscan|getis_ord|knox …, see the first lines of the source\n");
        return 2;
    }
    return 0;
}
