#pragma once

#include <string>
#include <string_view>

#include "importers/readers/record_table.hpp"

namespace riskbild::importers {

/// The row that was just read as a JSON object of texts by heading, in the file's order: what is kept of it
/// as received. A field without a heading has its number, 0 = the first.
[[nodiscard]] std::string row_payload(RecordTable const& table);

/// A JSON object of texts, of which the empty are left out.
class TextMembers {
public:
    void add(std::string_view name, std::string_view value);
    /// An empty text where nothing was added.
    [[nodiscard]] std::string object() const { return members_.empty() ? members_ : "{" + members_ + "}"; }

private:
    std::string members_;
};

}  // namespace riskbild::importers
