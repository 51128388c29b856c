#include "importers/readers/json_table.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "geo_core/text.hpp"

namespace riskbild::importers {
namespace {

constexpr std::uint64_t kRowsLookedAt = 1000;  // for columns
using Type = JsonValue::Type;

bool is_plain(JsonValue const& value)
{
    return value.type != Type::object && value.type != Type::array;
}

bool is_feature(JsonValue const& record)
{
    auto const* const type = record.find("type");
    return type != nullptr && type->type == Type::string && type->text == "Feature" &&
           record.find("geometry") != nullptr;
}

// `17.6389` of `17.6389`; 1e1 and the like stay as they are written.
std::string text_of(JsonValue const& value)
{
    switch (value.type) {
        case Type::null:
            return {};
        case Type::boolean:
        case Type::number:
        case Type::string:
            return value.text;
        case Type::array:
            if (std::all_of(value.items.begin(), value.items.end(), is_plain)) {
                std::string joined;
                for (auto const& item : value.items)
                    joined += (joined.empty() ? "" : ", ") + item.text;
                return joined;
            }
            break;
        case Type::object:
            break;
    }
    return canonical_json(value);
}

struct WrittenPoint {
    std::string x, y;
};

std::optional<WrittenPoint> point_in(JsonValue const& geometry)
{
    auto const* const type = geometry.find("type");
    auto const* const at = geometry.find("coordinates");
    if (type == nullptr || type->text != "Point" || at == nullptr || at->type != Type::array ||
        at->items.size() < 2 || at->items[0].type != Type::number || at->items[1].type != Type::number)
        return std::nullopt;
    return WrittenPoint{at->items[0].text, at->items[1].text};
}

}  // namespace

std::optional<int> epsg_in(std::string_view name)
{
    if (name.find("CRS84") != std::string_view::npos)
        return 4326;
    if (name.find("EPSG") == std::string_view::npos)
        return std::nullopt;
    auto const digits = name.substr(name.find_last_of(":/") + 1);
    int number = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc{} && end == digits.data() + digits.size() && number > 0 ? std::optional{number}
                                                                                      : std::nullopt;
}

Result<std::unique_ptr<RecordTable>> JsonTable::open(ByteSource& source, TableLimits limits)
{
    std::unique_ptr<JsonTable> table{new JsonTable{source, limits}};
    if (auto found = table->find_columns(); !found)
        return Failure{found.error()};
    if (table->columns_.empty())
        return fail(ErrorCode::unreadable, fmt::format("{}: holds no records", source.name()));
    if (auto again = table->restart(); !again)
        return Failure{again.error()};
    return table;
}

Result<void> JsonTable::find_columns()
{
    if (auto opened = restart(); !opened)
        return opened;
    finding_columns_ = true;
    std::string first_fault;
    auto is_first = true;
    for (std::uint64_t i = 0; i < kRowsLookedAt; ++i) {
        auto const more = records_->next();
        if (!more)
            return Failure{more.error()};
        if (!*more)
            break;
        if (auto const& fault = records_->fault(); !fault.empty()) {
            first_fault =
                first_fault.empty() ? fmt::format(" row {}: {}", records_->row(), fault) : first_fault;
            continue;
        }
        auto const& record = records_->record();
        if (std::exchange(is_first, false))
            is_geojson_ = is_feature(record);
        flatten_record();
        if (is_geojson_ && record.find("id") != nullptr)
            feature_id_column_ = "id";
    }
    finding_columns_ = false;
    if (is_first && !first_fault.empty())
        return fail(ErrorCode::unreadable, source_->name() + first_fault);
    if (is_geojson_) {
        if (!feature_id_column_.empty() && !index_.emplace(feature_id_column_, 0).second)
            feature_id_column_.clear();  // the properties have one
        geometry_column_ = kGeometryColumn;
        while (index_.contains(geometry_column_))
            geometry_column_ += "_2";
    }
    columns_.clear();
    for (auto& [column, at] : index_) {
        at = columns_.size();
        columns_.push_back(column);
    }
    if (is_geojson_) {
        index_.emplace(geometry_column_, columns_.size());
        columns_.push_back(geometry_column_);
    }
    if (columns_.size() > kMostColumns)
        return fail(ErrorCode::too_large, fmt::format("{}: has {} columns, at most {} are read",
                                                      source_->name(), columns_.size(), kMostColumns));
    texts_.resize(columns_.size());
    fields_.resize(columns_.size());
    return is_geojson_ ? read_crs() : Result<void>{};
}

// Before RFC 7946 a collection could name another coordinate system, also by an address to fetch it from.
Result<void> JsonTable::read_crs()
{
    auto const* const crs = records_->head().find("crs");
    if (crs == nullptr || crs->type == Type::null)
        return {};
    auto const* const type = crs->find("type");
    auto const* const properties = crs->find("properties");
    auto const* const named = properties != nullptr ? properties->find("name") : nullptr;
    if (type != nullptr && type->text == "link")
        return fail(
            ErrorCode::unreadable,
            fmt::format("{}: its coordinate system lies behind an address, which is not followed; save it in "
                        "longitude and latitude (WGS 84)",
                        source_->name()));
    auto const epsg = named != nullptr ? epsg_in(named->text) : std::nullopt;
    if (!epsg)
        return fail(
            ErrorCode::unreadable,
            fmt::format(
                "{}: its coordinate system {} is not known; save it in longitude and latitude (WGS 84)",
                source_->name(), shortened(canonical_json(*crs))));
    epsg_ = *epsg;
    return {};
}

Result<void> JsonTable::restart()
{
    if (auto again = source_->rewind(); !again)
        return again;
    auto records = JsonRecords::open(*source_, JsonForm::collection);
    if (!records)
        return Failure{records.error()};
    records_ = std::move(*records);
    late_columns_.clear();
    rows_with_late_columns_ = 0;
    return {};
}

Result<bool> JsonTable::advance()
{
    auto const more = records_->next();
    if (!more)
        return more;
    if (!*more) {
        auto const* const late = records_->tail().find("crs");
        if (is_geojson_ && late != nullptr && late->type != Type::null &&
            records_->head().find("crs") == nullptr)
            return fail(
                ErrorCode::unreadable,
                fmt::format("{}: names its coordinate system behind the features, expected before them",
                            source_->name()));
        return false;
    }
    for (auto& text : texts_)
        text.clear();
    extra_.clear();
    point_.reset();
    broken_line_ = records_->broken_line();
    if (!records_->fault().empty())
        return true;
    flatten_record();
    for (std::size_t i = 0; i < texts_.size(); ++i)
        fields_[i] = texts_[i];
    rows_with_late_columns_ += extra_.empty() ? 0 : 1;
    return true;
}

void JsonTable::flatten_record()
{
    auto const& record = records_->record();
    if (!is_geojson_ || !is_feature(record)) {
        for (auto const& [name, value] : record.members)
            flatten(value, name);
        return;
    }
    if (auto const* const properties = record.find("properties"); properties != nullptr)
        for (auto const& [name, value] : properties->members)
            flatten(value, name);
    if (finding_columns_)
        return;
    if (auto const* const id = record.find("id"); id != nullptr && !feature_id_column_.empty())
        put(feature_id_column_, text_of(*id));
    auto const& geometry = *record.find("geometry");
    auto const at = point_in(geometry);
    if (!at) {
        put(geometry_column_, text_of(geometry));
        return;
    }
    put(geometry_column_, point_text(at->x, at->y));
    auto const east = parse_number(at->x);
    auto const north = parse_number(at->y);
    if (east && north)
        point_ = MapPoint{.east = *east, .north = *north};
}

void JsonTable::flatten(JsonValue const& value, std::string const& name)
{
    if (value.type != Type::object || value.members.empty()) {
        put(name, value.type == Type::object ? std::string{} : text_of(value));
        return;
    }
    for (auto const& [inner, member] : value.members)
        flatten(member, fmt::format("{}.{}", name, inner));
}

void JsonTable::put(std::string const& column, std::string text)
{
    if (finding_columns_) {
        if (index_.size() <= kMostColumns)
            index_.emplace(column, 0);
        return;
    }
    if (auto const found = index_.find(column); found != index_.end()) {
        texts_[found->second] = std::move(text);
        return;
    }
    constexpr std::size_t kListed = 20;
    if (late_columns_.size() < kListed)
        late_columns_.insert(column);
    extra_.push_back({column, std::move(text)});
}

std::string JsonTable::form() const
{
    if (is_geojson_)
        return fmt::format("{}, EPSG:{}",
                           records_->is_collection() ? "GeoJSON" : "GeoJSON, one feature a line", epsg_);
    return records_->is_array() ? "a JSON array" : "JSON Lines";
}

std::vector<std::string> JsonTable::notes() const
{
    std::vector<std::string> notes;
    if (records_->converted() > 0)
        notes.push_back(fmt::format("not UTF-8 and read as Windows-1252: {} {}", records_->converted(),
                                    records_->converted() == 1 ? "record" : "records"));
    if (!late_columns_.empty())
        notes.push_back(
            fmt::format("{} {} fields that the first {} did not have, kept with the row as received: {}",
                        rows_with_late_columns_, rows_with_late_columns_ == 1 ? "row has" : "rows have",
                        kRowsLookedAt, fmt::join(late_columns_, ", ")));
    return notes;
}

}  // namespace riskbild::importers
