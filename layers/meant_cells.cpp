#include "layers/meant_cells.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace riskbild::layers {
namespace {

MapPoint centre_of(Lattice const& lattice, std::size_t cell)
{
    auto const cols = static_cast<std::size_t>(lattice.cols);
    return lattice.centre(static_cast<std::int32_t>(cell % cols), static_cast<std::int32_t>(cell / cols));
}

/// South-west and north-east corner.
MapBox box_of(Lattice const& lattice, std::size_t cell)
{
    auto const centre = centre_of(lattice, cell);
    double const half = lattice.cell.value() / 2.0;
    return {{centre.east - half, centre.north - half}, {centre.east + half, centre.north + half}};
}

}  // namespace

bool means_area(Filter const& filter, Area const& area)
{
    return filter.areas.empty() || std::ranges::find(filter.areas, area.code) != filter.areas.end();
}

Result<MeantCells> meant_cells(View const& view, Filter const& filter, std::span<std::uint32_t const> rows,
                               Metres cell, std::size_t most)
{
    auto const counted = count_in_cells(view, rows, cell);
    if (!counted) {
        return Failure{counted.error()};
    }
    auto const& lattice = counted->lattice;
    if (lattice.size() > most) {
        auto const fits = std::sqrt(static_cast<double>(lattice.size()) / static_cast<double>(most));
        return fail(
            ErrorCode::too_large,
            fmt::format("cell {} m would make {} cells, at most {} are allowed; cells of {:.0f} m fit",
                        cell.value(), lattice.size(), most, std::ceil(cell.value() * fits * 1.05)),
            "cell");
    }
    auto const& areas = view.county().areas;
    auto const is_meant = [&](std::size_t i) {
        if (counted->count[i] > 0.0 || filter.areas.empty()) {
            return true;
        }
        auto const area = areas.at(centre_of(lattice, i));
        return area != kNoArea && means_area(filter, areas[area]);
    };
    MeantCells meant{lattice, {}};
    for (std::size_t i = 0; i < lattice.size(); ++i) {
        if (counted->of_county[i] != 0 && is_meant(i)) {
            meant.cells.push_back(i);
        }
    }
    return meant;
}

std::vector<std::uint64_t> count_in(MeantCells const& cells, View const& view,
                                    std::span<std::uint32_t const> rows)
{
    auto const points = view.points();
    std::vector<std::uint64_t> counts(cells.cells.size());
    for (auto const row : rows) {
        auto const cell = cell_of(cells.lattice, {points.east[row], points.north[row]});
        auto const found = cell ? std::ranges::lower_bound(cells.cells, *cell) : cells.cells.end();
        if (found != cells.cells.end() && *found == *cell) {
            ++counts[static_cast<std::size_t>(found - cells.cells.begin())];
        }
    }
    return counts;
}

std::vector<std::uint32_t> rows_in_cell(Lattice const& lattice, std::size_t cell, View const& view,
                                        std::span<std::uint32_t const> rows)
{
    auto const points = view.points();
    std::vector<std::uint32_t> found;
    for (auto const row : rows) {
        if (cell_of(lattice, {points.east[row], points.north[row]}) == cell) {
            found.push_back(row);
        }
    }
    return found;
}

std::string cell_code(Lattice const& lattice, std::size_t cell)
{
    auto const corner = box_of(lattice, cell).min;
    return fmt::format("{:.0f}_{:.0f}", corner.east, corner.north);
}

MultiPolygon cell_shape(Lattice const& lattice, std::size_t cell)
{
    auto const [min, max] = box_of(lattice, cell);
    return {{{min, {max.east, min.north}, max, {min.east, max.north}}, {}}};
}

}  // namespace riskbild::layers
