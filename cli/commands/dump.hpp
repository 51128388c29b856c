#pragma once

#include <filesystem>

#include "cli/output.hpp"

namespace riskbild::cli {

/// `riskbild dump`: the store as canonical text, the same for the same reports in any order of import.
struct Dump {
    std::filesystem::path store;
    std::filesystem::path out;  ///< empty: standard output
    bool force = false;         ///< replace the file if it exists
    Result<void> operator()(Output& output) const;
};

}  // namespace riskbild::cli
