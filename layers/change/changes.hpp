#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "layers/rates/rate_ratio.hpp"

namespace riskbild::layers {

enum class ChangeClass : std::int8_t { fewer = -1, unclear = 0, more = 1 };

/// How many there were in two periods, and whether that is more than chance.
struct Change {
    std::uint64_t before = 0;
    std::uint64_t after = 0;
    RateRatio against;                  ///< rate a day after to that before
    std::optional<double> p_adjusted;   ///< nothing where no outcome could have been clear
    std::optional<ChangeClass> change;  ///< nothing likewise
};

/// Each place's two counts compared exactly, and all places judged together (Benjamini and Hochberg).
///
/// The test is of how a place's incidents divide between the periods. Where all of them in one period would
/// not be below `level`, it cannot tell anything whatever happened: such places are not judged and do not
/// make the others' correction harder (Tarone 1990). \pre both spans have one size, both times > 0
[[nodiscard]] std::vector<Change> changes(std::span<std::uint64_t const> before, double days_before,
                                          std::span<std::uint64_t const> after, double days_after,
                                          double level);

}  // namespace riskbild::layers
