#pragma once

#include <vector>

#include "geo_core/view.hpp"
#include "server/answer.hpp"
#include "server/request.hpp"
#include "tiles/tile_service.hpp"

namespace riskbild::server {

/// Everything a client needs to begin: kinds, sources, areas, layers with their tokens.
struct CountyEndpoint {
    View view;
    std::vector<tiles::TileLayer> layers;
    [[nodiscard]] Answer operator()(Request const& request) const;
};

}  // namespace riskbild::server
