#include "importers/fetch/fetch_schedule.hpp"

#include <algorithm>

namespace riskbild::importers {
namespace {

constexpr std::chrono::hours kHour{1}, kDay{24};

// The moment when fewer than `most` of the calls lie within `span`.
Instant when_room(std::vector<Instant> const& calls, std::size_t most, std::chrono::seconds span, Instant now)
{
    if (most == 0 || calls.size() < most)
        return now;
    return std::max(now, calls[calls.size() - most] + span);
}

// Calls in the future were noted before the clock was set back, and say nothing of now.
std::vector<Instant> until(std::vector<Instant> calls, Instant now)
{
    std::erase_if(calls, [&](Instant call) { return call > now; });
    return calls;
}

}  // namespace

FetchSchedule::FetchSchedule(FetchRules rules, FetchState state) : rules_(rules), state_(std::move(state))
{
    std::ranges::sort(state_.calls);
    state_.failures = std::max(state_.failures, 0);
}

Instant FetchSchedule::next(Instant now) const
{
    auto const calls = until(state_.calls, now);
    auto earliest = now;
    if (!calls.empty())
        earliest = std::max(earliest, calls.back() + rules_.least_pause);
    earliest = std::max(earliest, when_room(calls, rules_.most_an_hour, kHour, now));
    earliest = std::max(earliest, when_room(calls, rules_.most_a_day, kDay, now));
    // A pause of more than the longest was noted before the clock was set back.
    if (state_.not_before && *state_.not_before <= now + kDay)
        earliest = std::max(earliest, *state_.not_before);
    return earliest;
}

void FetchSchedule::called(Instant now)
{
    state_.calls = until(std::move(state_.calls), now);
    std::erase_if(state_.calls, [&](Instant call) { return call + kDay <= now; });
    state_.calls.push_back(now);
}

void FetchSchedule::succeeded()
{
    state_.failures = 0;
    state_.not_before.reset();
}

void FetchSchedule::failed(Instant now, std::optional<std::chrono::seconds> retry_after)
{
    auto pause = rules_.first_back_off;
    for (int i = 0; i < state_.failures && pause < rules_.longest_back_off; ++i)
        pause *= 2;
    pause = std::min(pause, rules_.longest_back_off);
    if (retry_after)
        pause = std::max(pause, std::min(*retry_after, std::chrono::seconds{kDay}));
    ++state_.failures;
    state_.not_before = now + pause;
}

}  // namespace riskbild::importers
