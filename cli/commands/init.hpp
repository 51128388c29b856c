#pragma once

#include <filesystem>
#include <string>

#include "cli/output.hpp"

namespace riskbild::cli {

/// `riskbild init`: an empty store of one county.
struct Init {
    std::filesystem::path store;
    std::string profile = "uppsala";
    Result<void> operator()(Output& output) const;
};

}  // namespace riskbild::cli
