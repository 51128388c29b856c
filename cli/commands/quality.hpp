#pragma once

#include <filesystem>
#include <string>

#include "cli/output.hpp"

namespace riskbild::cli {

/// `riskbild quality`: how good the data are, source by source, as far as they tell it themselves.
struct Quality {
    std::filesystem::path store;
    std::string source{};
    std::string today{};  ///< a date; empty: the county's present day
    Result<void> operator()(Output& output) const;
};

}  // namespace riskbild::cli
