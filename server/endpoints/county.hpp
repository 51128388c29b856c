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

/// Whether a source says of itself that it is made up: its title contains "(påhittat …)" or
/// "(påhittade …)", as those of data/profiles/columns/example_*.toml do, or its name is `example` or
/// begins with `example_`. The viewer then says so.
[[nodiscard]] bool is_example(Source const& source);

}  // namespace riskbild::server
