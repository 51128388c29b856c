#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace riskbild::cli {

/// What was wrong. An argument that nothing takes comes first, whatever CLI11 complains of: mistyped, it is
/// why another is missing.
[[nodiscard]] std::string complaint(CLI::App const& app, CLI::ParseError const& problem);

}  // namespace riskbild::cli
