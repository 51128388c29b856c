#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "geo_core/geometry.hpp"
#include "geo_core/view.hpp"

namespace riskbild::benchmarks {

/// One point of the tile benchmarks, in degrees, with what its feature says.
struct TileRow {
    std::int64_t id;
    LngLat place;
    std::size_t source;    ///< in `kTileSources`
    std::size_t category;  ///< kind `cat00` to `cat23`
    std::uint8_t severity;
    std::int64_t seconds;  ///< since 1970 UTC
};

inline constexpr std::array kTileSources = {"police", "ul", "shop", "graffiti"};

/// A million points with a fixed seed, uniform over the county's box or clustered in towns.
std::vector<TileRow> made_up_tile_rows(bool clustered);

/// Lines `id,lng,lat,source,category,severity,seconds` without a header, places to the last bit. Both stop
/// the program with a sentence when they cannot.
std::vector<TileRow> read_tile_rows(std::string const& csv);
void write_tile_rows(std::vector<TileRow> const& rows, std::string const& csv);

/// The points as incidents seen by an analyst; the severity stands in for the number of reports.
View view_of(std::vector<TileRow> const& rows);

inline constexpr std::array kTileZooms = {8, 10, 12, 14};

/// The tiles that are measured: at z8 all that meet the county's box, else those whose centre lies in it;
/// from z12 on some hundreds of them, evenly chosen.
std::vector<TileId> measured_tiles(int z);

}  // namespace riskbild::benchmarks
