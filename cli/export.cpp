#include "cli/export.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "cli/export_formats.hpp"
#include "cli/new_file.hpp"

namespace riskbild::cli {
namespace {

std::string ending_of(std::filesystem::path const& file)
{
    return lower_case(file.extension().string());
}

Result<void> write_to(layers::LayerResult const& result, County const& county, std::string const& ending,
                      std::filesystem::path const& file)
{
    auto const& crs = county.profile.crs;
    if (auto const* const surface = std::get_if<layers::Surface>(&result))
        return ending == ".csv" ? write_csv(table_of(*surface), file) : write_geotiff(*surface, crs, file);
    auto const* const areas = std::get_if<layers::AreaValues>(&result);
    auto const table = areas != nullptr ? table_of(*areas, county)
                                        : table_of(std::get<layers::RepeatLocations>(result), county);
    if (ending == ".csv")
        return write_csv(table, file);
    return ending == ".gpkg" ? write_geopackage(table, crs, file) : write_geojson(table, crs, file);
}

}  // namespace

Result<void> check_ending(layers::LayerShape shape, std::filesystem::path const& file)
{
    static constexpr std::array<std::string_view, 3> kGrids = {".tif", ".tiff", ".csv"};
    static constexpr std::array<std::string_view, 3> kRows = {".gpkg", ".geojson", ".csv"};
    auto const is_surface = shape == layers::LayerShape::surface;
    auto const& endings = is_surface ? kGrids : kRows;
    if (std::ranges::find(endings, ending_of(file)) != endings.end())
        return {};
    return fail(ErrorCode::wrong_use,
                fmt::format("{} has no ending that suits: {} is written as {}, {} or {}", file.string(),
                            is_surface ? "a surface" : "this layer", endings[0], endings[1], endings[2]),
                "out");
}

Result<std::uint64_t> write_layer(layers::LayerResult const& result, County const& county,
                                  std::filesystem::path const& file, bool force)
{
    auto target = NewFile::at(file, force ? NewFile::Existing::replace : NewFile::Existing::keep);
    if (!target)
        return Failure(target.error());
    if (auto const written = write_to(result, county, ending_of(file), target->temporary()); !written)
        return fail(written.error().code,
                    fmt::format("cannot write {}: {}", file.string(), written.error().message), "out");
    return target->finish();
}

}  // namespace riskbild::cli
