#pragma once

#include <functional>
#include <memory>
#include <string>

#include "server/answer.hpp"
#include "server/request.hpp"
#include "tiles/tile_service.hpp"

namespace riskbild::server {

/// What the map must say about a layer as its tiles draw it: colour classes, unit, n, left out.
struct LegendEndpoint {
    std::function<Result<std::shared_ptr<tiles::Legend const>>(std::string const&, Filter const&,
                                                               layers::Options const&)>
        legend;
    [[nodiscard]] Answer operator()(std::string const& layer, Request const& request) const;
};

}  // namespace riskbild::server
