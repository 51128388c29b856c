#include "tiles/raster/warp.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "tiles/raster/map_painter.hpp"

namespace riskbild::tiles {

namespace {

constexpr int kNodeStep = 16;
constexpr int kRows = kPixels / kNodeStep + 1;

}  // namespace

PixelWarp::PixelWarp(Crs const& crs, TileId id, int tiles_wide)
    : columns_(kPixels * tiles_wide / kNodeStep + 1)
{
    auto const frame = TileFrame{id};
    auto const step = static_cast<double>(frame.side()) * kNodeStep / kPixels;
    constexpr auto kWorld = 4294967296.0;
    auto degrees = std::vector<LngLat>{};
    for (int row = 0; row < kRows; ++row) {
        // As lng_lat(), but also for the world's far edges, which a WorldPoint cannot name.
        auto const y = (static_cast<double>(frame.y()) + row * step) / kWorld;
        auto const lat = std::atan(std::sinh(M_PI * (1.0 - 2.0 * y))) * 180.0 / M_PI;
        for (int column = 0; column < columns_; ++column) {
            auto const x = (static_cast<double>(frame.x()) + column * step) / kWorld;
            degrees.push_back({x * 360.0 - 180.0, lat});
        }
    }
    nodes_.resize(degrees.size());
    crs.metres(degrees, nodes_);
}

int PixelWarp::width() const
{
    return (columns_ - 1) * kNodeStep;
}
int PixelWarp::height() const
{
    return kPixels;
}

MapPoint PixelWarp::at(double x, double y) const
{
    auto const column = std::clamp(static_cast<int>(x / kNodeStep), 0, columns_ - 2);
    auto const row = std::clamp(static_cast<int>(y / kNodeStep), 0, kRows - 2);
    auto const u = x / kNodeStep - column;
    auto const v = y / kNodeStep - row;
    auto const* const north = &nodes_[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
                                      static_cast<std::size_t>(column)];
    auto const* const south = north + columns_;
    auto const mix = [&](double MapPoint::*axis) {
        return (1.0 - v) * ((1.0 - u) * north[0].*axis + u * north[1].*axis) +
               v * ((1.0 - u) * south[0].*axis + u * south[1].*axis);
    };
    return {mix(&MapPoint::east), mix(&MapPoint::north)};
}

std::optional<MapBox> PixelWarp::bounds() const
{
    auto box = MapBox{nodes_.front(), nodes_.front()};
    for (auto const node : nodes_) {
        if (!std::isfinite(node.east) || !std::isfinite(node.north)) {
            return std::nullopt;
        }
        box.min = {std::min(box.min.east, node.east), std::min(box.min.north, node.north)};
        box.max = {std::max(box.max.east, node.east), std::max(box.max.north, node.north)};
    }
    return box;
}

double between_cells(Lattice const& lattice, std::vector<double> const& values, MapPoint place)
{
    if (lattice.size() == 0 || !lattice.bounds().contains(place)) {
        return 0.0;
    }
    auto const cell = lattice.cell.value();
    auto const axis = [&](double at, std::int64_t first, std::int32_t count) {
        auto const position = std::clamp(at / cell - static_cast<double>(first) - 0.5, 0.0, count - 1.0);
        auto const low = std::min(static_cast<std::int32_t>(position), std::max(count - 2, 0));
        return std::pair{low, position - low};
    };
    auto const [col, u] = axis(place.east, lattice.first_col, lattice.cols);
    auto const [row, v] = axis(place.north, lattice.first_row, lattice.rows);
    auto const value = [&](std::int32_t c, std::int32_t r) {
        auto const clamped_c = std::min(c, lattice.cols - 1);
        auto const clamped_r = std::min(r, lattice.rows - 1);
        return values[static_cast<std::size_t>(clamped_r) * static_cast<std::size_t>(lattice.cols) +
                      static_cast<std::size_t>(clamped_c)];
    };
    auto const mean = (1.0 - v) * ((1.0 - u) * value(col, row) + u * value(col + 1, row)) +
                      v * ((1.0 - u) * value(col, row + 1) + u * value(col + 1, row + 1));
    if (!std::isnan(mean)) {
        return mean;
    }
    // Where some of the four are not computed, the others stand for them.
    auto sum = 0.0;
    auto weights = 0.0;
    for (auto const& [c, r, weight] : {std::tuple{col, row, (1.0 - u) * (1.0 - v)},
                                       {col + 1, row, u * (1.0 - v)},
                                       {col, row + 1, (1.0 - u) * v},
                                       {col + 1, row + 1, u * v}}) {
        if (auto const one = value(c, r); !std::isnan(one)) {
            sum += weight * one;
            weights += weight;
        }
    }
    return weights > 0.0 ? sum / weights : 0.0;
}

double of_cell(Lattice const& lattice, std::vector<double> const& values, MapPoint place)
{
    auto const col =
        static_cast<std::int64_t>(std::floor(place.east / lattice.cell.value())) - lattice.first_col;
    auto const row =
        static_cast<std::int64_t>(std::floor(place.north / lattice.cell.value())) - lattice.first_row;
    if (col < 0 || row < 0 || col >= lattice.cols || row >= lattice.rows) {
        return 0.0;
    }
    auto const value = values[static_cast<std::size_t>(row) * static_cast<std::size_t>(lattice.cols) +
                              static_cast<std::size_t>(col)];
    return std::isnan(value) ? 0.0 : value;
}

}  // namespace riskbild::tiles
