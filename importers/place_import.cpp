#include "importers/place_import.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <filesystem>

#include <fmt/format.h>

#include "importers/areas/area_file.hpp"
#include "importers/figures/figures_importer.hpp"
#include "importers/gtfs/gtfs_importer.hpp"
#include "importers/import_tally.hpp"
#include "importers/osm/osm_importer.hpp"
#include "importers/readers/web_page.hpp"
#include "importers/shops/shops_importer.hpp"

namespace riskbild::importers {
namespace {

using ImportOne = Result<ImportReport> (*)(Store&, std::string const& path, PlaceOptions const&);

struct PlaceImporter {
    char const* source;
    ImportOne import;
};

constexpr std::array kImporters{
    PlaceImporter{"areas", import_areas}, PlaceImporter{"figures", import_figures},
    PlaceImporter{"gtfs", import_gtfs},   PlaceImporter{"osm", import_osm},
    PlaceImporter{"shops", import_shops},
};

ImportOne importer_of(std::string const& source)
{
    auto const found = std::ranges::find(kImporters, source, &PlaceImporter::source);
    return found == kImporters.end() ? nullptr : found->import;
}

}  // namespace

std::vector<std::string> place_source_names()
{
    std::vector<std::string> names;
    for (auto const& importer : kImporters)
        names.emplace_back(importer.source);
    return names;
}

bool is_place_source(std::string const& source)
{
    return importer_of(source) != nullptr;
}

Result<ImportReport> import_place_files(Store& store, ImportRequest const& request)
{
    auto const import = importer_of(request.source);
    assert(import != nullptr && "the caller asked for a source of places");
    if (request.files.empty())
        return fail(ErrorCode::wrong_use, "no file is named to import", "files");
    ImportReport whole;
    for (std::size_t i = 0; i < request.files.size(); ++i) {
        auto const& path = request.files[i];
        if (path == "-")
            return fail(ErrorCode::wrong_use,
                        fmt::format("{} is read from files, not from standard input", request.source),
                        "files");
        if (auto const data = refuse_web_page_at(path); !data)
            return Failure{data.error()};
        auto options = request.places;
        options.layer = request.layer;
        options.progress = [&](std::uint64_t rows) {
            if (request.progress)
                request.progress({.file = std::filesystem::path{path}.filename().string(),
                                  .file_number = i + 1,
                                  .files = request.files.size(),
                                  .rows = rows});
        };
        auto part = import(store, path, options);
        if (!part && i > 0)
            part.error().message += imported_before(i);
        if (!part)
            return part;
        assert(part->read == part->kept() + part->unchanged + part->outside + part->set_aside &&
               "every row read must be accounted for");
        add(whole, std::move(*part));
    }
    return whole;
}

}  // namespace riskbild::importers
