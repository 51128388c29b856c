#include "importers/import.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <filesystem>

#include <fmt/format.h>

#include "geo_core/suggestions.hpp"
#include "importers/gtfs_rt/alerts_importer.hpp"
#include "importers/import_tally.hpp"
#include "importers/observed.hpp"
#include "importers/open311/open311_importer.hpp"
#include "importers/place_import.hpp"
#include "importers/points/column_profile.hpp"
#include "importers/points/points_importer.hpp"
#include "importers/police/police_importer.hpp"
#include "importers/readers/byte_source.hpp"
#include "importers/readers/ogr_table.hpp"

namespace riskbild::importers {
namespace {

namespace fs = std::filesystem;

// A shapefile is named by its .shp alone; what lies beside it is read with it.
bool is_part_of_a_shapefile(fs::path const& path)
{
    constexpr std::array<std::string_view, 8> kParts{".dbf", ".shx", ".prj", ".cpg",
                                                     ".sbn", ".sbx", ".qix", ".qpj"};
    std::error_code ignored;
    return std::ranges::find(kParts, path.extension().string()) != kParts.end() &&
           fs::exists(fs::path{path}.replace_extension(".shp"), ignored);
}

// The files of a folder by name; hidden ones and folders below it are left alone.
Result<std::vector<std::string>> files_in(std::string const& folder)
{
    std::vector<std::string> files;
    std::error_code error;
    for (fs::directory_iterator entry{folder, error}, end; !error && entry != end; entry.increment(error)) {
        std::error_code unknown;
        auto const is_file = fs::is_regular_file(entry->path(), unknown);
        if (unknown)
            return fail(ErrorCode::unreadable,
                        fmt::format("\"{}\" cannot be read: {}", entry->path().string(), unknown.message()));
        if (is_file && !entry->path().filename().string().starts_with('.') &&
            !is_part_of_a_shapefile(entry->path()))
            files.push_back(entry->path().string());
    }
    if (error)
        return fail(ErrorCode::unreadable,
                    fmt::format("the folder \"{}\" cannot be read: {}", folder, error.message()));
    if (files.empty())
        return fail(ErrorCode::not_found, fmt::format("the folder \"{}\" holds no files", folder));
    std::sort(files.begin(), files.end());
    return files;
}

Result<std::vector<std::string>> files_of(std::vector<std::string> const& paths)
{
    std::vector<std::string> files;
    for (auto const& path : paths) {
        std::error_code error;
        if (path == "-" || !fs::is_directory(path, error)) {
            files.push_back(path);
            continue;
        }
        auto inside = files_in(path);
        if (!inside)
            return inside;
        std::move(inside->begin(), inside->end(), std::back_inserter(files));
    }
    if (std::count(files.begin(), files.end(), "-") > 1)
        return fail(ErrorCode::wrong_use, "standard input (-) can be read only once", "files");
    return files;
}

using TellRows = std::function<void(std::uint64_t)>;

struct Importer {
    std::function<Result<ImportReport>(ByteSource&, TellRows)> import_file;
    std::function<Result<ImportReport>(std::string const& connection, TellRows)> import_database;  // or empty
};

Result<Importer> importer_of(Store& store, ImportRequest const& request)
{
    if (request.source == "police") {
        if (!request.column_profile.empty())
            return fail(ErrorCode::wrong_use, "police events need no column profile", "profile-columns");
        auto types = PoliceTypes::load();
        if (!types)
            return Failure{types.error()};
        if (!request.layer.empty())
            return fail(ErrorCode::wrong_use, "police events have no layers", "layer");
        return Importer{[&store, &request, types = std::move(*types)](ByteSource& file, TellRows progress) {
                            return import_police(store, file, types,
                                                 {.made_up = request.made_up,
                                                  .observed = request.observed,
                                                  .now = request.now,
                                                  .progress = std::move(progress),
                                                  .begin = request.begin});
                        },
                        {}};
    }
    if (request.source == "points") {
        std::optional<ColumnProfile> columns;
        if (!request.column_profile.empty()) {
            auto loaded = load_column_profile(request.column_profile);
            if (!loaded)
                return Failure{loaded.error()};
            columns = std::move(*loaded);
        }
        auto const options = [&request, columns](TellRows progress) {
            return PointsOptions{.columns = columns,
                                 .layer = request.layer,
                                 .swap_positions = request.swap_positions,
                                 .observed = request.observed,
                                 .now = request.now,
                                 .progress = std::move(progress),
                                 .begin = request.begin};
        };
        return Importer{[&store, options](ByteSource& file, TellRows progress) {
                            return import_points(store, file, options(std::move(progress)));
                        },
                        [&store, options](std::string const& connection, TellRows progress) {
                            return import_points_of_database(store, connection, options(std::move(progress)));
                        }};
    }
    if (request.source == "open311") {
        auto services = KindRules::load("open311_services.toml");
        if (!services)
            return Failure{services.error()};
        auto const source_name = request.places.source_name.empty() ? "open311" : request.places.source_name;
        return Importer{[&store, &request, source_name, services = std::move(*services)](ByteSource& file,
                                                                                         TellRows progress) {
                            return import_open311(store, file, services,
                                                  {.source_name = source_name,
                                                   .swap_positions = request.swap_positions,
                                                   .observed = request.observed,
                                                   .now = request.now,
                                                   .service_names = request.service_names,
                                                   .progress = std::move(progress)});
                        },
                        {}};
    }
    if (request.source == "gtfs-rt") {
        auto kinds = KindRules::load("transit_alerts.toml");
        if (!kinds)
            return Failure{kinds.error()};
        auto const source_name =
            request.places.source_name.empty() ? "transit_alerts" : request.places.source_name;
        return Importer{
            [&store, &request, source_name, kinds = std::move(*kinds)](ByteSource& file, TellRows const&) {
                return import_alerts(
                    store, file, kinds,
                    {.source_name = source_name, .observed = request.observed, .now = request.now});
            },
            {}};
    }
    return fail(ErrorCode::wrong_use, there_is_no("source", request.source, source_names()), "source");
}

Result<void> check_observed(ImportRequest const& request)
{
    if (request.observed && is_place_source(request.source))
        return fail(ErrorCode::wrong_use,
                    fmt::format("{} have no time of observation: a file replaces what came before it",
                                request.source),
                    "observed");
    if (!request.observed || can_be_observed(*request.observed, request.now))
        return {};
    return fail(ErrorCode::wrong_use,
                fmt::format("the time of observation is {}, expected between 1990 and today",
                            to_text(*request.observed)),
                "observed");
}

// Files that are read after one that cannot be read lose nothing by it; a store that cannot be written would
// fail each of them.
bool is_of_the_file(Error const& error)
{
    return error.code == ErrorCode::unreadable || error.code == ErrorCode::too_large ||
           error.code == ErrorCode::not_found ||
           (error.code == ErrorCode::wrong_use && error.field == "profile-columns");
}

std::string file_name(std::string const& path)
{
    return is_database(path) ? database_name(path) : fs::path{path}.filename().string();
}

Result<ImportReport> import_one(std::string const& path, std::size_t number, std::size_t files,
                                ImportRequest const& request, Importer const& import)
{
    if (is_database(path) && import.import_database) {
        auto const tell = [&](std::uint64_t rows) {
            if (request.progress)
                request.progress(
                    {.file = database_name(path), .file_number = number, .files = files, .rows = rows});
        };
        return import.import_database(path, tell);
    }
    auto source = ByteSource::open(path);
    if (!source)
        return Failure{source.error()};
    auto const tell = [&](std::uint64_t rows, bool is_in = false) {
        if (request.progress)
            request.progress({.file = source->name(),
                              .file_number = number,
                              .files = files,
                              .bytes = source->stored_position(),
                              .total_bytes = source->stored_size(),
                              .rows = rows,
                              .is_in = is_in});
    };
    tell(0);
    auto report = import.import_file(*source, [&](std::uint64_t rows) { tell(rows); });
    if (!report)
        return report;
    assert(report->read == report->kept() + report->unchanged + report->outside + report->set_aside &&
           "every row read must be accounted for");
    tell(report->read, true);
    return report;
}

}  // namespace

std::vector<std::string> source_names()
{
    std::vector<std::string> names{"gtfs-rt", "open311", "points", "police"};
    std::ranges::copy(place_source_names(), std::back_inserter(names));
    std::ranges::sort(names);
    return names;
}

Result<ImportReport> import_files(Store& store, ImportRequest const& request)
{
    if (auto const good = check_observed(request); !good)
        return Failure{good.error()};
    if (is_place_source(request.source))
        return import_place_files(store, request);
    auto const import = importer_of(store, request);
    if (!import)
        return Failure{import.error()};
    auto const files = files_of(request.files);
    if (!files)
        return Failure{files.error()};
    if (files->empty())
        return fail(ErrorCode::wrong_use, "no file is named to import", "files");

    ImportReport whole;
    std::optional<Error> first;
    for (std::size_t i = 0; i < files->size(); ++i) {
        auto part = import_one((*files)[i], i + 1, files->size(), request, *import);
        if (part) {
            add(whole, std::move(*part));
        } else if (is_of_the_file(part.error()) && files->size() > 1) {
            whole.not_imported.emplace_back(file_name((*files)[i]), part.error().message);
            first = first ? first : part.error();
        } else {
            if (auto const before = whole.files.size(); before > 0)
                part.error().message += imported_before(before);
            return part;
        }
    }
    if (whole.not_imported.size() == files->size()) {
        first->message += fmt::format("; none of the {} files is imported", files->size());
        return Failure{*std::move(first)};
    }
    return whole;
}

std::string summary(ImportReport const& report)
{
    std::string reasons;
    for (auto const& [reason, count] : report.reasons)
        reasons += fmt::format("{}{} {}", reasons.empty() ? " (" : ", ", count, reason);
    return fmt::format(
        "read {}, kept {} ({} new, {} revised; {} as context), unchanged {}, outside {}, set aside {}{}",
        report.read, report.kept(), report.new_, report.revised, report.context, report.unchanged,
        report.outside, report.set_aside, reasons.empty() ? reasons : reasons + ")");
}

}  // namespace riskbild::importers
