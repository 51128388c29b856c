#include "layers/getis_ord/grid_g.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "geo_core/random.hpp"
#include "layers/significance.hpp"

namespace riskbild::layers {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr int kMostPermutations = 99'999;
constexpr std::size_t kMostNeighbours = 8;

Failure stopped()
{
    return fail(ErrorCode::busy, "stopped before the hot spots were found");
}

Result<void> check(CellValues const& cells, GridGRun const& run)
{
    if (cells.cols < 0 || cells.rows < 0 ||
        cells.values.size() != static_cast<std::size_t>(cells.cols) * static_cast<std::size_t>(cells.rows) ||
        cells.values.size() > std::numeric_limits<std::uint32_t>::max()) {
        return fail(ErrorCode::wrong_use, "values and cells are not as many", "cells");
    }
    if (std::ranges::any_of(cells.values, [](double value) { return std::isinf(value); })) {
        return fail(ErrorCode::wrong_use, "a cell's value is not finite", "cells");
    }
    if (run.permutations < 0 || run.permutations > kMostPermutations) {
        return fail(
            ErrorCode::wrong_use,
            fmt::format("permutations is {}, allowed is 0 to {}", run.permutations, kMostPermutations),
            "permutations");
    }
    return {};
}

/// Values with a frame of empty cells around, so that no neighbour needs a look at the edge.
class Framed {
public:
    explicit Framed(CellValues const& cells) : cols_(static_cast<std::size_t>(cells.cols) + 2)
    {
        auto const size = cols_ * (static_cast<std::size_t>(cells.rows) + 2);
        value_.assign(size, 0.0);
        there_.assign(size, 0);
        for (std::size_t row = 0; row < static_cast<std::size_t>(cells.rows); ++row) {
            for (std::size_t col = 0; col < static_cast<std::size_t>(cells.cols); ++col) {
                double const value = cells.values[row * static_cast<std::size_t>(cells.cols) + col];
                if (!std::isnan(value)) {
                    value_[at(row, col)] = value;
                    there_[at(row, col)] = 1;
                }
            }
        }
    }
    [[nodiscard]] std::size_t at(std::size_t row, std::size_t col) const
    {
        return (row + 1) * cols_ + col + 1;
    }

    struct Around {
        double sum = 0.0;
        std::uint32_t count = 0;
    };
    /// The neighbours of a cell, without itself.
    [[nodiscard]] Around around(std::size_t i) const
    {
        Around found;
        for (auto const j : {i - cols_ - 1, i - cols_, i - cols_ + 1, i - 1, i + 1, i + cols_ - 1, i + cols_,
                             i + cols_ + 1}) {
            found.sum += value_[j];
            found.count += there_[j];
        }
        return found;
    }

private:
    std::size_t cols_;
    std::vector<double> value_;
    std::vector<std::uint8_t> there_;
};

/// What all cells have in common.
struct Moments {
    double n = 0.0;
    double sum = 0.0;
    double squares = 0.0;  ///< of deviations from the mean
    [[nodiscard]] double mean() const { return sum / n; }
};

Moments moments_of(std::vector<double> const& values)
{
    Moments moments;
    for (double const value : values) {
        moments.n += 1.0;
        moments.sum += value;
    }
    double const mean = moments.mean();
    for (double const value : values) {
        moments.squares += (value - mean) * (value - mean);
    }
    return moments;
}

/// z of Gi*: the cell and its k − 1 neighbours, against all n cells.
double z_with_own(double sum, double k, Moments const& all)
{
    double const deviation = std::sqrt(all.squares / all.n);
    return (sum - k * all.mean()) / (deviation * std::sqrt((all.n * k - k * k) / (all.n - 1.0)));
}

/// z of Gi: the k neighbours, against the n − 1 other cells.
double z_without_own(double sum, double k, double own, Moments const& all)
{
    double const others = all.n - 1.0;
    double const mean = (all.sum - own) / others;
    // Σ(y − m')² over the others, from that over all: what the own cell takes with it.
    double const apart = own - all.mean();
    double const squares = all.squares - apart * apart * all.n / others;
    double const deviation = std::sqrt(std::max(squares, 0.0) / others);
    return (sum - k * mean) / (deviation * std::sqrt((others * k - k * k) / (all.n - 2.0)));
}

/// A null distribution's name: own value and number of neighbours.
using NullKey = std::pair<double, std::uint32_t>;

/// Sums of so many cells drawn from all, or from all but one, ascending.
std::vector<double> draw_null(std::uint32_t count, std::optional<std::uint32_t> without,
                              std::vector<double> const& values, Random random, int permutations)
{
    auto const from = static_cast<std::uint32_t>(values.size() - (without ? 1 : 0));
    std::vector<double> sums(static_cast<std::size_t>(permutations));
    std::array<std::uint32_t, kMostNeighbours + 1> drawn{};
    for (auto& sum : sums) {
        sum = 0.0;
        for (std::uint32_t k = 0; k < count;) {
            auto cell = random.quick_below(from);
            cell += without && cell >= *without ? 1U : 0U;
            auto const end = drawn.begin() + k;
            if (std::find(drawn.begin(), end, cell) == end) {
                drawn[k++] = cell;
                sum += values[cell];
            }
        }
    }
    std::ranges::sort(sums);
    return sums;
}

/// Chances of so high and so low a sum.
struct Chances {
    double high = 1.0;
    double low = 1.0;
};

Chances judge_by(std::vector<double> const& sums, double sum)
{
    auto const [below, above] = std::ranges::equal_range(sums, sum);
    return {permutation_p(static_cast<std::uint64_t>(sums.end() - below), sums.size()),
            permutation_p(static_cast<std::uint64_t>(above - sums.begin()), sums.size())};
}

/// Draws the null distributions that the cells need, and judges every cell by its own.
class Permutations {
public:
    Permutations(std::vector<double> const& values, std::vector<std::uint32_t> const& neighbours,
                 GridGRun const& run)
        : values_(values), run_(run), null_of_(values.size())
    {
        std::map<NullKey, std::uint32_t> known;
        for (std::uint32_t i = 0; i < values.size(); ++i) {
            NullKey const key{values[i], neighbours[i]};
            // Most cells are as empty as the one before.
            if (i > 0 && key == NullKey{values[i - 1], neighbours[i - 1]}) {
                null_of_[i] = null_of_[i - 1];
                continue;
            }
            auto const [entry, added] = known.emplace(key, static_cast<std::uint32_t>(nulls_.size()));
            if (added) {
                nulls_.push_back({key, i, {}});
            }
            null_of_[i] = entry->second;
        }
    }

