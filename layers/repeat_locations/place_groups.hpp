#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo_core/geometry.hpp"
#include "geo_core/units.hpp"

namespace riskbild::layers {

/// Which points are one and the same place.
struct PlaceGroups {
    std::vector<std::uint32_t> place;  ///< of each point, an index into `position`
    std::vector<MapPoint> position;    ///< the place's most frequent coordinate
};

/// Joins points that lie within `tolerance` of a place's most frequent coordinate.
///
/// Identical coordinates first. Then the distinct coordinates are taken in order of how many points they hold
/// (most first; equal ones from south to north, then west to east): each that belongs to no place yet begins
/// one and takes in every free coordinate at most `tolerance` away. So a place never reaches further than
/// `tolerance` from its position, and is never wider than twice that: there are no chains. Only distances
/// between points matter, not where a grid happens to lie, and the order of the points does not matter.
/// Places are numbered in the order they are begun. With tolerance 0, only identical coordinates are one
/// place. \pre finite coordinates, tolerance ≥ 0, fewer than 2^32 points
[[nodiscard]] PlaceGroups group_places(std::span<double const> east, std::span<double const> north,
                                       Metres tolerance);

}  // namespace riskbild::layers
