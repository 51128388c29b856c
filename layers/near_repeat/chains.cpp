#include "layers/near_repeat/chains.hpp"

#include <algorithm>
#include <cmath>

#include "layers/disjoint_sets.hpp"

namespace riskbild::layers {
namespace {

bool below(double value, double limit, Closed closed)
{
    return closed == Closed::left ? value < limit : value <= limit;
}

double distance_between(SpaceTimePoints const& points, std::uint32_t a, std::uint32_t b, Metric metric)
{
    double const east = points.east[a] - points.east[b];
    double const north = points.north[a] - points.north[b];
    return metric == Metric::euclidean ? std::sqrt(east * east + north * north)
                                       : std::abs(east) + std::abs(north);
}

std::vector<std::vector<std::uint32_t>> chains_of(DisjointSets& sets, std::vector<RepeatClass> const& classes)
{
    std::vector<std::vector<std::uint32_t>> by_first(classes.size());
    for (std::uint32_t i = 0; i < classes.size(); ++i) {
        if (classes[i] != RepeatClass::alone) {
            by_first[sets.find(i)].push_back(i);
        }
    }
    std::erase_if(by_first, [](auto const& chain) { return chain.empty(); });
    std::ranges::stable_sort(by_first, [](auto const& a, auto const& b) { return a.size() > b.size(); });
    return by_first;
}

}  // namespace

Result<Chains> find_chains(SpaceTimePoints const& points, ChainLimits const& limits)
{
    if (auto const fine = check_points(points); !fine) {
        return Failure{fine.error()};
    }
    if (!(limits.distance > 0.0) || !std::isfinite(limits.distance) || limits.days < 1 ||
        !(limits.same_place > 0.0)) {
        return fail(ErrorCode::wrong_use, "chains need a distance and a number of days above 0",
                    "chain_distance");
    }
    auto const n = points.size();
    Chains found{std::vector<RepeatClass>(n, RepeatClass::alone), {}};
    if (n == 0) {
        return found;
    }
    std::vector<std::uint8_t> followed(n, 0), follows(n, 0), at_same_place(n, 0);
    DisjointSets sets(n);
    ReachGrid const grid(points.east, points.north, limits.distance);
    for (std::size_t i = 0; i < n; ++i) {
        grid.visit_later(i, [&](std::size_t first, std::size_t last) {
            for (auto j = first; j < last; ++j) {
                auto const earlier = std::min(grid.order()[i], grid.order()[j]);
                auto const later = std::max(grid.order()[i], grid.order()[j]);
                double const apart = distance_between(points, earlier, later, limits.metric);
                auto const days = points.day[later] - points.day[earlier];
                if (below(apart, limits.distance, limits.closed) && below(days, limits.days, limits.closed)) {
                    followed[earlier] = 1;
                    follows[later] = 1;
                    if (below(apart, limits.same_place, limits.closed)) {
                        at_same_place[later] = 1;
                    }
                    sets.join(earlier, later);
                }
            }
        });
    }
    for (std::size_t i = 0; i < n; ++i) {
        if (follows[i] != 0) {
            found.of_point[i] = at_same_place[i] != 0 ? RepeatClass::repeat : RepeatClass::near_repeat;
        } else if (followed[i] != 0) {
            found.of_point[i] = RepeatClass::originator;
        }
    }
    found.chains = chains_of(sets, found.of_point);
    return found;
}

}  // namespace riskbild::layers
