#include "layers/density/density_kernel.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <string>
#include <tuple>

#include "geo_core/parallel.hpp"
#include "layers/density/kernel_inline.hpp"

// The loops below are written once, always inlined, and compiled twice: for any x86-64 and for processors
// with AVX2. Neither fuses multiplications with additions, so both give the same bits.
#if defined(__x86_64__) && defined(__GNUC__)
#define RISKBILD_HAS_AVX2 1
#else
#define RISKBILD_HAS_AVX2 0
#endif
#define RISKBILD_INLINE [[gnu::always_inline]] inline

namespace riskbild::layers {
namespace {

/// Points within reach of the window, in coordinates from its lower left corner, by row, then column, then
/// place, then weight: an order that does not depend on the order they came in.
struct SortedPoints {
    std::vector<double> x, y, w;           // w is empty when every weight is 1
    std::vector<std::uint32_t> row_first;  // of row r − margin; one more than rows + 2 · margin
    std::int32_t margin = 0;               // rows outside the window that points in reach may lie in
};

std::vector<std::uint32_t> starts_of(std::vector<std::uint32_t> counts)
{
    std::exclusive_scan(counts.begin(), counts.end(), counts.begin(), std::uint32_t{0});
    return counts;
}

SortedPoints sort_points(PointSet const& points, CellGrid const& grid, double cut)
{
    SortedPoints sorted;
    sorted.margin = static_cast<std::int32_t>(cut / grid.height) + 2;
    double const right = grid.cols * grid.width;
    double const top = grid.rows * grid.height;
    auto const near = [&](std::size_t i) {
        double const x = points.east[i] - grid.west;
        double const y = points.north[i] - grid.south;
        return x >= -cut && x <= right + cut && y >= -cut && y <= top + cut;
    };
    auto const row_of = [&](std::size_t i) {
        return static_cast<std::size_t>((points.north[i] - grid.south) / grid.height + sorted.margin);
    };
    auto const col_of = [&](std::size_t i) {
        double const col = (points.east[i] - grid.west) / grid.width + 1.0;
        return static_cast<std::size_t>(std::clamp(col, 0.0, grid.cols + 1.0));
    };

    // Two stable counting sorts, by column and then by row, on four-byte row numbers.
    std::vector<std::uint32_t> col_counts(static_cast<std::size_t>(grid.cols) + 3);
    std::vector<std::uint32_t> row_counts(static_cast<std::size_t>(grid.rows + 2 * sorted.margin) + 1);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (near(i)) {
            ++col_counts[col_of(i)];
            ++row_counts[row_of(i)];
            ++kept;
        }
    }
    std::vector<std::uint32_t> by_col(kept);
    auto next = starts_of(std::move(col_counts));
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (near(i)) {
            by_col[next[col_of(i)]++] = static_cast<std::uint32_t>(i);
        }
    }
    sorted.row_first = starts_of(std::move(row_counts));
    std::vector<std::uint32_t> order(kept);
    next = sorted.row_first;
    for (auto const i : by_col) {
        order[next[row_of(i)]++] = i;
    }
    by_col = {};

    auto const weight = [&](std::uint32_t i) { return points.weight.empty() ? 1.0 : points.weight[i]; };
    auto const before = [&](std::uint32_t a, std::uint32_t b) {
        if (points.east[a] != points.east[b]) {
            return points.east[a] < points.east[b];
        }
        if (points.north[a] != points.north[b]) {
            return points.north[a] < points.north[b];
        }
        return weight(a) < weight(b);
    };
    for (std::size_t first = 0; first < kept;) {
        std::size_t last = first + 1;
        while (last < kept && col_of(order[last]) == col_of(order[first]) &&
               row_of(order[last]) == row_of(order[first])) {
            ++last;
        }
        if (last - first > 1) {
            std::sort(order.begin() + static_cast<std::ptrdiff_t>(first),
                      order.begin() + static_cast<std::ptrdiff_t>(last), before);
        }
        first = last;
    }

