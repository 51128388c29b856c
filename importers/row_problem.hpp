#pragma once

#include <string>

namespace riskbild::importers {

/// Why a row cannot be used.
struct RowProblem {
    std::string column;     ///< at fault, or empty
    std::string reason;     ///< stable code, \see SetAside::reason
    std::string message;    ///< a sentence with the value and the expectation
    std::string payload{};  ///< the row as received
};

}  // namespace riskbild::importers
