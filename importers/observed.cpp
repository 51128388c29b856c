#include "importers/observed.hpp"

#include <algorithm>
#include <cctype>
#include <string>

namespace riskbild::importers {

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

bool is_plausible(Instant from, Instant observed_at, Instant now)
{
    using namespace date::literals;
    constexpr Instant kEarliest = date::sys_days{1990_y / 1 / 1};
    return from >= kEarliest && from <= std::min(observed_at, now) + std::chrono::hours{24};
}

}  // namespace riskbild::importers
