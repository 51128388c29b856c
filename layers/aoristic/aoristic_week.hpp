#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "geo_core/time.hpp"

namespace riskbild::layers {

inline constexpr std::size_t kHoursOfDay = 24;
inline constexpr std::size_t kDaysOfWeek = 7;
inline constexpr std::size_t kHoursOfWeek = kHoursOfDay * kDaysOfWeek;

/// When in the week things happen, with each incident spread over the hours in which it may have happened.
/// An hour is counted from Monday 0–1 (0) to Sunday 23–24 (167).
struct AoristicWeek {
    std::array<double, kHoursOfWeek> weight{};        ///< together `n`
    std::array<std::uint64_t, kHoursOfWeek> known{};  ///< incidents that lie in this hour and no other
    std::uint64_t n = 0;
    std::uint64_t spread = 0;      ///< over more than one hour, but not over the whole week
    std::uint64_t uniform = 0;     ///< longer than seven days: 1/168 to each hour
    std::uint64_t hour_known = 0;  ///< shorter than 23 h, as an hour filter takes them
    std::uint64_t reversed = 0;    ///< end before start: taken the other way round

    [[nodiscard]] std::array<double, kHoursOfDay> hours() const;
    [[nodiscard]] std::array<double, kDaysOfWeek> weekdays() const;  ///< Monday first
};

/// Spreads incidents over the 168 hours of the week (aoristic analysis, Ratcliffe 2000): an incident adds to
/// each hour the share of its time that lies in it.
///
///     AoristicCounter counter{zone};
///     counter.add(from, length);
///     auto const week = counter.week();
///
/// Hours are civil time, time is real: when clocks go forward the missing hour gets nothing, when they go
/// back the hour that comes twice gets both. The answer does not depend on the order of the incidents.
/// Method: docs/methods/aoristic.md
class AoristicCounter {
public:
    explicit AoristicCounter(TimeZone const& zone) : zone_(&zone) {}

    /// The interval [from, from + length). No length means that the end is not known: one minute from the
    /// start. A negative one is an end before the start.
    void add(Instant from, std::chrono::seconds length);

    [[nodiscard]] AoristicWeek week() const;

private:
    void spread(Instant from, std::chrono::seconds length);

    TimeZone const* zone_;
    TimeZone::Offset offset_{Instant{}, Instant{}, {}};
    // In 2⁻⁴⁰ of an incident: whole numbers have the same sum in any order.
    std::array<std::uint64_t, kHoursOfWeek> parts_{};
    AoristicWeek counted_;
};

}  // namespace riskbild::layers
