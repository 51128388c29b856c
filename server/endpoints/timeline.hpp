#pragma once

#include "geo_core/view.hpp"
#include "server/answer.hpp"
#include "server/request.hpp"

namespace riskbild::server {

/// Incidents, with and without a point, per local day, week (from Monday) or month. Bins without
/// incidents are included; the first and the last may reach beyond the period.
struct TimelineEndpoint {
    View view;
    [[nodiscard]] Answer operator()(Request const& request) const;
};

}  // namespace riskbild::server
