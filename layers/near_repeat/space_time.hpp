#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo_core/result.hpp"

namespace riskbild::layers {

/// How far apart two places are: along a straight line, or along streets at right angles.
enum class Metric : std::uint8_t { euclidean, manhattan };

/// Places with a day, as parallel columns. Borrowed for the call.
struct SpaceTimePoints {
    std::span<double const> east;  ///< any metric unit of length
    std::span<double const> north;
    std::span<std::int32_t const> day;  ///< whole days, or any other whole unit of time
    [[nodiscard]] std::size_t size() const { return day.size(); }
};

/// Points in rows of square cells, so that whoever is within reach of one lies in its own or a neighbouring
/// cell.
class ReachGrid {
public:
    /// \pre reach > 0 and finite, coordinates finite. Points that lie in an order of their own: by row, then
    /// cell, then their first place in the input.
    ReachGrid(std::span<double const> east, std::span<double const> north, double reach);

    [[nodiscard]] std::size_t size() const { return order_.size(); }
    /// Of the input, for each place in the grid's order.
    [[nodiscard]] std::span<std::uint32_t const> order() const { return order_; }
    [[nodiscard]] std::span<double const> east() const { return east_; }
    [[nodiscard]] std::span<double const> north() const { return north_; }

    /// Calls `visit(first, last)` for the stretches of the grid's order in which every point within reach of
    /// point `i` and after it lies: at most one in its own row and one in the next.
    template <class Visit>
    void visit_later(std::size_t i, Visit const& visit) const
    {
        visit(i + 1, end_of_own_[cell_of_[i]]);
        auto const& [first, last] = next_row_[cell_of_[i]];
        if (first < last) {
            visit(first, last);
        }
    }

private:
    std::vector<std::uint32_t> order_;
    std::vector<double> east_, north_;
    std::vector<std::uint32_t> cell_of_;     // of each point, among the cells that hold any
    std::vector<std::uint32_t> end_of_own_;  // of the cell after each in its row, or of itself
    struct Stretch {
        std::uint32_t first = 0, last = 0;
    };
    std::vector<Stretch> next_row_;
};

/// \return ErrorCode::wrong_use for columns of different lengths or a coordinate that is not finite
Result<void> check_points(SpaceTimePoints const& points);

}  // namespace riskbild::layers
