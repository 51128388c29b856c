#include "layers/county_cells.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace riskbild::layers {
namespace {

MapBox box_of(View const& view, std::span<std::uint32_t const> rows)
{
    auto const points = view.points();
    std::optional<MapBox> box;
    if (!view.county().areas.areas().empty()) {
        box = view.county().areas.bounds();
    }
    for (auto const row : rows) {
        MapPoint const place{points.east[row], points.north[row]};
        if (!box) {
            box = MapBox{place, place};
        }
        box->min = {std::min(box->min.east, place.east), std::min(box->min.north, place.north)};
        box->max = {std::max(box->max.east, place.east), std::max(box->max.north, place.north)};
    }
    return box.value_or(MapBox{});
}

/// Where the borders of one area cross a row's line of centres, from west to east: inside between the first
/// and second, third and fourth …
std::vector<double> crossings_at(MultiPolygon const& shape, double north)
{
    std::vector<double> crossings;
    auto const add_ring = [&](Ring const& ring) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            auto const& a = ring[i];
            auto const& b = ring[i + 1 == ring.size() ? 0 : i + 1];
            if ((a.north <= north) != (b.north <= north)) {
                crossings.push_back(a.east + (north - a.north) / (b.north - a.north) * (b.east - a.east));
            }
        }
    };
    for (auto const& polygon : shape) {
        add_ring(polygon.outer);
        std::ranges::for_each(polygon.inners, add_ring);
    }
    std::ranges::sort(crossings);
    return crossings;
}

void mark_area(CountyCells& cells, MultiPolygon const& shape)
{
    auto const& lattice = cells.lattice;
    double const side = lattice.cell.value();
    // First cell whose centre is not west of a place.
    auto const col_from = [&](double east) {
        double const col = std::ceil(east / side - 0.5) - static_cast<double>(lattice.first_col);
        return static_cast<std::size_t>(std::clamp(col, 0.0, static_cast<double>(lattice.cols)));
    };
    for (std::int32_t row = 0; row < lattice.rows; ++row) {
        auto const crossings = crossings_at(shape, lattice.centre(0, row).north);
        auto* const line =
            &cells.of_county[static_cast<std::size_t>(row) * static_cast<std::size_t>(lattice.cols)];
        for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
            std::fill(line + col_from(crossings[i]), line + col_from(crossings[i + 1]), std::uint8_t{1});
        }
    }
}

}  // namespace

std::optional<std::size_t> cell_of(Lattice const& lattice, MapPoint place)
{
    auto const along = [&](double at, std::int64_t first) {
        return std::floor(at / lattice.cell.value()) - static_cast<double>(first);
    };
    double const col = along(place.east, lattice.first_col);
    double const row = along(place.north, lattice.first_row);
    if (!(col >= 0.0 && col < lattice.cols && row >= 0.0 && row < lattice.rows)) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(lattice.cols) +
           static_cast<std::size_t>(col);
}

MultiPolygon square_of(Lattice const& lattice, std::size_t cell)
{
    auto const cols = static_cast<std::size_t>(lattice.cols);
    auto const centre =
        lattice.centre(static_cast<std::int32_t>(cell % cols), static_cast<std::int32_t>(cell / cols));
    double const half = lattice.cell.value() / 2.0;
    return {Polygon{{{centre.east - half, centre.north - half},
                     {centre.east + half, centre.north - half},
                     {centre.east + half, centre.north + half},
                     {centre.east - half, centre.north + half}},
                    {}}};
}

Result<CountyCells> count_in_cells(View const& view, std::span<std::uint32_t const> rows, Metres cell)
{
    auto const box = box_of(view, rows);
    double const count = ((box.max.east - box.min.east) / cell.value() + 2.0) *
                         ((box.max.north - box.min.north) / cell.value() + 2.0);
    if (count > static_cast<double>(kMostCountyCells)) {
        double const fits = std::sqrt(count / static_cast<double>(kMostCountyCells)) * cell.value();
        return fail(
            ErrorCode::too_large,
            fmt::format("cell {} m would make {:.0f} cells, at most {} are allowed; cells of {:.0f} m fit",
                        cell.value(), count, kMostCountyCells, std::ceil(fits * 1.01)),
            "cell");
    }
    CountyCells cells;
    // Cells hold their western and southern edge only: a place on the box's far edge needs one more.
    double const more = cell.value() * 1e-6;
    cells.lattice = lattice_over({box.min, {box.max.east + more, box.max.north + more}}, cell);
    auto const areas = view.county().areas.areas();
    cells.count.assign(cells.lattice.size(), 0.0);
    cells.of_county.assign(cells.lattice.size(), areas.empty() ? 1 : 0);
    for (auto const& area : areas) {
        mark_area(cells, area.shape);
    }
    auto const points = view.points();
    for (auto const row : rows) {
        auto const index = cell_of(cells.lattice, {points.east[row], points.north[row]}).value();
        cells.count[index] += 1.0;
        cells.of_county[index] = 1;
    }
    return cells;
}

}  // namespace riskbild::layers
