#pragma once

#include <chrono>
#include <stop_token>

#include "geo_core/result.hpp"
#include "layers/layer_result.hpp"

namespace riskbild::tiles {

/// Until when work on one answer goes on: at most some time from now, and not after a wish to stop.
///
///     auto const deadline = Deadline{30s, stop};
///     auto result = layers::density(view, filter, options, window, deadline.progress());
///     if (!result) return Failure{deadline.explained(result.error())};
class Deadline {
public:
    Deadline(std::chrono::milliseconds most, std::stop_token stop);

    /// For layers, which ask it whether to go on.
    [[nodiscard]] Progress progress() const;
    /// An error as it is, but of a layer that was stopped (ErrorCode::busy) the reason.
    [[nodiscard]] Error explained(Error error) const;

private:
    std::chrono::milliseconds most_;
    std::chrono::steady_clock::time_point until_;
    std::stop_token stop_;
};

}  // namespace riskbild::tiles