    sorted.x.resize(kept);
    sorted.y.resize(kept);
    sorted.w.resize(points.weight.empty() ? 0 : kept);
    for (std::size_t i = 0; i < kept; ++i) {
        sorted.x[i] = points.east[order[i]] - grid.west;
        sorted.y[i] = points.north[order[i]] - grid.south;
        if (!points.weight.empty()) {
            sorted.w[i] = points.weight[order[i]];
        }
    }
    return sorted;
}

constexpr std::size_t kChunk = 256;
/// So many chunks of points are summed before they become values. Adding a million equal numbers one by one
/// drifts by 1e-10 of the sum; in groups of 8192 it stays below 1e-12.
constexpr std::size_t kChunksInSum = 32;

/// Moments of the points that cover a cell: their kernels, as one polynomial of the distance from the middle
/// of the cell's block. A quartic kernel along one row is (A − t² + 2st)², A = q − s², q = 1 − (Δy/R)²,
/// s = (x − middle)/R; the Epanechnikov kernel the same without the square; the uniform kernel 1.
struct Moments {
    double c0 = 0.0;      // ΣwA²        or ΣwA
    double c1 = 0.0;      // ΣwAs        or Σws
    double c2 = 0.0;      // Σw(4s² − 2A)
    double c3 = 0.0;      // Σws
    double weight = 0.0;  // Σw
};

template <Kernel kernel>
RISKBILD_INLINE void add(Moments& to, double w, double q, double s)
{
    if constexpr (kernel == Kernel::quartic) {
        double const a = q - s * s;
        to.c0 += w * (a * a);
        to.c1 += w * (a * s);
        to.c2 += w * (4.0 * s * s - 2.0 * a);
        to.c3 += w * s;
    } else if constexpr (kernel == Kernel::epanechnikov) {
        to.c0 += w * (q - s * s);
        to.c1 += w * s;
    }
    to.weight += w;
}

template <Kernel kernel>
RISKBILD_INLINE void add(Moments& to, Moments const& more)
{
    if constexpr (kernel == Kernel::quartic) {
        to.c2 += more.c2;
        to.c3 += more.c3;
    }
    if constexpr (kernel != Kernel::uniform) {
        to.c0 += more.c0;
        to.c1 += more.c1;
    }
    to.weight += more.weight;
}

template <Kernel kernel>
RISKBILD_INLINE double value(Moments const& m, double t)
{
    if constexpr (kernel == Kernel::quartic) {
        return m.c0 + t * (4.0 * m.c1 + t * (m.c2 + t * (t * m.weight - 4.0 * m.c3)));
    } else if constexpr (kernel == Kernel::epanechnikov) {
        return m.c0 + t * (2.0 * m.c1 - t * m.weight);
    } else {
        return m.weight;
    }
}

/// Everything that one row of cells needs; reused from row to row by one thread.
struct RowWork {
    CellGrid const* grid = nullptr;
    SortedPoints const* points = nullptr;
    double reach = 1.0;
    double cut = 1.0;
    std::int32_t shift = 0;      // a block is 2^shift cells
    std::vector<double> centre;  // of cells, from the window's west
    std::vector<double> middle;  // of blocks
    std::vector<Moments> starts, ends, across;
    double q[kChunk];
    std::int32_t from[kChunk];
    std::int32_t to[kChunk];
};

RowWork make_row_work(CellGrid const& grid, SortedPoints const& points, Kernel kernel, double reach)
{
    RowWork work;
    work.grid = &grid;
    work.points = &points;
    work.reach = reach;
    work.cut = cut_of(kernel, reach);
    // A block of about three quarters of the radius: most points cross one border or two, and a place inside
    // is so near the block's middle that its polynomial is well conditioned.
    while (work.shift < 10 && (2 << work.shift) * grid.width <= 1.2 * reach) {
        ++work.shift;
    }
    auto const cols = static_cast<std::size_t>(grid.cols);
    work.centre.resize(cols);
    for (std::size_t c = 0; c < cols; ++c) {
        work.centre[c] = (static_cast<double>(c) + 0.5) * grid.width;
    }
    std::size_t const blocks = (cols >> work.shift) + 1;
    for (std::size_t b = 0; b < blocks; ++b) {
        work.middle.push_back((static_cast<double>(b) + 0.5) * static_cast<double>(1U << work.shift) *
                              grid.width);
    }
    work.starts.resize(cols);
    work.ends.resize(cols);
    work.across.resize(blocks);
    return work;
}

