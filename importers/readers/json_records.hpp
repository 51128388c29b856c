#pragma once

#include <cstdint>
#include <string>

#include "geo_core/result.hpp"
#include "importers/readers/json_value.hpp"
#include "importers/readers/read_window.hpp"

namespace riskbild::importers {

/// What a file of JSON may be taken for.
enum class JsonForm {
    records,     ///< an array of objects, or objects one after the other
    collection,  ///< also one object that holds them in its array `features`, as GeoJSON does; and of objects
                 ///< on lines of their own a line may be broken, \see JsonRecords::fault
};

/// The objects of a JSON array, or of JSON Lines, one at a time: the file is never in memory as a whole.
/// A file that is cut off or has something else between the objects gives an error, so that a caller who
/// stores nothing before the end never keeps half a file.
class JsonRecords {
public:
    /// An empty source (no bytes, or only white space) has no records and is no error; \see is_empty
    /// \param source must outlive the reader
    static Result<JsonRecords> open(ByteSource& source, JsonForm form = JsonForm::records);

    /// Whether there is nothing in the source, not even `[]`.
    [[nodiscard]] bool is_empty() const { return empty_; }

    /// Reads the next object. \return false at the end; ErrorCode::unreadable naming row and reason.
    Result<bool> next();

    /// What is wrong with the line read, which is no object, though the next ones may be; else empty.
    [[nodiscard]] std::string const& fault() const { return fault_; }
    /// That line, as written.
    [[nodiscard]] std::string const& broken_line() const { return broken_line_; }

    [[nodiscard]] JsonValue const& record() const { return record_; }
    /// 1 = the first object.
    [[nodiscard]] std::uint64_t row() const { return row_; }
    /// Whether the objects are those of an array, of a collection, or stand one after the other.
    [[nodiscard]] bool is_array() const { return array_ && !is_collection(); }
    [[nodiscard]] bool is_collection() const { return head_.type == JsonValue::Type::object; }
    /// The members of a collection that stand before its objects (`crs`, `name`), and, after the last one,
    /// behind.
    [[nodiscard]] JsonValue const& head() const { return head_; }
    [[nodiscard]] JsonValue const& tail() const { return tail_; }
    /// Records so far that were not UTF-8 and were read as Windows-1252.
    [[nodiscard]] std::uint64_t converted() const { return converted_; }

private:
    explicit JsonRecords(ByteSource& source) : window_(source) {}

    Result<void> look_for_collection();
    Result<bool> end_of_array();
    Result<char> next_mark();
    Result<bool> next_start();
    Result<std::size_t> object_size();
    Result<bool> pass_line();
    void pass_broken(std::size_t bytes);
    Failure broken(std::string what);

    ReadWindow window_;
    JsonValue record_, head_, tail_;
    std::string decoded_;
    std::string fault_, broken_line_;
    bool lines_may_break_ = false;
    bool empty_ = false;
    bool array_ = false;
    bool ended_ = false;
    std::uint64_t row_ = 0;
    std::uint64_t converted_ = 0;
};

}  // namespace riskbild::importers
