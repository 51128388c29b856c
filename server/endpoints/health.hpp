#pragma once

#include "geo_core/view.hpp"
#include "server/answer.hpp"
#include "server/request.hpp"

namespace riskbild::server {

/// Whether the server is ready, and at which revision.
struct HealthEndpoint {
    Revision revision;
    [[nodiscard]] Answer operator()(Request const& request) const;
};

}  // namespace riskbild::server