/// For points [first, first + count): q, and the cells [from, to) of this row within the radius.
RISKBILD_INLINE void cells_in_reach(RowWork& work, double north, std::size_t first, std::size_t count)
{
    double const* const x = work.points->x.data() + first;
    double const* const y = work.points->y.data() + first;
    double const cut = work.cut;
    double const per_cut2 = 1.0 / (cut * cut);
    double const per_cell = 1.0 / work.grid->width;
    double const cols = work.grid->cols;
    for (std::size_t i = 0; i < count; ++i) {
        double const dy = north - y[i];
        double const q = 1.0 - dy * dy * per_cut2;
        double const half = std::sqrt(q < 0.0 ? 0.0 : q) * cut;
        double from = (x[i] - half) * per_cell + 0.5;
        double to = (x[i] + half) * per_cell + 0.5;
        from = from < 0.0 ? 0.0 : from;
        to = to < 0.0 ? 0.0 : to;
        from = from > cols ? cols : from;
        to = to > cols ? cols : to;
        work.q[i] = q;
        work.from[i] = static_cast<std::int32_t>(from);
        work.to[i] = static_cast<std::int32_t>(to);
    }
}

/// The uniform kernel has a step at its rim, so the rim's cells are decided by the distance itself, not by a
/// rounded square root: coordinates in whole metres hit a radius of 1000 m exactly.
RISKBILD_INLINE void settle_rim(RowWork& work, double north, std::size_t first, std::size_t count)
{
    auto const cols = work.grid->cols;
    double const cut2 = work.cut * work.cut;
    for (std::size_t i = 0; i < count; ++i) {
        double const x = work.points->x[first + i];
        double const dy = north - work.points->y[first + i];
        double const rest = cut2 - dy * dy;
        auto const inside = [&](std::int32_t c) {
            double const dx = work.centre[static_cast<std::size_t>(c)] - x;
            return dx * dx <= rest;
        };
        auto& from = work.from[i];
        auto& to = work.to[i];
        from = std::max(from - 1, 0);
        to = std::min(to + 1, cols);
        while (from < to && !inside(from)) {
            ++from;
        }
        while (from < to && !inside(to - 1)) {
            --to;
        }
    }
}

template <Kernel kernel, bool weighted>
RISKBILD_INLINE void sweep_chunk(RowWork& work, std::size_t first, std::size_t count, double* out)
{
    double const per_reach = 1.0 / work.reach;
    for (std::size_t i = 0; i < count; ++i) {
        std::int32_t const from = work.from[i];
        std::int32_t const to = work.to[i];
        double const q = work.q[i];
        if (from >= to || (kernel != Kernel::uniform && q <= 0.0)) {
            continue;
        }
        double const x = work.points->x[first + i];
        double const w = weighted ? work.points->w[first + i] : 1.0;
        std::int32_t const from_block = from >> work.shift;
        std::int32_t const to_block = (to - 1) >> work.shift;
        if (from_block == to_block) {
            for (std::int32_t c = from; c < to; ++c) {
                double const t = (work.centre[static_cast<std::size_t>(c)] - x) * per_reach;
                double const u = q - t * t;
                out[c] += w * (kernel == Kernel::quartic ? u * u : kernel == Kernel::epanechnikov ? u : 1.0);
            }
            continue;
        }
        auto const offset = [&](std::int32_t block) {
            return (x - work.middle[static_cast<std::size_t>(block)]) * per_reach;
        };
        add<kernel>(work.starts[static_cast<std::size_t>(from)], w, q, offset(from_block));
        add<kernel>(work.ends[static_cast<std::size_t>(to - 1)], w, q, offset(to_block));
        for (std::int32_t block = from_block + 1; block < to_block; ++block) {
            add<kernel>(work.across[static_cast<std::size_t>(block)], w, q, offset(block));
        }
    }
}

