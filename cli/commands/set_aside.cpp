#include "cli/commands/set_aside.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "geo_core/suggestions.hpp"
#include "importers/import_tally.hpp"

namespace riskbild::cli {
namespace {

/// Up to `limit` rows, by file and row; whether there are more.
struct Listed {
    std::vector<SetAside> rows;
    bool more = false;
};

Result<void> check_source(County const& county, std::string const& source)
{
    if (source.empty() || std::ranges::find(county.sources, source, &Source::name) != county.sources.end())
        return {};
    std::vector<std::string> names;
    for (auto const& one : county.sources)
        names.push_back(one.name);
    auto unknown = unknown_source(source, names);
    unknown.field = "source";
    return Failure(std::move(unknown));
}

Result<Listed> list(Store& store, SetAsideChoice const& choice, std::size_t limit)
{
    auto rows = store.set_aside_rows(choice, limit + 1);
    if (!rows)
        return Failure(rows.error());
    Listed listed{*std::move(rows), false};
    listed.more = listed.rows.size() > limit;
    listed.rows.resize(std::min(listed.rows.size(), limit));
    std::ranges::sort(listed.rows, {}, [](SetAside const& row) {
        return std::tie(row.source, row.file, row.row, row.column);
    });
    return listed;
}

std::size_t characters(std::string_view utf8)
{
    return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char c) { return (c & 0xc0) != 0x80; }));
}

using Line = std::array<std::string, 5>;

std::string table_of(std::vector<SetAside> const& rows)
{
    std::vector<Line> lines{{"file", "row", "column", "reason", "message"}};
    for (auto const& row : rows)
        lines.push_back({one_line(row.file), std::to_string(row.row), one_line(row.column), row.reason,
                         one_line(row.message)});
    std::array<std::size_t, 4> widths{};
    for (auto const& line : lines)
        for (std::size_t i = 0; i < widths.size(); ++i)
            widths[i] = std::max(widths[i], characters(line[i]));
    std::string table;
    for (auto const& [file, row, column, reason, message] : lines)
        table += fmt::format("{:<{}}  {:>{}}  {:<{}}  {:<{}}  {}\n", file, widths[0], row, widths[1], column,
                             widths[2], reason, widths[3], message);
    return table;
}

std::string text_of(Listed const& listed)
{
    if (listed.rows.empty())
        return "no rows are set aside\n";
    auto text = table_of(listed.rows);
    if (listed.more)
        text += fmt::format("only the newest {}; a higher --limit lists more\n", listed.rows.size());
    return text;
}

server::JsonText json_of(Listed const& listed, std::filesystem::path const& store)
{
    server::JsonText json;
    json.object([&] {
        json.field("store", store.string());
        json.field("n", listed.rows.size());
        json.field("more", listed.more);
        write_rows(json, listed.rows);
    });
    return json;
}

Result<void> forget(Store& store, ListSetAside const& wish, Output& output)
{
    auto const discarded = store.discard_set_aside(wish.choice);
    if (!discarded)
        return Failure(discarded.error());
    if (*discarded == 0)
        return fail(ErrorCode::not_found,
                    "no such rows are set aside; riskbild set-aside lists them with their files");
    server::JsonText json;
    json.object([&] {
        json.field("store", wish.store.string());
        json.field("discarded", *discarded);
    });
    return output.answer(importers::rows_text(*discarded) + " discarded\n", json);
}

}  // namespace

void write_rows(server::JsonText& json, std::vector<SetAside> const& rows)
{
    json.array("rows", [&] {
        for (auto const& row : rows)
            json.object([&] {
                json.field("source", row.source);
                json.field("file", row.file);
                json.field("row", row.row);
                json.field("column", row.column);
                json.field("reason", row.reason);
                json.field("message", row.message);
            });
    });
}

Result<void> ListSetAside::operator()(Output& output) const
{
    if (discard && choice.source.empty() && choice.file.empty())
        return fail(ErrorCode::wrong_use,
                    "--discard needs --source or --file: which rows are to be forgotten", "discard");
    auto const opened = open_store(store, discard ? Store::Access::read_write : Store::Access::read_only);
    if (!opened)
        return Failure(opened.error());
    if (auto const known = check_source(*(*opened)->county(), choice.source); !known)
        return known;
    if (discard)
        return forget(**opened, *this, output);
    auto const listed = list(**opened, choice, limit);
    if (!listed)
        return Failure(listed.error());
    return output.answer(text_of(*listed), json_of(*listed, store));
}

}  // namespace riskbild::cli
