#pragma once

#include "geo_core/view.hpp"
#include "server/answer.hpp"
#include "server/endpoints/incident.hpp"
#include "server/request.hpp"

namespace riskbild::server {

/// Incidents as a list, newest first, also those without a point, a page at a time.
struct IncidentsEndpoint {
    View view;
    FindByNumber details;  ///< for the public ids of the page
    [[nodiscard]] Answer operator()(Request const& request) const;
};

}  // namespace riskbild::server
