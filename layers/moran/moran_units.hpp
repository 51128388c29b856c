#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "geo_core/lattice.hpp"
#include "layers/layer_result.hpp"
#include "layers/spatial_weights/spatial_weights.hpp"

namespace riskbild::layers {

enum class MoranUnit : std::uint8_t { areas, cells };

/// What is compared with its neighbours: the county's areas, or cells of it.
struct MoranUnits {
    struct Unit {
        std::string code;
        std::string name;
        std::uint64_t count = 0;
        std::int64_t population = 0;  ///< 0: not known, or a cell
        AreaId area = kNoArea;        ///< of areas
        std::size_t cell = 0;         ///< of cells
    };
    std::vector<Unit> units;
    std::vector<double> amounts;     ///< counts, or rates per inhabitant
    std::vector<double> compared;    ///< counts, or rates made comparable (rate_scores)
    SpatialWeights neighbours;       ///< binary
    std::optional<Lattice> lattice;  ///< of cells

    /// The unit that a place lies in.
    [[nodiscard]] std::optional<std::size_t> at(AreaSet const& areas, MapPoint place) const;
};

/// Areas that the filter means with the incidents of each, neighbours where they share a stretch of border.
/// With `rates` those without a known population are no units. Tells `info` n, what was left out and what to
/// note. \return ErrorCode::forbidden for a view without a free filter, else as View::count_by_area
Result<MoranUnits> area_units(View const& view, Filter const& filter, bool rates, LayerInfo& info);

/// Cells whose centre lies in an area that the filter means, or in which something happened; neighbours where
/// they share a side or a corner. Only incidents with a point enter. \return ErrorCode::forbidden for a view
/// without single incidents, ErrorCode::too_large naming `cell`
Result<MoranUnits> cell_units(View const& view, Filter const& filter, Metres cell, LayerInfo& info);

}  // namespace riskbild::layers
