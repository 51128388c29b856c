// Promise: after a change of filter, the density under one map tile of 1 M incidents is there within 150 ms
// on two cores. Measured here: selection by filter and density on the tile's 128 × 128 cells, wall clock,
// without drawing.
//
// usage: density_window_1m_points [POINTS.csv]

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "benchmarks/layer_views.hpp"
#include "layers/density/density.hpp"

int main(int count, char** arguments)
{
    using namespace riskbild;
    auto const points =
        count > 1 ? benchmarks::read_points(arguments[1]) : benchmarks::made_up_points(1'000'000);
    auto const view = benchmarks::view_of(points);
    auto const filter = parse_filter("hours=18..24;period=2022-06-01..2024-06-01").value();
    bool right = true;
    struct Tile {
        char const* zoom;
        double cell;
    };
    for (auto const& tile : {Tile{"z8", 1000.0}, Tile{"z10", 250.0}, Tile{"z12", 50.0}}) {
        // Around Uppsala, where most incidents are.
        Lattice const window{Metres{tile.cell}, static_cast<std::int64_t>(648'000 / tile.cell) - 64,
                             static_cast<std::int64_t>(6'639'000 / tile.cell) - 64, 128, 128};
        double best = 1e9;
        layers::Surface surface;
        for (int repeat = 0; repeat < 5; ++repeat) {
            auto const begin = std::chrono::steady_clock::now();
            surface = layers::density(view, filter, {}, window).value();
            best = std::min(best,
                            std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
        }
        auto const selection = view.select_points(filter).value();
        double const largest = *std::ranges::max_element(surface.values);
        for (int at = 0; at < 128 * 128; at += 163) {
            auto const centre = window.centre(at % 128, at / 128);
            double sum = 0.0;
            for (auto const row : selection.rows) {
                double const dx = view.points().east[row] - centre.east;
                double const dy = view.points().north[row] - centre.north;
                sum += 1e6 * layers::kernel_value(layers::Kernel::quartic, 1000.0, dx * dx + dy * dy);
            }
            right = right && std::abs(surface.values[static_cast<std::size_t>(at)] - sum) <=
                                 1e-9 * sum + 1e-12 * largest;
        }
        std::printf("%s, cells of %4.0f m: %.1f ms for %llu of %zu incidents\n", tile.zoom, tile.cell,
                    1000.0 * best, static_cast<unsigned long long>(surface.info.n), points.east.size());
    }
    std::printf("%s\n", right ? "101 values in each window agree with the definition" : "VALUES DISAGREE");
    return right ? 0 : 1;
}
