#include "cli/export_table.hpp"

#include <cmath>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace riskbild::cli {
namespace {

std::string text_of(layers::TableCell const& cell)
{
    if (auto const* const number = std::get_if<std::int64_t>(&cell))
        return std::to_string(*number);
    if (auto const* const real = std::get_if<double>(&cell))
        return fmt::format("{}", *real);
    auto const* const text = std::get_if<std::string>(&cell);
    return text == nullptr ? std::string() : *text;
}

/// What the file says of the layer and, beside it, the numbers about the whole.
Facts all_facts_of(layers::LayerResult const& result, County const& county)
{
    auto facts = facts_of(result.info, county);
    for (auto const& fact : result.facts)
        facts.emplace_back(fact.quantity.key, text_of(fact.value));
    return facts;
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
        facts.emplace_back(fmt::format("note_{}", i + 1), info.notes[i].en);
    return facts;
}

ExportTable cells_of(layers::LayerResult const& result, County const& county)
{
    using enum layers::CellType;
    ExportTable table{.name = result.info.layer,
                      .columns = {{"east", real}, {"north", real}},
                      .rows = {},
                      .shapes = {},
                      .facts = all_facts_of(result, county)};
    auto const& [lattice, bands] = *result.grid;
    for (auto const& band : bands)
        table.columns.push_back({band.quantity.key, real});
    auto const bounds = lattice.bounds();
    for (auto const& [name, value] : {std::pair{"lattice_west", bounds.min.east},
                                      {"lattice_south", bounds.min.north},
                                      {"lattice_cell", lattice.cell.value()},
                                      {"lattice_columns", static_cast<double>(lattice.cols)},
                                      {"lattice_rows", static_cast<double>(lattice.rows)}})
        table.facts.emplace_back(name, fmt::format("{}", value));
    table.facts.emplace_back(
        "rows", fmt::format("cells where {} is another number than 0", bands.front().quantity.key));
    std::size_t at = 0;
    for (std::int32_t row = 0; row < lattice.rows; ++row)
        for (std::int32_t col = 0; col < lattice.cols; ++col, ++at) {
            auto const value = bands.front().values[at];
            if (value == 0.0 || std::isnan(value))
                continue;
            auto const centre = lattice.centre(col, row);
            table.rows.push_back({centre.east, centre.north});
            for (auto const& band : bands)
                table.rows.back().push_back(std::isnan(band.values[at]) ? ExportTable::Cell()
                                                                        : ExportTable::Cell(band.values[at]));
        }
    return table;
}

ExportTable table_of(layers::LayerResult const& result, layers::Table const& table,
                     std::vector<std::string> const& labels, County const& county)
{
    auto const is_main = &table == &result.tables.front();
    ExportTable made{.name = is_main ? result.info.layer : result.info.layer + "_" + table.key,
                     .columns = {},
                     .rows = table.rows,
                     .shapes = table.shapes,
                     .facts = all_facts_of(result, county)};
    for (auto const& column : table.columns)
        made.columns.push_back({column.quantity.key, column.type});
    if (!labels.empty()) {
        made.columns.push_back({"label", layers::CellType::text});
        for (std::size_t i = 0; i < labels.size(); ++i)
            made.rows[i].emplace_back(labels[i]);
    }
    return made;
}

}  // namespace riskbild::cli
