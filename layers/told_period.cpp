#include "layers/told_period.hpp"

#include <algorithm>

namespace riskbild::layers {

Result<std::optional<Period>> told_period(View const& view, Filter const& filter)
{
    Filter told;
    told.sources = filter.sources;
    auto const days = view.count_by_day(told);
    if (!days) {
        return Failure{days.error()};
    }
    auto const& count = days->count;
    auto const is_told = [](auto n) { return n > 0; };
    auto const first = std::find_if(count.begin(), count.end(), is_told);
    if (first == count.end()) {
        return std::optional<Period>{};
    }
    auto const last = std::find_if(count.rbegin(), count.rend(), is_told);
    return Period{days->first + date::days{first - count.begin()},
                  days->first + date::days{count.rend() - last}};
}

std::uint32_t counted_days(Period const& period, std::uint8_t weekdays)
{
    std::uint32_t days = 0;
    for (auto day = period.from; day < period.to; day += date::days{1}) {
        auto const weekday = date::weekday{day}.iso_encoding() - 1U;
        days += weekdays == 0 || ((weekdays >> weekday) & 1U) != 0 ? 1U : 0U;
    }
    return days;
}

std::optional<Period> common_days(Period const& a, Period const& b)
{
    Period const common{std::max(a.from, b.from), std::min(a.to, b.to)};
    return common.from < common.to ? std::optional{common} : std::nullopt;
}

}  // namespace riskbild::layers
