#include "layers/spatial_weights/spatial_weights.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

namespace riskbild::layers {

SpatialWeights::SpatialWeights(std::vector<std::vector<Entry>> rows)
{
    first_.reserve(rows.size() + 1);
    for (auto& row : rows) {
        std::sort(row.begin(), row.end(), [](Entry const& a, Entry const& b) { return a.unit < b.unit; });
        entries_.insert(entries_.end(), row.begin(), row.end());
        first_.push_back(entries_.size());
    }
}

double SpatialWeights::weight(std::size_t of, std::size_t neighbour) const
{
    auto const entries = row(of);
    auto const found =
        std::lower_bound(entries.begin(), entries.end(), neighbour,
                         [](Entry const& entry, std::size_t unit) { return entry.unit < unit; });
    return found != entries.end() && found->unit == neighbour ? found->weight : 0.0;
}

std::size_t SpatialWeights::without_neighbours() const
{
    std::size_t count = 0;
    for (std::size_t unit = 0; unit < size(); ++unit) {
        count += row(unit).empty() ? 1U : 0U;
    }
    return count;
}

SpatialWeights contiguity(std::span<std::vector<std::size_t> const> neighbours)
{
    std::vector<std::vector<SpatialWeights::Entry>> rows;
    for (auto const& listed : neighbours) {
        rows.emplace_back();
        for (auto const unit : listed) {
            rows.back().push_back({static_cast<std::uint32_t>(unit), 1.0});
        }
    }
    return SpatialWeights{std::move(rows)};
}

SpatialWeights queen_contiguity(std::span<std::size_t const> cells, std::size_t cols)
{
    std::vector<std::vector<SpatialWeights::Entry>> rows(cells.size());
    for (std::size_t unit = 0; unit < cells.size(); ++unit) {
        auto const row = cells[unit] / cols;
        auto const col = cells[unit] % cols;
        for (auto other_row = row == 0 ? 0 : row - 1; other_row <= row + 1; ++other_row) {
            for (auto other_col = col == 0 ? 0 : col - 1; other_col <= std::min(col + 1, cols - 1);
                 ++other_col) {
                auto const other = other_row * cols + other_col;
                auto const found = std::lower_bound(cells.begin(), cells.end(), other);
                if (other != cells[unit] && found != cells.end() && *found == other) {
                    rows[unit].push_back({static_cast<std::uint32_t>(found - cells.begin()), 1.0});
                }
            }
        }
    }
    return SpatialWeights{std::move(rows)};
}

SpatialWeights within_distance(std::span<double const> east, std::span<double const> north, Metres distance)
{
    // Squares with a side of the distance: who is near lies in the same or in one beside it.
    using Square = std::pair<std::int64_t, std::int64_t>;
    double const side = std::max(distance.value(), 1e-9);
    auto const square_of = [&](std::size_t i) {
        return Square{static_cast<std::int64_t>(std::floor(north[i] / side)),
                      static_cast<std::int64_t>(std::floor(east[i] / side))};
    };
    std::map<Square, std::vector<std::uint32_t>> squares;
    for (std::size_t i = 0; i < east.size(); ++i) {
        squares[square_of(i)].push_back(static_cast<std::uint32_t>(i));
    }
    std::vector<std::vector<SpatialWeights::Entry>> rows(east.size());
    auto const add_near = [&](std::size_t i, std::vector<std::uint32_t> const& others) {
        for (auto const j : others) {
            double const dx = east[j] - east[i];
            double const dy = north[j] - north[i];
            if (j != i && dx * dx + dy * dy <= distance.value() * distance.value()) {
                rows[i].push_back({j, 1.0});
            }
        }
    };
    for (std::size_t i = 0; i < east.size(); ++i) {
        auto const square = square_of(i);
        for (auto row = square.first - 1; row <= square.first + 1; ++row) {
            for (auto col = square.second - 1; col <= square.second + 1; ++col) {
                if (auto const found = squares.find({row, col}); found != squares.end()) {
                    add_near(i, found->second);
                }
            }
        }
    }
    return SpatialWeights{std::move(rows)};
}

SpatialWeights k_nearest(std::span<double const> east, std::span<double const> north, std::size_t k)
{
    using Candidate = std::tuple<double, double, double, std::uint32_t>;  // distance², north, east, unit
    std::vector<std::vector<SpatialWeights::Entry>> rows(east.size());
    std::vector<Candidate> others;
    for (std::size_t i = 0; i < east.size(); ++i) {
        others.clear();
        for (std::size_t j = 0; j < east.size(); ++j) {
            double const dx = east[j] - east[i];
            double const dy = north[j] - north[i];
            if (j != i) {
                others.emplace_back(dx * dx + dy * dy, north[j], east[j], static_cast<std::uint32_t>(j));
            }
        }
        auto const nearest = static_cast<std::ptrdiff_t>(std::min(k, others.size()));
        std::partial_sort(others.begin(), others.begin() + nearest, others.end());
        for (auto one = others.begin(); one != others.begin() + nearest; ++one) {
            rows[i].push_back({std::get<3>(*one), 1.0});
        }
    }
    return SpatialWeights{std::move(rows)};
}

SpatialWeights row_standardised(SpatialWeights const& weights)
{
    std::vector<std::vector<SpatialWeights::Entry>> rows;
    for (std::size_t unit = 0; unit < weights.size(); ++unit) {
        auto const row = weights.row(unit);
        double sum = 0.0;
        for (auto const& entry : row) {
            sum += entry.weight;
        }
        rows.emplace_back(row.begin(), row.end());
        for (auto& entry : rows.back()) {
            entry.weight /= sum;
        }
    }
    return SpatialWeights{std::move(rows)};
}

WeightSums sums_of(SpatialWeights const& weights)
{
    WeightSums sums;
    std::vector<double> row_and_column(weights.size(), 0.0);
    for (std::size_t unit = 0; unit < weights.size(); ++unit) {
        for (auto const& entry : weights.row(unit)) {
            sums.s0 += entry.weight;
            // ½ Σ (wᵢⱼ + wⱼᵢ)² = Σ wᵢⱼ² + Σ wᵢⱼ·wⱼᵢ
            sums.s1 += entry.weight * (entry.weight + weights.weight(entry.unit, unit));
            row_and_column[unit] += entry.weight;
            row_and_column[entry.unit] += entry.weight;
        }
    }
    for (double const sum : row_and_column) {
        sums.s2 += sum * sum;
    }
    return sums;
}

}  // namespace riskbild::layers
