#include "layers/near_repeat/knox.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "layers/near_repeat/close_pairs.hpp"
#include "layers/near_repeat/knox_permutations.hpp"

namespace riskbild::layers {
namespace {

/// Differences of times must fit in 32 bits.
constexpr std::int32_t kLongestSpan = 1'000'000'000;

Failure stopped()
{
    return fail(ErrorCode::busy, "stopped before the pairs were counted");
}

template <class Edge>
bool are_edges(std::vector<Edge> const& edges, double most)
{
    return edges.size() >= 2 && edges.size() <= kMostKnoxBands + 1 && edges.front() >= 0 &&
           static_cast<double>(edges.back()) <= most &&
           std::ranges::adjacent_find(edges, [](Edge a, Edge b) { return !(a < b); }) == edges.end();
}

Result<void> check(SpaceTimePoints const& points, KnoxBands const& bands, KnoxRun const& run)
{
    if (auto const fine = check_points(points); !fine) {
        return fine;
    }
    if (!are_edges(bands.distance, 1e9)) {
        return fail(ErrorCode::wrong_use,
                    fmt::format("distance must be 2 to {} edges from 0, each larger than the one before",
                                kMostKnoxBands + 1),
                    "distance");
    }
    if (!are_edges(bands.days, kLongestSpan - 1)) {
        return fail(ErrorCode::wrong_use,
                    fmt::format("days must be 2 to {} edges from 0 to {}, each larger than the one before",
                                kMostKnoxBands + 1, kLongestSpan - 1),
                    "days");
    }
    if (run.permutations < 0 || run.permutations > kMostPermutations) {
        return fail(
            ErrorCode::wrong_use,
            fmt::format("permutations is {}, allowed is 0 to {}", run.permutations, kMostPermutations),
            "permutations");
    }
    if (points.size() > std::numeric_limits<std::uint32_t>::max() / 2) {
        return fail(ErrorCode::too_large, "more than two thousand million points", "points");
    }
    if (points.size() > 0) {
        auto const [first, last] = std::ranges::minmax(points.day);
        if (std::int64_t{last} - first > kLongestSpan) {
            return fail(ErrorCode::wrong_use,
                        fmt::format("the times span {} days, at most {} can be compared",
                                    std::int64_t{last} - first, kLongestSpan),
                        "days");
        }
    }
    return {};
}

/// Whole days: (a, b] is [a + 1, b + 1), and the very first end belongs to the first band either way.
std::vector<std::int32_t> time_steps(KnoxBands const& bands)
{
    std::vector<std::int32_t> steps;
    for (auto const edge : bands.days) {
        bool const later = bands.closed == Closed::right && !steps.empty();
        steps.push_back(edge + (later ? 1 : 0));
    }
    return steps;
}

/// Pairs in each band, and Σ d(d − 1) over the points' numbers of neighbours in it: what the variance needs.
struct Margin {
    std::vector<std::uint64_t> pairs;
    std::vector<double> chained;
};

/// What is counted once: the observed table and the margin of distances.
struct Observed {
    std::vector<std::uint64_t> cells;
    Margin distance;
};

std::size_t time_band_of(std::int32_t days, std::vector<std::int32_t> const& steps)
{
    auto const above = std::ranges::upper_bound(steps, days);
    return above == steps.begin() ? steps.size() - 1 : static_cast<std::size_t>(above - steps.begin()) - 1;
}

Observed count_observed(ReachGrid const& grid, std::vector<std::int32_t> const& times,
                        DistanceSteps const& distance, std::vector<std::int32_t> const& steps)
{
    auto const bands = distance.bands();
    auto const time_bands = steps.size() - 1;
    Observed seen{std::vector<std::uint64_t>(bands * time_bands, 0),
                  {std::vector<std::uint64_t>(bands, 0), std::vector<double>(bands, 0.0)}};
    std::vector<std::uint32_t> degree(bands * grid.size(), 0);
    Neighbours neighbours(bands);
    for (std::size_t i = 0; i < grid.size(); ++i) {
        neighbours.find(grid, distance, i);
        for (std::size_t band = 0; band < bands; ++band) {
            auto const list = neighbours.of_band(band);
            seen.distance.pairs[band] += list.size();
            degree[i * bands + band] += static_cast<std::uint32_t>(list.size());
            for (auto const j : list) {
                ++degree[j * bands + band];
                auto const time_band = time_band_of(std::abs(times[j] - times[i]), steps);
                if (time_band < time_bands) {
                    ++seen.cells[band * time_bands + time_band];
                }
            }
        }
    }
    for (std::size_t i = 0; i < degree.size(); ++i) {
        double const d = degree[i];
        seen.distance.chained[i % bands] += d * (d - 1.0);
    }
    return seen;
}

/// Pairs by days between, from the times in order: how many lie below a time only ever grows.
Margin count_times(std::vector<std::int32_t> times, std::vector<std::int32_t> const& steps)
{
    std::ranges::sort(times);
    auto const bands = steps.size() - 1;
    Margin margin{std::vector<std::uint64_t>(bands, 0), std::vector<double>(bands, 0.0)};
    for (std::size_t band = 0; band < bands; ++band) {
        // Of each point those earlier than its time + high, + low, − low + 1 and − high + 1.
        std::int32_t const shifts[] = {steps[band + 1], steps[band], 1 - steps[band], 1 - steps[band + 1]};
        std::size_t below[4] = {};
        for (auto const time : times) {
            for (std::size_t k = 0; k < 4; ++k) {
                while (below[k] < times.size() && times[below[k]] < time + shifts[k]) {
                    ++below[k];
                }
            }
            // Later by [low, high) and earlier by as much; at low = 0 those of the same time stand in both,
            // and the point itself among them.
            auto degree = below[0] - below[1] + below[2] - below[3];
            if (steps[band] == 0) {
                degree -= below[2] - below[1] + 1;
            }
            margin.pairs[band] += degree;  // each pair twice
            auto const h = static_cast<double>(degree);
            margin.chained[band] += h * (h - 1.0);
        }
        margin.pairs[band] /= 2;
    }
    return margin;
}

/// Barton and David (1966): mean and variance of the number of pairs close in both when times are permuted.
void expect(KnoxCell& cell, double n, double pairs_near, double chained_near, double pairs_soon,
            double chained_soon)
{
    double const all = n * (n - 1.0) / 2.0;
    double const mean = pairs_near * pairs_soon / all;
    double variance = mean - mean * mean;
    if (n > 2.0) {
        variance += chained_near * chained_soon / (n * (n - 1.0) * (n - 2.0));
    }
    if (n > 3.0) {
        variance += (pairs_near * pairs_near - pairs_near - chained_near) *
                    (pairs_soon * pairs_soon - pairs_soon - chained_soon) /
                    (n * (n - 1.0) * (n - 2.0) * (n - 3.0) / 4.0);
    }
    cell.expected = mean;
    cell.deviation = std::sqrt(std::max(variance, 0.0));
}

Result<void> check_work(KnoxTable const& table, KnoxRun const& run)
{
    auto const pairs = static_cast<double>(
        std::accumulate(table.distance_pairs.begin(), table.distance_pairs.end(), std::uint64_t{0}));
    if (pairs * run.permutations <= run.most_work) {
        return {};
    }
    return fail(
        ErrorCode::too_large,
        fmt::format("{:.0f} pairs in reach × {} permutations are too many; {:.0f} permutations would fit, "
                    "or shorter distances, or a shorter period",
                    pairs, run.permutations, std::floor(run.most_work / pairs)),
        "permutations");
}

/// \return false when stopped
bool permute(KnoxTable& table, ReachGrid const& grid, std::vector<std::int32_t> const& times,
             KnoxBands const& bands, KnoxRun const& run, Progress const& progress)
{
    auto steps = time_steps(bands);
    bool const from_zero = steps.front() == 0;
    if (from_zero) {
        steps.erase(steps.begin());  // no pair is fewer than no days apart
    }
    std::vector<double> sums(table.cells.size(), 0.0);
    auto const take = [&](std::vector<std::uint64_t> const& below) {
        for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
            auto const time = cell % bands.time_bands();
            auto const* const of_distance = &below[cell / bands.time_bands() * steps.size()];
            auto const lower = from_zero ? (time > 0 ? of_distance[time - 1] : 0) : of_distance[time];
            auto const pairs = of_distance[time + (from_zero ? 0 : 1)] - lower;
            sums[cell] += static_cast<double>(pairs);
            table.cells[cell].reached += pairs >= table.cells[cell].observed ? 1 : 0;
        }
    };
    if (!count_permuted(grid, times, DistanceSteps(bands), steps, run, progress, take)) {
        return false;
    }
    for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
        table.cells[cell].mean = sums[cell] / run.permutations;
        table.cells[cell].p =
            (static_cast<double>(table.cells[cell].reached) + 1.0) / (run.permutations + 1.0);
    }
    return true;
}

