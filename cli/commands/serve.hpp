#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/output.hpp"

namespace riskbild::cli {

/// `riskbild serve`: map, tiles and API of one store on 127.0.0.1, until SIGINT or SIGTERM.
struct Serve {
    std::filesystem::path store;
    std::uint16_t port = 8080;
    std::filesystem::path viewer;  ///< empty: where the build puts it
    std::vector<std::string> allow_origins;
    bool verbose = false;
    Result<void> operator()(Output& output) const;
};

}  // namespace riskbild::cli
