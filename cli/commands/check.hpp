#pragma once

#include <filesystem>

#include "cli/output.hpp"

namespace riskbild::cli {

/// `riskbild check`: whether a store is sound. Findings are an error (exit 1).
struct Check {
    std::filesystem::path store;
    bool repair = false;
    Result<void> operator()(Output& output) const;
};

}  // namespace riskbild::cli
