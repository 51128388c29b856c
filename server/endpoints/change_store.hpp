#pragma once

#include <functional>

#include "geo_core/result.hpp"
#include "geo_core/store/store.hpp"

namespace riskbild::server {

/// Hands the store to whoever reads it. \see CountyState::read
using ReadStore = std::function<Result<void>(std::function<Result<void>(Store&)> const&)>;

/// Has the store opened for writing and handed to whoever changes it. \see CountyWatch::write
using ChangeStore = std::function<Result<void>(std::function<Result<void>(Store&)> const&)>;

}  // namespace riskbild::server
