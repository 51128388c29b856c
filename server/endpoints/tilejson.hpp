#pragma once

#include <string>
#include <vector>

#include "server/answer.hpp"
#include "server/request.hpp"
#include "tiles/tile_service.hpp"

namespace riskbild::server {

/// TileJSON 3.0 of one layer. The addresses are absolute, with the host that was asked, so that a GIS
/// can use them; they carry the newest token, so the answer itself is never kept.
struct TileJsonEndpoint {
    std::vector<tiles::TileLayer> layers;
    std::string view_digest;
    [[nodiscard]] Answer operator()(std::string const& layer, Request const& request) const;
};

/// The layer of that name, or none.
[[nodiscard]] tiles::TileLayer const* find_layer(std::vector<tiles::TileLayer> const& layers,
                                                 std::string const& name);
[[nodiscard]] Error no_such_layer(std::vector<tiles::TileLayer> const& layers, std::string const& name);

}  // namespace riskbild::server
