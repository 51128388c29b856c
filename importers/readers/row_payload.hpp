#pragma once

#include <string>

#include "importers/readers/record_table.hpp"

namespace riskbild::importers {

/// The row that was just read as a JSON object of texts by heading, in the file's order: what is kept of it
/// as received. A field without a heading is called by its number, \see column_name
[[nodiscard]] std::string row_payload(RecordTable const& table);

}  // namespace riskbild::importers
