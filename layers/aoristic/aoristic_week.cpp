#include "layers/aoristic/aoristic_week.hpp"

#include <algorithm>
#include <optional>

namespace riskbild::layers {
namespace {

using std::chrono::seconds;

constexpr seconds kHour{60 * 60};
constexpr seconds kWeek = 7 * 24 * kHour;
constexpr seconds kUnknownEnd{60};
// Seven days in seconds times this are below 2⁶⁰, and the parts of sixteen million incidents below 2⁶⁴.
constexpr std::uint64_t kWhole = std::uint64_t{1} << 40;

/// 0 is Monday 0–1; 1970-01-01, where local seconds begin, was a Thursday.
std::size_t hour_of_week(seconds local)
{
    auto const hours = date::floor<std::chrono::hours>(local).count() + 3 * 24;
    constexpr auto kHours = static_cast<std::int64_t>(kHoursOfWeek);
    return static_cast<std::size_t>((hours % kHours + kHours) % kHours);
}

}  // namespace

std::array<double, kHoursOfDay> AoristicWeek::hours() const
{
    std::array<double, kHoursOfDay> sums{};
    for (std::size_t hour = 0; hour < kHoursOfWeek; ++hour) {
        sums[hour % kHoursOfDay] += weight[hour];
    }
    return sums;
}

std::array<double, kDaysOfWeek> AoristicWeek::weekdays() const
{
    std::array<double, kDaysOfWeek> sums{};
    for (std::size_t hour = 0; hour < kHoursOfWeek; ++hour) {
        sums[hour / kHoursOfDay] += weight[hour];
    }
    return sums;
}

void AoristicCounter::add(Instant from, seconds length)
{
    ++counted_.n;
    if (length < seconds{0}) {
        ++counted_.reversed;
        from += length;
        length = -length;
    }
    if (length == seconds{0}) {
        length = kUnknownEnd;
    }
    if (length < kHourUnknownFrom) {
        ++counted_.hour_known;
    }
    if (length > kWeek) {
        ++counted_.uniform;
    } else {
        spread(from, length);
    }
}

void AoristicCounter::spread(Instant from, seconds length)
{
    auto const whole = static_cast<std::uint64_t>(length.count());
    auto const parts_until = [&](Instant at) {
        return kWhole * static_cast<std::uint64_t>((at - from).count()) / whole;
    };
    auto const to = from + length;
    std::uint64_t before = 0;
    std::optional<std::size_t> first_hour;
    bool several = false;
    for (auto at = from; at < to;) {
        if (at < offset_.from || at >= offset_.to) {
            offset_ = zone_->offset_at(at);
        }
        auto const local = at.time_since_epoch() + offset_.ahead;
        auto const hour = hour_of_week(local);
        auto const hour_ends = at + kHour - (local - date::floor<std::chrono::hours>(local));
        at = std::min({to, hour_ends, offset_.to});
        auto const until = parts_until(at);
        parts_[hour] += until - before;
        before = until;
        several = several || hour != first_hour.value_or(hour);
        first_hour = first_hour.value_or(hour);
    }
    if (several) {
        ++counted_.spread;
    } else if (first_hour) {
        ++counted_.known[*first_hour];
    }
}

AoristicWeek AoristicCounter::week() const
{
    auto week = counted_;
    auto const uniform = static_cast<double>(week.uniform) / static_cast<double>(kHoursOfWeek);
    for (std::size_t hour = 0; hour < kHoursOfWeek; ++hour) {
        week.weight[hour] = static_cast<double>(parts_[hour]) / static_cast<double>(kWhole) + uniform;
    }
    return week;
}

}  // namespace riskbild::layers
