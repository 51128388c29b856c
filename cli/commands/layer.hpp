#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/output.hpp"

namespace riskbild::cli {

/// `riskbild layer`: computes one layer and writes it to a file.
struct Layer {
    std::string name;
    std::filesystem::path store;
    std::filesystem::path out;
    std::string filter;
    std::vector<std::string> options;  ///< `key=value` each
    std::string as = "analyst";
    bool force = false;
    Result<void> operator()(Output& output) const;
};

}  // namespace riskbild::cli
