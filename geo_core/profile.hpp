#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/area.hpp"
#include "geo_core/crs.hpp"
#include "geo_core/geometry.hpp"
#include "geo_core/result.hpp"
#include "geo_core/time.hpp"

namespace riskbild {

/// What makes a county that county: metric coordinate system, time zone, box of accepted places,
/// areas. Another county is another TOML file in `data/profiles/`, not other code. The store keeps
/// a copy of the text, so that it opens without the file.
struct Profile {
    std::string name;      ///< `uppsala`: the file's stem
    std::string title_sv;  ///< `Uppsala län`
    std::string title_en;
    std::string county_name;  ///< what a source calls the whole county, e.g. `Uppsala län`
    Crs crs;                  ///< metres of `MapPoint`
    TimeZone zone;
    LngLatBox accepted_box;       ///< a position outside is set aside, not stored
    std::string areas_file;       ///< relative to the data directory; empty: the box is the only area
    std::string population_file;  ///< inhabitants by area code; empty: not known
    std::string areas_title;      ///< `kommuner`
    std::string areas_source;     ///< named wherever the borders are drawn
    Metres areas_generalised{0.0};
    std::string toml;  ///< the text this was read from
};

/// \return ErrorCode::unreadable naming the file, key and expectation.
Result<Profile> parse_profile(std::string_view toml, std::string_view name);

/// The profile `data/profiles/<name>.toml`. \return ErrorCode::not_found listing those there are.
Result<Profile> load_profile(std::string const& name);
[[nodiscard]] std::vector<std::string> profile_names();

/// The areas a profile names, read from its files; for a profile without, one area from its box.
Result<AreaSet> load_areas(Profile const& profile);

/// Where `data/` is: `$RISKBILD_DATA`, else `../share/riskbild` beside the program, else the source tree.
[[nodiscard]] std::filesystem::path data_directory();

/// All of a small text file there.
/// \return ErrorCode::not_found with the whole path
[[nodiscard]] Result<std::string> read_data_file(std::filesystem::path const& below);

}  // namespace riskbild
