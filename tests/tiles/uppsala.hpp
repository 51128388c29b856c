#pragma once

#include <memory>
#include <string>
#include <vector>

#include "geo_core/view.hpp"
#include "tiles/tile_source.hpp"

namespace riskbild::testing {

/// The profile `uppsala` with its real kommuner and kinds, sources `police`, `shop`, `ul`, and made-up
/// incidents.
std::shared_ptr<County const> uppsala_county(std::string const& epoch = "e1");

struct Dot {
    LngLat place;
    std::int64_t id = 0;  ///< 0: numbered from 1
    std::string kind = "theft";
    std::uint64_t sources = 1;
    std::uint8_t reports = 1;
    Precision precision = Precision::exact;
    std::int64_t from = 1'735'732'800;  ///< 2025-01-01 12:00 UTC
};
/// \param epoch by default one of the revision's own, as a store gives it
View uppsala_view(std::vector<Dot> const& dots, Revision revision = Revision{1}, Role role = Role::analyst,
                  std::string const& epoch = {});

/// Made-up incidents, the same for the same seed: towns and a thin spread, within the county's box.
std::vector<Dot> scattered(std::size_t count, unsigned seed);

tiles::Selection complete(tiles::TileSource const& source, std::string const& filter = {},
                          std::string const& options = {});

/// The tile that holds a place.
TileId tile_at(LngLat place, int zoom);

/// Every tile of a zoom that a box meets.
std::vector<TileId> tiles_over(LngLatBox box, int zoom);

inline constexpr LngLat kUppsalaCathedral{17.6331, 59.8581};

}  // namespace riskbild::testing
