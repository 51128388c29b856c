#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "cli/arguments.hpp"

namespace riskbild::cli {

void add_import(CLI::App& app, Import& import);
/// What `import gtfs --help` shows: only what that source takes, with its own examples.
void show_only(CLI::App& command, std::string const& source);
/// Throws CLI::ValidationError for an option that the source does not look at.
void refuse_options_of_other_sources(CLI::App const& command, std::string const& source);

struct ProfileCommands {
    SuggestProfile suggest;
    ListProfiles list;
    ShowProfile show;
};
void add_profile(CLI::App& app, ProfileCommands& profile);
/// \pre `command` was given
[[nodiscard]] Command chosen(CLI::App const& command, ProfileCommands const& profile);

struct FetchCommands {
    FetchPolice police;
    FetchOpen311 open311;
    FetchAlerts alerts;
};
void add_fetch(CLI::App& app, FetchCommands& fetch);
/// \pre `command` was given
[[nodiscard]] Command chosen(CLI::App const& command, FetchCommands const& fetch);

}  // namespace riskbild::cli