    [[nodiscard]] std::size_t nulls() const { return nulls_.size(); }

    /// \return false when stopped
    bool draw(Progress const& progress)
    {
        auto const most =
            static_cast<std::uint32_t>(std::min<std::size_t>(kMostNeighbours + 1, values_.size()));
        for (std::uint32_t k = 0; k <= most; ++k) {
            drawn_.push_back(draw_null(k, std::nullopt, values_, Random(run_.seed, "getis_ord drawn", k),
                                       run_.permutations));
        }
        return for_each_stretch(
            nulls_.size(), 4, run_.threads, progress, [&](std::size_t first, std::size_t last) {
                for (auto i = first; i < last; ++i) {
                    auto& null = nulls_[i];
                    auto const [own, k] = null.key;
                    auto const stream = std::bit_cast<std::uint64_t>(own) * 16 + k;
                    null.sums = draw_null(k, null.own, values_, Random(run_.seed, "getis_ord", stream),
                                          run_.permutations);
                }
            });
    }

    /// Of the sum of a cell's neighbours, its own value as it is.
    [[nodiscard]] Chances conditional(std::size_t cell, double sum_around) const
    {
        return judge_by(nulls_[null_of_[cell]].sums, sum_around);
    }
    /// Of the sum of so many cells.
    [[nodiscard]] Chances drawn(std::size_t count, double sum) const { return judge_by(drawn_[count], sum); }

private:
    struct Null {
        NullKey key;
        std::uint32_t own = 0;     ///< a cell with that key, which stands for all
        std::vector<double> sums;  ///< ascending
    };
    std::vector<double> const& values_;
    GridGRun const& run_;
    std::vector<std::uint32_t> null_of_;  // of each cell
    std::vector<Null> nulls_;
    std::vector<std::vector<double>> drawn_;  // by number of cells
};

}  // namespace

Result<GridG> grid_g(CellValues const& cells, GridGRun const& run, Progress const& progress)
{
    if (auto const fine = check(cells, run); !fine) {
        return Failure{fine.error()};
    }
    Framed const framed(cells);
    auto const size = cells.values.size();
    GridG result;
    for (auto* const values :
         {&result.sum, &result.z, &result.p_high, &result.p_low, &result.p_drawn_high, &result.p_drawn_low}) {
        values->assign(size, kNothing);
    }
    std::vector<std::uint32_t> place;  // in the grid, of each cell of the map
    std::vector<double> values, around;
    std::vector<std::uint32_t> neighbours;
    place.reserve(size);
    values.reserve(size);
    around.reserve(size);
    neighbours.reserve(size);
    for (std::uint32_t i = 0; i < size; ++i) {
        if (!std::isnan(cells.values[i])) {
            auto const cols = static_cast<std::uint32_t>(cells.cols);
            auto const found = framed.around(framed.at(i / cols, i % cols));
            place.push_back(i);
            values.push_back(cells.values[i]);
            around.push_back(found.sum);
            neighbours.push_back(found.count);
        }
    }
    result.cells = values.size();
    if (values.size() < 3) {
        return result;
    }
    auto const all = moments_of(values);
    result.mean = all.mean();
    bool const with_own = run.own == OwnCell::counts;
    for (std::size_t i = 0; i < values.size(); ++i) {
        double const k = neighbours[i] + (with_own ? 1.0 : 0.0);
        double const sum = around[i] + (with_own ? values[i] : 0.0);
        double const z = with_own ? z_with_own(sum, k, all) : z_without_own(sum, k, values[i], all);
        result.sum[place[i]] = sum;
        result.z[place[i]] = std::isfinite(z) ? z : kNothing;
    }
    if (run.permutations == 0) {
        return result;
    }
    Permutations permutations(values, neighbours, run);
    result.nulls = permutations.nulls();
    if (!permutations.draw(progress)) {
        return stopped();
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto const conditional = permutations.conditional(i, around[i]);
        result.p_high[place[i]] = conditional.high;
        result.p_low[place[i]] = conditional.low;
        auto const drawn = permutations.drawn(neighbours[i] + (with_own ? 1U : 0U), result.sum[place[i]]);
        result.p_drawn_high[place[i]] = drawn.high;
        result.p_drawn_low[place[i]] = drawn.low;
    }
    return result;
}

}  // namespace riskbild::layers
