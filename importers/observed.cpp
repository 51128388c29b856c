#include "importers/observed.hpp"

#include <fmt/format.h>

namespace riskbild::importers {
namespace {

constexpr Instant kEarliest = date::sys_days{date::year{1990} / 1 / 1};
constexpr std::chrono::hours kAhead{24};
constexpr std::chrono::hours kLongestDay{25};

}  // namespace

std::optional<Instant> file_stamp(std::string_view file_name)
{
    constexpr std::string_view kShape = "dddddddTddddddZ";  // compared from the second digit on
    for (std::size_t at = 0; at + kShape.size() < file_name.size(); ++at) {
        auto const stamp = file_name.substr(at, kShape.size() + 1);
        auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
        if ((at > 0 && is_digit(file_name[at - 1])) || !is_digit(stamp[0]))
            continue;
        bool fits = true;
        for (std::size_t i = 0; fits && i < kShape.size(); ++i)
            fits = kShape[i] == 'd' ? is_digit(stamp[i + 1]) : stamp[i + 1] == kShape[i];
        if (!fits)
            continue;
        auto const part = [&](std::size_t from, std::size_t length) {
            return std::string{stamp.substr(from, length)};
        };
        return parse_instant(part(0, 4) + '-' + part(4, 2) + '-' + part(6, 2) + 'T' + part(9, 2) + ':' +
                             part(11, 2) + ':' + part(13, 2) + 'Z');
    }
    return std::nullopt;
}

bool can_be_observed(Instant observed_at, Instant now)
{
    return observed_at >= kEarliest && observed_at <= now + kAhead;
}

std::optional<ImplausibleTime> implausible_time(TimeInterval const& occurred, Instant observed_at,
                                                Instant now)
{
    using Which = ImplausibleTime::Which;
    auto const& [from, to] = occurred;
    if (!can_be_observed(observed_at, now))
        return ImplausibleTime{
            Which::observed,
            fmt::format("was observed {}, expected between 1990 and today", to_text(observed_at))};
    if (from < kEarliest || from > now + kAhead)
        return ImplausibleTime{Which::from,
                               fmt::format("happened {}, expected between 1990 and today", to_text(from))};
    if (from > observed_at + kAhead)
        return ImplausibleTime{Which::from,
                               fmt::format("happened {}, expected at most a day after it was observed ({})",
                                           to_text(from), to_text(observed_at))};
    if (to > now + kAhead + kLongestDay)
        return ImplausibleTime{Which::to, fmt::format("ended {}, expected today at the latest", to_text(to))};
    return std::nullopt;
}

}  // namespace riskbild::importers
