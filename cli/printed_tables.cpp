#include "cli/printed_tables.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

namespace riskbild::cli {
namespace {

std::string number_of(double value)
{
    bool const whole = (std::floor(value) == value && std::abs(value) < 1e9) || std::abs(value) >= 1e4;
    return whole ? fmt::format("{:.0f}", value) : fmt::format("{:.4g}", value);
}

std::string text_of(layers::TableCell const& cell)
{
    if (auto const* const number = std::get_if<std::int64_t>(&cell))
        return std::to_string(*number);
    if (auto const* const real = std::get_if<double>(&cell))
        return number_of(*real);
    auto const* const text = std::get_if<std::string>(&cell);
    return text == nullptr ? std::string("-") : *text;
}

/// Letters, not bytes: å takes two bytes and one column.
std::size_t letters(std::string_view text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string table_text(layers::Table const& table, std::size_t most)
{
    auto const shown = std::min(most, table.rows.size());
    std::vector<std::vector<std::string>> lines(1);
    for (auto const& column : table.columns)
        lines.front().push_back(column.quantity.key);
    for (std::size_t i = 0; i < shown; ++i) {
        lines.emplace_back();
        for (auto const& cell : table.rows[i])
            lines.back().push_back(text_of(cell));
    }
    std::vector<std::size_t> widths(table.columns.size(), 0);
    for (auto const& line : lines)
        for (std::size_t i = 0; i < line.size(); ++i)
            widths[i] = std::max(widths[i], letters(line[i]));
    auto text = fmt::format("\n{} ({} rows)\n", table.key, table.rows.size());
    for (auto const& line : lines) {
        text += ' ';
        for (std::size_t i = 0; i < line.size(); ++i) {
            std::string const gap(widths[i] - letters(line[i]), ' ');
            auto const is_text = table.columns[i].type == layers::CellType::text;
            text += ' ' + (is_text ? line[i] + gap : gap + line[i]);
        }
        text.erase(text.find_last_not_of(' ') + 1);
        text += '\n';
    }
    if (shown < table.rows.size())
        text += fmt::format("  … and {} more: --out FILE writes all\n", table.rows.size() - shown);
    return text;
}

}  // namespace

std::string printed(layers::LayerResult const& result, std::string const& only, std::size_t most)
{
    std::string text;
    for (auto const& fact : result.facts)
        text += fmt::format("{}{}: {}{}{}\n", text.empty() ? "\n" : "", fact.quantity.en, text_of(fact.value),
                            fact.quantity.unit.empty() ? "" : " ", fact.quantity.unit);
    for (auto const& table : result.tables)
        if (only.empty() || table.key == only)
            text += table_text(table, most);
    if (result.grid) {
        auto const& [lattice, bands] = *result.grid;
        text += fmt::format("\na grid of {} x {} cells of {} m", lattice.cols, lattice.rows,
                            lattice.cell.value());
        for (auto const& band : bands) {
            double highest = 0.0;
            for (auto const value : band.values)
                highest = std::max(highest, value);  // NaN is never the larger
            text += fmt::format("{}{} (highest {})", &band == &bands.front() ? ": " : ", ", band.quantity.key,
                                number_of(highest));
        }
        text += "; --out FILE.tif writes it\n";
    }
    return text;
}

}  // namespace riskbild::cli
