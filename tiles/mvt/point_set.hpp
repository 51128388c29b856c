#pragma once

#include <cstdint>
#include <vector>

#include "geo_core/view.hpp"
#include "tiles/mvt/key_index.hpp"

namespace riskbild::tiles {

/// The points of a view that match one filter, ready to be asked tile by tile.
class PointSet {
public:
    /// \return the errors of `View::select_points`
    static Result<PointSet> select(View view, Filter const& filter);

    /// What matched the filter and has no point to draw.
    [[nodiscard]] LeftOut const& left_out() const { return left_out_; }

    PointSet(PointSet&&) = default;
    PointSet& operator=(PointSet&&) = default;

    [[nodiscard]] View const& view() const { return view_; }
    [[nodiscard]] KeyIndex const& index() const { return index_; }
    [[nodiscard]] std::size_t size() const { return index_.keys().size(); }
    /// Row in `View::points()` of the i-th point.
    [[nodiscard]] std::size_t row(std::size_t i) const { return rows_.empty() ? i : rows_[i]; }

private:
    PointSet(View view, LeftOut left_out, std::vector<std::uint32_t> rows, std::vector<std::uint64_t> keys,
             std::span<std::uint64_t const> indexed);

    View view_;
    LeftOut left_out_;
    std::vector<std::uint32_t> rows_;  // empty: every row, and the index borrows the view's own keys
    std::vector<std::uint64_t> keys_;
    KeyIndex index_;
};

}  // namespace riskbild::tiles
