#pragma once

#include "geo_core/view.hpp"
#include "server/answer.hpp"
#include "server/endpoints/incident.hpp"
#include "server/request.hpp"
#include "tiles/deadline.hpp"

namespace riskbild::server {

/// Places with two incidents or more, most first; the layer `repeat_locations`. Each listed place is
/// labelled with an address as one of its sources wrote it, where one did.
struct RepeatLocationsEndpoint {
    View view;
    FindByNumber details;  ///< for the labels
    tiles::Deadline deadline;
    [[nodiscard]] Answer operator()(Request const& request) const;
};

}  // namespace riskbild::server