/// Turns the moments of a row into values and clears them. Starts are summed from the left, ends from the
/// right: nothing is subtracted.
template <Kernel kernel>
RISKBILD_INLINE void settle_row(RowWork& work, double* out)
{
    std::int32_t const size = 1 << work.shift;
    double const per_reach = 1.0 / work.reach;
    for (std::size_t block = 0; block < work.across.size(); ++block) {
        auto const first = static_cast<std::int32_t>(block) << work.shift;
        std::int32_t const last = std::min(first + size, work.grid->cols);
        double const middle = work.middle[block];
        Moments sum = work.across[block];
        work.across[block] = {};
        for (std::int32_t c = first; c < last; ++c) {
            auto const cell = static_cast<std::size_t>(c);
            add<kernel>(sum, work.starts[cell]);
            work.starts[cell] = {};
            if (sum.weight != 0.0) {
                out[c] += value<kernel>(sum, (work.centre[cell] - middle) * per_reach);
            }
        }
        sum = {};
        for (std::int32_t c = last - 1; c >= first; --c) {
            auto const cell = static_cast<std::size_t>(c);
            add<kernel>(sum, work.ends[cell]);
            work.ends[cell] = {};
            if (sum.weight != 0.0) {
                out[c] += value<kernel>(sum, (work.centre[cell] - middle) * per_reach);
            }
        }
    }
}

template <Kernel kernel, bool weighted>
RISKBILD_INLINE void sum_row(RowWork& work, std::int32_t row, double* out)
{
    double const north = (row + 0.5) * work.grid->height;
    auto const& points = *work.points;
    auto const margin = points.margin;
    std::size_t const begin = points.row_first[static_cast<std::size_t>(row)];
    std::size_t const end = points.row_first[static_cast<std::size_t>(row + 2 * margin) + 1];
    std::size_t chunks = 0;
    for (std::size_t first = begin; first < end; first += kChunk) {
        std::size_t const count = std::min(kChunk, end - first);
        cells_in_reach(work, north, first, count);
        if constexpr (kernel == Kernel::triangular) {
            double const per_reach = 1.0 / work.reach;
            for (std::size_t i = 0; i < count; ++i) {
                double const x = points.x[first + i];
                double const w = weighted ? points.w[first + i] : 1.0;
                double const above = 1.0 - work.q[i];
                for (std::int32_t c = work.from[i]; c < work.to[i]; ++c) {
                    double const t = (work.centre[static_cast<std::size_t>(c)] - x) * per_reach;
                    double const u = 1.0 - std::sqrt(above + t * t);
                    out[c] += w * (u < 0.0 ? 0.0 : u);
                }
            }
        } else {
            if constexpr (kernel == Kernel::uniform) {
                settle_rim(work, north, first, count);
            }
            sweep_chunk<kernel, weighted>(work, first, count, out);
            if (++chunks % kChunksInSum == 0 || end - first <= kChunk) {
                settle_row<kernel>(work, out);
            }
        }
    }
}

