// Promise: repeat locations of 1 M incidents, 25 m, in less than one second.
//
// usage: repeat_locations_1m_points [POINTS.csv]

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <set>
#include <utility>

#include "benchmarks/layer_views.hpp"
#include "layers/repeat_locations/repeat_locations.hpp"

int main(int count, char** arguments)
{
    using namespace riskbild;
    auto const points =
        count > 1 ? benchmarks::read_points(arguments[1]) : benchmarks::made_up_points(1'000'000);
    auto const view = benchmarks::view_of(points);
    std::printf("%zu incidents\n", points.east.size());
    std::set<std::pair<double, double>> different;
    for (std::size_t i = 0; i < points.east.size(); ++i) {
        different.emplace(points.east[i], points.north[i]);
    }
    bool right = true;
    for (double const tolerance : {0.0, 25.0}) {
        double const begin = benchmarks::cpu_seconds();
        auto const found = layers::repeat_locations(view, {}, {.tolerance = Metres{tolerance}}).value();
        double const seconds = benchmarks::cpu_seconds() - begin;
        // Whatever the tolerance, every incident is at one place and every place but its first incident has a
        // gap.
        right = right && found.gaps.total == found.info.n - found.all_places &&
                found.spread.incidents == points.east.size();
        right = right && (tolerance > 0.0 ? found.all_places <= different.size()
                                          : found.all_places == different.size());
        std::printf("tolerance %2.0f m: %.3f CPU seconds; %llu places, %llu repeated, top %u, Gini %.4f\n",
                    tolerance, seconds, static_cast<unsigned long long>(found.all_places),
                    static_cast<unsigned long long>(found.repeat_places), found.places.front().count,
                    found.spread.gini);
    }
    std::printf("%s\n", right ? "counts agree" : "COUNTS DISAGREE");
    return right ? 0 : 1;
}
