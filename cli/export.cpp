#include "cli/export.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "cli/export_formats.hpp"
#include "cli/new_file.hpp"
#include "geo_core/store/place_label.hpp"

namespace riskbild::cli {
namespace {

std::string ending_of(std::filesystem::path const& file)
{
    return lower_case(file.extension().string());
}

Result<ExportTable> labelled_table_of(layers::RepeatLocations const& places, View const& view, Store& store)
{
    std::vector<std::string> labels;
    for (auto const& place : places.places) {
        auto label =
            place_label(places.incidents_of(place), [&](IncidentId id) { return store.details(view, id); });
        if (!label)
            return Failure(label.error());
        labels.push_back(*std::move(label));
    }
    return table_of(places, labels, view.county());
}

Result<ExportTable> rows_of(layers::LayerResult const& result, View const& view, Store& store)
{
    if (auto const* const surface = std::get_if<layers::Surface>(&result))
        return table_of(*surface, view.county());
    if (auto const* const areas = std::get_if<layers::AreaValues>(&result))
        return table_of(*areas, view.county());
    return labelled_table_of(std::get<layers::RepeatLocations>(result), view, store);
}

Result<void> write_to(layers::LayerResult const& result, View const& view, Store& store,
                      std::filesystem::path const& out, std::vector<NewFile>& targets)
{
    auto const& county = view.county();
    auto const ending = ending_of(out);
    auto const& file = targets.front().temporary();
    auto const* const surface = std::get_if<layers::Surface>(&result);
    if (surface != nullptr && ending != ".csv")
        return write_geotiff(*surface, county, file);
    auto const table = rows_of(result, view, store);
    if (!table)
        return Failure(table.error());
    if (ending == ".gpkg")
        return write_geopackage(*table, county.profile.crs, file);
    if (ending == ".geojson")
        return write_geojson(*table, county.profile.crs, file);
    auto const written = write_csv(*table, file);
    return written ? write_csv_metadata(*table, out.filename().string(), targets.back().temporary())
                   : written;
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

std::vector<std::filesystem::path> files_of_export(std::filesystem::path const& out)
{
    if (ending_of(out) == ".csv")
        return {out, out.string() + "-metadata.json"};
    return {out};
}

Result<std::uint64_t> write_layer(layers::LayerResult const& result, View const& view, Store& store,
                                  std::filesystem::path const& file, bool force)
{
    std::vector<NewFile> targets;
    for (auto const& one : files_of_export(file)) {
        auto target = NewFile::at(one, force ? NewFile::Existing::replace : NewFile::Existing::keep);
        if (!target)
            return Failure(target.error());
        targets.push_back(*std::move(target));
    }
    auto const written = write_to(result, view, store, file, targets);
    if (!written)
        return fail(written.error().code,
                    fmt::format("cannot write {}: {}", file.string(), written.error().message), "out");
    auto const bytes = targets[0].finish();
    if (!bytes || targets.size() == 1)
        return bytes;
    auto const metadata = targets[1].finish();
    return metadata ? bytes : metadata;
}

}  // namespace riskbild::cli