/// The Gaussian is a product of one factor in east and one in north: both are computed once for a point, and
/// a cell costs one multiplication and one addition.
template <bool weighted>
RISKBILD_INLINE void sum_gaussian(RowWork& work, std::int32_t first_row, std::int32_t last_row,
                                  std::vector<double>& factors, double* out)
{
    auto const& grid = *work.grid;
    auto const& points = *work.points;
    auto const margin = points.margin;
    std::size_t const begin = points.row_first[static_cast<std::size_t>(first_row)];
    std::size_t const end = points.row_first[static_cast<std::size_t>(last_row - 1 + 2 * margin) + 1];
    double const per_sigma = 1.0 / work.reach;
    factors.resize(static_cast<std::size_t>(grid.cols));
    for (std::size_t i = begin; i < end; ++i) {
        double const x = points.x[i];
        double const y = points.y[i];
        auto const cell = [](double at, double size, double low, double high) {
            return static_cast<std::int32_t>(std::clamp(at / size + 0.5, low, high));
        };
        auto const row_from = cell(y - work.cut, grid.height, first_row, last_row);
        auto const row_to = cell(y + work.cut, grid.height, first_row, last_row);
        auto const from = cell(x - work.cut, grid.width, 0.0, grid.cols);
        auto const to = cell(x + work.cut, grid.width, 0.0, grid.cols);
        double* const east = factors.data();
        double const* const centre = work.centre.data();
        for (std::int32_t c = from; c < to; ++c) {
            double const t = (centre[c] - x) * per_sigma;
            east[c] = detail::exp_negative(-0.5 * (t * t));
        }
        double const w = weighted ? points.w[i] : 1.0;
        for (std::int32_t row = row_from; row < row_to; ++row) {
            double const t = ((row + 0.5) * grid.height - y) * per_sigma;
            double const north = w * detail::exp_negative(-0.5 * (t * t));
            double* const line = out + static_cast<std::ptrdiff_t>(row) * grid.cols;
            for (std::int32_t c = from; c < to; ++c) {
                line[c] += north * east[c];
            }
        }
    }
}

template <bool weighted>
RISKBILD_INLINE void sum_rows(RowWork& work, Kernel kernel, std::int32_t first_row, std::int32_t last_row,
                              std::vector<double>& factors, double* out)
{
    if (kernel == Kernel::gaussian) {
        sum_gaussian<weighted>(work, first_row, last_row, factors, out);
        return;
    }
    for (std::int32_t row = first_row; row < last_row; ++row) {
        double* const line = out + static_cast<std::ptrdiff_t>(row) * work.grid->cols;
        switch (kernel) {
            case Kernel::quartic:
                sum_row<Kernel::quartic, weighted>(work, row, line);
                break;
            case Kernel::epanechnikov:
                sum_row<Kernel::epanechnikov, weighted>(work, row, line);
                break;
            case Kernel::triangular:
                sum_row<Kernel::triangular, weighted>(work, row, line);
                break;
            case Kernel::uniform:
                sum_row<Kernel::uniform, weighted>(work, row, line);
                break;
            case Kernel::gaussian:
                break;
        }
    }
}

using SumRows = void(RowWork&, Kernel, std::int32_t, std::int32_t, std::vector<double>&, double*);

template <bool weighted>
void sum_rows_baseline(RowWork& work, Kernel kernel, std::int32_t first_row, std::int32_t last_row,
                       std::vector<double>& factors, double* out)
{
    sum_rows<weighted>(work, kernel, first_row, last_row, factors, out);
}

#if RISKBILD_HAS_AVX2
template <bool weighted>
[[gnu::target("avx2")]] void sum_rows_avx2(RowWork& work, Kernel kernel, std::int32_t first_row,
                                           std::int32_t last_row, std::vector<double>& factors, double* out)
{
    sum_rows<weighted>(work, kernel, first_row, last_row, factors, out);
}
#endif

SumRows* choose(bool weighted, Simd simd)
{
#if RISKBILD_HAS_AVX2
    if (simd == Simd::best_here && __builtin_cpu_supports("avx2")) {
        return weighted ? sum_rows_avx2<true> : sum_rows_avx2<false>;
    }
#endif
    static_cast<void>(simd);
    return weighted ? sum_rows_baseline<true> : sum_rows_baseline<false>;
}

bool finite(std::span<double const> values)
{
    return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

std::optional<Error> fault_of(PointSet const& points, DensityCore const& core)
{
    if (!(core.reach > 0.0) || !std::isfinite(core.reach)) {
        return Error{ErrorCode::wrong_use, "the radius must be a positive number", "radius"};
    }
    if (points.north.size() != points.size() ||
        (!points.weight.empty() && points.weight.size() != points.size())) {
        return Error{ErrorCode::wrong_use, "east, north and weight must be equally long", "points"};
    }
    if (!finite(points.east) || !finite(points.north)) {
        return Error{ErrorCode::wrong_use, "a coordinate is not a finite number", "points"};
    }
    if (!std::all_of(points.weight.begin(), points.weight.end(),
                     [](double w) { return std::isfinite(w) && w >= 0.0; })) {
        return Error{ErrorCode::wrong_use, "a weight is not a finite number of zero or more", "weight"};
    }
    return std::nullopt;
}

}  // namespace

