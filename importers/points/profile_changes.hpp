#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo_core/result.hpp"
#include "importers/points/column_profile.hpp"

namespace riskbild::importers {

/// What a person changes of a suggested column profile.
struct ProfileChanges {
    std::vector<std::pair<std::string, std::string>> keys;   ///< `time.from`, new value; empty: without it
    std::vector<std::pair<std::string, std::string>> kinds;  ///< the source's word, our code; empty: unknown
};

/// The profile with the changes, checked as one from a file is. Comments are lost.
/// \return ErrorCode::wrong_use for a key that profiles do not have or a value that it cannot have (`field`
/// names the key), or for a profile that contradicts itself
Result<ColumnProfile> with_changes(std::string_view toml, std::string_view name,
                                   ProfileChanges const& changes);

}  // namespace riskbild::importers
