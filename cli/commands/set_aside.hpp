#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/output.hpp"
#include "geo_core/store/store.hpp"

namespace riskbild::cli {

/// `riskbild set-aside`: the rows that no import could use so far, each with its reason; or forgets them.
struct ListSetAside {
    std::filesystem::path store;
    SetAsideChoice choice{};
    std::size_t limit = 1000;
    bool discard = false;
    Result<void> operator()(Output& output) const;
};

/// Rows with their reasons as the field `rows`.
void write_rows(server::JsonText& json, std::vector<SetAside> const& rows);

}  // namespace riskbild::cli
