#include "layers/moran/moran_units.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "geo_core/border_segments.hpp"
#include "layers/layer_info.hpp"
#include "layers/meant_cells.hpp"
#include "layers/moran/rate_scores.hpp"

namespace riskbild::layers {
namespace {

constexpr std::size_t kMostCells = 400'000;  // of the whole box: ten seconds on two cores

/// Neighbour lists of some areas, numbered anew.
SpatialWeights contiguity_of(AreaSet const& areas, std::vector<MoranUnits::Unit> const& units)
{
    std::vector<std::optional<std::size_t>> number(areas.areas().size());
    for (std::size_t i = 0; i < units.size(); ++i) {
        number[units[i].area.value()] = i;
    }
    auto const all = BorderSegments{areas}.neighbours();
    std::vector<std::vector<std::size_t>> neighbours;
    for (auto const& unit : units) {
        neighbours.emplace_back();
        for (auto const other : all[unit.area.value()]) {
            if (number[other]) {
                neighbours.back().push_back(*number[other]);
            }
        }
    }
    return contiguity(neighbours);
}

void compare_rates(MoranUnits& result)
{
    std::vector<std::uint64_t> counts;
    std::vector<std::int64_t> populations;
    for (auto const& unit : result.units) {
        counts.push_back(unit.count);
        populations.push_back(unit.population);
        result.amounts.push_back(static_cast<double>(unit.count) / static_cast<double>(unit.population));
    }
    result.compared = rate_scores(counts, populations);
}

void compare_counts(MoranUnits& result)
{
    for (auto const& unit : result.units) {
        result.amounts.push_back(static_cast<double>(unit.count));
    }
    result.compared = result.amounts;
}

}  // namespace

std::optional<std::size_t> MoranUnits::at(AreaSet const& areas, MapPoint place) const
{
    auto const found = lattice ? std::ranges::find(units, cell_of(*lattice, place),
                                                   [](Unit const& unit) { return std::optional{unit.cell}; })
                               : std::ranges::find(units, areas.at(place), &Unit::area);
    return found == units.end() ? std::nullopt
                                : std::optional{static_cast<std::size_t>(found - units.begin())};
}

Result<MoranUnits> area_units(View const& view, Filter const& filter, bool rates, LayerInfo& info)
{
    auto const by_area = view.count_by_area(filter);
    if (!by_area) {
        return Failure{by_area.error()};
    }
    info.left_out = by_area->left_out;
    auto const& areas = view.county().areas;
    MoranUnits result;
    std::uint64_t without_population = 0;
    std::uint64_t incidents_there = 0;
    for (std::size_t i = 0; i < areas.areas().size(); ++i) {
        auto const& area = areas.areas()[i];
        if (!means_area(filter, area)) {
            continue;  // it may have incidents that the filter does not mean: no zero
        }
        if (rates && area.population <= 0) {
            ++without_population;
            incidents_there += by_area->count[i];
            continue;
        }
        result.units.push_back({.code = area.code,
                                .name = area.name,
                                .count = by_area->count[i],
                                .population = std::max<std::int64_t>(area.population, 0),
                                .area = AreaId{static_cast<std::uint16_t>(i)}});
        info.n += by_area->count[i];
    }
    if (without_population > 0) {
        info.notes.push_back({fmt::format("{} saknar känd folkmängd och är inte med, med sina {}.",
                                          counted(without_population, "område", "områden"),
                                          counted(incidents_there, "händelse", "händelser")),
                              fmt::format("{} no known population, left out with {}.",
                                          counted(without_population, "area has", "areas have"),
                                          counted(incidents_there, "incident", "incidents"))});
    }
    if (auto const county_only = info.left_out[LeftOutReason::lan_only]; county_only > 0) {
        info.notes.push_back({counted(county_only, "händelse är bara känd", "händelser är bara kända") +
                                  " till län och ingår inte i något område.",
                              counted(county_only, "incident is", "incidents are") +
                                  " known only to the county and in no area."});
    }
    result.neighbours = contiguity_of(areas, result.units);
    if (rates) {
        compare_rates(result);
    } else {
        compare_counts(result);
    }
    return result;
}

Result<MoranUnits> cell_units(View const& view, Filter const& filter, Metres cell, LayerInfo& info)
{
    if (!view.policy().single_incidents) {
        return fail(ErrorCode::forbidden,
                    fmt::format("cells are counted from single incidents and are not shown in the {} view",
                                view.policy().name()),
                    "unit");
    }
    auto const selection = view.select_points(filter);
    if (!selection) {
        return Failure{selection.error()};
    }
    auto const cells = meant_cells(view, filter, selection->rows, cell, kMostCells);
    if (!cells) {
        return Failure{cells.error()};
    }
    auto const counts = count_in(*cells, view, selection->rows);
    info.left_out = selection->left_out;
    info.n = selection->rows.size();
    MoranUnits result{.lattice = cells->lattice};
    for (std::size_t i = 0; i < counts.size(); ++i) {
        result.units.push_back({.code = cell_code(cells->lattice, cells->cells[i]),
                                .count = counts[i],
                                .cell = cells->cells[i]});
    }
    result.neighbours = queen_contiguity(cells->cells, static_cast<std::size_t>(cells->lattice.cols));
    compare_counts(result);
    return result;
}

}  // namespace riskbild::layers
