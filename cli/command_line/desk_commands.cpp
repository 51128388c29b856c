#include "cli/command_line/desk_commands.hpp"

#include <fmt/format.h>

#include "cli/command_line/parts.hpp"
#include "cli/user_name.hpp"

namespace riskbild::cli {
namespace {

void add_row_number(CLI::App& command, std::int64_t& id)
{
    command.add_option("id", id, "Number of the row, as riskbild set-aside list shows it")->required();
}

void add_by(CLI::App& command, std::string& by)
{
    by = user_name();
    command.add_option("--by", by, "Who does this")->capture_default_str();
}

void add_desk_query(CLI::App& command, SetAsideQuery& query)
{
    command.add_option("--source", query.source, "Only rows of this source");
    command.add_option("--file", query.file, "Only rows of files of this name");
    command.add_option("--reason", query.reason, "Only rows that wait for this reason, such as no_position");
    command.add_option("--text", query.text, "Only rows with this text in them or in their message");
}

void add_list_desk(CLI::App& above, ListDesk& list)
{
    auto& command = *above.add_subcommand("list", "The rows on the desk, with their numbers");
    add_store(command, list.store);
    add_desk_query(command, list.query);
    command.add_option("--state", list.state, "open, taken or dropped")->capture_default_str();
    command.add_option("--order", list.order, "newest, file or reason")->capture_default_str();
    command.add_option("--limit", list.query.limit, "Most rows of a page")
        ->check(between(1, 100'000))
        ->capture_default_str();
    command.add_option("--offset", list.query.offset, "Rows of the pages before")
        ->check(between(0, 1'000'000'000));
    command.footer("Example:\n  riskbild set-aside list --store county.gpkg --reason bad_time");
}

void add_correct(CLI::App& above, CorrectDeskRow& correct)
{
    auto& command =
        *above.add_subcommand("correct", "Give columns of a row new values, beside the row as received");
    add_row_number(command, correct.id);
    add_store(command, correct.store);
    command.add_option("--set", correct.values, "column=value, may be given many times")
        ->type_name("COLUMN=VALUE")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->required();
    command.add_flag("--retry", correct.retry, "Take it in again at once");
    add_by(command, correct.by);
    command.footer(
        "Example:\n  riskbild set-aside correct 12 --store county.gpkg --set tid=2025-03-01T10:00 --retry");
}

template <class Rows>
CLI::App& add_rows_command(CLI::App& above, char const* name, char const* about, Rows& rows)
{
    auto& command = *above.add_subcommand(name, about);
    command.add_option("ids", rows.ids, "Numbers of rows; or choose them by the options below");
    add_store(command, rows.store);
    add_desk_query(command, rows.query);
    add_by(command, rows.by);
    return command;
}

template <class OfTwo>
CLI::App& add_link_of_two(CLI::App& above, char const* name, char const* about, OfTwo& wish)
{
    auto& command = *above.add_subcommand(name, about);
    command.add_option("a", wish.a, "A report, such as police:12345")->required();
    command.add_option("b", wish.b, "Another")->required();
    add_store(command, wish.store);
    command.footer(
        fmt::format("Example:\n  riskbild link {} police:512345 ul:A-17 --store county.gpkg", name));
    return command;
}

void add_decide_link(CLI::App& above, char const* name, char const* about, DecideLink& decide)
{
    auto& command = add_link_of_two(above, name, about, decide);
    command.add_option("--reason", decide.reason, "Why, for those who read it later");
    add_by(command, decide.by);
    command.footer(
        fmt::format("What is decided outlives every import.\n"
                    "Example:\n  riskbild link {} police:512345 ul:A-17 --store county.gpkg "
                    "--reason \"{}\"",
                    name, decide.together ? "same broken window" : "two windows"));
}

}  // namespace

void add_set_aside(CLI::App& app, SetAsideCommands& commands)
{
    auto& command = *app.add_subcommand("set-aside", "List rows that could not be used, with the reason");
    auto& list = commands.all;
    command.add_option("--store", list.store, "The store: a GeoPackage file")->type_name("FILE");
    command.parse_complete_callback([&command, &list] {
        if (command.get_subcommands().empty() && list.store.empty())
            throw CLI::RequiredError("--store");
    });
    add_list_desk(command, commands.list);
    auto& show = *command.add_subcommand("show", "One row with its columns and the reason");
    add_row_number(show, commands.show.id);
    add_store(show, commands.show.store);
    show.footer("Example:\n  riskbild set-aside show 12 --store county.gpkg");
    add_correct(command, commands.correct);
    add_rows_command(command, "retry", "Take rows in again, as their files were read", commands.retry)
        .footer("Example:\n  riskbild set-aside retry --store county.gpkg --reason no_position");
    add_rows_command(command, "drop", "Take rows off the list, also for later imports", commands.drop)
        .footer("Example:\n  riskbild set-aside drop 12 13 --store county.gpkg");
    auto& undo = *command.add_subcommand(
        "undo", "One step back: out of the store, or back on the list; once more: uncorrected");
    add_row_number(undo, commands.undo.id);
    add_store(undo, commands.undo.store);
    undo.footer("Example:\n  riskbild set-aside undo 12 --store county.gpkg");
    command.add_option("--source", list.choice.source, "Only rows of this source");
    command.add_option("--file", list.choice.file, "Only rows of files of this name");
    auto* const limit = command.add_option("--limit", list.limit, "Most rows listed, the newest");
    limit->check(between(1, 1'000'000))->capture_default_str();
    command
        .add_flag("--discard", list.discard,
                  "Forget these rows for good, as when they have been corrected; with --source or --file")
        ->excludes(limit);
    command.footer(
        "A row that a later import could use as it is has left the list. Rows are counted from 1, below the "
        "heading.\n"
        "Rows can be corrected and taken in again: list, show, correct, retry, drop and undo.\n"
        "Examples:\n"
        "  riskbild set-aside --store county.gpkg --source police\n"
        "  riskbild set-aside correct 12 --store county.gpkg --set tid=2025-03-01T10:00 --retry");
}

Command chosen(CLI::App const& command, SetAsideCommands const& commands)
{
    if (command.got_subcommand("list"))
        return commands.list;
    if (command.got_subcommand("show"))
        return commands.show;
    if (command.got_subcommand("correct"))
        return commands.correct;
    if (command.got_subcommand("retry"))
        return commands.retry;
    if (command.got_subcommand("drop"))
        return commands.drop;
    if (command.got_subcommand("undo"))
        return commands.undo;
    return commands.all;
}

void add_link(CLI::App& app, LinkCommands& link)
{
    auto& command = *app.add_subcommand("link", "Which reports tell of one event: look, join, part");
    command.require_subcommand(1);
    auto& list = *command.add_subcommand("list", "Pairs that may be one event and wait for somebody to say");
    add_store(list, link.list.store);
    list.add_option("--source", link.list.choice.source, "Only pairs with a report of this source");
    list.add_option("--limit", link.list.choice.limit, "Most pairs, the likeliest")
        ->check(between(1, 10'000))
        ->capture_default_str();
    list.footer("Example:\n  riskbild link list --store county.gpkg --source police");
    add_link_of_two(command, "why", "Two reports beside each other, with what speaks for one event",
                    link.why);
    link.part.together = false;
    add_decide_link(command, "join", "They tell of one event", link.join);
    add_decide_link(command, "part", "They tell of two events", link.part);
    add_link_of_two(command, "undo", "As if it had never been decided", link.undo);
    auto& decisions = *command.add_subcommand("decisions", "All that was decided, by whom and why");
    add_store(decisions, link.decisions.store);
    decisions.footer("Example:\n  riskbild link decisions --store county.gpkg");
    command.footer(
        "What is decided outlives every import, also of the same files again. A bit more doubles the odds "
        "for one event;\nfrom 2 bits on reports are joined without asking, unless a rival is as good "
        "(docs/methods/linkage.md).\n"
        "Examples:\n"
        "  riskbild link list --store county.gpkg --source police\n"
        "  riskbild link why police:512345 ul:A-17 --store county.gpkg\n"
        "  riskbild link join police:512345 ul:A-17 --store county.gpkg --reason \"same broken window\"");
}

Command chosen(CLI::App const& command, LinkCommands const& link)
{
    if (command.got_subcommand("list"))
        return link.list;
    if (command.got_subcommand("why"))
        return link.why;
    if (command.got_subcommand("join"))
        return link.join;
    if (command.got_subcommand("part"))
        return link.part;
    if (command.got_subcommand("undo"))
        return link.undo;
    return link.decisions;
}

}  // namespace riskbild::cli
