#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "geo_core/result.hpp"
#include "geo_core/store/store.hpp"
#include "geo_core/time.hpp"
#include "importers/kind_rules.hpp"
#include "importers/readers/byte_source.hpp"

namespace riskbild::importers {

struct Open311Options {
    std::string source_name = "open311";  ///< each city's ids are its own: a name for each
    bool swap_positions = false;          ///< lat and long stand in each other's place
    std::optional<Instant> observed{};    ///< overrides what requests and file name say
    Instant now;                          ///< nothing can have been reported more than a day later
    std::map<std::string, std::string> service_names{};  ///< by code, for requests that tell the code alone
    std::function<void(std::uint64_t rows)> progress{};  ///< called every few thousand rows; may be empty
};

/// Takes in requests of an Open311 city (GeoReport v2), saved or just answered, as JSON or XML, in one
/// transaction. What the fields mean: open311_fields.hpp; oddities: README.md beside this file.
///
/// A request of a service that is no incident (a hole in the street) is kept as context. Without a position
/// its address is looked up among the named places. The time is when it was reported.
/// \return ErrorCode::unreadable for what is not, or not wholly, such a file, and for a server's error;
/// nothing is stored then.
Result<ImportReport> import_open311(Store& store, ByteSource& source, KindRules const& services,
                                    Open311Options const& options);

}  // namespace riskbild::importers
