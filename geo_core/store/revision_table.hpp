#pragma once

#include <cstdint>
#include <string_view>

#include "geo_core/ids.hpp"
#include "geo_core/store/sqlite_handle.hpp"

namespace riskbild::store {

/// What a committed write brought.
struct RevisionCounts {
    std::int64_t new_reports = 0;
    std::int64_t new_versions = 0;  ///< of reports that were there already
    std::int64_t set_aside = 0;
};

[[nodiscard]] Revision newest_revision(Connection& connection);

/// Notes one more revision within the caller's transaction. \return its number
Revision add_revision(Connection& connection, std::string_view source, std::string_view file,
                      RevisionCounts const& counts);

}  // namespace riskbild::store
