#include "importers/readers/ogr_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <mutex>
#include <optional>

#include <cpl_conv.h>
#include <cpl_error.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include "geo_core/suggestions.hpp"
#include "geo_core/text.hpp"
#include "importers/readers/archive.hpp"
#include "importers/readers/encoding.hpp"
#include "importers/readers/scratch_folder.hpp"

namespace riskbild::importers {
namespace {

namespace fs = std::filesystem;

// GDAL keeps a whole spreadsheet in memory.
constexpr std::uint64_t kMostSpreadsheetBytes = std::uint64_t{1} << 30;

struct FormatFacts {
    char const* title;
    std::array<char const*, 2> drivers;  // the first that this GDAL has
    char const* ending;                  // drivers ask for it
};

FormatFacts facts_of(OgrFormat format)
{
    switch (format) {
        case OgrFormat::xlsx:
            return {"XLSX", {"XLSX", nullptr}, ".xlsx"};
        case OgrFormat::ods:
            return {"ODS", {"ODS", nullptr}, ".ods"};
        case OgrFormat::xls:
            return {"XLS", {"XLS", nullptr}, ".xls"};
        case OgrFormat::shapefile:
            return {"Shapefile", {"ESRI Shapefile", nullptr}, ".shp"};
        case OgrFormat::geopackage:
            return {"GeoPackage", {"GPKG", nullptr}, ".gpkg"};
        case OgrFormat::flatgeobuf:
            return {"FlatGeobuf", {"FlatGeobuf", nullptr}, ".fgb"};
        case OgrFormat::kml:
            return {"KML", {"LIBKML", "KML"}, ".kml"};
        case OgrFormat::gml:
            return {"GML", {"GML", nullptr}, ".gml"};
    }
    return {};
}

bool is_spreadsheet(OgrFormat format)
{
    return format == OgrFormat::xlsx || format == OgrFormat::ods || format == OgrFormat::xls;
}

void register_drivers()
{
    static std::once_flag once;
    std::call_once(once, [] { GDALAllRegister(); });
}

// What GDAL says goes wrong while this lives, instead of to standard error.
class GdalMessages {
public:
    GdalMessages() { CPLPushErrorHandlerEx(&keep, &first_); }
    ~GdalMessages() { CPLPopErrorHandler(); }
    GdalMessages(GdalMessages const&) = delete;
    GdalMessages& operator=(GdalMessages const&) = delete;
    [[nodiscard]] std::string const& first() const { return first_; }

private:
    static void CPL_STDCALL keep(CPLErr level, CPLErrorNum, char const* message)
    {
        auto& first = *static_cast<std::string*>(CPLGetErrorHandlerUserData());
        if (level >= CE_Failure && first.empty())
            first = message;
    }
    std::string first_;
};

// How GDAL is to read, while this lives and for this thread alone.
class GdalSettings {
public:
    GdalSettings()
    {
        for (auto const& [key, value] : kSettings)
            CPLSetThreadLocalConfigOption(key, value);
    }
    ~GdalSettings()
    {
        for (auto const& [key, value] : kSettings)
            CPLSetThreadLocalConfigOption(key, nullptr);
    }
    GdalSettings(GdalSettings const&) = delete;
    GdalSettings& operator=(GdalSettings const&) = delete;

private:
    static constexpr std::array<std::pair<char const*, char const*>, 6> kSettings{{
        {"OGR_XLSX_HEADERS", "DISABLE"},  // we find the heading ourselves: a title may stand above it
        {"OGR_ODS_HEADERS", "DISABLE"},
        {"OGR_XLS_HEADERS", "DISABLE"},
        {"GML_SKIP_RESOLVE_ELEMS", "ALL"},  // follows no links
        {"SHAPE_RESTORE_SHX", "YES"},       // an index that is missing is made in our own folder
        {"OGR_GPKG_FOREIGN_KEY_CHECK", "NO"},
    }};
};

struct CloseDataset {
    void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using DatasetHandle = std::unique_ptr<GDALDataset, CloseDataset>;

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
Result<fs::path> prepare(ByteSource& source, OgrFormat format, std::string const& layer,
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
        if (format == OgrFormat::shapefile && !*packed)
            return link_shapefile(source, folder);
        if (!*packed || is_spreadsheet(format))
            return link_or_copy(source, target);
        auto const members = source.members();
        if (!members)
            return Failure{members.error()};
        if (format == OgrFormat::shapefile)
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

// ---- from GDAL's values to texts ----

// The shortest digits that mean the number, without an exponent.
std::string number_text(double value)
{
    auto text = fmt::format("{}", value);
    if (text.find('e') == std::string::npos)
        return text;
    text = fmt::format("{:.17f}", value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.'))
        text.pop_back();
    return text;
}

std::string date_text(OGRFeature const& feature, int field, OGRFieldType type)
{
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
    float second = 0;
    if (!feature.GetFieldAsDateTime(field, &year, &month, &day, &hour, &minute, &second, &zone))
        return {};
    auto text = type == OFTTime ? std::string{} : fmt::format("{:04}-{:02}-{:02}", year, month, day);
    if (type == OFTDate)
        return text;
    text +=
        fmt::format("{}{:02}:{:02}:{:02}", text.empty() ? "" : " ", hour, minute, static_cast<int>(second));
    if (auto const millis = static_cast<int>(std::lround((second - std::floor(second)) * 1000));
        millis > 0 && millis < 1000)
        text += fmt::format(".{:03}", millis);
    constexpr int kUtc = 100;  // and each quarter of an hour one more (ogr_core.h)
    if (zone == kUtc)
        text += 'Z';
    else if (zone > 1) {
        auto const minutes = std::abs(zone - kUtc) * 15;
        text += fmt::format("{}{:02}:{:02}", zone < kUtc ? '-' : '+', minutes / 60, minutes % 60);
    }
    return text;
}

bool has_digits_at(std::string_view text, std::initializer_list<std::size_t> places)
{
    return std::ranges::all_of(
        places, [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; });
}

// A cell of a spreadsheet as GDAL gives it: dates with slashes, numbers with all the digits that the file
// has.
void tidy_cell(std::string& text)
{
    if (text.size() >= 10 && text[4] == '/' && text[7] == '/' &&
        has_digits_at(text, {0, 1, 2, 3, 5, 6, 8, 9}) &&
        (text.size() == 10 || (text[10] == ' ' && has_digits_at(text, {11, 12, 14, 15})))) {
        text[4] = text[7] = '-';
        return;
    }
    constexpr std::size_t kCertainDigits = 15;
    auto const digits = static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
    auto const looks_like_number = text.find_first_not_of("0123456789.-+eE") == std::string::npos;
    auto const is_long_fraction = digits > kCertainDigits && text.find('.') != std::string::npos;
    auto const has_exponent = text.find_first_of("eE") != std::string::npos && digits > 0;
    if (!looks_like_number || (!is_long_fraction && !has_exponent))
        return;
    if (auto const value = parse_number(text); value && std::isfinite(*value))
        text = number_text(*value);
}

std::string field_text(OGRFeature const& feature, int field)
{
    if (!feature.IsFieldSetAndNotNull(field))
        return {};
    switch (auto const type = feature.GetFieldDefnRef(field)->GetType()) {
        case OFTReal:
            return number_text(feature.GetFieldAsDouble(field));
        case OFTDate:
        case OFTTime:
        case OFTDateTime:
            return date_text(feature, field, type);
        case OFTStringList: {
            std::string joined;
            for (auto** text = feature.GetFieldAsStringList(field); text != nullptr && *text != nullptr;
                 ++text)
                joined += (joined.empty() ? "" : ", ") + std::string{*text};
            return joined;
        }
        case OFTBinary: {
            int bytes = 0;
            feature.GetFieldAsBinary(field, &bytes);
            return fmt::format("({} bytes)", bytes);
        }
        default:
            return feature.GetFieldAsString(field);
    }
}

int epsg_of(OGRSpatialReference const& given)
{
    auto const code_of = [](OGRSpatialReference const& srs) {
        auto const* const authority = srs.GetAuthorityName(nullptr);
        auto const* const code = srs.GetAuthorityCode(nullptr);
        return authority != nullptr && code != nullptr && EQUAL(authority, "EPSG") ? std::atoi(code) : 0;
    };
    auto srs = given;
    if (srs.IsCompound())
        srs.StripVertical();
    if (auto const code = code_of(srs); code > 0)
        return code;
    constexpr int kSure = 90;  // per cent, as PROJ counts
    int matches = 0;
    int* confidence = nullptr;
    auto* const found = srs.FindMatches(nullptr, &matches, &confidence);
    auto const code =
        matches > 0 && confidence[0] >= kSure ? code_of(*OGRSpatialReference::FromHandle(found[0])) : 0;
    OSRFreeSRSArray(found);
    CPLFree(confidence);
    return code;
}

// ---- the table ----

class OgrTable : public RecordTable {
public:
    OgrTable(std::optional<ScratchFolder> folder, std::string name, std::string title, bool spreadsheet,
             TableLimits limits)
        : RecordTable(limits),
          folder_(std::move(folder)),
          name_(std::move(name)),
          title_(std::move(title)),
          is_spreadsheet_(spreadsheet)
    {
    }

    Result<void> open(std::string const& what, std::span<char const* const> drivers, std::string const& layer,
                      char const* const* options);

    [[nodiscard]] std::vector<std::string> const& columns() const override { return columns_; }
    [[nodiscard]] std::span<std::string_view const> fields() const override { return fields_; }
    [[nodiscard]] std::optional<MapPoint> point() const override { return point_; }
    [[nodiscard]] int point_epsg() const override { return epsg_; }
    [[nodiscard]] bool has_geometry() const override { return has_geometry_; }
    [[nodiscard]] std::string form() const override;
    [[nodiscard]] std::vector<std::string> notes() const override;

private:
    Result<bool> advance() override;
    Result<void> restart() override;
    [[nodiscard]] std::string const& name() const override { return name_; }

    Result<void> refuse_what_reaches_elsewhere();
    Result<void> choose_layer(std::string const& wanted);
    Result<void> find_heading();
    Result<void> name_fields();
    void find_crs();
    void take_fields(OGRFeature const& feature);
    void take_geometry(OGRGeometry const* geometry);
    Result<OGRFeatureUniquePtr> next_feature();

    std::optional<ScratchFolder> folder_;  // gone after the dataset
    std::string name_, title_;
    bool is_spreadsheet_;
    DatasetHandle dataset_;
    OGRLayer* layer_ = nullptr;
    std::string layer_name_;
    std::vector<std::string> columns_;
    std::vector<std::string> texts_;
    std::vector<std::string_view> fields_;
    bool has_fid_ = false;
    bool has_geometry_ = false;
    int epsg_ = 0;
    bool is_north_first_ = false;
    std::unique_ptr<OGRCoordinateTransformation> to_degrees_;  // where the coordinate system has no number
    std::optional<MapPoint> point_;
    std::uint64_t heading_row_ = 0;  // of a spreadsheet's rows that are not empty, 0 = the first
    std::string above_heading_;
    std::uint64_t converted_ = 0;
    std::uint64_t empty_rows_ = 0;
    std::uint64_t not_points_ = 0;
};

Result<void> OgrTable::open(std::string const& what, std::span<char const* const> drivers,
                            std::string const& layer, char const* const* options)
{
    register_drivers();
    GdalSettings const settings;
    GdalMessages const messages;
    std::vector<char const*> allowed;
    for (auto const* driver : drivers)
        if (driver != nullptr && allowed.empty() && GDALGetDriverByName(driver) != nullptr)
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
    if (auto chosen = choose_layer(layer); !chosen)
        return chosen;
    auto named = is_spreadsheet_ ? find_heading() : name_fields();
    if (!named)
        return named;
    // GDAL goes on with what it has when it has had enough, and half a table must not pass for a whole one.
    if (!messages.first().empty())
        return fail(ErrorCode::unreadable,
                    fmt::format("{}: cannot be read to its end: {}{}", name_, shortened(messages.first()),
                                is_spreadsheet_ ? "; save the table as CSV" : ""));
    texts_.resize(columns_.size());
    fields_.resize(columns_.size());
    return restart();
}

// An SQLite file may hold virtual tables, which can read other files; a store of ours is no table.
Result<void> OgrTable::refuse_what_reaches_elsewhere()
{
    if (title_ != "GeoPackage")
        return {};
    auto* const tables =
        dataset_->ExecuteSQL("SELECT name, sql FROM sqlite_master WHERE type = 'table'", nullptr, nullptr);
    if (tables == nullptr)
        return fail(ErrorCode::unreadable, fmt::format("{}: its list of tables cannot be read", name_));
    auto is_store = false;
    std::string reaching;
    for (auto const& row : *tables) {
        auto const table = std::string{row->GetFieldAsString(0)};
        auto const sql = lower_case(row->GetFieldAsString(1));
        is_store = is_store || table == "report_versions";
        if (sql.starts_with("create virtual") && sql.find("using rtree") == std::string::npos &&
            sql.find("using fts") == std::string::npos)
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

Result<void> OgrTable::choose_layer(std::string const& wanted)
{
    auto const count = dataset_->GetLayerCount();
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i)
        names.emplace_back(dataset_->GetLayer(i)->GetName());
    auto const take = [&](int index) {
        layer_ = dataset_->GetLayer(index);
        layer_name_ = names[static_cast<std::size_t>(index)];
        return Result<void>{};
    };
    if (!wanted.empty()) {
        auto const found = std::ranges::find(names, wanted);
        if (found != names.end())
            return take(static_cast<int>(found - names.begin()));
        if (folder_ && title_ == "Shapefile" && count == 1)
            return take(0);  // its name was chosen in the archive already
        return fail(
            ErrorCode::wrong_use,
            fmt::format("{}: {}", name_, there_is_no(is_spreadsheet_ ? "sheet" : "layer", wanted, names)),
            "layer");
    }
    if (count == 1)
        return take(0);
    std::string listed;
    std::vector<int> with_rows;
    for (int i = 0; i < count; ++i) {
        auto const rows = dataset_->GetLayer(i)->GetFeatureCount();
        if (rows > 0)
            with_rows.push_back(i);
        listed += fmt::format("{}{} ({} rows)", i == 0 ? "" : ", ", names[static_cast<std::size_t>(i)], rows);
    }
    if (with_rows.size() == 1)
        return take(with_rows.front());
    if (count == 0 || with_rows.empty())
        return fail(ErrorCode::unreadable, fmt::format("{}: holds no table with rows", name_));
    return fail(ErrorCode::wrong_use,
                fmt::format("{}: holds {} {}; name one with --layer: {}", name_, count,
                            is_spreadsheet_ ? "sheets" : "layers", listed),
                "layer");
}

bool is_empty_row(OGRFeature const& feature)
{
    for (int i = 0; i < feature.GetFieldCount(); ++i)
        if (feature.IsFieldSetAndNotNull(i) && !trimmed(feature.GetFieldAsString(i)).empty())
            return false;
    return true;
}

// The heading is about as wide as the table; a title above it fills a cell or two.
Result<void> OgrTable::find_heading()
{
    constexpr std::size_t kRowsLookedAt = 30;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::size_t> filled;
    layer_->ResetReading();
    while (rows.size() < kRowsLookedAt) {
        auto const feature = next_feature();
        if (!feature)
            return Failure{feature.error()};
        if (!*feature)
            break;
        if (is_empty_row(**feature))
            continue;
        auto& row = rows.emplace_back();
        for (int i = 0; i < (*feature)->GetFieldCount(); ++i)
            row.push_back(field_text(**feature, i));
        filled.push_back(static_cast<std::size_t>(
            std::ranges::count_if(row, [](auto const& t) { return !trimmed(t).empty(); })));
    }
    if (rows.empty())
        return fail(ErrorCode::unreadable, fmt::format("{}: the sheet \"{}\" is empty", name_, layer_name_));
    auto const widest = *std::ranges::max_element(filled);
    auto const heading =
        std::ranges::find_if(filled, [&](std::size_t cells) { return 10 * cells >= 6 * widest; });
    heading_row_ = static_cast<std::uint64_t>(heading - filled.begin());
    for (std::size_t i = 0; i < heading_row_; ++i)
        for (auto const& cell : rows[i])
            if (!trimmed(cell).empty())
                above_heading_ += (above_heading_.empty() ? "" : " ") + std::string{trimmed(cell)};
    columns_ = rows[heading_row_];
    name_columns(columns_);
    return {};
}

Result<void> OgrTable::name_fields()
{
    auto* const definition = layer_->GetLayerDefn();
    for (int i = 0; i < definition->GetFieldCount(); ++i)
        columns_.emplace_back(definition->GetFieldDefn(i)->GetNameRef());
    auto const fid = std::string{layer_->GetFIDColumn()};
    // A number that programs give as they please is no name for a row.
    has_fid_ = !fid.empty() && fid != "fid" && fid != "ogc_fid";
    if (has_fid_)
        columns_.push_back(fid);
    if (columns_.empty())
        return fail(ErrorCode::unreadable,
                    fmt::format("{}: has no columns{}", name_,
                                title_ == "Shapefile" ? "; is the .dbf file missing beside it?" : ""));
    has_geometry_ = definition->GetGeomFieldCount() > 0 && layer_->GetGeomType() != wkbNone;
    if (has_geometry_) {
        columns_.emplace_back(kGeometryColumn);
        find_crs();
    }
    if (columns_.size() > kMostColumns)
        return fail(ErrorCode::too_large, fmt::format("{}: has {} columns, at most {} are read", name_,
                                                      columns_.size(), kMostColumns));
    for (auto& column : columns_)
        if (!is_utf8(column)) {
            std::string decoded;
            append_from_windows_1252(column, decoded);
            column = decoded;
        }
    name_columns(columns_);
    return {};
}

void OgrTable::find_crs()
{
    auto const* const srs = layer_->GetSpatialRef();
    if (srs == nullptr)
        return;
    auto const& axes = srs->GetDataAxisToSRSAxisMapping();
    is_north_first_ =
        !axes.empty() && axes[0] == 1 && (srs->EPSGTreatsAsLatLong() || srs->EPSGTreatsAsNorthingEasting());
    epsg_ = epsg_of(*srs);
    if (epsg_ > 0)
        return;
    OGRSpatialReference degrees;
    degrees.importFromEPSG(4326);
    degrees.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    auto from = *srs;
    from.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    to_degrees_.reset(OGRCreateCoordinateTransformation(&from, &degrees));
    epsg_ = to_degrees_ ? 4326 : 0;
}

Result<OGRFeatureUniquePtr> OgrTable::next_feature()
{
    CPLErrorReset();
    OGRFeatureUniquePtr feature{layer_->GetNextFeature()};
    if (!feature && CPLGetLastErrorType() >= CE_Failure)
        return fail(ErrorCode::unreadable, fmt::format("{} row {}: cannot be read: {}", name_, row() + 1,
                                                       shortened(CPLGetLastErrorMsg())));
    return feature;
}

Result<bool> OgrTable::advance()
{
    GdalSettings const settings;
    GdalMessages const messages;
    while (true) {
        auto const feature = next_feature();
        if (!feature)
            return Failure{feature.error()};
        if (!*feature && !messages.first().empty())
            return fail(ErrorCode::unreadable, fmt::format("{} row {}: cannot be read on: {}", name_,
                                                           row() + 1, shortened(messages.first())));
        if (!*feature)
            return false;
        if (is_spreadsheet_ && is_empty_row(**feature)) {
            ++empty_rows_;
            continue;
        }
        take_fields(**feature);
        if (has_geometry_)
            take_geometry((*feature)->GetGeometryRef());
        for (std::size_t i = 0; i < texts_.size(); ++i)
            fields_[i] = texts_[i];
        return true;
    }
}

void OgrTable::take_fields(OGRFeature const& feature)
{
    auto const count =
        std::min<std::size_t>(static_cast<std::size_t>(feature.GetFieldCount()), texts_.size());
    auto converted = false;
    for (std::size_t i = 0; i < count; ++i) {
        auto text = field_text(feature, static_cast<int>(i));
        if (!is_utf8(text)) {
            texts_[i].clear();
            append_from_windows_1252(text, texts_[i]);
            converted = true;
            continue;
        }
        if (is_spreadsheet_)
            tidy_cell(text);
        texts_[i] = std::move(text);
    }
    if (has_fid_)
        texts_[count] = fmt::to_string(feature.GetFID());
    converted_ += converted ? 1 : 0;
}

void OgrTable::take_geometry(OGRGeometry const* geometry)
{
    auto& text = texts_.back();
    text.clear();
    point_.reset();
    if (geometry == nullptr || geometry->IsEmpty())
        return;
    auto const type = wkbFlatten(geometry->getGeometryType());
    if (type == wkbMultiPoint && geometry->toMultiPoint()->getNumGeometries() == 1)
        geometry = geometry->toMultiPoint()->getGeometryRef(0);
    else if (type != wkbPoint) {
        text = geometry->exportToWkt();
        ++not_points_;
        return;
    }
    auto x = geometry->toPoint()->getX();
    auto y = geometry->toPoint()->getY();
    if (is_north_first_)
        std::swap(x, y);
    text = point_text(number_text(x), number_text(y));
    if (to_degrees_ && !to_degrees_->Transform(1, &x, &y))
        x = y = std::nan("");
    point_ = MapPoint{.east = x, .north = y};
}

Result<void> OgrTable::restart()
{
    GdalSettings const settings;
    GdalMessages const messages;
    layer_->ResetReading();
    empty_rows_ = converted_ = not_points_ = 0;
    if (!is_spreadsheet_)
        return {};
    for (std::uint64_t passed = 0; passed <= heading_row_;) {
        auto const feature = next_feature();
        if (!feature)
            return Failure{feature.error()};
        if (!*feature)
            return {};
        passed += is_empty_row(**feature) ? 0 : 1;
    }
    return {};
}

std::string OgrTable::form() const
{
    if (is_spreadsheet_)
        return fmt::format("{}, sheet {}", title_, layer_name_);
    auto const shown =
        folder_ && title_ == "Shapefile" ? std::string{} : fmt::format(", layer {}", layer_name_);
    if (!has_geometry_)
        return title_ + shown;
    return fmt::format("{}{}, {}", title_, shown,
                       epsg_ == 0    ? "no coordinate system"
                       : to_degrees_ ? "turned into EPSG:4326"
                                     : fmt::format("EPSG:{}", epsg_));
}

std::vector<std::string> OgrTable::notes() const
{
    auto const rows = [](std::uint64_t n) { return fmt::format("{} {}", n, n == 1 ? "row" : "rows"); };
    std::vector<std::string> notes;
    if (!above_heading_.empty())
        notes.push_back(
            fmt::format("the heading is row {} of those that are not empty; above it stands \"{}\"",
                        heading_row_ + 1, shortened(above_heading_)));
    if (empty_rows_ > 0)
        notes.push_back(fmt::format("empty and left out: {}", rows(empty_rows_)));
    if (converted_ > 0)
        notes.push_back(fmt::format("not UTF-8 and read as Windows-1252: {}", rows(converted_)));
    if (not_points_ > 0)
        notes.push_back(fmt::format("geometry that is no point: {}", rows(not_points_)));
    return notes;
}

}  // namespace

Result<std::unique_ptr<RecordTable>> open_ogr_table(ByteSource& source, OgrFormat format,
                                                    std::string const& layer, TableLimits limits)
{
    auto folder = ScratchFolder::make();
    if (!folder)
        return Failure{folder.error()};
    auto const path = prepare(source, format, layer, folder->path());
    if (!path)
        return Failure{path.error()};
    auto const facts = facts_of(format);
    auto table = std::make_unique<OgrTable>(std::move(*folder), source.name(), facts.title,
                                            is_spreadsheet(format), limits);
    constexpr std::array<char const*, 3> kGmlOptions{"DOWNLOAD_SCHEMA=NO", "WRITE_GFS=NO", nullptr};
    auto const* const options = format == OgrFormat::gml ? kGmlOptions.data() : nullptr;
    if (auto opened = table->open(path->string(), facts.drivers, layer, options); !opened)
        return Failure{opened.error()};
    return table;
}

bool is_database(std::string const& input)
{
    return input.starts_with("PG:");
}

std::string database_name(std::string const& connection)
{
    auto const at = connection.find("dbname=");
    if (at == std::string::npos)
        return "PostgreSQL";
    auto const from = at + std::string_view{"dbname="}.size();
    auto const end = std::min(connection.find(' ', from), connection.size());
    return "PostgreSQL " + connection.substr(from, end - from);
}

Result<std::unique_ptr<RecordTable>> open_database_table(std::string const& connection,
                                                         std::string const& layer, TableLimits limits)
{
    auto table =
        std::make_unique<OgrTable>(std::nullopt, database_name(connection), "PostgreSQL", false, limits);
    constexpr std::array<char const*, 1> kDrivers{"PostgreSQL"};
    if (auto opened = table->open(connection, kDrivers, layer, nullptr); !opened)
        return Failure{opened.error()};
    return table;
}

}  // namespace riskbild::importers
