#pragma once

#include <filesystem>
#include <string>

#include "cli/output.hpp"
#include "importers/place_options.hpp"

namespace riskbild::cli {

/// `riskbild init`: an empty store of one county.
struct Init {
    std::filesystem::path store;
    std::string profile = "uppsala";
    std::string areas;  ///< file with the county's own borders, or empty: the profile's
    importers::PlaceOptions area_options{};
    Result<void> operator()(Output& output) const;
};

}  // namespace riskbild::cli
