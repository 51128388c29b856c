#pragma once

#include <functional>

#include "server/answer.hpp"
#include "server/request.hpp"
#include "tiles/tile_service.hpp"

namespace riskbild::server {

/// One tile. Its address names everything that decides its bytes, so it is kept for ever; an older
/// token is 410, an address that is no tile 404, an empty vector tile 204.
struct TileEndpoint {
    std::function<void(tiles::TileAddress, std::function<void(tiles::TileAnswer)>)> request_tile;
    /// \pre seven segments: `tiles/{layer}/{token}/{view}/{z}/{x}/{y}.{format}`
    void operator()(Request const& request, Reply const& reply) const;
};

}  // namespace riskbild::server
