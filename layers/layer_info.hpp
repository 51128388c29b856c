#pragma once

#include <optional>
#include <string>

#include "layers/layer_result.hpp"

namespace riskbild::layers {

/// What every layer states in the same way: its name, the filter, who looks, at which revision, and the
/// period (the filter's, else the data's).
[[nodiscard]] LayerInfo begin_info(std::string layer, View const& view, Filter const& filter);

/// `1 händelse är`, `2 händelser är`: a number with the words that go with it.
[[nodiscard]] std::string counted(std::uint64_t n, std::string_view one, std::string_view several);

/// A published table that a role without a free filter may ask for.
struct PublishedChoice {
    std::size_t year = 0;   ///< index in Publication::years
    std::size_t group = 0;  ///< index in Publication::groups
};

/// \return ErrorCode::forbidden unless the filter is exactly one published calendar year and one first-level
/// kind; the sentence says which there are.
Result<PublishedChoice> published_choice(View const& view, Publication const& publication,
                                         Filter const& filter);

}  // namespace riskbild::layers
