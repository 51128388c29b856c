#include "cli/export_table.hpp"

#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace riskbild::cli {
namespace {

using Type = ExportTable::Type;
using Cell = ExportTable::Cell;

template <class Number>
Cell whole(Number number)
{
    return static_cast<std::int64_t>(number);
}

}  // namespace

Facts facts_of(layers::LayerInfo const& info, County const& county)
{
    Facts facts = {
        {"layer", info.layer},
        {"unit", info.unit},
        {"n", std::to_string(info.n)},
        {"left_out", std::to_string(info.left_out.total())},
    };
    for (std::size_t i = 0; i < kLeftOutReasons; ++i) {
        auto const reason = static_cast<LeftOutReason>(i);
        if (info.left_out[reason] > 0)
            facts.emplace_back(fmt::format("left_out_{}", name_of(reason)),
                               std::to_string(info.left_out[reason]));
    }
    std::set<std::string> made_up;
    for (auto const& source : county.sources)
        if (source.made_up)
            made_up.insert(source.name);
    if (!made_up.empty())
        facts.emplace_back("made_up_sources", fmt::format("{}", fmt::join(made_up, ", ")));
    facts.emplace_back("period",
                       info.period ? to_text(info.period->from) + ".." + to_text(info.period->to) : "");
    facts.emplace_back("filter", info.filter);
    facts.emplace_back("view", info.view);
    facts.emplace_back("revision", std::to_string(info.revision.value()));
    if (info.seed)
        facts.emplace_back("seed", std::to_string(*info.seed));
    for (auto const& [key, value] : info.parameters)
        facts.emplace_back("option_" + key, value);
    for (std::size_t i = 0; i < info.notes.size(); ++i)
        facts.emplace_back(fmt::format("note_{}", i + 1), info.notes[i]);
    return facts;
}

ExportTable table_of(layers::Surface const& surface, County const& county)
{
    ExportTable table{.name = surface.info.layer,
                      .columns = {{"east", Type::real}, {"north", Type::real}, {"value", Type::real}},
                      .rows = {},
                      .shapes = {},
                      .facts = facts_of(surface.info, county)};
    auto const& lattice = surface.lattice;
    auto const bounds = lattice.bounds();
    for (auto const& [name, value] : {std::pair{"lattice_west", bounds.min.east},
                                      {"lattice_south", bounds.min.north},
                                      {"lattice_cell", lattice.cell.value()},
                                      {"lattice_columns", static_cast<double>(lattice.cols)},
                                      {"lattice_rows", static_cast<double>(lattice.rows)}})
        table.facts.emplace_back(name, fmt::format("{}", value));
    table.facts.emplace_back("rows", "cells with a value above zero; all others are 0 or not shown");
    std::size_t at = 0;
    for (std::int32_t row = 0; row < surface.lattice.rows; ++row)
        for (std::int32_t col = 0; col < surface.lattice.cols; ++col, ++at)
            if (surface.values[at] > 0.0) {
                auto const centre = surface.lattice.centre(col, row);
                table.rows.push_back({centre.east, centre.north, surface.values[at]});
            }
    return table;
}

ExportTable table_of(layers::AreaValues const& values, County const& county)
{
    ExportTable table{.name = values.info.layer,
                      .columns = {{"code", Type::text},
                                  {"name", Type::text},
                                  {"n", Type::whole},
                                  {"population", Type::whole},
                                  {"rate", Type::real},
                                  {"low", Type::real},
                                  {"high", Type::real},
                                  {"smoothed", Type::real}},
                      .rows = {},
                      .shapes = {},
                      .facts = facts_of(values.info, county)};
    for (auto const& row : values.rows) {
        auto const& area = county.areas[row.area];
        auto const or_absent = [](bool known, auto number) { return known ? Cell(number) : Cell(); };
        table.rows.push_back({area.code, area.name, row.count ? whole(*row.count) : Cell(),
                              or_absent(row.population > 0, row.population),
                              or_absent(row.rate.has_value(), row.rate.value_or(0)),
                              or_absent(row.rate.has_value(), row.low),
                              or_absent(row.rate.has_value(), row.high),
                              or_absent(row.smoothed.has_value(), row.smoothed.value_or(0))});
        table.shapes.emplace_back(area.shape);
    }
    return table;
}

ExportTable table_of(layers::RepeatLocations const& places, std::vector<std::string> const& labels,
                     County const& county)
{
    ExportTable table{.name = places.info.layer,
                      .columns = {{"rank", Type::whole},
                                  {"east", Type::real},
                                  {"north", Type::real},
                                  {"label", Type::text},
                                  {"area", Type::text},
                                  {"area_name", Type::text},
                                  {"n", Type::whole},
                                  {"share", Type::real},
                                  {"cumulative_share", Type::real},
                                  {"first", Type::text},
                                  {"last", Type::text},
                                  {"median_gap_days", Type::real},
                                  {"kinds", Type::text}},
                      .rows = {},
                      .shapes = {},
                      .facts = facts_of(places.info, county)};
    auto const add = [&](std::string name, auto const& value) {
        table.facts.emplace_back(std::move(name), fmt::format("{}", value));
    };
    add("places", places.all_places);
    add("repeat_places", places.repeat_places);
    add("repeat_incidents", places.repeat_incidents);
    for (std::size_t i = 0; i < layers::kGapBands.size(); ++i)
        add(fmt::format("gaps_from_day_{}", layers::kGapBands[i]), places.gaps.count[i]);
    add("gaps_same_day", places.gaps.same_day);
    if (places.gaps.median_days)
        add("gaps_median_days", *places.gaps.median_days);
    add("followed_to", to_text(places.followed_to));
    for (auto const days : {7, 14, 28, 90})
        add(fmt::format("repeated_before_day_{}", days), places.curve.repeated_before(days));
    add("gini", places.spread.gini);
    add("generalised_gini", places.spread.generalised_gini);
    add("places_with_quarter", places.spread.places_with_quarter);
    add("places_with_half", places.spread.places_with_half);
    for (auto const& place : places.places) {
        std::string kinds;
        for (auto const& kind : places.kinds_of(place))
            kinds +=
                fmt::format("{}{} {}", kinds.empty() ? "" : ", ", county.kinds[kind.kind].code, kind.count);
        table.rows.push_back(
            {whole(table.rows.size() + 1), place.position.east, place.position.north,
             labels[table.rows.size()], place.area == kNoArea ? Cell() : Cell(county.areas[place.area].code),
             place.area == kNoArea ? Cell() : Cell(county.areas[place.area].name), whole(place.count),
             place.share, place.cumulative_share, to_text(place.first), to_text(place.last),
             place.median_gap_days ? Cell(*place.median_gap_days) : Cell(), kinds});
        table.shapes.emplace_back(place.position);
    }
    return table;
}

}  // namespace riskbild::cli
