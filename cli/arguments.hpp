#pragma once

#include <string>
#include <variant>

#include "cli/commands/check.hpp"
#include "cli/commands/demo.hpp"
#include "cli/commands/dump.hpp"
#include "cli/commands/fetch.hpp"
#include "cli/commands/import.hpp"
#include "cli/commands/init.hpp"
#include "cli/commands/layer.hpp"
#include "cli/commands/link.hpp"
#include "cli/commands/profile.hpp"
#include "cli/commands/quality.hpp"
#include "cli/commands/serve.hpp"
#include "cli/commands/set_aside.hpp"
#include "cli/commands/set_aside_desk.hpp"

namespace riskbild::cli {

/// Help or a version was asked for: print and end well.
struct Told {
    std::string text;
};

/// A command with its options.
using Command =
    std::variant<Told, Init, Import, Layer, Serve, Check, Dump, ListSetAside, Demo, SuggestProfile,
                 ListProfiles, ShowProfile, FetchPolice, FetchOpen311, FetchAlerts, ListDesk, ShowDeskRow,
                 CorrectDeskRow, RetryDeskRows, DropDeskRows, UndoDeskRow, ListLinks, ExplainLink, DecideLink,
                 WithdrawLink, ListVerdicts, Quality>;

/// The command line, understood.
struct Arguments {
    Command command;
    bool json = false;
};

/// Wrong use, in one sentence; whether to say it as JSON.
struct NotUnderstood {
    Error error;
    bool json = false;
};
[[nodiscard]] std::variant<Arguments, NotUnderstood> parse_arguments(int argc, char const* const* argv);

}  // namespace riskbild::cli
