#include "cli/export.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/export_formats.hpp"
#include "cli/new_file.hpp"
#include "geo_core/store/place_label.hpp"
#include "geo_core/suggestions.hpp"

namespace riskbild::cli {
namespace {

constexpr std::string_view kCells = "cells";
constexpr std::array<std::string_view, 3> kGrids = {".tif", ".tiff", ".csv"};
constexpr std::array<std::string_view, 3> kRows = {".gpkg", ".geojson", ".csv"};

bool is_one_of(std::array<std::string_view, 3> const& endings, std::string_view ending)
{
    return std::ranges::find(endings, ending) != endings.end();
}

std::string ending_of(std::filesystem::path const& file)
{
    return lower_case(file.extension().string());
}

/// Addresses of the incidents behind each row; none where the table does not name them.
Result<std::vector<std::string>> labels_of(layers::Table const& table, View const& view, Store& store)
{
    std::vector<std::string> labels;
    for (auto const& incidents : table.incidents) {
        auto label = place_label(incidents, [&](IncidentId id) { return store.details(view, id); });
        if (!label)
            return Failure(label.error());
        labels.push_back(*std::move(label));
    }
    return labels;
}

Result<std::vector<ExportTable>> rows_of(layers::LayerResult const& result, View const& view, Store& store,
                                         ExportWish const& wish)
{
    if (result.tables.empty() || wish.table == kCells)
        return std::vector{cells_of(result, view.county())};
    auto const all = wish.table.empty() && ending_of(wish.file) == ".gpkg";
    std::vector<ExportTable> made;
    for (auto const& table : result.tables) {
        auto const wanted = all || (wish.table.empty() ? made.empty() : table.key == wish.table);
        if (!wanted)
            continue;
        auto const labels = labels_of(table, view, store);
        if (!labels)
            return Failure(labels.error());
        made.push_back(table_of(result, table, *labels, view.county()));
    }
    return made;
}

Result<void> write_to(layers::LayerResult const& result, View const& view, Store& store,
                      ExportWish const& wish, std::vector<NewFile>& targets)
{
    auto const& county = view.county();
    auto const ending = ending_of(wish.file);
    auto const& file = targets.front().temporary();
    if (is_one_of(kGrids, ending) && ending != ".csv")
        return write_geotiff(result, county, file);
    auto const tables = rows_of(result, view, store, wish);
    if (!tables)
        return Failure(tables.error());
    if (ending == ".gpkg")
        return write_geopackage(*tables, county.profile.crs, file);
    if (ending == ".geojson")
        return write_geojson(tables->front(), county.profile.crs, file);
    auto const written = write_csv(tables->front(), file);
    return written ? write_csv_metadata(tables->front(), wish.file.filename().string(),
                                        targets.back().temporary())
                   : written;
}

}  // namespace

Result<void> check_table(layers::LayerDescription const& layer, std::string const& table)
{
    std::vector<std::string> parts;
    for (auto const& one : layer.tables)
        parts.push_back(one.key);
    if (layer.has_grid)
        parts.emplace_back(kCells);
    if (table.empty() || std::ranges::find(parts, table) != parts.end())
        return {};
    return fail(ErrorCode::wrong_use, there_is_no("table", table, parts), "table");
}

Result<void> check_wish(layers::LayerDescription const& layer, ExportWish const& wish)
{
    if (auto const known = check_table(layer, wish.table); !known)
        return known;
    auto const cells = layer.has_grid && (layer.tables.empty() || wish.table.empty() || wish.table == kCells);
    auto const rows = !layer.tables.empty() && wish.table != kCells;
    auto const ending = ending_of(wish.file);
    if ((cells && is_one_of(kGrids, ending)) || (rows && is_one_of(kRows, ending)))
        return {};
    std::vector<std::string_view> suits;
    if (cells)
        suits.insert(suits.end(), {".tif", ".tiff"});
    if (rows)
        suits.insert(suits.end(), {".gpkg", ".geojson"});
    return fail(ErrorCode::wrong_use,
                fmt::format("{} has no ending that suits: {} is written as {} or .csv", wish.file.string(),
                            rows ? "this layer" : "a surface", fmt::join(suits, ", ")),
                "out");
}

std::vector<std::filesystem::path> files_of_export(std::filesystem::path const& out)
{
    if (ending_of(out) == ".csv")
        return {out, out.string() + "-metadata.json"};
    return {out};
}

Result<std::uint64_t> write_layer(layers::LayerResult const& result, View const& view, Store& store,
                                  ExportWish const& wish)
{
    std::vector<NewFile> targets;
    for (auto const& one : files_of_export(wish.file)) {
        auto target = NewFile::at(one, wish.force ? NewFile::Existing::replace : NewFile::Existing::keep);
        if (!target)
            return Failure(target.error());
        targets.push_back(*std::move(target));
    }
    auto const written = write_to(result, view, store, wish, targets);
    if (!written)
        return fail(written.error().code,
                    fmt::format("cannot write {}: {}", wish.file.string(), written.error().message), "out");
    auto const bytes = targets[0].finish();
    if (!bytes || targets.size() == 1)
        return bytes;
    auto const metadata = targets[1].finish();
    return metadata ? bytes : metadata;
}

}  // namespace riskbild::cli
