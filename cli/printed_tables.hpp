#pragma once

#include <cstddef>
#include <string>

#include "layers/layer_result.hpp"

namespace riskbild::cli {

/// What a layer says as text for a terminal: the numbers about the whole, then its tables in columns, at most
/// `most` rows of each. \param only a table's key: no other is printed
[[nodiscard]] std::string printed(layers::LayerResult const& result, std::string const& only,
                                  std::size_t most);

}  // namespace riskbild::cli
