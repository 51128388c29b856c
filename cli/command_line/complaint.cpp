#include "cli/command_line/complaint.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/output.hpp"
#include "geo_core/suggestions.hpp"
#include "geo_core/text.hpp"

namespace riskbild::cli {
namespace {

/// `profile suggest`: a command with those above it.
std::string full_name(CLI::App const& command)
{
    auto const* const above = command.get_parent();
    return above == nullptr || above->get_parent() == nullptr
               ? command.get_name()
               : fmt::format("{} {}", full_name(*above), command.get_name());
}

/// Where to read on about a command.
std::string see_help(CLI::App const& command)
{
    auto const* const above = command.get_parent();
    return above == nullptr ? "see riskbild --help"
                            : fmt::format("see riskbild {} --help", full_name(command));
}

bool looks_like_option(std::string_view argument)
{
    return argument.size() > 1 && argument.front() == '-';
}

std::vector<std::string> names_of_options(CLI::App const& command)
{
    std::vector<std::string> names;
    for (auto const* const option : command.get_options())
        for (auto const& name : option->get_lnames())
            names.push_back(name);
    return names;
}

std::vector<std::string> names_of_commands(CLI::App const& app)
{
    std::vector<std::string> names;
    for (auto const* const command : app.get_subcommands({}))
        names.push_back(command->get_name());
    return names;
}

/// `--stor` of `--stor=county.gpkg`.
std::string without_value(std::string const& argument)
{
    return one_line(shortened(argument.substr(0, argument.find('='))));
}

std::string unknown_argument(std::string const& argument, CLI::App const& command)
{
    auto const written = without_value(argument);
    if (!looks_like_option(argument))
        return fmt::format("\"{}\" is one argument too many; {}", written, see_help(command));
    auto const name = written.substr(std::min(written.find_first_not_of('-'), written.size()));
    auto const meant = nearest_name(name, names_of_options(command));
    return fmt::format("there is no option {}; {}", written,
                       meant ? fmt::format("did you mean --{}?", *meant) : see_help(command));
}

/// An option in front of the command: of one that has it, or of none.
std::string misplaced_option(std::string const& argument, CLI::App const& app)
{
    auto const written = without_value(argument);
    auto commands = app.get_subcommands({});
    std::stable_partition(commands.begin(), commands.end(),
                          [](auto const* one) { return one->parsed(); });  // one that was given is meant
    for (auto const* const command : commands)
        for (auto const& name : names_of_options(*command))
            if (written == "--" + name)
                return fmt::format("{0} stands behind the command, as in riskbild {1} {0}", written,
                                   command->get_name());
    return unknown_argument(argument, app);
}

std::string unknown_command(std::vector<std::string> const& given, CLI::App const& app)
{
    auto const names = names_of_commands(app);
    if (given.empty())
        return fmt::format("no command is given; the commands are {}", fmt::join(names, ", "));
    auto const meant = nearest_name(given.front(), names);
    return fmt::format("there is no command \"{}\"; {}", one_line(shortened(given.front())),
                       meant ? fmt::format("did you mean {}?", *meant)
                             : fmt::format("the commands are {}", fmt::join(names, ", ")));
}

/// One sentence from CLI11's, which may have several lines and end in a full stop.
std::string sentence(std::string text, CLI::App const& command)
{
    text = text.substr(0, text.find('\n'));
    while (!text.empty() && text.back() == '.')
        text.pop_back();
    return fmt::format("{}; {}", one_line(text), see_help(command));
}

}  // namespace

std::string complaint(CLI::App const& app, CLI::ParseError const& problem)
{
    auto const in_front = app.remaining();
    if (!in_front.empty() && looks_like_option(in_front.front()))
        return misplaced_option(in_front.front(), app);
    auto const chosen = app.get_subcommands();
    if (chosen.empty())
        return unknown_command(in_front, app);
    auto const& first = *chosen.front();
    auto const deeper = first.get_subcommands();
    auto const names_none = deeper.empty() && !names_of_commands(first).empty();
    auto const has_word = !first.remaining().empty() && !looks_like_option(first.remaining().front());
    if (names_none && (first.get_require_subcommand_min() > 0 || has_word))
        return unknown_command(first.remaining(), first);
    auto const& command = deeper.empty() ? first : *deeper.front();
    auto const extra = command.remaining();
    if (auto const option = std::ranges::find_if(extra, looks_like_option); option != extra.end())
        return unknown_argument(*option, command);
    return extra.empty() ? sentence(problem.what(), command) : unknown_argument(extra.front(), command);
}

}  // namespace riskbild::cli
