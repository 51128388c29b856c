#include "importers/readers/ogr_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include <cpl_conv.h>
#include <cpl_error.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include "geo_core/suggestions.hpp"
#include "geo_core/text.hpp"
#include "importers/readers/encoding.hpp"
#include "importers/readers/ogr_file.hpp"

namespace riskbild::importers {
namespace {

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
    OgrTable(OgrFile file, bool spreadsheet, TableLimits limits)
        : RecordTable(limits),
          file_(std::move(file)),
          name_(file_.name()),
          title_(file_.title()),
          is_spreadsheet_(spreadsheet)
    {
    }

    Result<void> open(std::string const& layer);

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

    Result<void> choose_layer(std::string const& wanted);
    Result<void> find_heading();
    Result<void> name_fields();
    void find_crs();
    void take_fields(OGRFeature const& feature);
    void take_geometry(OGRGeometry const* geometry);
    Result<OGRFeatureUniquePtr> next_feature();

    OgrFile file_;
    std::string name_, title_;
    bool is_spreadsheet_;
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

Result<void> OgrTable::open(std::string const& layer)
{
    GdalSettings const settings;
    GdalMessages const messages;
    if (auto chosen = choose_layer(layer); !chosen)
        return chosen;
    auto named = is_spreadsheet_ ? find_heading() : name_fields();
    if (!named)
        return named;
    if (!messages.first().empty())
        return fail(ErrorCode::unreadable,
                    fmt::format("{}: cannot be read to its end: {}{}", name_, shortened(messages.first()),
                                is_spreadsheet_ ? "; save the table as CSV" : ""));
    texts_.resize(columns_.size());
    fields_.resize(columns_.size());
    return restart();
}

Result<void> OgrTable::choose_layer(std::string const& wanted)
{
    auto const count = file_.dataset().GetLayerCount();
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i)
        names.emplace_back(file_.dataset().GetLayer(i)->GetName());
    auto const take = [&](int index) {
        layer_ = file_.dataset().GetLayer(index);
        layer_name_ = names[static_cast<std::size_t>(index)];
        return Result<void>{};
    };
    if (!wanted.empty()) {
        auto const found = std::ranges::find(names, wanted);
        if (found != names.end())
            return take(static_cast<int>(found - names.begin()));
        if (title_ == "Shapefile" && count == 1)
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
        auto const rows = file_.dataset().GetLayer(i)->GetFeatureCount();
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
    auto const shown = title_ == "Shapefile" ? std::string{} : fmt::format(", layer {}", layer_name_);
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

Result<std::unique_ptr<RecordTable>> table_of(OgrFile file, bool spreadsheet, std::string const& layer,
                                              TableLimits limits)
{
    auto table = std::make_unique<OgrTable>(std::move(file), spreadsheet, limits);
    if (auto opened = table->open(layer); !opened)
        return Failure{opened.error()};
    return table;
}

}  // namespace

Result<std::unique_ptr<RecordTable>> open_ogr_table(ByteSource& source, FileFormat format,
                                                    std::string const& layer, TableLimits limits)
{
    auto file = OgrFile::open(source, format, layer);
    return file ? table_of(std::move(*file), is_spreadsheet(format), layer, limits) : Failure{file.error()};
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
    auto database = OgrFile::connect(connection, database_name(connection));
    return database ? table_of(std::move(*database), false, layer, limits) : Failure{database.error()};
}

}  // namespace riskbild::importers
