#pragma once

#include <memory>
#include <string>
#include <vector>

#include "geo_core/result.hpp"
#include "importers/readers/byte_source.hpp"

namespace riskbild::importers {

/// The tables of one GTFS feed, wherever they lie.
class GtfsFiles {
public:
    virtual ~GtfsFiles() = default;
    /// What the feed is called in messages: the folder's or archive's name.
    [[nodiscard]] virtual std::string const& name() const = 0;
    /// The tables that there are, `stops.txt` …, by name.
    [[nodiscard]] virtual std::vector<std::string> tables() const = 0;
    [[nodiscard]] virtual bool has(std::string const& table) const = 0;
    /// \return ErrorCode::not_found for a table that there is not; the reader's own errors
    virtual Result<ByteSource> open(std::string const& table) = 0;
};

/// A feed that is a folder of text files, or a zip of them: at its top or in one folder of it. Nothing is
/// unpacked before it is read.
/// \return ErrorCode::not_found, ErrorCode::unreadable (neither, damaged, a zip of several feeds or with two
/// files of one name), ErrorCode::too_large
Result<std::unique_ptr<GtfsFiles>> open_gtfs(std::string const& path);

}  // namespace riskbild::importers
