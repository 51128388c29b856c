#pragma once

#include <cstdint>

#include "geo_core/filter.hpp"
#include "geo_core/result.hpp"
#include "layers/layer_result.hpp"
#include "server/request.hpp"

namespace riskbild::server {

/// `f`: the filter, everything when absent. \return ErrorCode::wrong_use naming the key at fault
Result<Filter> filter_of(Request const& request);

/// What is asked of a layer: `f`, and the layer's options `o`. \return ErrorCode::wrong_use
struct Question {
    Filter filter;
    layers::Options options;
};
Result<Question> question_of(Request const& request);

/// `limit`: 1 to 1 000, 100 when absent. \return ErrorCode::wrong_use
Result<std::size_t> limit_of(Request const& request);

}  // namespace riskbild::server
