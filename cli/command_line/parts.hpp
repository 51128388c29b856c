#pragma once

#include <cstdint>
#include <filesystem>

#include <CLI/CLI.hpp>

#include "importers/place_options.hpp"

namespace riskbild::cli {

/// What several commands take.
CLI::Option* add_store(CLI::App& command, std::filesystem::path& store);
/// How a file of areas tells their codes and names.
void add_area_fields(CLI::App& command, importers::PlaceOptions& options);

/// A whole number in a range, which the help tells too.
CLI::Validator between(std::int64_t least, std::int64_t most);
inline constexpr std::int64_t kHighestPort = 65535;

}  // namespace riskbild::cli
