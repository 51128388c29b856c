#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/output.hpp"

namespace riskbild::cli {

/// `riskbild layer`: computes one layer and writes it to a file, or prints what it says.
struct Layer {
    std::string name;
    std::filesystem::path store;
    std::filesystem::path out;  ///< empty: its tables are printed
    std::string table;          ///< which part is written or printed, where there are several
    std::string filter;
    std::vector<std::string> options;  ///< `key=value` each
    std::string as = "analyst";
    bool force = false;
    Result<void> operator()(Output& output) const;
};

}  // namespace riskbild::cli
