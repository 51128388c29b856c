#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace riskbild::layers {

/// First days of the bands of GapTable, half-open: [0,7) [7,14) [14,21) [21,28) [28,90) [90,∞).
inline constexpr std::array<std::int32_t, 6> kGapBands = {0, 7, 14, 21, 28, 90};

/// How long it took until the next incident at the same place, where there was a next one.
struct GapTable {
    std::array<std::uint64_t, kGapBands.size()> count{};
    std::uint64_t total = 0;
    std::uint64_t same_day = 0;         ///< of the first band
    std::optional<double> median_days;  ///< nothing without gaps
};
/// \param gaps whole days between consecutive incidents of one place, none negative
[[nodiscard]] GapTable gap_table(std::vector<std::int32_t> gaps);

[[nodiscard]] std::optional<double> median(std::vector<std::int32_t> values);

/// How long one incident was followed: until the next at its place, or until the data end.
struct Followed {
    std::int32_t days = 0;
    bool repeated = false;
};

/// The share of places not yet hit again, day by day, as Kaplan and Meier estimate it: incidents near the end
/// of the data count as long as they were followed. A repeat and an end on the same day: the repeat comes
/// first.
struct RepeatCurve {
    struct Step {
        std::int32_t day = 0;
        std::uint64_t followed = 0;  ///< incidents still followed at the start of the day
        std::uint64_t repeats = 0;
        double not_repeated = 1.0;  ///< S after this day
    };
    std::vector<Step> steps;  ///< days with repeats, ascending
    std::uint64_t incidents = 0;

    /// Chance of a repeat in the first `days` days, half-open: a gap of 7 is not within 7 days.
    [[nodiscard]] double repeated_before(std::int32_t days) const;
    /// First day at which half have been repeated; nothing when that never happens in the data.
    [[nodiscard]] std::optional<std::int32_t> median_days() const;
};
[[nodiscard]] RepeatCurve repeat_curve(std::vector<Followed> followed);

}  // namespace riskbild::layers
