#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/named_place.hpp"
#include "geo_core/report.hpp"
#include "importers/geocode/gazetteer.hpp"

namespace riskbild::importers {

/// What a row of a source says of a place, in words; empty = nothing.
struct PlaceWords {
    std::string_view address;   ///< `Kungsgatan 12 B, 753 21 Uppsala`, or a street alone
    std::string_view stop;      ///< a stop's name or the source's id of it
    std::string_view street;    ///< where address and number are not one text
    std::string_view locality;  ///< an urban area, a neighbourhood, or a kommun
    std::string_view kommun;    ///< name or code; what is found must lie in it
};

/// A place that the words may mean.
struct PlaceCandidate {
    std::string name;
    PlaceSort sort = PlaceSort::address;
    AreaId area = kNoArea;
    std::optional<MapPoint> point;
};

/// Where words say that something was: never better known than they and the gazetteer tell.
struct Located {
    Place place;
    /// How it was found, or why it was not found better: a code, a colon and a sentence for people.
    /// `address`, `street`, `stop`, `locality`, `kommun`: found so. `ambiguous`, `unknown`, `too_long`,
    /// `doubtful`: the place is only what the words say beside, often the kommun.
    std::string how;
    std::vector<PlaceCandidate> candidates;  ///< that were ambiguous, at most ten
};

/// Finds the place that words mean: a stop; else an address; else its street; else the urban area or
/// neighbourhood; else the kommun; else the county. What the words say of kommun and locality must agree. Two
/// places that lie apart are ambiguous, and then it is the next coarser one: never a guess. A house number
/// that is not known is not put between its neighbours.
[[nodiscard]] Located locate(Gazetteer const& gazetteer, PlaceWords const& words);

}  // namespace riskbild::importers
