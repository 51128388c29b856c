#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo_core/filter.hpp"
#include "geo_core/view.hpp"
#include "layers/quality/change_points.hpp"
#include "layers/rates/rate_statistics.hpp"

namespace riskbild::layers {

/// Days in a row without any incident of a source that are unlikely for its volume.
struct SilentDays {
    LocalDate first;
    std::int32_t days = 0;
    double expected = 0.0;  ///< such runs, by chance, in all of the source's days
    bool operator==(SilentDays const&) const = default;
};

/// Weeks (Monday to Sunday) of about one level.
struct VolumeLevel {
    LocalDate first;  ///< a Monday
    LocalDate last;   ///< one past the last day: a Monday
    double per_week = 0.0;
    bool operator==(VolumeLevel const&) const = default;
};

inline constexpr std::size_t kPrecisions = 6;

/// What a source's incidents say about it.
struct SourceQuality {
    std::string source;
    std::uint64_t incidents = 0;
    std::uint64_t merged = 0;                            ///< of them, told by more reports than one
    std::array<std::uint64_t, kPrecisions> precision{};  ///< index Precision
    std::optional<Period> period;                        ///< from the first incident to one past the last day

    std::vector<VolumeLevel> levels;  ///< of full weeks; one: no sudden change
    double dispersion = 1.0;          ///< of weekly counts, times that of Poisson counts; at least 1
    std::vector<SilentDays> silences;

    std::int32_t silent_days = 0;         ///< from the last incident's day to today, both apart
    std::int32_t unlikely_from_days = 0;  ///< so many are unlikely at the last level; 0: none would be
    [[nodiscard]] bool is_silent() const
    {
        return unlikely_from_days > 0 && silent_days >= unlikely_from_days;
    }

    std::uint64_t known_to_police = 0;     ///< incidents that a source of the police tells of too
    std::optional<Interval> police_share;  ///< nothing for the police themselves, and without
                                           ///< incidents or a source of theirs
};

/// Whether reports of a source are the police's: `police`, or a name that begins with `police_`.
[[nodiscard]] bool is_police(std::string const& source);

/// One for each source of the county, in its order. A source without incidents has none of the rest.
/// A view that holds no single incidents has no incidents. Method: docs/methods/data_quality.md
/// \param today nothing later counts
[[nodiscard]] std::vector<SourceQuality> source_quality(View const& view, LocalDate today);

}  // namespace riskbild::layers