std::vector<std::int32_t> times_in_order(SpaceTimePoints const& points, ReachGrid const& grid)
{
    auto const first = *std::ranges::min_element(points.day);
    std::vector<std::int32_t> times;
    times.reserve(points.size());
    for (auto const i : grid.order()) {
        times.push_back(points.day[i] - first);
    }
    return times;
}

}  // namespace

Result<KnoxTable> knox(SpaceTimePoints const& points, KnoxBands const& bands, KnoxRun const& run,
                       Progress const& progress)
{
    if (auto const fine = check(points, bands, run); !fine) {
        return Failure{fine.error()};
    }
    auto const n = points.size();
    KnoxTable table{.points = n,
                    .pairs = n < 2 ? 0 : std::uint64_t{n} * (n - 1) / 2,
                    .distance_pairs = std::vector<std::uint64_t>(bands.distance_bands(), 0),
                    .time_pairs = std::vector<std::uint64_t>(bands.time_bands(), 0),
                    .cells = std::vector<KnoxCell>(bands.distance_bands() * bands.time_bands()),
                    .permutations = run.permutations};
    if (n < 2) {
        return table;
    }
    ReachGrid const grid(points.east, points.north, bands.distance.back());
    auto const times = times_in_order(points, grid);
    auto const steps = time_steps(bands);
    auto const seen = count_observed(grid, times, DistanceSteps(bands), steps);
    auto const soon = count_times(times, steps);
    table.distance_pairs = seen.distance.pairs;
    table.time_pairs = soon.pairs;
    for (std::size_t d = 0; d < bands.distance_bands(); ++d) {
        for (std::size_t t = 0; t < bands.time_bands(); ++t) {
            auto& cell = table.cells[d * bands.time_bands() + t];
            cell.observed = seen.cells[d * bands.time_bands() + t];
            expect(cell, static_cast<double>(n), static_cast<double>(seen.distance.pairs[d]),
                   seen.distance.chained[d], static_cast<double>(soon.pairs[t]), soon.chained[t]);
        }
    }
    if (auto const fits = check_work(table, run); !fits) {
        return Failure{fits.error()};
    }
    if (run.permutations > 0 && !permute(table, grid, times, bands, run, progress)) {
        return stopped();
    }
    return table;
}

}  // namespace riskbild::layers
