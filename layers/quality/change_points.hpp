#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace riskbild::layers {

/// Counts in a row between which the level changed.
struct LevelSegment {
    std::size_t first = 0;  ///< index of the first count
    std::size_t last = 0;   ///< one past the last
    double mean = 0.0;
    bool operator==(LevelSegment const&) const = default;
};

/// The segmentation of a series of counts that makes the Poisson deviance plus `penalty` for each change
/// least, found exactly by PELT (Killick, Fearnhead & Eckley 2012). Of equally good ones, that with the
/// earliest last change.
///
/// \param dispersion how many times the counts vary as much as Poisson counts; the deviance is divided by it
/// \param shortest counts of a segment. Empty for no counts; one segment for fewer than 2 · `shortest`
/// \pre dispersion > 0, shortest > 0
[[nodiscard]] std::vector<LevelSegment> level_segments(std::span<std::uint32_t const> counts, double penalty,
                                                       double dispersion = 1.0, std::size_t shortest = 1);

/// How many times counts vary as much as Poisson counts with the same mean, from neighbours alone, so that a
/// change of level does not count as variation: the mean of (xₜ − xₜ₋₁)² / (xₜ + xₜ₋₁), where not both are 0.
/// 1 for Poisson counts and for fewer than two.
[[nodiscard]] double dispersion_of(std::span<std::uint32_t const> counts);

/// Chance that a day passes without any where `mean` come a day: Poisson, or with more dispersion the
/// negative binomial with that mean and variance.
[[nodiscard]] double chance_of_none(double mean, double dispersion);

/// From how many days in a row without any on, in `days` days, fewer than `expected` such runs come by
/// chance. \return 0 where there is no such length up to `days`
[[nodiscard]] std::int32_t unlikely_silence(double mean, double dispersion, std::int32_t days,
                                            double expected = 0.01);

}  // namespace riskbild::layers
