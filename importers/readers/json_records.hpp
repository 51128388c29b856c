#pragma once

#include <cstdint>
#include <string>

#include "geo_core/result.hpp"
#include "importers/readers/json_value.hpp"
#include "importers/readers/read_window.hpp"

namespace riskbild::importers {

/// The objects of a JSON array, or of JSON Lines, one at a time: the file is never in memory as a whole.
/// A file that is cut off or has something else between the objects gives an error, so that a caller who
/// stores nothing before the end never keeps half a file.
class JsonRecords {
public:
    /// An empty source (no bytes, or only white space) has no records and is no error; \see is_empty
    /// \param source must outlive the reader
    static Result<JsonRecords> open(ByteSource& source);

    /// Whether there is nothing in the source, not even `[]`.
    [[nodiscard]] bool is_empty() const { return empty_; }

    /// Reads the next object. \return false at the end; ErrorCode::unreadable naming row and reason.
    Result<bool> next();

    [[nodiscard]] JsonValue const& record() const { return record_; }
    /// 1 = the first object.
    [[nodiscard]] std::uint64_t row() const { return row_; }
    /// Records so far that were not UTF-8 and were read as Windows-1252.
    [[nodiscard]] std::uint64_t converted() const { return converted_; }

private:
    explicit JsonRecords(ByteSource& source) : window_(source) {}

    Result<char> next_mark();
    Result<bool> next_start();
    Result<std::size_t> object_size();
    Failure broken(std::string const& what) const;

    ReadWindow window_;
    JsonValue record_;
    std::string decoded_;
    bool empty_ = false;
    bool array_ = false;
    bool ended_ = false;
    std::uint64_t row_ = 0;
    std::uint64_t converted_ = 0;
};

}  // namespace riskbild::importers
