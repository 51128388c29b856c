#pragma once

#include <filesystem>
#include <string>

#include "cli/output.hpp"

namespace riskbild::cli {

/// `riskbild profile suggest`: looks at a table and proposes what its columns are, with reasons.
struct SuggestProfile {
    std::string file;  ///< as for `riskbild import`
    std::string layer;
    std::string profile = "uppsala";  ///< the county whose box and areas the positions are held against
    std::filesystem::path out;        ///< where the column profile goes; empty: only shown
    bool force = false;
    Result<void> operator()(Output& output) const;
};

/// `riskbild profile list`: the built-in column profiles.
struct ListProfiles {
    Result<void> operator()(Output& output) const;
};

/// `riskbild profile show`: one of them, as it is written.
struct ShowProfile {
    std::string name;
    Result<void> operator()(Output& output) const;
};

}  // namespace riskbild::cli
