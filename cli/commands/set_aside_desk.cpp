#include "cli/commands/set_aside_desk.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "geo_core/store/store.hpp"
#include "geo_core/suggestions.hpp"
#include "importers/import_tally.hpp"
#include "importers/set_aside_desk.hpp"
#include "server/endpoints/set_aside_json.hpp"

namespace riskbild::cli {
namespace {

using importers::DeskRow;
using What = Settlement::What;

Instant now()
{
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Result<SetAsideState> state_of(std::string const& name)
{
    auto const state = server::set_aside_state(name);
    if (!state)
        return fail(ErrorCode::wrong_use, there_is_no("state", name, {"open", "taken", "dropped"}), "state");
    return *state;
}

Result<SetAsideQuery::Order> order_of(std::string const& name)
{
    auto const order = server::set_aside_order(name);
    if (!order)
        return fail(ErrorCode::wrong_use, there_is_no("order", name, {"newest", "file", "reason"}), "order");
    return *order;
}

std::string counts_of(SetAsideCounts const& counts)
{
    std::string text;
    for (auto const& [name, n] : counts)
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", n, one_line(name));
    return text;
}

std::string unless_known(std::string_view what, std::string const& written, SetAsideCounts const& counts)
{
    std::vector<std::string> names;
    for (auto const& [name, n] : counts)
        names.push_back(name);
    auto const is_known = written.empty() || std::ranges::find(names, written) != names.end();
    return is_known || names.empty() ? std::string{} : ": " + one_line(there_is_no(what, written, names));
}

/// Where nothing was found: whether a name is wrong, among those of all rows in that state.
Result<std::string> nothing_found(Store& store, SetAsideQuery query)
{
    auto const source = std::exchange(query.source, {});
    auto const reason = std::exchange(query.reason, {});
    query.file.clear();
    query.text.clear();
    query.limit = 1;
    auto const all = store.set_aside_page(query);
    if (!all)
        return Failure{all.error()};
    auto hint = unless_known("source", source, all->sources);
    if (hint.empty())
        hint = unless_known("reason", reason, all->reasons);
    return fmt::format("no such rows{}\n", hint);
}

std::string text_of(SetAsidePage const& page, SetAsideQuery const& query)
{
    auto text = fmt::format("{} ({})\n", importers::rows_text(page.n), counts_of(page.reasons));
    for (auto const& entry : page.entries)
        text += fmt::format(
            "{:>6}  {} row {}  {}  {}{}\n", entry.id, one_line(entry.row.file), entry.row.row, entry.reason(),
            entry.correction ? "(corrected) " : "",
            one_line(entry.settlement && !entry.settlement->message.empty() ? entry.settlement->message
                                                                            : entry.row.message));
    auto const last = query.offset + page.entries.size();
    if (last < page.n)
        text += fmt::format("the next: --offset {}\n", last);
    return text;
}

std::string told_of(Settlement const& settlement)
{
    switch (settlement.what) {
        case What::taken:
            return fmt::format("taken in as {}:{}", settlement.report ? settlement.report->source : "",
                               settlement.report ? settlement.report->source_id : "");
        case What::outside:
            return "belongs to another county";
        case What::set_aside:
            return fmt::format("set aside again, {}: {}", settlement.reason, one_line(settlement.message));
        case What::dropped:
            break;
    }
    return "dropped";
}

std::string text_of(DeskRow const& row)
{
    auto const& entry = row.entry;
    auto text = fmt::format("row {} of {}, source {} (number {} of the desk)\n", entry.row.row,
                            one_line(entry.row.file), entry.row.source, entry.id);
    text += fmt::format("set aside for {}{}: {}\n", entry.row.reason,
                        entry.row.column.empty() ? "" : " in " + one_line(entry.row.column),
                        one_line(entry.row.message));
    if (!row.read_by.empty())
        text += fmt::format("read by: {}\n", row.read_by);
    if (entry.correction)
        text += fmt::format("corrected by {} at {}\n", one_line(entry.correction->by),
                            to_text(entry.correction->at));
    if (entry.settlement)
        text += fmt::format("{}, by {} at {}\n", told_of(*entry.settlement), one_line(entry.settlement->by),
                            to_text(entry.settlement->at));
    if (!row.why_not.empty())
        text += fmt::format("cannot be corrected here: {}\n", row.why_not);
    std::size_t width = 0;
    for (auto const& column : row.columns)
        width = std::max(width, column.name.size());
    for (auto const& column : row.columns)
        text += fmt::format("  {:<{}}  {}{}\n", one_line(column.name), width, one_line(column.received),
                            column.corrected ? "  ->  " + one_line(*column.corrected) : "");
    return text;
}

server::JsonText json_of(DeskRow const& row)
{
    server::JsonText json;
    server::write_desk_row(json, row);
    return json;
}

Result<std::unique_ptr<Store>> opened(std::filesystem::path const& file)
{
    return open_store(file, Store::Access::read_write);
}

Result<std::vector<std::int64_t>> chosen(Store& store, std::vector<std::int64_t> const& ids,
                                         SetAsideQuery query)
{
    auto const has_query =
        !query.source.empty() || !query.file.empty() || !query.reason.empty() || !query.text.empty();
    if (ids.empty() == !has_query)
        return fail(ErrorCode::wrong_use,
                    "name rows by their numbers, or choose them by --source, --file, --reason or --text",
                    "id");
    if (!ids.empty())
        return ids;
    query.limit = SIZE_MAX;
    query.order = SetAsideQuery::Order::file;
    auto const page = store.set_aside_page(query);
    if (!page)
        return Failure{page.error()};
    if (page->n == 0)
        return fail(ErrorCode::not_found,
                    "no such rows wait on the desk; riskbild set-aside list shows them");
    std::vector<std::int64_t> found;
    for (auto const& entry : page->entries)
        found.push_back(entry.id);
    return found;
}

Result<void> answer_retry(importers::RetryReport const& report, Output& output)
{
    constexpr std::size_t kMostShown = 20;
    auto text =
        fmt::format("{}: {} taken in, {} of another county, {} set aside again\n",
                    importers::rows_text(report.rows.size()), report.taken, report.outside, report.set_aside);
    for (std::size_t i = 0; i < std::min(kMostShown, report.rows.size()); ++i)
        text += fmt::format("{:>6}  {}\n", report.rows[i].id, told_of(report.rows[i].settlement));
    if (report.rows.size() > kMostShown)
        text += fmt::format("… and {} more\n", report.rows.size() - kMostShown);
    server::JsonText json;
    server::write_retry_report(json, report);
    return output.answer(text, json);
}

}  // namespace

Result<void> ListDesk::operator()(Output& output) const
{
    auto asked = query;
    auto const wanted = state_of(state);
    if (!wanted)
        return Failure{wanted.error()};
    auto const ordered = order_of(order);
    if (!ordered)
        return Failure{ordered.error()};
    asked.state = *wanted;
    asked.order = *ordered;
    auto const open = open_store(store, Store::Access::read_only);
    if (!open)
        return Failure{open.error()};
    auto const page = (*open)->set_aside_page(asked);
    if (!page)
        return Failure{page.error()};
    auto const text =
        page->n == 0 ? nothing_found(**open, asked) : Result<std::string>{text_of(*page, asked)};
    if (!text)
        return Failure{text.error()};
    server::JsonText json;
    server::write_set_aside_page(json, *page);
    return output.answer(*text, json);
}

Result<void> ShowDeskRow::operator()(Output& output) const
{
    auto const open = open_store(store, Store::Access::read_only);
    if (!open)
        return Failure{open.error()};
    auto const row = importers::desk_row(**open, id);
    return row ? output.answer(text_of(*row), json_of(*row)) : Failure{row.error()};
}

Result<void> CorrectDeskRow::operator()(Output& output) const
{
    std::vector<std::pair<std::string, std::string>> changes;
    for (auto const& value : values) {
        auto const equals = value.find('=');
        if (equals == std::string::npos || equals == 0)
            return fail(ErrorCode::wrong_use,
                        fmt::format("--set \"{}\" is not column=value", one_line(value)), "set");
        changes.emplace_back(value.substr(0, equals), value.substr(equals + 1));
    }
    auto const open = opened(store);
    if (!open)
        return Failure{open.error()};
    auto const row = importers::correct_row(**open, id, changes, by, now());
    if (!row)
        return Failure{row.error()};
    if (!retry)
        return output.answer(text_of(*row), json_of(*row));
    std::array const ids{id};
    auto const report = importers::take_in_again(**open, ids, by, now());
    return report ? answer_retry(*report, output) : Failure{report.error()};
}

Result<void> RetryDeskRows::operator()(Output& output) const
{
    auto const open = opened(store);
    if (!open)
        return Failure{open.error()};
    auto const rows = chosen(**open, ids, query);
    if (!rows)
        return Failure{rows.error()};
    auto const report = importers::take_in_again(**open, *rows, by, now());
    return report ? answer_retry(*report, output) : Failure{report.error()};
}

Result<void> DropDeskRows::operator()(Output& output) const
{
    auto const open = opened(store);
    if (!open)
        return Failure{open.error()};
    auto const rows = chosen(**open, ids, query);
    if (!rows)
        return Failure{rows.error()};
    if (auto const dropped = (*open)->drop_set_aside(*rows, by, now()); !dropped)
        return dropped;
    server::JsonText json;
    json.object([&] { json.field("dropped", rows->size()); });
    return output.answer(fmt::format("{} dropped; riskbild set-aside undo brings one back\n",
                                     importers::rows_text(rows->size())),
                         json);
}

Result<void> UndoDeskRow::operator()(Output& output) const
{
    auto const open = opened(store);
    if (!open)
        return Failure{open.error()};
    if (auto const undone = (*open)->undo_set_aside(id); !undone)
        return Failure{undone.error()};
    auto const row = importers::desk_row(**open, id);
    return row ? output.answer(text_of(*row), json_of(*row)) : Failure{row.error()};
}

}  // namespace riskbild::cli
