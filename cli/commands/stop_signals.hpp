#pragma once

#include "geo_core/time.hpp"

namespace riskbild::cli {

/// SIGINT and SIGTERM as a wish to end, which is looked at between two pieces of work: what is being written
/// is finished first. Holds for the thread that makes it and those it starts; to be made before them.
class StopSignals {
public:
    StopSignals();
    ~StopSignals();
    StopSignals(StopSignals const&) = delete;
    StopSignals& operator=(StopSignals const&) = delete;

    [[nodiscard]] bool wanted() const;
    /// Waits until then. \return false where somebody wants it to end before
    bool wait_until(Instant until);

private:
    bool came_ = false;
};

}  // namespace riskbild::cli
