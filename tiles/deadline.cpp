#include "tiles/deadline.hpp"

#include <utility>

#include <fmt/format.h>

namespace riskbild::tiles {

using Clock = std::chrono::steady_clock;

Deadline::Deadline(std::chrono::milliseconds most, std::stop_token stop)
    : most_(most), until_(Clock::now() + most), stop_(std::move(stop))
{
}

Progress Deadline::progress() const
{
    return [until = until_, stop = stop_](double) { return !stop.stop_requested() && Clock::now() < until; };
}

Error Deadline::explained(Error error) const
{
    if (error.code != ErrorCode::busy) {
        return error;
    }
    if (stop_.stop_requested()) {
        return {ErrorCode::busy, "the server is stopping"};
    }
    return {ErrorCode::too_slow,
            fmt::format(
                "this takes longer than {:g} s; ask for a shorter period, fewer kinds or a smaller radius",
                static_cast<double>(most_.count()) / 1000.0)};
}

}  // namespace riskbild::tiles
