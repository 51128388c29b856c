#pragma once

#include "geo_core/view.hpp"
#include "server/answer.hpp"
#include "server/endpoints/change_store.hpp"
#include "server/request.hpp"

namespace riskbild::server {

/// `GET /api/v1/quality`: how good the data are, source by source.
struct QualityEndpoint {
    View view;
    ReadStore read;
    LocalDate today;
    Answer operator()(Request const& request) const;
};

}  // namespace riskbild::server
