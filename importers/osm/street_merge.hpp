#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/geometry.hpp"
#include "geo_core/ids.hpp"

namespace riskbild::importers {

/// A piece of a street as it was mapped: one way.
struct StreetPiece {
    std::int64_t id = 0;
    std::uint32_t name = 0;  ///< equal numbers, equal names
    AreaId area = kNoArea;
    MultiLine lines;  ///< several where it leaves the county's box and comes back
};

/// A street: its pieces of one name in one kommun, none far from all others.
struct MergedStreet {
    std::int64_t id = 0;  ///< of the piece with the lowest
    std::uint32_t name = 0;
    AreaId area = kNoArea;
    MultiLine lines;
    MapPoint midpoint;  ///< the vertex nearest to the middle of all pieces
};

/// Pieces belong to one street where their boxes lie no farther apart than this: two villages of a kommun may
/// both have a Storgatan, and one Storgatan may be cut by a square.
inline constexpr double kSameStreetGap = 150.0;

/// In order of id.
[[nodiscard]] std::vector<MergedStreet> merged_streets(std::vector<StreetPiece> pieces);

}  // namespace riskbild::importers
