#include <iterator>

#include <fmt/format.h>

#include "cli/export_formats.hpp"
#include "cli/new_file.hpp"

namespace riskbild::cli {
namespace {

void append(std::string& line, ExportTable::Cell const& cell)
{
    if (!line.empty())
        line += ',';
    if (auto const* const number = std::get_if<std::int64_t>(&cell))
        fmt::format_to(std::back_inserter(line), "{}", *number);
    else if (auto const* const real = std::get_if<double>(&cell))
        fmt::format_to(std::back_inserter(line), "{}", *real);
    else if (auto const* const text = std::get_if<std::string>(&cell))
        line += csv_text(*text);
}

}  // namespace

std::string csv_text(std::string_view text)
{
    std::string cell;
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
        cell += '\'';
    cell += text;
    if (cell.find_first_of(",\"\r\n") == std::string::npos)
        return cell;
    std::string quoted = "\"";
    for (auto const c : cell) {
        if (c == '"')
            quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

Result<void> write_csv(ExportTable const& table, std::filesystem::path const& file)
{
    std::string names;
    for (auto const& column : table.columns)
        append(names, column.name);
    std::string facts;
    for (auto const& [name, value] : table.facts) {
        // The names of columns stay apart from those of facts, such as the layer's own n.
        append(names, "layer_" + name);
        facts += ',' + csv_text(value);
    }
    FileWriter writer(file);
    writer.write(names + "\r\n");
    std::string line;
    for (auto const& row : table.rows) {
        line.clear();
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0 && std::holds_alternative<std::monostate>(row[i]))
                line += ',';
            else
                append(line, row[i]);
        }
        line += facts;
        line += "\r\n";
        writer.write(line);
    }
    return writer.finish();
}

}  // namespace riskbild::cli
