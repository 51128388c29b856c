#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo_core/geometry.hpp"
#include "geo_core/ids.hpp"
#include "geo_core/units.hpp"

namespace riskbild {

/// The name in `Figure::area_set` of the county's own areas, which every store has.
inline constexpr char const* kOwnAreas = "areas";

/// A number of something for an area or a named place in a period (figure, nyckeltal): inhabitants of a
/// RegSO in 2023, departures from a stop per week, reported offences in a kommun, who feels unsafe.
struct Figure {
    std::string source;           ///< a PlaceSource
    std::string measure;          ///< `population`, `departures`, `reported_offences` …
    std::string about;            ///< of which question or offence, or empty
    std::string area_set;         ///< `kOwnAreas`, the name of an area set, or empty where it is of a place
    std::string area_code;        ///< as in the area set; the source's own where the set has none
    std::string area_name;        ///< as the source writes it
    std::string place_key;        ///< NamedPlace::source_key of the same source, or empty
    std::string period;           ///< `2023-01-01..2024-01-01`: local days, half-open
    std::optional<double> value;  ///< nothing where the source withholds it
    std::string unit;             ///< `persons`, `per week`, `per 100 000`, `%`
    std::optional<std::int64_t> n;
    std::optional<double> low, high;
    std::string by_hour;  ///< of a value per week: 168 numbers joined by commas, Monday 0–1 first; or empty
    bool operator==(Figure const&) const = default;
};

/// One area of a further area set.
struct SetArea {
    std::string code;  ///< unique within the set
    std::string name;
    AreaId area = kNoArea;  ///< the county's own area that it belongs to
    MultiPolygon shape;     ///< empty where only code and name are known
    bool operator==(SetArea const&) const = default;
};

/// A division of the county beside its own areas (`AreaSet`): RegSO, DeSO, police areas. Unlike those its
/// areas may overlap, leave gaps or have no borders at all.
struct StoredAreaSet {
    std::string name;  ///< `regso`
    std::string title;
    std::string source;                 ///< a PlaceSource
    int valid_from = 0;                 ///< first year, 0 = not told; one name has a set for each first year
    int valid_to = 0;                   ///< last year, 0 = not told
    std::optional<Metres> generalised;  ///< how far borders may lie from the true ones, where known
    std::vector<SetArea> areas;         ///< by code
    bool operator==(StoredAreaSet const&) const = default;
};

}  // namespace riskbild
