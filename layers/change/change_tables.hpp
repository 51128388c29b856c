#pragma once

#include <limits>
#include <vector>

#include "layers/change/period_counts.hpp"
#include "layers/layer_result.hpp"

namespace riskbild::layers {

/// All that is said of one place. NaN: not known, or not to be said.
struct ChangeValues {
    double change = std::numeric_limits<double>::quiet_NaN();
    double before = 0.0;
    double after = 0.0;
    double per_day_before = std::numeric_limits<double>::quiet_NaN();
    double per_day_after = std::numeric_limits<double>::quiet_NaN();
    double percent = std::numeric_limits<double>::quiet_NaN();
    double ratio = std::numeric_limits<double>::quiet_NaN();
    double low = std::numeric_limits<double>::quiet_NaN();
    double high = std::numeric_limits<double>::quiet_NaN();
    double p = std::numeric_limits<double>::quiet_NaN();
    double p_adjusted = std::numeric_limits<double>::quiet_NaN();
};

/// A column of the table, a band of the grid and a line of the explanation.
struct ChangeQuantity {
    Column column;
    double ChangeValues::*value;
};

/// In the order of columns and bands.
[[nodiscard]] std::vector<ChangeQuantity> change_quantities();
[[nodiscard]] TableCell change_cell(ChangeQuantity const& quantity, ChangeValues const& values);

/// \param change nothing where the periods cannot be compared
[[nodiscard]] ChangeValues change_values(std::uint64_t before, std::uint64_t after, Change const* change,
                                         KnownPeriods const& periods);

/// Of the place with this index.
[[nodiscard]] ChangeValues change_values(PlaceChanges const& places, std::size_t i,
                                         KnownPeriods const& periods);

[[nodiscard]] Table areas_table(AreaChanges const& found, AreaSet const& areas, KnownPeriods const& periods);
[[nodiscard]] Grid cells_grid(CellChanges const& found, KnownPeriods const& periods);

}  // namespace riskbild::layers
