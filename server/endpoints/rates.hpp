#pragma once

#include "geo_core/view.hpp"
#include "server/answer.hpp"
#include "server/request.hpp"

namespace riskbild::server {

/// Counts and rates per kommun, in order of code; the layer `rates`.
struct RatesEndpoint {
    View view;
    [[nodiscard]] Answer operator()(Request const& request) const;
};

}  // namespace riskbild::server
