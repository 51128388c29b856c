#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "layers/change/changes.hpp"
#include "layers/change/compared_periods.hpp"
#include "layers/layer_result.hpp"
#include "layers/meant_cells.hpp"

namespace riskbild::layers {

/// The two periods and how many of their days are known.
struct KnownPeriods {
    ComparedPeriods asked;
    /// Days that the filter means (its weekdays) and its sources tell of: rates are a day of these.
    std::uint32_t days_before = 0;
    std::uint32_t days_after = 0;
    [[nodiscard]] bool comparable() const { return days_before > 0 && days_after > 0; }
};

/// Settles the periods. The filter's own period says only where the later one ends unless that is given. Says
/// in `info.notes` what of the periods is not known. \return as compared_periods() and told_period()
Result<KnownPeriods> known_periods(View const& view, Filter const& filter, PeriodWish const& wish,
                                   LayerInfo& info);

/// The same filter in another period.
[[nodiscard]] Filter in_period(Filter filter, Period const& period);

/// Counts of some places before and after.
struct PlaceChanges {
    std::vector<std::uint64_t> before;
    std::vector<std::uint64_t> after;
    std::vector<Change> changes;  ///< none where the periods cannot be compared
};

/// The areas that the filter means, with all incidents.
struct AreaChanges : PlaceChanges {
    std::vector<AreaId> areas;
};
Result<AreaChanges> area_changes(View const& view, Filter const& filter, KnownPeriods const& periods,
                                 double level, LayerInfo& info);

/// The cells that lie in those areas or have incidents, with the incidents whose point is known.
struct CellChanges : PlaceChanges {
    Lattice lattice;
    std::vector<std::size_t> cells;
    std::uint64_t in_areas = 0;  ///< incidents in them that are in an area of the county too
};
/// \return ErrorCode::too_large naming `cell`
Result<CellChanges> cell_changes(View const& view, Filter const& filter, KnownPeriods const& periods,
                                 Metres cell, double level);

}  // namespace riskbild::layers
