#include "tiles/mvt/point_set.hpp"

#include <utility>

namespace riskbild::tiles {

PointSet::PointSet(View view, LeftOut left_out, std::vector<std::uint32_t> rows,
                   std::vector<std::uint64_t> keys, std::span<std::uint64_t const> indexed)
    : view_(std::move(view)),
      left_out_(left_out),
      rows_(std::move(rows)),
      keys_(std::move(keys)),
      index_(indexed)
{
}

Result<PointSet> PointSet::select(View view, Filter const& filter)
{
    auto const points = view.points();
    auto selection = view.select_points(filter);
    if (!selection) {
        return Failure{selection.error()};
    }
    if (selection->rows.size() == points.size()) {
        return PointSet{std::move(view), selection->left_out, {}, {}, points.quadtree};
    }
    auto keys = std::vector<std::uint64_t>{};
    keys.reserve(selection->rows.size());
    for (auto const row : selection->rows) {
        keys.push_back(points.quadtree[row]);
    }
    // A moved vector keeps its memory, so the span stays good.
    auto const indexed = std::span<std::uint64_t const>{keys};
    return PointSet{std::move(view), selection->left_out, std::move(selection->rows), std::move(keys),
                    indexed};
}

}  // namespace riskbild::tiles
