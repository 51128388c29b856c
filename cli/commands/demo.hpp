#pragma once

#include <cstdint>
#include <filesystem>

#include "cli/output.hpp"

namespace riskbild::cli {

/// As data/example/example_county.hpp takes them.
inline constexpr std::size_t kFewestDemoReports = 200;
inline constexpr std::size_t kMostDemoReports = 2'000'000;

/// `riskbild demo`: a county of made-up example reports, imported like any other files, its layers
/// computed, and served. A second run finds everything unchanged. A store that holds anything else is
/// refused.
struct Demo {
    std::filesystem::path store;  ///< empty: in the user's cache folder
    std::filesystem::path viewer;
    std::uint16_t port = 8080;
    std::size_t reports = 6000;
    bool serve = true;
    Result<void> operator()(Output& output) const;
};

}  // namespace riskbild::cli
