#include "layers/density/adaptive_kernel.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "layers/density/kernel.hpp"


namespace riskbild::layers {
namespace {

/// Rows of cells that one thread sums at a time.
constexpr std::size_t kRowsTogether = 8;

/// A point in coordinates from the grid's lower left corner, with all that its kernel needs.
struct Bump {
    double x = 0.0;
    double y = 0.0;
    double weight = 1.0;
    double cut = 0.0;    ///< beyond it is zero
    double scale = 0.0;  ///< R, or σ
    double peak = 0.0;   ///< value at its own place, weighed
    std::int32_t first_row = 0;
    std::int32_t last_row = 0;
};

Result<void> check(PointSet const& points, std::span<double const> reaches, CellGrid const& grid)
{
    auto const positive = [](double value) { return std::isfinite(value) && value > 0.0; };
    auto const finite = [](double value) { return std::isfinite(value); };
    if (reaches.size() != points.size() || !std::ranges::all_of(reaches, positive)) {
        return fail(ErrorCode::wrong_use, "every point needs a reach above 0", "reach");
    }
    if (!positive(grid.width) || !positive(grid.height) || grid.cols < 0 || grid.rows < 0) {
        return fail(ErrorCode::wrong_use, "the grid must have cells of a finite size above 0", "cell");
    }
    if (!std::ranges::all_of(points.east, finite) || !std::ranges::all_of(points.north, finite) ||
        !std::ranges::all_of(points.weight, finite)) {
        return fail(ErrorCode::wrong_use, "a coordinate or weight is not a finite number", "points");
    }
    return {};
}

/// Points that reach into the grid, by place, so that sums do not depend on the order given.
std::vector<Bump> bumps_of(PointSet const& points, std::span<double const> reaches, CellGrid const& grid,
                           Kernel kernel)
{
    std::vector<Bump> bumps;
    double const right = grid.cols * grid.width;
    for (std::size_t i = 0; i < points.size(); ++i) {
        Bump bump{.x = points.east[i] - grid.west, .y = points.north[i] - grid.south, .scale = reaches[i]};
        bump.weight = points.weight.empty() ? 1.0 : points.weight[i];
        bump.cut = cut_of(kernel, bump.scale);
        bump.peak = bump.weight * peak_of(kernel, bump.scale);
        double const low = std::ceil((bump.y - bump.cut) / grid.height - 0.5);
        double const high = std::floor((bump.y + bump.cut) / grid.height - 0.5);
        if (bump.x + bump.cut < 0.0 || bump.x - bump.cut > right || high < 0.0 || low >= grid.rows ||
            low > high) {
            continue;
        }
        bump.first_row = static_cast<std::int32_t>(std::max(low, 0.0));
        bump.last_row = static_cast<std::int32_t>(std::min(high, grid.rows - 1.0));
        bumps.push_back(bump);
    }
    std::ranges::sort(bumps, {}, [](Bump const& b) { return std::tuple{b.y, b.x, b.scale, b.weight}; });
    return bumps;
}

/// Value of a kernel over its peak, at a squared distance as a part of the squared scale.
template <Kernel kernel>
double part_of_peak(double squared)
{
    if constexpr (kernel == Kernel::gaussian) {
        return exp_of_negative(-0.5 * squared);
    } else if constexpr (kernel == Kernel::uniform) {
        return squared <= 1.0 ? 1.0 : 0.0;
    } else {
        double const rest =
            std::max(1.0 - (kernel == Kernel::triangular ? std::sqrt(squared) : squared), 0.0);
        return kernel == Kernel::quartic ? rest * rest : rest;
    }
}

template <Kernel kernel>
void add(Bump const& bump, CellGrid const& grid, std::int32_t row, double* line)
{
    double const dy = (row + 0.5) * grid.height - bump.y;
    double const half = std::sqrt(std::max(bump.cut * bump.cut - dy * dy, 0.0));
    auto const first =
        static_cast<std::int32_t>(std::max(std::ceil((bump.x - half) / grid.width - 0.5), 0.0));
    auto const last =
        static_cast<std::int32_t>(std::min(std::floor((bump.x + half) / grid.width - 0.5), grid.cols - 1.0));
    double const per_square = 1.0 / (bump.scale * bump.scale);
    for (auto col = first; col <= last; ++col) {
        double const dx = (col + 0.5) * grid.width - bump.x;
        line[col] += bump.peak * part_of_peak<kernel>((dx * dx + dy * dy) * per_square);
    }
}

/// Which bumps touch each band of rows, in their order.
std::vector<std::vector<std::uint32_t>> by_band(std::vector<Bump> const& bumps, std::int32_t rows)
{
    auto const bands = (static_cast<std::size_t>(rows) + kRowsTogether - 1) / kRowsTogether;
    std::vector<std::vector<std::uint32_t>> lists(bands);
    for (std::uint32_t i = 0; i < bumps.size(); ++i) {
        auto const last = static_cast<std::size_t>(bumps[i].last_row) / kRowsTogether;
        for (auto band = static_cast<std::size_t>(bumps[i].first_row) / kRowsTogether; band <= last; ++band) {
            lists[band].push_back(i);
        }
    }
    return lists;
}

template <Kernel kernel>
Result<std::vector<double>> sum(std::vector<Bump> const& bumps, CellGrid const& grid, unsigned threads,
                                Progress const& progress)
{
    std::vector<double> values(grid.size(), 0.0);
    auto const lists = by_band(bumps, grid.rows);
    auto const sum_bands = [&](std::size_t from, std::size_t to) {
        for (auto band = from; band < to; ++band) {
            auto const first = static_cast<std::int32_t>(band * kRowsTogether);
            auto const last = std::min(first + static_cast<std::int32_t>(kRowsTogether), grid.rows);
            for (auto const i : lists[band]) {
                auto const& bump = bumps[i];
                for (auto row = std::max(first, bump.first_row); row < std::min(last, bump.last_row + 1);
                     ++row) {
                    add<kernel>(bump, grid, row,
                                &values[static_cast<std::size_t>(row) * static_cast<std::size_t>(grid.cols)]);
                }
            }
        }
    };
    if (!for_each_stretch(lists.size(), 1, threads, progress, sum_bands)) {
        return fail(ErrorCode::busy, "stopped before the density was finished");
    }
    return values;
}

}  // namespace

std::vector<double> abramson_reaches(std::span<double const> pilot, double reach, double trim)
{
    double logs = 0.0;
    for (double const density : pilot) {
        logs += std::log(density);
    }
    double const mean = logs / static_cast<double>(pilot.size());
    std::vector<double> reaches;
    reaches.reserve(pilot.size());
    for (double const density : pilot) {
        reaches.push_back(reach * std::min(std::exp(-0.5 * (std::log(density) - mean)), trim));
    }
    return reaches;
}

Result<std::vector<double>> adaptive_density_at(PointSet const& points, std::span<double const> reaches,
                                                CellGrid const& grid, Kernel kernel, unsigned threads,
                                                Progress const& progress)
{
    if (auto const fine = check(points, reaches, grid); !fine) {
        return Failure{fine.error()};
    }
    auto const bumps = bumps_of(points, reaches, grid, kernel);
    switch (kernel) {
        case Kernel::quartic:
            return sum<Kernel::quartic>(bumps, grid, threads, progress);
        case Kernel::epanechnikov:
            return sum<Kernel::epanechnikov>(bumps, grid, threads, progress);
        case Kernel::triangular:
            return sum<Kernel::triangular>(bumps, grid, threads, progress);
        case Kernel::uniform:
            return sum<Kernel::uniform>(bumps, grid, threads, progress);
        case Kernel::gaussian:
            return sum<Kernel::gaussian>(bumps, grid, threads, progress);
    }
    return fail(ErrorCode::internal, "no such kernel");
}

}  // namespace riskbild::layers
