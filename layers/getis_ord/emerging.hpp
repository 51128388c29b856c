#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "geo_core/lattice.hpp"
#include "geo_core/units.hpp"
#include "layers/layer_result.hpp"

namespace riskbild::layers {

/// What a cell has been through, period by period. In the order of legends.
enum class HotSpotHistory : std::uint8_t {
    not_hot,       ///< in no period
    fresh,         ///< hot in the last period, never before
    consecutive,   ///< hot in the last periods without a break, never before those
    intensifying,  ///< hot in nine of ten periods, the last too, and more so
    persistent,    ///< hot in nine of ten periods, the last too
    diminishing,   ///< hot in nine of ten periods, the last too, and less so
    sporadic,      ///< hot now and then, the last period too
    historical,    ///< hot in nine of ten periods, the last not
    former,        ///< hot in some, the last not
};
[[nodiscard]] std::string_view name_of(HotSpotHistory history);

/// \param hot of each period, the oldest first, whether the cell was hot in it \param z its standard scores
[[nodiscard]] HotSpotHistory history_of(std::span<std::uint8_t const> hot, std::span<double const> z);

struct EmergingOptions {
    Metres cell{500.0};
    int periods = 12;  ///< of equal length, as many whole days as fit; the oldest days left over do not enter
    std::uint64_t seed = 1;
    unsigned threads = 0;
};

struct EmergingHotSpots {
    LayerInfo info;
    Lattice lattice;
    std::int32_t days = 0;                ///< of each period
    LocalDate from;                       ///< first day of the first period
    std::vector<HotSpotHistory> history;  ///< of each cell; not_hot outside the county
    std::vector<std::uint8_t> of_county;
    std::vector<double> trend;   ///< standard score of Mann and Kendall
    std::vector<double> last_z;  ///< of the last period
    std::vector<std::uint32_t> periods_hot;
    std::vector<double> count;  ///< incidents in all periods together
    std::vector<std::uint64_t> n_of_period;
};

/// Hot spots of one period after another: which are new, which stay, which go.
///
/// Gi* of every period's counts against all cells of that period, hot as in hot_spots() with both tests at 95
/// %, then Mann and Kendall's trend of the scores. Only incidents with a point enter; time is the day an
/// interval starts. Where there are fewer days than periods, there are as many
/// periods as days. \return as hot_spots()
Result<EmergingHotSpots> emerging_hot_spots(View const& view, Filter const& filter,
                                            EmergingOptions const& options, Progress const& progress = {});

}  // namespace riskbild::layers
