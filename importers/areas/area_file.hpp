#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/area.hpp"
#include "geo_core/figure.hpp"
#include "geo_core/profile.hpp"
#include "geo_core/store/store.hpp"
#include "importers/place_options.hpp"
#include "importers/row_problem.hpp"

namespace riskbild::importers {

/// The areas of a file, with borders that can be computed with.
struct AreaFile {
    std::vector<SetArea> areas;  ///< by code
    struct Refused {
        std::uint64_t row;
        RowProblem problem;
    };
    std::vector<Refused> refused;
    std::vector<std::string> notes;     ///< what was detected, repaired or is doubtful, in sentences
    std::optional<Metres> generalised;  ///< as told, else estimated; nothing where there are no borders
    std::string attribution;            ///< where the format tells it
    [[nodiscard]] bool has_borders() const { return generalised.has_value(); }
};

/// Any file of polygons that OGR opens, a table of codes and names, or the administrative boundaries (level
/// 7) of an `.osm.pbf`. Code and name are found by the fields' names where `options` does not name them;
/// features of one code are one area. Broken borders are repaired and told, overlaps are told. Of a file with
/// several layers of polygons `options.layer` says which, \see read_polygon_file \return
/// ErrorCode::not_found, unreadable naming the fields that there are, wrong_use naming the layers
Result<AreaFile> read_area_file(std::string const& path, Profile const& profile, PlaceOptions const& options);

/// How far borders seem to be generalised, from how far their vertices stand out from the line between their
/// neighbours. A border simplified to within t metres keeps only vertices that stand out by about t or more;
/// the quarter that stand out least tell t, from above. (The built-in borders, simplified to 100 m: 140;
/// SCB's generalised ones: 398; OpenStreetMap's: 7.) Nothing for fewer than 20 vertices.
[[nodiscard]] std::optional<Metres> estimated_generalisation(std::vector<SetArea> const& areas);

/// The county's own areas from a file, in place of the profile's; inhabitants are the profile's, by code.
struct OwnAreas {
    AreaSet areas;
    std::vector<std::string> notes;
};
Result<OwnAreas> own_areas_from(std::string const& path, Profile const& profile, PlaceOptions const& options);

/// Takes an area set into the store, as `options.set`. \return ErrorCode::wrong_use without a set's name
Result<ImportReport> import_areas(Store& store, std::string const& path, PlaceOptions const& options);

/// An area's name as it can be compared: one blank between words, none inside a parenthesis' edge: `Håbo
/// (Håbo landsbygd )` is `Håbo (Håbo landsbygd)`.
[[nodiscard]] std::string area_label(std::string_view written);

/// The county's own area that a code or name of a part of it begins with: `0305R001`, `Håbo (Dyarne)`.
[[nodiscard]] AreaId own_area_of(std::string_view code, std::string_view name, AreaSet const& own);

}  // namespace riskbild::importers
