#pragma once

#include "layers/change/compared_periods.hpp"
#include "layers/layer.hpp"

namespace riskbild::layers {

struct ChangeOptions {
    PeriodWish periods;
    Metres cell{1000.0};
    double level = 0.05;  ///< share of false ones allowed among the places that are called changed
    bool operator==(ChangeOptions const&) const = default;
};

/// What became more and what became less between two periods, by area and by cell, as the registry holds it.
/// Areas count all incidents, cells those with a point. Method: docs/methods/change.md
[[nodiscard]] Layer change_layer();

/// \return ErrorCode::wrong_use naming the option
Result<ChangeOptions> change_options(Options const& given);

}  // namespace riskbild::layers
