#include "importers/readers/ogr_file.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <mutex>
#include <regex>

#include <cpl_conv.h>
#include <cpl_http.h>
#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include "geo_core/area.hpp"
#include "geo_core/text.hpp"
#include "importers/readers/archive.hpp"

namespace riskbild::importers {
namespace {

namespace fs = std::filesystem;

// GDAL keeps a whole spreadsheet in memory.
constexpr std::uint64_t kMostSpreadsheetBytes = std::uint64_t{1} << 30;

struct FormatFacts {
    char const* title;
    std::vector<char const*> drivers;  // those of them that this GDAL has
    char const* ending;                // drivers ask for it
};

FormatFacts facts_of(FileFormat format)
{
    switch (format) {
        case FileFormat::csv:
            return {"CSV", {"CSV"}, ".csv"};
        case FileFormat::json:
            return {"GeoJSON", {"GeoJSON", "GeoJSONSeq", "ESRIJSON", "TopoJSON"}, ".json"};
        case FileFormat::xlsx:
            return {"XLSX", {"XLSX"}, ".xlsx"};
        case FileFormat::ods:
            return {"ODS", {"ODS"}, ".ods"};
        case FileFormat::xls:
            return {"XLS", {"XLS"}, ".xls"};
        case FileFormat::shapefile:
            return {"Shapefile", {"ESRI Shapefile"}, ".shp"};
        case FileFormat::geopackage:
            return {"GeoPackage", {"GPKG"}, ".gpkg"};
        case FileFormat::flatgeobuf:
            return {"FlatGeobuf", {"FlatGeobuf"}, ".fgb"};
        case FileFormat::kml:
            return {"KML", {"LIBKML", "KML"}, ".kml"};
        case FileFormat::gml:
            return {"GML", {"GML"}, ".gml"};
    }
    return {};
}

constexpr std::array<std::pair<char const*, char const*>, 6> kSettings{{
    {"OGR_XLSX_HEADERS", "DISABLE"},  // we find the heading ourselves: a title may stand above it
    {"OGR_ODS_HEADERS", "DISABLE"},
    {"OGR_XLS_HEADERS", "DISABLE"},
    {"GML_SKIP_RESOLVE_ELEMS", "ALL"},  // follows no links
    {"SHAPE_RESTORE_SHX", "YES"},       // an index that is missing is made in our own folder
    {"OGR_GPKG_FOREIGN_KEY_CHECK", "NO"},
}};

// Coordinate systems may be told by an address (GeoJSON 2008, 3.2); GDAL would ask for it.
CPLHTTPResult* ask_no_address(char const* address, CSLConstList, GDALProgressFunc, void*,
                              CPLHTTPFetchWriteFunc, void*, void*)
{
    CPLError(CE_Failure, CPLE_NotSupported, "points to an address, which is not followed: %s", address);
    auto* const nothing = static_cast<CPLHTTPResult*>(CPLCalloc(1, sizeof(CPLHTTPResult)));
    nothing->nStatus = 1;
    return nothing;
}

void register_drivers()
{
    static std::once_flag once;
    std::call_once(once, [] { GDALAllRegister(); });
}

// ---- putting the file where GDAL finds nothing else ----

Result<void> copy_to(ByteSource& source, fs::path const& target)
{
    if (auto again = source.rewind(); !again)
        return again;
    std::ofstream out{target, std::ios::binary};
    std::vector<char> chunk(std::size_t{256} << 10);
    while (true) {
        auto const n = source.read(chunk);
        if (!n)
            return Failure{n.error()};
        if (*n == 0)
            break;
        out.write(chunk.data(), static_cast<std::streamsize>(*n));
    }
    out.close();
    if (!out)
        return fail(ErrorCode::unwritable,
                    fmt::format("{}: the temporary folder cannot hold it; it is full", source.name()));
    return {};
}

Result<void> link_or_copy(ByteSource& source, fs::path const& target)
{
    std::error_code error;
    auto const path = source.path();
    if (path.empty())
        return copy_to(source, target);
    fs::create_symlink(fs::absolute(path), target, error);
    return error ? copy_to(source, target) : Result<void>{};
}

constexpr std::array<std::string_view, 5> kShapefileParts{".shp", ".dbf", ".shx", ".prj", ".cpg"};

// The parts of a shapefile beside the one named, whatever the case of their endings.
Result<void> link_shapefile(ByteSource& source, fs::path const& folder)
{
    if (source.path().empty())
        return fail(
            ErrorCode::unreadable,
            fmt::format(
                "{}: a shapefile is several files; give the .shp file, or a ZIP archive of all of them",
                source.name()));
    auto const shp = fs::absolute(source.path());
    std::error_code error;
    for (fs::directory_iterator entry{shp.parent_path(), error}, end; !error && entry != end;
         entry.increment(error)) {
        auto const ending = lower_case(entry->path().extension().string());
        if (entry->path().stem() == shp.stem() &&
            std::ranges::find(kShapefileParts, ending) != kShapefileParts.end()) {
            std::error_code ignored;
            fs::create_symlink(entry->path(), folder / ("table" + ending), ignored);
        }
    }
    return {};
}

std::string ending_of(std::string const& name)
{
    auto const dot = name.rfind('.');
    return dot == std::string::npos ? std::string{} : lower_case(name.substr(dot));
}

// The shapefile in an archive that is meant by `layer`.
Result<std::string> shapefile_in(ByteSource const& source, std::vector<ArchiveMember> const& members,
                                 std::string const& layer)
{
    std::vector<std::string> stems;
    for (auto const& member : members)
        if (ending_of(member.name) == ".shp")
            stems.push_back(member.name.substr(0, member.name.size() - 4));
    if (stems.size() == 1 && layer.empty())
        return stems.front();
    std::string names;
    for (auto const& stem : stems) {
        auto const name = stem.substr(stem.rfind('/') + 1);
        if (name == layer || stem == layer)
            return stem;
        names += (names.empty() ? "" : ", ") + name;
    }
    return fail(ErrorCode::wrong_use,
                layer.empty() ? fmt::format("{}: holds several shapefiles; name one with --layer: {}",
                                            source.name(), names)
                              : fmt::format("{}: there is no shapefile \"{}\" in it; it has {}",
                                            source.name(), shortened(layer), names),
                "layer");
}

Result<void> unpack_shapefile(ByteSource& source, std::vector<ArchiveMember> const& members,
                              std::string const& layer, fs::path const& folder)
{
    auto const stem = shapefile_in(source, members, layer);
    if (!stem)
        return Failure{stem.error()};
    for (auto const& member : members) {
        auto const ending = ending_of(member.name);
        if (std::ranges::find(kShapefileParts, ending) == kShapefileParts.end() ||
            member.name.substr(0, member.name.size() - ending.size()) != *stem)
            continue;
        auto part = source.member(member.name);
        if (!part)
            return Failure{part.error()};
        if (auto copied = copy_to(*part, folder / ("table" + ending)); !copied)
            return copied;
    }
    return {};
}

// One file with the ending that drivers want, under a name of ours; archives checked before.
Result<fs::path> prepare(ByteSource& source, FileFormat format, std::string const& layer,
                         fs::path const& folder)
{
    auto const target = folder / (std::string{"table"} + facts_of(format).ending);
    auto const packed = source.packing() == Packing::none ? source.is_zip() : Result<bool>{false};
    if (!packed)
        return Failure{packed.error()};
    if (*packed)
        if (auto good = source.check_members(kMostSpreadsheetBytes); !good)
            return Failure{good.error()};
    auto done = [&]() -> Result<void> {
        if (format == FileFormat::shapefile && !*packed)
            return link_shapefile(source, folder);
        if (!*packed || is_spreadsheet(format))
            return link_or_copy(source, target);
        auto const members = source.members();
        if (!members)
            return Failure{members.error()};
        if (format == FileFormat::shapefile)
            return unpack_shapefile(source, *members, layer, folder);
        auto const kml =
            std::ranges::find_if(*members, [](auto const& m) { return ending_of(m.name) == ".kml"; });
        if (kml == members->end())
            return fail(ErrorCode::unreadable,
                        fmt::format("{}: holds no {} file", source.name(), facts_of(format).title));
        auto part = source.member(kml->name);
        return part ? copy_to(*part, target) : Failure{part.error()};
    }();
    if (!done)
        return Failure{done.error()};
    return target;
}

}  // namespace

void CPL_STDCALL GdalMessages::keep(CPLErr level, CPLErrorNum, char const* message)
{
    auto& first = *static_cast<std::string*>(CPLGetErrorHandlerUserData());
    if (level >= CE_Failure && first.empty())
        first = message;
}

GdalSettings::GdalSettings()
{
    for (auto const& [key, value] : kSettings)
        CPLSetThreadLocalConfigOption(key, value);
    CPLHTTPPushFetchCallback(&ask_no_address, nullptr);
}

GdalSettings::~GdalSettings()
{
    CPLHTTPPopFetchCallback();
    for (auto const& [key, value] : kSettings)
        CPLSetThreadLocalConfigOption(key, nullptr);
}

Result<OgrFile> OgrFile::open(ByteSource& source, FileFormat format, std::string const& layer)
{
    auto folder = ScratchFolder::make();
    if (!folder)
        return Failure{folder.error()};
    auto const path = prepare(source, format, layer, folder->path());
    if (!path)
        return Failure{path.error()};
    auto const facts = facts_of(format);
    OgrFile file{source.name(), facts.title};
    file.folder_ = std::move(*folder);
    constexpr std::array<char const*, 3> kGmlOptions{"DOWNLOAD_SCHEMA=NO", "WRITE_GFS=NO", nullptr};
    auto const* const options = format == FileFormat::gml ? kGmlOptions.data() : nullptr;
    if (auto opened = file.open_with(path->string(), facts.drivers, options); !opened)
        return Failure{opened.error()};
    return file;
}

Result<OgrFile> OgrFile::connect(std::string const& connection, std::string name)
{
    OgrFile file{std::move(name), "PostgreSQL"};
    if (auto opened = file.open_with(connection, {"PostgreSQL"}, nullptr); !opened)
        return Failure{opened.error()};
    return file;
}

Result<void> OgrFile::open_with(std::string const& what, std::vector<char const*> const& drivers,
                                char const* const* options)
{
    register_drivers();
    GdalSettings const settings;
    GdalMessages const messages;
    std::vector<char const*> allowed;
    for (auto const* driver : drivers)
        if (GDALGetDriverByName(driver) != nullptr)
            allowed.push_back(driver);
    if (allowed.empty())
        return fail(ErrorCode::unreadable,
                    fmt::format("{}: this computer's GDAL cannot read {}", name_, title_));
    allowed.push_back(nullptr);
    dataset_.reset(GDALDataset::Open(what.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                                     allowed.data(), options, nullptr));
    if (!dataset_)
        return fail(
            ErrorCode::unreadable,
            fmt::format("{}: cannot be read as {}{}{}", name_, title_, messages.first().empty() ? "" : ": ",
                        folder_ ? std::string{shortened(messages.first())}
                                : std::string{"is it there, and may it be read?"}));
    if (auto good = refuse_what_reaches_elsewhere(); !good)
        return good;
    // GDAL goes on with what it has when it has had enough, and half a file must not pass for a whole one.
    if (!messages.first().empty())
        return fail(ErrorCode::unreadable,
                    fmt::format("{}: cannot be read to its end: {}", name_, shortened(messages.first())));
    return {};
}

namespace {

// Indexes of a GeoPackage, to the letter: a name or a comment may say what it likes.
bool is_index(std::string const& sql)
{
    static std::regex const kIndex(
        "create virtual table (\"(\"\"|[^\"])*\"|[a-z0-9_]+) using (rtree|fts[345])[ ]*\\([^()]*\\)");
    return sql.size() < 2000 && std::regex_match(sql, kIndex);
}

}  // namespace

// An SQLite file may hold virtual tables, which can read other files; a store of ours is no table.
Result<void> OgrFile::refuse_what_reaches_elsewhere()
{
    if (title_ != "GeoPackage")
        return {};
    auto* const tables = dataset_->ExecuteSQL(
        "SELECT name, sql FROM sqlite_master WHERE type <> 'index' AND type <> 'trigger'", nullptr, nullptr);
    if (tables == nullptr)
        return fail(ErrorCode::unreadable, fmt::format("{}: its list of tables cannot be read", name_));
    auto is_store = false;
    std::string reaching;
    for (auto const& row : *tables) {
        auto const table = std::string{row->GetFieldAsString(0)};
        auto const sql = lower_case(row->GetFieldAsString(1));
        is_store = is_store || table == "report_versions";
        // As SQLite itself writes them down, whatever was typed: anything else was put there by other means.
        if (!sql.starts_with("create table ") && !sql.starts_with("create view ") && !is_index(sql))
            reaching = table;
    }
    dataset_->ReleaseResultSet(tables);
    if (is_store)
        return fail(
            ErrorCode::unreadable,
            fmt::format("{}: is a store of Riskbild, not a table to import; name it with --store", name_));
    if (!reaching.empty())
        return fail(
            ErrorCode::unreadable,
            fmt::format(
                "{}: its table \"{}\" is made by a program and may read other files; it is not opened", name_,
                shortened(reaching)));
    return {};
}

}  // namespace riskbild::importers
