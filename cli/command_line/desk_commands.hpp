#pragma once

#include <CLI/CLI.hpp>

#include "cli/arguments.hpp"

namespace riskbild::cli {

struct SetAsideCommands {
    ListSetAside all;
    ListDesk list;
    ShowDeskRow show;
    CorrectDeskRow correct;
    RetryDeskRows retry;
    DropDeskRows drop;
    UndoDeskRow undo;
};
void add_set_aside(CLI::App& app, SetAsideCommands& commands);
/// \pre `command` was given
[[nodiscard]] Command chosen(CLI::App const& command, SetAsideCommands const& commands);

struct LinkCommands {
    ListLinks list;
    ExplainLink why;
    DecideLink join;
    DecideLink part;
    WithdrawLink undo;
    ListVerdicts decisions;
};
void add_link(CLI::App& app, LinkCommands& link);
/// \pre `command` was given
[[nodiscard]] Command chosen(CLI::App const& command, LinkCommands const& link);

}  // namespace riskbild::cli
