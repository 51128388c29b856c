#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "geo_core/result.hpp"
#include "importers/readers/byte_source.hpp"
#include "importers/readers/json_value.hpp"

namespace riskbild::importers {

/// The elements of an XML file that have one of some names, one at a time: the file is never in memory as a
/// whole. Each becomes what it would be as JSON: an object with a member for every element in it, a text
/// where an element holds only text, an array where several have one name. Attributes are not read.
///
/// Entities are not expanded, and a document type, which could define some, is refused. Characters are UTF-8
/// or UTF-16, else Windows-1252, whatever the file says of itself: that is often wrong.
class XmlRecords {
public:
    /// \param names of the elements that are records \param source must outlive the reader
    static Result<XmlRecords> open(ByteSource& source, std::vector<std::string> names);
    XmlRecords(XmlRecords&&) noexcept;
    XmlRecords& operator=(XmlRecords&&) noexcept;
    ~XmlRecords();

    /// Reads the next record. \return false at the end; ErrorCode::unreadable naming row and reason
    Result<bool> next();

    [[nodiscard]] JsonValue const& record() const;
    /// Which of the names it has.
    [[nodiscard]] std::string const& name() const;
    /// 1 = the first.
    [[nodiscard]] std::uint64_t row() const;
    /// The outermost element's name; empty before the first record.
    [[nodiscard]] std::string const& root() const;

private:
    struct State;
    explicit XmlRecords(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace riskbild::importers
