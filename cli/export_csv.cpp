#include <iterator>

#include <fmt/format.h>

#include "cli/export_formats.hpp"
#include "cli/new_file.hpp"
#include "server/json_text.hpp"

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

std::string as_url(std::string_view file_name)
{
    std::string url;
    for (auto const c : file_name) {
        auto const is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                              std::string_view("-._~").find(c) != std::string_view::npos;
        url += is_plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return url;
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
        line += "\r\n";
        writer.write(line);
    }
    return writer.finish();
}

Result<void> write_csv_metadata(ExportTable const& table, std::string const& csv,
                                std::filesystem::path const& file)
{
    static constexpr auto datatype = [](ExportTable::Type type) {
        switch (type) {
            case ExportTable::Type::whole:
                return "integer";
            case ExportTable::Type::real:
                return "double";
            case ExportTable::Type::text:
                return "string";
        }
        return "string";
    };
    server::JsonText json;
    json.object([&] {
        json.field("@context", "http://www.w3.org/ns/csvw");
        json.field("url", as_url(csv));
        json.object("tableSchema", [&] {
            json.array("columns", [&] {
                for (auto const& column : table.columns)
                    json.object([&] {
                        json.field("titles", column.name);
                        json.field("datatype", datatype(column.type));
                    });
            });
        });
        json.array("notes", [&] {
            json.object([&] {
                for (auto const& [name, value] : table.facts)
                    json.field(name, value);
            });
        });
    });
    FileWriter writer(file);
    writer.write(json.text() + "\n");
    return writer.finish();
}

}  // namespace riskbild::cli
