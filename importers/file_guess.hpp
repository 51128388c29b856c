#pragma once

#include <optional>
#include <string>

#include "importers/readers/byte_source.hpp"

namespace riskbild::importers {

/// The source that a file is of where its first bytes or its members tell: `gtfs`, `gtfs-rt`, `open311`,
/// `osm`. Of tables their columns tell more. \see ProfileSuggestion::source
/// \return nothing where they do not; the source is rewound
[[nodiscard]] std::optional<std::string> source_by_content(ByteSource& source);

}  // namespace riskbild::importers