CellGrid grid_of(Lattice const& lattice)
{
    double const cell = lattice.cell.value();
    return {static_cast<double>(lattice.first_col) * cell,
            static_cast<double>(lattice.first_row) * cell,
            cell,
            cell,
            lattice.cols,
            lattice.rows};
}

Result<std::vector<double>> density_at(PointSet const& points, CellGrid const& grid, DensityCore const& core,
                                       Progress const& progress)
{
    if (auto fault = fault_of(points, core)) {
        return Failure{std::move(*fault)};
    }
    if (!(grid.width > 0.0) || !(grid.height > 0.0) || !std::isfinite(grid.width * grid.cols) ||
        !std::isfinite(grid.height * grid.rows) || !std::isfinite(grid.west) || !std::isfinite(grid.south) ||
        grid.cols < 0 || grid.rows < 0) {
        return fail(ErrorCode::wrong_use, "the window's cells must be of positive, finite size", "cell");
    }
    double const cut = cut_of(core.kernel, core.reach);
    if (cut / grid.height > 1e6 || cut / grid.width > 1e6) {
        return fail(ErrorCode::wrong_use, "the radius is more than a million cells", "radius");
    }
    std::vector<double> values(grid.size(), 0.0);
    if (values.empty() || points.size() == 0) {
        return values;
    }
    auto const sorted = sort_points(points, grid, cut);
    auto* const sum = choose(!sorted.w.empty(), core.simd);
    double const peak = peak_of(core.kernel, core.reach);
    // Long stretches spare the Gaussian its factors, short ones keep all threads busy to the end.
    std::size_t const step = core.kernel == Kernel::gaussian ? 64 : 8;
    auto const finish = [&](std::size_t first, std::size_t last) {
        auto work = make_row_work(grid, sorted, core.kernel, core.reach);
        std::vector<double> factors;
        sum(work, core.kernel, static_cast<std::int32_t>(first), static_cast<std::int32_t>(last), factors,
            values.data());
        auto const cols = static_cast<std::size_t>(grid.cols);
        for (std::size_t i = first * cols; i < last * cols; ++i) {
            // Rounding can leave a hair below zero at a kernel's rim.
            values[i] = std::max(values[i], 0.0) * peak;
        }
    };
    if (!for_each_stretch(static_cast<std::size_t>(grid.rows), step, core.threads, progress, finish)) {
        return fail(ErrorCode::busy, "stopped before the density was finished");
    }
    return values;
}

Result<std::vector<double>> density_at_points(PointSet const& points, std::span<MapPoint const> places,
                                              DensityCore const& core)
{
    if (auto fault = fault_of(points, core)) {
        return Failure{std::move(*fault)};
    }
    double const cut = cut_of(core.kernel, core.reach);
    std::vector<std::uint32_t> by_north(points.size());
    std::iota(by_north.begin(), by_north.end(), 0U);
    std::sort(by_north.begin(), by_north.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::tie(points.north[a], points.east[a]) < std::tie(points.north[b], points.east[b]);
    });
    std::vector<double> values;
    values.reserve(places.size());
    for (auto const& place : places) {
        auto at = std::lower_bound(by_north.begin(), by_north.end(), place.north - cut,
                                   [&](std::uint32_t i, double north) { return points.north[i] < north; });
        double sum = 0.0;
        for (; at != by_north.end() && points.north[*at] <= place.north + cut; ++at) {
            double const dx = points.east[*at] - place.east;
            double const dy = points.north[*at] - place.north;
            double const w = points.weight.empty() ? 1.0 : points.weight[*at];
            sum += w * kernel_value(core.kernel, core.reach, dx * dx + dy * dy);
        }
        values.push_back(sum);
    }
    return values;
}

}  // namespace riskbild::layers
