#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "geo_core/time.hpp"

namespace riskbild::importers {

/// How often a feed lets itself be asked, and how long it is left alone when it cannot answer.
struct FetchRules {
    std::chrono::seconds least_pause{10};  ///< between two calls
    std::size_t most_an_hour = 60;         ///< in any 60 minutes, not only those from the full hour
    std::size_t most_a_day = 1440;
    std::chrono::seconds first_back_off{30};  ///< after a first failure; doubled with each further one …
    std::chrono::seconds longest_back_off{std::chrono::hours{1}};  ///< … up to this
};

/// What must be remembered between calls, also when the program ends: without it, a program that is started
/// again and again would ask again and again.
struct FetchState {
    std::vector<Instant> calls{};         ///< of the last 24 hours, in order
    int failures = 0;                     ///< one after the other
    std::optional<Instant> not_before{};  ///< the end of a pause after failures
    bool operator==(FetchState const&) const = default;
};

/// Says when a feed may be asked next. Pure: the clock is an argument, and may be set back without harm.
///
///     if (schedule.next(now) <= now) { schedule.called(now); … schedule.succeeded(); }
class FetchSchedule {
public:
    explicit FetchSchedule(FetchRules rules, FetchState state = {});

    /// The earliest moment for a call, `now` or later.
    [[nodiscard]] Instant next(Instant now) const;
    /// A call is about to be made.
    void called(Instant now);
    void succeeded();
    /// \param retry_after what the server asked for: never less, though a day at most
    void failed(Instant now, std::optional<std::chrono::seconds> retry_after);

    [[nodiscard]] FetchState const& state() const { return state_; }

private:
    FetchRules rules_;
    FetchState state_;
};

}  // namespace riskbild::importers
