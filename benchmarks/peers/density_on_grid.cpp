// The exact density of points on any grid of square cells, for comparing with a peer that chooses its own.
//
// usage: density_on_grid POINTS.csv [KERNEL RADIUS WEST SOUTH CELL COLS ROWS OUT]
//   POINTS.csv  a heading, then lines id,x,y,t,kind; alone, it is written: a million made-up points
//   OUT         receives COLS × ROWS doubles, the southernmost row first: points per square metre
//
// Prints the CPU seconds of the density alone, the least of three runs.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "benchmarks/made_up_points.hpp"
#include "layers/density/density_kernel.hpp"

int main(int count, char** arguments)
{
    using namespace riskbild;
    if (count == 2) {
        benchmarks::write_points(benchmarks::made_up_points(1'000'000), arguments[1]);
        return 0;
    }
    auto const kernel = count == 10 ? layers::parse_kernel(arguments[2]) : std::nullopt;
    if (!kernel) {
        std::fprintf(stderr,
                     "usage: density_on_grid POINTS.csv [KERNEL RADIUS WEST SOUTH CELL COLS ROWS OUT]\n");
        return 2;
    }
    auto const number = [&](int i) { return std::strtod(arguments[i], nullptr); };
    auto const points = benchmarks::read_points(arguments[1]);
    layers::CellGrid const grid{.west = number(4),
                                .south = number(5),
                                .width = number(6),
                                .height = number(6),
                                .cols = static_cast<std::int32_t>(number(7)),
                                .rows = static_cast<std::int32_t>(number(8))};
    double best = 1e9;
    std::vector<double> values;
    for (int repeat = 0; repeat < 3; ++repeat) {
        double const begin = benchmarks::cpu_seconds();
        auto density =
            layers::density_at({points.east, points.north}, grid, {.kernel = *kernel, .reach = number(3)});
        best = std::min(best, benchmarks::cpu_seconds() - begin);
        if (!density) {
            std::fprintf(stderr, "%s\n", density.error().message.c_str());
            return 1;
        }
        values = *std::move(density);
    }
    std::printf("%.3f\n", best);
    std::ofstream out{arguments[9], std::ios::binary};
    out.write(reinterpret_cast<char const*>(values.data()),
              static_cast<std::streamsize>(values.size() * sizeof(double)));
    return out.flush() ? 0 : 1;
}
